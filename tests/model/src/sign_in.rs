//! One sign-in and its next step.

use crate::{
    Answer, Method, Model, View,
    history::{MINUTE, Side},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Open,
    /// The proof that an enrolment needs was given.
    MayEnrol,
    In {
        since: i64,
        reason: &'static str,
    },
    Dead,
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
    /// The method that is being enrolled, unless another code was asked for since.
    pub(crate) enrolling: Option<Method>,
    pub(crate) forgotten: bool,
    pub(crate) browser: Option<usize>,
}

impl SignIn {
    pub(crate) fn new(age: usize, browser: Option<usize>, now: i64) -> Self {
        Self {
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
            enrolling: None,
            forgotten: false,
            browser,
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
            Stage::In { since, .. } if now - since >= 5 * MINUTE => 0,
            Stage::Open if self.sends == 0 && self.pending.is_none() => 1,
            Stage::Open | Stage::MayEnrol | Stage::In { .. } => 2,
        }
    }

    pub(crate) fn let_in(&mut self, now: i64, reason: &'static str) {
        self.stage = Stage::In { since: now, reason };
        self.good.clear();
        self.pending = None;
        self.enrolling = None;
    }
}

/// Why a user without a verified address is denied, if an emailed code comes before the first
/// enrolment.
pub(crate) const NO_EMAIL: &str = "no_verified_email";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Nothing(&'static str),
    Code,
    /// An emailed code, and then an enrolment.
    CodeBefore,
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

impl Model {
    /// Returns true if a saved default must be proved before an enrolment.
    fn default_guards(&self, stage: Stage) -> bool {
        let made = self.default.as_ref().is_some_and(|made| made.generation == self.generation);
        made && stage != Stage::MayEnrol
    }

    /// Returns true if the saved default counts in a sign-in: its address is still the verified
    /// one. A preset never loses its fallback.
    pub(crate) fn default_counts(&self, stage: Stage) -> bool {
        let to = self.default.as_ref().map(|made| made.to.to_ascii_lowercase());
        let verified = self.verified().map(|address| address.to_ascii_lowercase());
        self.default_guards(stage) && verified.is_some() && verified == to
    }

    pub(crate) fn asked(&self, stage: Stage) -> Asked {
        let passed = stage == Stage::MayEnrol;
        let has_bound = !passed && self.bound_now().next().is_some();
        if self.disabled {
            return Asked::Denied("authenticator_disabled");
        }
        if !self.enabled {
            // The one preset that goes on asking has no default.
            let still_asked = self.preset.asks_when_off() && has_bound;
            return if still_asked { Asked::Code } else { Asked::Nothing("not_required") };
        }
        if self.preset.may_decline() && self.skipped == Some(self.generation) {
            return Asked::Nothing("skipped");
        }
        // A preset never loses the method it had, so whatever is bound is in the policy.
        if has_bound || self.record_reaches() || self.default_counts(stage) {
            return Asked::Code;
        }
        if self.preset.enrols().is_none() {
            return Asked::Denied("no_usable_method");
        }
        if self.default_guards(stage) {
            // The preset with a default mails no links.
            return Asked::Denied("no_usable_method");
        }
        let begins_again =
            self.reset_pending || self.bound.iter().any(|b| b.generation != self.generation);
        if self.preset.mails_link() && begins_again && !passed {
            return Asked::Link;
        }
        if self.email_first && !passed {
            return match self.verified() {
                Some(_) => Asked::CodeBefore,
                None => Asked::Denied(NO_EMAIL),
            };
        }
        Asked::Enrolment { or_none: self.preset.may_decline() }
    }

    fn record_reaches(&self) -> bool {
        self.preset.uses_record() && (self.verified().is_some() || self.contact.phone.is_some())
    }

    /// Returns the ways on offer. The one by which the password was changed proves nothing for a
    /// day, unless it is the only one.
    pub(crate) fn ways(&self, stage: Stage) -> Vec<Way> {
        let mut ways = self.ways_before(stage);
        let barred = self.history.barred(self.now);
        if ways.iter().any(|way| !way.enrols && Some(way.method) != barred) {
            ways.retain(|way| way.enrols || Some(way.method) != barred);
        }
        ways
    }

    fn ways_before(&self, stage: Stage) -> Vec<Way> {
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
            self.bound_now().map(|b| {
                let to = (b.method != Method::App).then(|| b.of.clone());
                plain(b.method, to, true, false)
            })
        };
        let mut ways: Vec<Way> = match self.asked(stage) {
            Asked::Code if self.enabled => bound().chain(from_record()).collect(),
            Asked::Code => bound().collect(),
            Asked::Enrolment { .. } => self
                .preset
                .enrols()
                .map(|method| plain(method, None, false, true))
                .into_iter()
                .collect(),
            Asked::CodeBefore => {
                let way = |to| plain(Method::Email, Some(to), false, false);
                return self.verified().cloned().map(way).into_iter().collect();
            }
            Asked::Denied(_) => return from_record().collect(),
            Asked::Nothing(_) | Asked::Link => return vec![],
        };
        let listed = ways.iter().any(|way| way.method == Method::Email);
        if (self.preset.falls_back() || self.default_counts(stage)) && !listed {
            let way = |to| Way { stands_in: true, ..plain(Method::Email, Some(to), false, false) };
            ways.extend(self.verified().cloned().map(way));
        }
        ways
    }

    /// Returns the bound or verified way of this method.
    pub(crate) fn proof(&self, stage: Stage, method: Method) -> Option<Way> {
        self.ways(stage).into_iter().find(|way| way.method == method && !way.enrols)
    }

    pub(crate) fn view(&self, n: usize) -> Result<View, Answer> {
        let sign_in = self.running(n)?;
        let default = self.default_counts(sign_in.stage);
        if let Stage::In { reason, .. } = sign_in.stage {
            let (options, awaited) = (vec![], None);
            return Ok(View {
                status: "allowed",
                reason,
                options,
                awaited,
                default,
                skippable: false,
            });
        }
        let asked = self.asked(sign_in.stage);
        let ways = self.ways(sign_in.stage);
        let (status, reason) = match asked {
            Asked::Nothing(_) => ("allowed", "policy_changed"),
            Asked::Code => ("challenge", "usable"),
            Asked::CodeBefore => ("challenge", "enrolment_proof"),
            Asked::Enrolment { .. } => ("enrol", "nothing_bound"),
            Asked::Link => ("check_email", "link_needed"),
            Asked::Denied(why) => ("denied", why),
        };
        let awaited = self.awaited(sign_in);
        Ok(View {
            status,
            reason,
            options: ways.iter().map(|way| (way.method, way.is_bound)).collect(),
            awaited,
            default,
            skippable: asked == Asked::Enrolment { or_none: true },
        })
    }

    /// Returns the method of the newest code, if it is still good and can prove who signs in.
    pub(crate) fn proving(&self, sign_in: &SignIn) -> Option<Method> {
        let code = sign_in.good.last().filter(|code| !code.enrols && self.now < code.ends)?;
        let same = |way: &&Way| {
            let to = way.to.as_ref();
            way.method == code.method && to.is_some_and(|to| to.eq_ignore_ascii_case(&code.to))
        };
        self.ways(sign_in.stage).iter().find(same).map(|way| way.method)
    }

    /// Returns the method of the sent code that is asked for.
    fn awaited(&self, sign_in: &SignIn) -> Option<Method> {
        let proving = self.proving(sign_in);
        match self.asked(sign_in.stage) {
            Asked::Nothing(_) | Asked::Link | Asked::Denied(_) => None,
            Asked::Code | Asked::CodeBefore => {
                let has_app = self.proof(sign_in.stage, Method::App).is_some();
                proving.filter(|_| !(sign_in.wants_app && has_app))
            }
            Asked::Enrolment { .. } => match (&sign_in.pending, sign_in.enrolling, proving) {
                (_, None, Some(proving)) => Some(proving),
                (Some(Pending::Destination(method, to)), _, _) => {
                    let there = |code: &Code| code.enrols && code.to.eq_ignore_ascii_case(to);
                    let newest = sign_in.good.iter().rfind(|code| there(code));
                    newest.filter(|code| self.now < code.ends).map(|_| *method)
                }
                (Some(Pending::App(_)) | None, _, _) => None,
            },
        }
    }

    /// Returns the view of a sign-in as an answer.
    pub(crate) fn shown(&self, n: usize) -> Answer {
        self.view(n).map_or_else(|over| over, Answer::View)
    }

    /// Lets the user in if nothing is asked.
    pub(crate) fn settle(&mut self, n: usize) {
        let Ok(sign_in) = self.running(n) else { return };
        match self.asked(sign_in.stage) {
            Asked::Nothing(reason) => {
                let now = self.now;
                if let Some(sign_in) = self.sign_ins.get_mut(n) {
                    sign_in.let_in(now, reason);
                }
                self.note(reason);
            }
            Asked::Denied(_) if self.entries.last() != Some(&"denied") => self.note("denied"),
            Asked::Denied(_)
            | Asked::Code
            | Asked::CodeBefore
            | Asked::Enrolment { .. }
            | Asked::Link => {}
        }
    }

    pub(crate) fn look(&mut self, n: usize) -> Answer {
        let stage = match self.running(n) {
            Ok(sign_in) => sign_in.stage,
            Err(over) => return over,
        };
        match stage {
            Stage::Dead => return Answer::Refused("sign_in_dead", None),
            Stage::In { since, .. } if self.now - since >= 120 => {
                return Answer::Refused("sign_in_done", None);
            }
            Stage::Open | Stage::MayEnrol if matches!(self.asked(stage), Asked::Nothing(_)) => {
                self.settle(n)
            }
            Stage::In { .. } | Stage::Open | Stage::MayEnrol => {}
        }
        self.shown(n)
    }
}
