//! A sign-in as its portal is shown it.

use crate::{
    Answer, Method, Model, View,
    sign_in::{Asked, Code, Pending, SignIn, Stage, Way},
};

impl Model {
    pub(crate) fn view(&self, n: usize) -> Result<View, Answer> {
        let sign_in = self.running(n)?;
        let default = self.default_counts(sign_in.point());
        if let Stage::In { reason, .. } = sign_in.stage {
            let (options, awaited) = (vec![], self.awaited_to_add(sign_in));
            let default = default && !self.may_change(sign_in);
            return Ok(View {
                status: "allowed",
                reason,
                options,
                awaited,
                default,
                skippable: false,
                passkey: None,
                offers_passkey: self.offers_passkey(sign_in),
            });
        }
        let asked = self.asked(sign_in.point());
        let ways = self.ways(sign_in.point());
        let (status, reason) = match asked {
            Asked::Nothing(_) => ("allowed", "policy_changed"),
            Asked::Code => ("challenge", "usable"),
            Asked::OldCode => ("challenge", "method_left_policy"),
            Asked::CodeBefore => ("challenge", "enrolment_proof"),
            Asked::RecoveryCode => ("challenge", "recovery_needed"),
            Asked::Enrolment { .. } => ("enrol", "nothing_bound"),
            Asked::Link => ("check_email", "link_needed"),
            Asked::Denied(why) => ("denied", why),
        };
        // A recovery code is all that is judged while the user is locked.
        let all = !self.only_recovers(sign_in);
        let reason = if all { reason } else { "recovery_needed" };
        let awaited = self.awaited(sign_in).filter(|_| all);
        // While codes are locked, a passkey is all that lets in.
        let by_passkey = self.is_left_to_passkeys(sign_in);
        let awaited = awaited.filter(|_| !by_passkey);
        let default = default && !by_passkey;
        let is_shown = |way: &&Way| all && (!by_passkey || way.method == Method::Passkey);
        let ways = ways.iter().filter(is_shown);
        Ok(View {
            status,
            reason,
            options: ways.map(|way| (way.method, way.is_bound)).collect(),
            awaited,
            default,
            skippable: asked == Asked::Enrolment { or_none: true },
            passkey: self.asks_passkey(sign_in).then(|| self.usable_passkeys()),
            offers_passkey: false,
        })
    }

    /// Returns the method of the newest code, if it is still good and can prove who signs in.
    pub(crate) fn proving(&self, sign_in: &SignIn) -> Option<Method> {
        let code = sign_in.good.last().filter(|code| !code.enrols && self.now < code.ends)?;
        let same = |way: &&Way| {
            let to = way.to.as_ref();
            way.method == code.method && to.is_some_and(|to| to.eq_ignore_ascii_case(&code.to))
        };
        self.ways(sign_in.point()).iter().find(same).map(|way| way.method)
    }

    fn awaited(&self, sign_in: &SignIn) -> Option<Method> {
        let proving = self.proving(sign_in);
        match self.asked(sign_in.point()) {
            Asked::Nothing(_) | Asked::Link | Asked::Denied(_) | Asked::RecoveryCode => None,
            Asked::Code | Asked::OldCode | Asked::CodeBefore => {
                let has_app = self.proof(sign_in.point(), Method::App).is_some();
                let chosen = (sign_in.wants_app && has_app) || self.asks_passkey(sign_in);
                proving.filter(|_| !chosen)
            }
            Asked::Enrolment { .. } => match (&sign_in.pending, sign_in.enrolling, proving) {
                (_, None, Some(proving)) => Some(proving),
                (Some(pending), _, _) => self.on_its_way(sign_in, pending),
                (None, _, _) => None,
            },
        }
    }

    /// Returns the method of the code that went to a destination being enrolled.
    fn on_its_way(&self, sign_in: &SignIn, pending: &Pending) -> Option<Method> {
        let Pending::Destination(method, to) = pending else { return None };
        let there = |code: &Code| code.enrols && code.to.eq_ignore_ascii_case(to);
        let newest = sign_in.good.iter().rfind(|code| there(code));
        newest.filter(|code| self.now < code.ends).map(|_| *method)
    }

    /// Returns the method of the code that is asked for to add something in the settings.
    fn awaited_to_add(&self, sign_in: &SignIn) -> Option<Method> {
        let enrols = matches!(self.asked(sign_in.point()), Asked::Enrolment { .. });
        let adds = sign_in.settings.are_open() && (self.may_change(sign_in) || enrols);
        sign_in.pending.as_ref().filter(|_| adds).and_then(|p| self.on_its_way(sign_in, p))
    }

    pub(crate) fn shown(&self, n: usize) -> Answer {
        self.view(n).map_or_else(|over| over, Answer::View)
    }

    pub(crate) fn settle(&mut self, n: usize) {
        let Ok(sign_in) = self.running(n) else { return };
        match self.asked(sign_in.point()) {
            Asked::Nothing(reason) => {
                let now = self.now;
                if let Some(sign_in) = self.sign_ins.get_mut(n) {
                    sign_in.let_in(now, reason);
                }
                let is_trusted = reason == "trusted_browser";
                self.note(if is_trusted { "trusted_sign_in" } else { reason });
            }
            Asked::Enrolment { or_none: true } => self.meet_grace(),
            Asked::Denied(_) if self.entries.last() != Some(&"denied") => self.note("denied"),
            Asked::Denied(_)
            | Asked::Code
            | Asked::OldCode
            | Asked::CodeBefore
            | Asked::RecoveryCode
            | Asked::Enrolment { or_none: false }
            | Asked::Link => {}
        }
    }

    pub(crate) fn look(&mut self, n: usize) -> Answer {
        let sign_in = match self.running(n) {
            Ok(sign_in) => sign_in,
            Err(over) => return over,
        };
        match sign_in.stage {
            Stage::Dead => return Answer::Refused("sign_in_dead", None),
            Stage::In { since, .. } => {
                let settled = sign_in.settings.last_change.unwrap_or(since);
                if self.now - settled >= 120 && !self.may_change(sign_in) {
                    return Answer::Refused("sign_in_done", None);
                }
            }
            Stage::Open | Stage::MayEnrol | Stage::Recovering => self.settle_if_nothing_is_asked(n),
        }
        self.shown(n)
    }

    fn settle_if_nothing_is_asked(&mut self, n: usize) {
        let nothing = |sign_in: &SignIn| matches!(self.asked(sign_in.point()), Asked::Nothing(_));
        if self.running(n).is_ok_and(nothing) {
            self.settle(n);
        }
    }
}
