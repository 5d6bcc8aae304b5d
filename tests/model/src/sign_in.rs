//! One sign-in and its next step.

use crate::{
    Method, Model,
    account::Bound,
    history::{MINUTE, Side},
    settings::{Event, Settings, Worth},
    step_up::CANNOT_STEP_UP,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Open,
    /// The proof that an enrolment needs was given.
    MayEnrol,
    /// A recovery code was given in place of what is locked or disabled, which is enrolled anew.
    Recovering,
    In {
        since: i64,
        reason: &'static str,
    },
    Dead,
}

/// The stage of a sign-in, and its event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub(crate) stage: Stage,
    pub(crate) event: Event,
    /// The trusted browser that it is in.
    pub(crate) trusted_in: Option<usize>,
}

impl Point {
    /// Nothing but the password was given.
    pub(crate) const LOGIN: Self = Self::of(Event::Login);
    pub(crate) const MANAGE: Self = Self::of(Event::Manage);

    pub(crate) const fn of(event: Event) -> Self {
        Self { stage: Stage::Open, event, trusted_in: None }
    }

    pub(crate) const fn manages(self) -> bool {
        matches!(self.event, Event::Manage)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) n: usize,
    pub(crate) method: Method,
    pub(crate) to: String,
    pub(crate) enrols: bool,
    pub(crate) ends: i64,
    pub(crate) text: Option<String>,
    /// It was typed after its end, which was forgiven once.
    pub(crate) forgiven: bool,
}

/// An enrolment under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pending {
    /// Holds the secret, empty until the answer shows it.
    App(String),
    /// Holds the number of the enrolment.
    Passkey(usize),
    Destination(Method, String),
}

#[derive(Clone, Debug)]
pub(crate) struct SignIn {
    /// The place of its opening in the history; its index cannot say that, because a nonce may be
    /// used twice.
    pub(crate) age: usize,
    pub(crate) ends: i64,
    pub(crate) stage: Stage,
    pub(crate) wrong: u8,
    pub(crate) sends: u8,
    pub(crate) last_send: Option<i64>,
    pub(crate) last_charged: Side,
    pub(crate) issued: usize,
    /// The two newest codes, newest last.
    pub(crate) good: Vec<Code>,
    pub(crate) sent: Vec<String>,
    pub(crate) pending: Option<Pending>,
    pub(crate) wants_app: bool,
    pub(crate) wants_passkey: bool,
    /// The passkeys that were used in it.
    pub(crate) uses: usize,
    /// The method that is being enrolled, unless another code was asked for since.
    pub(crate) enrolling: Option<Method>,
    pub(crate) forgotten: bool,
    pub(crate) browser: Option<usize>,
    /// The same, if it brought a good token of trust.
    pub(crate) trusted_in: Option<usize>,
    pub(crate) settings: Settings,
}

impl SignIn {
    pub(crate) fn new(age: usize, browser: Option<usize>, event: Event, now: i64) -> Self {
        Self {
            settings: Settings { event, ..Settings::default() },
            age,
            ends: now + 600,
            stage: Stage::Open,
            wrong: 0,
            sends: 0,
            last_send: None,
            last_charged: Side::Strangers,
            issued: 0,
            good: vec![],
            sent: vec![],
            pending: None,
            wants_app: false,
            wants_passkey: false,
            uses: 0,
            enrolling: None,
            forgotten: false,
            browser,
            trusted_in: None,
        }
    }

    /// Returns the side it is kept on, which it never leaves.
    pub(crate) const fn side(&self) -> Side {
        match self.browser {
            Some(_) => Side::Known,
            None => Side::Strangers,
        }
    }

    /// Returns the order in which sign-ins make room: those that are over, then those of which
    /// nothing has come, then the others.
    pub(crate) fn worth(&self, now: i64) -> u8 {
        match self.stage {
            Stage::Dead => 0,
            Stage::In { since, .. } if now - since >= 5 * MINUTE + self.settings.time() => 0,
            Stage::Open if self.sends == 0 && self.pending.is_none() => 1,
            Stage::Open | Stage::MayEnrol | Stage::Recovering | Stage::In { .. } => 2,
        }
    }

    pub(crate) const fn point(&self) -> Point {
        Point { stage: self.stage, event: self.settings.event, trusted_in: self.trusted_in }
    }

    pub(crate) fn let_in(&mut self, now: i64, reason: &'static str) {
        self.ends = self.ends.max(now + self.settings.time());
        self.stage = Stage::In { since: now, reason };
        self.good.clear();
        self.pending = None;
        self.enrolling = None;
    }
}

