//! Changes in the settings, and the links of notices.

use super::{LOCATOR, World};
use crate::{
    answers::{claims, view},
    portal_keys::Keys,
};
use portcullis_domain::{
    AuthenticatorId, Day, Destination, PortalKeys, Refusal, Timestamp, User,
    account::freeze,
    limits,
    policy::{Enforcement, Grace, GraceDays, GraceSignIns},
    sign_in::{SignInView, manage},
    user::{Entry, FreezeLink},
};
use portcullis_model::{Act, Answer, GraceTerms, Method};

fn made(view: &SignInView) -> Vec<String> {
    let made = view.made_codes.as_ref();
    made.map(|made| made.codes.iter().map(|code| code.grouped()).collect()).unwrap_or_default()
}

impl World {
    pub(super) fn seen(&mut self, n: usize, seen: &SignInView) -> Answer {
        self.keep_shown(seen);
        self.note_question(n, seen);
        view(seen)
    }

    pub(super) fn keep_shown(&mut self, seen: &SignInView) {
        self.recovery_codes = made(seen);
        self.claims = claims(seen);
    }

    /// Lets users look after themselves, with recovery codes if there is something to enrol.
    pub fn with_self_service(mut self) -> Self {
        let policy = &mut self.portal.policy;
        policy.self_service = portcullis_domain::policy::SelfService::WithProof;
        policy.recovery_codes = portcullis_domain::policy::RecoveryCodesPolicy::Offered;
        self
    }

    /// A user who made email the default.
    pub fn with_email_default() -> Self {
        let mut world = Self::new("authenticator_app_with_email");
        world.open(0);
        let sent = world.perform(&Act::Challenge(0, Method::Email));
        let code = sent.messages[0].secret.clone();
        let default = Act::Verify { sign_in: 0, code, by: None, make_default: true };
        assert_eq!(world.perform(&default).answer, Answer::Verified("allowed"));
        world
    }

    /// Gives the portal's users time to set something up, where they have to.
    pub fn with_grace(mut self, terms: GraceTerms) -> Self {
        self.set_grace(Some(terms));
        self
    }

    pub(super) fn set_grace(&mut self, terms: Option<GraceTerms>) {
        if self.portal.policy.enforcement == Enforcement::OptOut {
            return;
        }
        let grace = terms.map(|terms| match terms {
            GraceTerms::Until(day) => {
                Grace::Until(Day::of(Timestamp::from_unix(day * limits::DAY_SECONDS)))
            }
            GraceTerms::SignIns(most) => {
                Grace::SignIns(GraceSignIns::parse(u8::try_from(most).unwrap()).unwrap())
            }
            GraceTerms::Days(days) => {
                Grace::Days(GraceDays::parse(u8::try_from(days).unwrap()).unwrap())
            }
        });
        self.portal.policy.enforcement = Enforcement::Required { grace };
    }

    pub(super) fn remove(&mut self, n: usize, which: usize) -> Result<Answer, Refusal> {
        let id = self.id(n);
        let generation = self.portal.generation;
        let bound = self.user().and_then(|user| user.bound(generation).nth(which).map(|a| a.id));
        let bound = bound.unwrap_or_else(|| AuthenticatorId::new([0; 8]));
        let removed =
            self.run(|context, user| manage::remove::remove(context, user, &id, bound))?;
        Ok(self.seen(n, &removed))
    }

    pub(super) fn renew_codes(&mut self, n: usize) -> Result<Answer, Refusal> {
        let id = self.id(n);
        let made =
            self.run(|context, user| manage::renew_codes::renew_codes(context, user, &id))?;
        Ok(self.seen(n, &made))
    }

    pub(super) fn issue_links(
        &mut self,
        entry: &Entry,
        before: Option<&User>,
        after: Option<&User>,
    ) {
        if !self.portal.policy.has_freeze_links() {
            return;
        }
        let mut told = User::notified_destinations(entry.kind, before, after);
        told.sort_by_key(Destination::normalised);
        for to in told {
            let Some(ground) = User::freeze_ground(entry, before, after, &to) else { continue };
            let place = (self.portal.id.clone(), LOCATOR);
            let hash = Keys.destination_hash(&to);
            let link = FreezeLink::new(&Keys, place, (entry.kind, entry.at), ground, hash).unwrap();
            self.links.push((to.normalised(), link));
        }
    }

    /// Returns the addresses that links went to, in the order of their changes.
    pub fn freeze_links(&self) -> Vec<String> {
        self.links.iter().map(|(to, _)| to.clone()).collect()
    }

    pub(super) fn press(&mut self, link: usize) -> Result<(), Refusal> {
        let link = self.links[link].1.clone();
        self.run(|context, known| freeze::freeze(context, known, &link)).map(drop)
    }
}
