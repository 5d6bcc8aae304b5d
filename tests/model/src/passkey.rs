//! Passkeys: made, used, refused and offered, from Web Authentication's own words.

use crate::{
    Answer, Claims, Method, Model, Preset,
    account::Bound,
    settings::{Event, Worth},
    sign_in::{Asked, Pending, Point, SignIn, Stage},
};
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PasskeyTerms {
    /// The authenticator has to check the person.
    pub checks_person: bool,
    /// A passkey that can be copied to other devices is refused.
    pub refuses_copies: bool,
    /// A user with one is offered nothing weaker.
    pub insists: bool,
    /// One is offered after a code.
    pub promotes: bool,
}

/// The answer of a page, which is more or less what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// The authenticator, by its number.
    pub device: usize,
    /// The sign-in whose last question it answers.
    pub answers: usize,
    pub counter: u32,
    pub is_verified: bool,
    pub can_be_copied: bool,
    pub is_copied: bool,
    pub flaw: Option<Flaw>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    Signature,
    Origin,
    /// A page inside of another one.
    Framed,
    /// The answer to the making of one is given for a use, or the other way round.
    Kind,
    Domain,
    /// Nobody touched the authenticator.
    Untouched,
    /// The handle of another user.
    Handle,
    /// A copy exists of what cannot be copied.
    Impossible,
}

/// The part of a bound passkey that its uses are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) device: usize,
    pub(crate) counter: u32,
    can_be_copied: bool,
    /// The number of the service's domain.
    domain: usize,
}

/// A question for a passkey: in which sign-in, by the place of its opening, and after how many
/// uses in it.
type Question = (usize, usize);

#[derive(Clone, Debug, Default)]
pub(crate) struct Passkeys {
    pub(crate) terms: Option<PasskeyTerms>,
    pub(crate) domain: usize,
    begun: usize,
    /// The last questions that were shown, by the number of the sign-in.
    to_use: BTreeMap<usize, Question>,
    to_make: BTreeMap<usize, usize>,
    /// The generation in which the user wanted none.
    pub(crate) declined: Option<u32>,
}

fn refused() -> Answer {
    Answer::Refused("passkey_refused", None)
}

impl Press {
    /// Returns true if its data are those of the right page, about a touch that the terms allow.
    fn meets(&self, terms: PasskeyTerms) -> bool {
        let is_good = match self.flaw {
            None | Some(Flaw::Signature) => true,
            Some(_) => false,
        };
        let checked = self.is_verified || !terms.checks_person;
        is_good && checked && !(self.can_be_copied && terms.refuses_copies)
    }
}

impl Passkeys {
    pub(crate) fn of(preset: Preset) -> Self {
        let promoted = PasskeyTerms { promotes: true, ..PasskeyTerms::default() };
        let terms = (preset == Preset::PasskeyFirst).then_some(promoted);
        Self { terms, ..Self::default() }
    }
}

impl Model {
    /// Makes one whose portal has passkeys, on these terms.
    #[must_use]
    pub const fn with_passkeys(mut self, terms: PasskeyTerms) -> Self {
        self.passkeys.terms = Some(terms);
        // There is something to enrol, and so something to stand in for.
        self.terms.recovery_codes |= self.terms.self_service;
        self
    }

    /// Returns the methods that users enrol, in the policy's order.
    pub(crate) fn enrolled_methods(&self) -> Vec<Method> {
        let passkey = self.passkeys.terms.map(|_| Method::Passkey);
        passkey.into_iter().chain(self.terms.own).collect()
    }

    /// Returns the passkeys that are bound and can be used, by their authenticators.
    pub(crate) fn usable_passkeys(&self) -> Vec<usize> {
        Self::authenticators(self.bound_now().filter(|bound| self.is_usable(bound)))
    }