/// Why a user without a verified address is denied, if an emailed code comes before the first
/// enrolment.
pub(crate) const NO_EMAIL: &str = "no_verified_email";

/// Why nobody changes the settings of a user in a sign-in for that.
pub(crate) const NOTHING_TO_MANAGE: &str = "nothing_to_manage";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Nothing(&'static str),
    Code,
    /// The strongest of what the policy no longer has, and then an enrolment.
    OldCode,
    /// An emailed code, and then an enrolment.
    CodeBefore,
    /// A recovery code, because what is bound was disabled.
    RecoveryCode,
    Enrolment {
        or_none: bool,
    },
    Link,
    Denied(&'static str),
}

#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) method: Method,
    pub(crate) to: Option<String>,
    pub(crate) is_bound: bool,
    pub(crate) enrols: bool,
    pub(crate) stands_in: bool,
}

impl Way {
    pub(crate) const fn worth(&self) -> Worth {
        if self.stands_in { Worth::StandIn } else { self.method.worth() }
    }
}

impl Model {
    /// Returns true if a saved default must be proved before an enrolment.
    fn default_guards(&self, at: Point) -> bool {
        let made = self.default.as_ref().is_some_and(|made| made.generation == self.generation);
        made && at.stage != Stage::MayEnrol && !self.is_recovering(at)
    }

    /// Returns true if the saved default counts in a sign-in: its address is still the verified
    /// one. A preset never loses its fallback.
    fn default_reaches(&self, at: Point) -> bool {
        let to = self.default.as_ref().map(|made| made.to.to_ascii_lowercase());
        let verified = self.verified().map(|address| address.to_ascii_lowercase());
        self.default_guards(at) && verified.is_some() && verified == to
    }

    /// Returns true if the default is used: it is not where something stronger must be proved.
    pub(crate) fn default_counts(&self, at: Point) -> bool {
        self.default_reaches(at)
            && !self.insists_at(at)
            && !matches!(at.event, Event::StepUp(_))
            && (!at.manages()
                || self.asked(at) != Asked::Code
                || self.ways(at).iter().any(|way| way.method == Method::Email))
    }

    pub(crate) fn asked(&self, at: Point) -> Asked {
        let passed = at.stage == Stage::MayEnrol;
        let has_bound = !passed && self.bound_now().next().is_some();
        if self.frozen {
            return Asked::Denied("frozen");
        }
        if let Event::StepUp(least) = at.event {
            return self.asked_to_step_up(least);
        }
        if self.is_recovering(at) {
            // Neither a lock, nor what is bound or on record, leads past it.
            return Asked::Enrolment { or_none: false };
        }
        if self.disabled {
            let recovers = !passed && self.recovers();
            let denied = Asked::Denied("authenticator_disabled");
            return if recovers { Asked::RecoveryCode } else { denied };
        }
        if at.manages() && !self.terms.self_service {
            return Asked::Denied(NOTHING_TO_MANAGE);
        }
        if at.manages() && (has_bound || self.default_reaches(at)) {
            return Asked::Code;
        }
        if !self.enabled {
            if at.manages() {
                return Asked::Denied(NOTHING_TO_MANAGE);
            }
            // The one preset that goes on asking has no default.
            let still_asked = self.preset.asks_when_off() && has_bound;
            let is_trusted = still_asked && self.trusted_at(at).is_some();
            return match still_asked {
                _ if is_trusted => Asked::Nothing("trusted_browser"),
                true => Asked::Code,
                false => Asked::Nothing("not_required"),
            };
        }
        let enrolled = self.enrolled_methods();
        let only_on_record = !has_bound && self.record_reaches() && !enrolled.is_empty();
        if at.manages() && !passed && only_on_record && self.needs_link() {
            // A code to the contact record signs in, and opens no settings.
            return Asked::Link;
        }
        let may_decline = self.preset.may_decline() && !at.manages();
        if may_decline && self.skipped == Some(self.generation) {
            return Asked::Nothing("skipped");
        }
        if self.trusted_at(at).is_some() {
            return Asked::Nothing("trusted_browser");
        }
        let is_in = |bound: &Bound| enrolled.contains(&bound.method);
        let counts = has_bound && self.bound_now().any(is_in);
        if counts || self.record_reaches() || self.default_reaches(at) {
            return Asked::Code;
        }
        if enrolled.is_empty() {
            return Asked::Denied("no_usable_method");
        }
        if has_bound {
            return Asked::OldCode;
        }
        if !passed && self.needs_link() {
            return Asked::Link;
        }
        if self.default_guards(at) {
            return Asked::Denied("no_usable_method");
        }
        if self.email_first && !passed {
            return match self.verified() {
                Some(_) if !self.holds_address() => Asked::CodeBefore,
                Some(_) | None => Asked::Denied(NO_EMAIL),
            };
        }
        Asked::Enrolment { or_none: may_decline || self.has_grace(at) }
    }

