//! The authenticators of a user: how strong they are, and how one is taken away.

use super::{Authenticator, GraceState, User};
use crate::{
    AuthenticatorId, Strength, Timestamp,
    user::sign_in::{Ground, Progress},
};

impl User {
    pub fn bound_as(&self, id: AuthenticatorId, generation: u32) -> Option<&Authenticator> {
        self.bound(generation).find(|authenticator| authenticator.id == id)
    }

    /// Returns the strength of the strongest thing that guards the account in this generation of
    /// the portal: a proof that is to allow changes must be as strong.
    pub fn strongest(&self, generation: u32) -> Strength {
        self.strongest_of(generation, |_| true)
    }

    /// Returns the same without what was bound at this moment or later.
    pub(crate) fn strongest_before(&self, generation: u32, moment: Timestamp) -> Strength {
        self.strongest_of(generation, |authenticator| authenticator.bound_at < moment)
    }

    fn strongest_of(&self, generation: u32, counts: impl Fn(&Authenticator) -> bool) -> Strength {
        let known = self.bound(generation).filter(|authenticator| counts(authenticator));
        let known = known.map(|authenticator| authenticator.method().strength());
        let unknown = self.unknown_bound.iter().any(|bound| bound.generation == generation);
        let default = self.email_default.is_some_and(|default| default.generation == generation);
        let others = [unknown.then_some(Strength::Unknown), default.then_some(Strength::Fallback)];
        let all = known.chain(others.into_iter().flatten());
        all.max().unwrap_or(Strength::PasswordAlone)
    }

    /// Takes an authenticator away: the one way in which a single one goes. No browser is trusted
    /// any more after that.
    pub(crate) fn take_authenticator(&mut self, id: AuthenticatorId) -> Option<Authenticator> {
        let place = self.authenticators.iter().position(|authenticator| authenticator.id == id)?;
        self.grace = GraceState::Over;
        self.end_trust();
        Some(self.authenticators.remove(place))
    }

    /// Ends what was begun in every sign-in on the strength of what was bound before: half-done
    /// enrolments, rights to enrol, and rights to change the settings.
    pub(crate) fn end_rights(&mut self) {
        for sign_in in &mut self.sign_ins {
            sign_in.pending = None;
            sign_in.enrolling = None;
            match sign_in.progress {
                // The next enrolment needs a proof of its own.
                Progress::MayEnrol => {
                    sign_in.progress = Progress::Open;
                    sign_in.ground = Ground::default();
                }
                Progress::Done(_) => sign_in.managed.ended = true,
                Progress::Open | Progress::Dead => {}
            }
        }
    }
}