    /// Returns those of this domain, also where the policy refuses them.
    pub(crate) fn passkeys_here(&self) -> Vec<usize> {
        let is_here = |kept: Kept| kept.domain == self.passkeys.domain;
        Self::authenticators(self.bound_now().filter(|bound| bound.passkey.is_some_and(is_here)))
    }

    fn authenticators<'a>(bound: impl Iterator<Item = &'a Bound>) -> Vec<usize> {
        let passkeys = bound.filter_map(|bound| bound.passkey);
        let mut all: Vec<usize> = passkeys.map(|kept| kept.device).collect();
        all.sort_unstable();
        all
    }

    /// Returns true unless it is a passkey of a domain that the service had before, or one that can
    /// be copied where the policy refuses those.
    pub(crate) fn is_usable(&self, bound: &Bound) -> bool {
        let refuses_copies = self.passkeys.terms.is_some_and(|terms| terms.refuses_copies);
        bound.passkey.is_none_or(|kept| {
            kept.domain == self.passkeys.domain && !(kept.can_be_copied && refuses_copies)
        })
    }

    fn has_passkey(&self) -> bool {
        self.bound_now().any(|bound| bound.method == Method::Passkey)
    }

    /// Returns true if nothing but a passkey is asked for: the policy insists, and the user has
    /// one, whether or not it can be used now.
    pub(crate) fn insists_at(&self, at: Point) -> bool {
        let insists = self.passkeys.terms.is_some_and(|terms| terms.insists);
        insists && self.has_passkey() && !at.manages() && self.asked(at) == Asked::Code
    }

    /// Returns true if a sign-in asks for a passkey: it comes first, unless the user chose the app,
    /// or a code is on its way.
    pub(crate) fn asks_passkey(&self, sign_in: &SignIn) -> bool {
        let at = sign_in.point();
        let has_app = self.proof(at, Method::App).is_some();
        let uses_app = sign_in.wants_app && has_app && !self.is_left_to_passkeys(sign_in);
        matches!(self.asked(at), Asked::Code | Asked::OldCode)
            && !matches!(sign_in.stage, Stage::In { .. } | Stage::Dead)
            && self.proof(at, Method::Passkey).is_some()
            && !self.only_recovers(sign_in)
            && !uses_app
            && (sign_in.wants_passkey
                || self.proving(sign_in).is_none()
                || self.is_left_to_passkeys(sign_in))
    }

    /// Returns true if a passkey lets in a user whose codes are locked. One that left the policy
    /// leads to a code, which is locked.
    pub(crate) fn outlasts_locks(&self, at: Point) -> bool {
        self.asked(at) == Asked::Code && self.proof(at, Method::Passkey).is_some()
    }

    /// Returns true if codes are locked, and a passkey is all that lets in.
    pub(crate) fn is_left_to_passkeys(&self, sign_in: &SignIn) -> bool {
        let is_open = matches!(sign_in.stage, Stage::Open | Stage::MayEnrol | Stage::Recovering);
        is_open && self.lock_in(sign_in).is_some() && self.outlasts_locks(sign_in.point())
    }

    fn question(&self, n: usize) -> Option<Question> {
        self.sign_ins.get(n).map(|sign_in| (sign_in.age, sign_in.uses))
    }

    /// Notes the question that an answer shows.
    pub(crate) fn note_question(&mut self, n: usize, answer: &Answer) {
        match answer {
            Answer::View(view) if view.passkey.is_none() => {}
            Answer::View(_) | Answer::PasskeyAsked(_) => {
                self.passkeys.to_use.extend(self.question(n).map(|question| (n, question)));
            }
            Answer::NewPasskey(_) => {
                let pending = self.sign_ins.get(n).and_then(|sign_in| sign_in.pending.as_ref());
                if let Some(Pending::Passkey(begun)) = pending {
                    self.passkeys.to_make.insert(n, *begun);
                }
            }
            _ => {}
        }
    }

    pub(crate) fn choose_passkey(&mut self, n: usize) -> Result<Answer, Answer> {
        let (at, _) = self.may_use(n)?;
        self.proof(at, Method::Passkey).ok_or(Answer::Refused("method_not_offered", None))?;
        if !self.asks_passkey(self.running(n)?)
            && let Some(sign_in) = self.sign_ins.get_mut(n)
        {
            (sign_in.wants_passkey, sign_in.wants_app) = (true, false);
            sign_in.enrolling = None;
        }
        Ok(Answer::PasskeyAsked(self.usable_passkeys()))
    }

    pub(crate) fn use_passkey(&mut self, n: usize, press: Press) -> Answer {
        self.try_use(n, press).unwrap_or_else(|refused| refused)
    }

    fn try_use(&mut self, n: usize, press: Press) -> Result<Answer, Answer> {
        let (at, asked) = self.may_use(n)?;
        let way = self.proof(at, Method::Passkey);
        let way = way.ok_or(Answer::Refused("method_not_offered", None))?;
        let terms = self.passkeys.terms.unwrap_or_default();
        let (generation, domain) = (self.generation, self.passkeys.domain);
        let answered = self.passkeys.to_use.get(&press.answers).copied();
        let is_of_here = answered.is_some() && answered == self.question(n);
        let theirs = |kept: &Kept| kept.device == press.device && kept.domain == domain;
        let of_now = self.bound.iter_mut().filter(|bound| bound.generation == generation);
        let mut passkeys = of_now.filter_map(|bound| bound.passkey.as_mut());
        let kept = passkeys.find(|kept| theirs(kept)).ok_or_else(refused)?;
        if !is_of_here || !press.meets(terms) || press.can_be_copied != kept.can_be_copied {
            return Err(refused());
        }
        if press.flaw == Some(Flaw::Signature) {
            return Err(self.count_here(n, "code_wrong"));
        }
        let counts = press.counter != 0 || kept.counter != 0;
        if counts && press.counter <= kept.counter {
            return Err(self.count_here(n, "code_reused"));
        }
        kept.counter = press.counter;
        if let Some(sign_in) = self.sign_ins.get_mut(n) {
            sign_in.uses += 1;
            sign_in.wants_passkey = false;
        }
        self.accept_by(n, asked, &way);
        self.note_shown(n, press);
        self.remember(n, asked, &way);
        self.verified_view(n)
    }

    /// Counts a try in its sign-in, and nowhere else.
    fn count_here(&mut self, n: usize, why: &'static str) -> Answer {
        self.note(why);
        let Some(sign_in) = self.sign_ins.get_mut(n) else { return Answer::Over };
        sign_in.wrong += 1;
        let left = 5_u8.saturating_sub(sign_in.wrong);
        if left == 0 {
            self.go_to(n, Stage::Dead);
            self.note("sign_in_dead");
        }
        Answer::Wrong(why, left, None)
    }

    /// Notes for the assertion what a passkey showed of itself.
    fn note_shown(&mut self, n: usize, press: Press) {
        let proof = self.sign_ins.get_mut(n).and_then(|sign_in| sign_in.settings.proof.as_mut());
        if let Some(proof) = proof {
            proof.passkey = Some((press.is_verified, press.can_be_copied));
        }
    }

    pub(crate) fn begin_passkey(&mut self) -> Pending {
        self.passkeys.begun += 1;
        Pending::Passkey(self.passkeys.begun)
    }

    pub(crate) fn make_passkey(&mut self, n: usize, press: Press) -> Answer {
        self.try_make(n, press).unwrap_or_else(|refused| refused)
    }

    /// Nothing is counted: whoever enrols gives a key of their own choice.
    fn try_make(&mut self, n: usize, press: Press) -> Result<Answer, Answer> {
        let changes = self.may_confirm(n)?;
        let begun = match self.running(n)?.pending {
            Some(Pending::Passkey(begun)) => begun,
            _ => return Err(Answer::Refused("another_step", None)),
        };
        self.may_enrol(n, Method::Passkey)?;
        let is_of_here = self.passkeys.to_make.get(&press.answers) == Some(&begun);
        let is_it = |bound: &Bound| bound.passkey.is_some_and(|kept| kept.device == press.device);
        let is_bound = self.bound_now().any(is_it);
        if !is_of_here || is_bound || !press.meets(self.passkeys.terms.unwrap_or_default()) {
            return Err(refused());
        }
        let Press { device, counter, can_be_copied, .. } = press;
        let kept = Kept { device, counter, can_be_copied, domain: self.passkeys.domain };
        let new = Bound {
            generation: self.generation,
            method: Method::Passkey,
            of: String::new(),
            last_step: 0,
            drift: 0,
            since: self.now,
            passkey: Some(kept),
        };
        if changes {
            self.add_to_bound(n, new);
        } else {
            self.bind(n, new);
            self.note_shown(n, press);
        }
        self.verified_view(n)
    }

    /// Returns true if a passkey is offered in a sign-in: after a code of the user's own that
    /// proves as much as anything bound, for ten minutes.
    pub(crate) fn offers_passkey(&self, sign_in: &SignIn) -> bool {
        let Stage::In { since, reason: "done" } = sign_in.stage else { return false };
        let settings = &sign_in.settings;
        let proven = settings.proof.as_ref().is_some_and(|proof| {
            proof.by_code && proof.is_of(self.generation) && proof.worth >= self.strongest(i64::MAX)
        });
        let promotes = self.passkeys.terms.is_some_and(|terms| terms.promotes);
        let is_closed =
            settings.ended || settings.event != Event::Login || settings.opened || self.disabled;
        let is_new = self.now - since < 600 && self.passkeys.declined != Some(self.generation);
        promotes
            && self.enabled
            && self.terms.self_service
            && proven
            && is_new
            && !is_closed
            && !self.has_passkey()
            && self.asked(Point::MANAGE) != Asked::Link
            && self.has_room_for(Method::Passkey)
    }

    pub(crate) fn answer_offer(&mut self, n: usize, accepts: bool) -> Answer {
        match self.running(n) {
            Ok(sign_in) if self.offers_passkey(sign_in) => {}
            Ok(_) => return Answer::Refused("settings_closed", None),
            Err(over) => return over,
        }
        if !accepts {
            self.passkeys.declined = Some(self.generation);
        } else if let Some(sign_in) = self.sign_ins.get_mut(n) {
            sign_in.open_settings();
        }
        self.shown(n)
    }

    /// Returns the words of the assertion of a sign-in that let the user in.
    pub(crate) fn claims(&self, n: usize) -> Option<Claims> {
        let sign_in = self.running(n).ok()?;
        let Stage::In { reason, .. } = sign_in.stage else { return None };
        // The reason tells the two ways to skip apart.
        let mfa = if reason == "grace" { "skipped" } else { reason };
        if let Some(browser) = sign_in.trusted_in.filter(|_| reason == "trusted_browser") {
            return self.claims_of_trust(browser);
        }
        let none = Claims { mfa, acr: "none", user: false, synced: None };
        let proof = sign_in.settings.proof.as_ref();
        let Some(proof) = proof.filter(|_| reason == "done") else {
            let acr = if reason == "bypass" { "bypass" } else { "none" };
            return Some(Claims { acr, ..none });
        };
        let acr = match proof.worth {
            Worth::Nothing => "none",
            Worth::StandIn => "fallback",
            Worth::SentCode => "delivered",
            Worth::App => "app",
            Worth::Passkey => "passkey",
            Worth::Vouched => "recovery",
        };
        let user = proof.passkey.is_some_and(|(is_verified, _)| is_verified);
        let synced = proof.passkey.map(|(_, can_be_copied)| can_be_copied);
        Some(Claims { acr, user, synced, ..none })
    }
}