    /// Returns true if a link comes before the next enrolment: after a freeze always.
    fn needs_link(&self) -> bool {
        let begins_again =
            self.reset_pending || self.bound.iter().any(|b| b.generation != self.generation);
        self.link_only.is_some() || (self.preset.mails_link() && begins_again)
    }

    pub(crate) fn has_own(&self, method: Method) -> bool {
        self.terms.own == Some(method)
    }

    fn record_reaches(&self) -> bool {
        self.preset.uses_record() && (self.verified().is_some() || self.contact.phone.is_some())
    }

    /// Returns the ways on offer. The one by which the password was changed proves nothing for a
    /// day, unless it is the only one.
    pub(crate) fn ways(&self, at: Point) -> Vec<Way> {
        let mut ways = self.ways_before(at);
        let asked = self.asked(at);
        if (at.manages() && asked == Asked::Code) || asked == Asked::OldCode {
            // A weaker proof than what is bound allows nothing.
            let strongest = self.strongest(i64::MAX);
            ways.retain(|way| way.worth() >= strongest);
        }
        let barred = self.history.barred(self.now);
        if ways.iter().any(|way| !way.enrols && Some(way.method) != barred) {
            ways.retain(|way| way.enrols || Some(way.method) != barred);
        }
        ways
    }

    fn ways_before(&self, at: Point) -> Vec<Way> {
        let plain =
            |method, to, is_bound, enrols| Way { method, to, is_bound, enrols, stands_in: false };
        let from_record = || {
            let email =
                self.verified().cloned().map(|to| plain(Method::Email, Some(to), false, false));
            let phone =
                self.contact.phone.clone().map(|to| plain(Method::Sms, Some(to), false, false));
            let uses = self.preset.uses_record();
            email.into_iter().chain(phone).filter(move |_| uses)
        };
        let bound = || {
            // One code is compared with every app, and a browser is asked for any passkey.
            let mut listed = vec![];
            let usable = self.bound_now().filter(|bound| self.is_usable(bound));
            let first = usable.filter(move |bound| {
                let is_first = bound.method.is_sent() || !listed.contains(&bound.method);
                listed.push(bound.method);
                is_first
            });
            first.map(|bound| {
                let to = bound.method.is_sent().then(|| bound.of.clone());
                plain(bound.method, to, true, false)
            })
        };
        if let (Asked::Code, Event::StepUp(least)) = (self.asked(at), at.event) {
            let mut strong = bound().chain(from_record()).collect();
            self.keep_strong(&mut strong, least);
            return strong;
        }
        let mut ways: Vec<Way> = match self.asked(at) {
            Asked::Code if self.enabled => {
                let enrolled = self.enrolled_methods();
                let counts = |way: &Way| at.manages() || enrolled.contains(&way.method);
                bound().filter(counts).chain(from_record()).collect()
            }
            Asked::Code | Asked::OldCode => bound().collect(),
            Asked::Enrolment { .. } => {
                let methods = self.enrolled_methods().into_iter();
                methods.map(|method| plain(method, None, false, true)).collect()
            }
            Asked::CodeBefore => {
                let way = |to| plain(Method::Email, Some(to), false, false);
                return self.verified().cloned().map(way).into_iter().collect();
            }
            Asked::Denied("frozen" | NOTHING_TO_MANAGE | CANNOT_STEP_UP) => return vec![],
            Asked::Denied(_) => return from_record().collect(),
            Asked::Nothing(_) | Asked::Link | Asked::RecoveryCode => return vec![],
        };
        if self.is_recovering(at) {
            return ways;
        }
        let listed = ways.iter().any(|way| way.method == Method::Email);
        if (self.preset.falls_back() || self.default_reaches(at)) && !listed {
            let way = |to| Way { stands_in: true, ..plain(Method::Email, Some(to), false, false) };
            ways.extend(self.verified().cloned().map(way).filter(|_| !self.holds_address()));
        }
        if self.insists_at(at) {
            ways.retain(|way| way.method == Method::Passkey);
        }
        ways
    }

    /// Returns the bound or verified way of this method.
    pub(crate) fn proof(&self, at: Point, method: Method) -> Option<Way> {
        self.ways(at).into_iter().find(|way| way.method == method && !way.enrols)
    }
}
