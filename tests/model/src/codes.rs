//! The checks of codes.

use crate::{
    Answer, Method, Model,
    account::{Bound, EmailDefault},
    history::{Fact, Side},
    recovery::RECOVERY_CODE,
    settings::{Event, Worth},
    sign_in::{Asked, NO_EMAIL, NOTHING_TO_MANAGE, Pending, Stage, Way},
    trust::NewToken,
};

enum Verdict {
    Right,
    /// The delivered code of this number, after its end and for the first time.
    Late(usize),
    Wrong(&'static str),
}

impl Model {
    pub(crate) fn verify(
        &mut self,
        n: usize,
        code: &str,
        by: Option<Method>,
        make_default: bool,
    ) -> Answer {
        let judged = if code.len() == 6 {
            self.try_verify(n, code, by, make_default)
        } else if make_default {
            Err(Answer::Refused("default_not_allowed", None))
        } else if code.len() == RECOVERY_CODE.len() {
            self.try_recovery(n, code)
        } else {
            self.try_bypass(n, code)
        };
        judged.unwrap_or_else(|refused| refused)
    }

    pub(crate) fn try_verify(
        &mut self,
        n: usize,
        code: &str,
        by: Option<Method>,
        make_default: bool,
    ) -> Result<Answer, Answer> {
        let (at, asked) = self.may_go_on(n)?;
        let has_app = self.proof(at, Method::App).is_some();
        let sign_in = self.running(n)?;
        let wants_app = sign_in.wants_app;
        let newest = sign_in.good.iter().rev().find(|code| !code.enrols).map(|code| code.method);
        let awaited = if wants_app && has_app { None } else { newest };
        let method = by.or(awaited).unwrap_or(Method::App);
        let not_offered = Answer::Refused("method_not_offered", None);
        let way = self.proof(at, method).ok_or_else(|| not_offered.clone())?;
        if make_default && !(way.stands_in && self.preset.falls_back()) {
            return Err(Answer::Refused("default_not_allowed", None));
        }
        let verdict = match &way.to {
            // It has no code.
            None if method == Method::Passkey => return Err(not_offered),
            Some(to) => self.sent_code(n, method, to, false, code)?,
            None => {
                if let Some(lock) = self.lock_of_apps(self.running(n)?.browser) {
                    return Err(Answer::Refused("locked", lock.wait(self.now)));
                }
                self.app_code(code)
            }
        };
        let secrets = if way.to.is_none() { self.apps() } else { 1 };
        match verdict {
            Verdict::Right => {}
            Verdict::Late(code) => return Err(self.forgive(n, code)),
            Verdict::Wrong(why) => return Err(self.count(n, why, secrets)),
        }
        self.accept_by(n, asked, &way);
        self.remember(n, asked, &way);
        if let Some(to) = &way.to {
            self.prove(to);
        }
        if make_default {
            let to = self.verified().cloned().unwrap_or_default();
            self.default = Some(EmailDefault { generation: self.generation, to });
            self.grace.is_over = true;
            self.note("default_set");
        }
        self.verified_view(n)
    }

    /// Lets the user in by a proof, or to the enrolment that it opens.
    pub(crate) fn accept_by(&mut self, n: usize, asked: Asked, way: &Way) {
        let wants_app = self.sign_ins.get(n).is_some_and(|sign_in| sign_in.wants_app);
        let app_is_bound = self.bound_now().any(|bound| bound.method == Method::App);
        self.accept(n);
        self.note_proof(n, way.worth());
        let proof = self.sign_ins.get_mut(n).and_then(|sign_in| sign_in.settings.proof.as_mut());
        if let Some(proof) = proof {
            proof.by_code = !way.stands_in;
        }
        let is_strong = way.worth() >= self.strongest(i64::MAX);
        let enrols = matches!(asked, Asked::CodeBefore | Asked::OldCode);
        if is_strong && (enrols || (wants_app && !app_is_bound)) {
            self.go_to(n, Stage::MayEnrol);
            self.succeeded = None;
        }
    }

    pub(crate) fn remember(&mut self, n: usize, asked: Asked, way: &Way) {
        if self.remembers {
            self.earn_trust(n, asked, way);
        }
        if self.succeeded.is_some() {
            self.note_token(n);
        }
    }

    /// A sent code is right if it is one of the two newest to the current destination.
    fn sent_code(
        &self,
        n: usize,
        method: Method,
        to: &str,
        enrols: bool,
        typed: &str,
    ) -> Result<Verdict, Answer> {
        let sign_in = self.running(n)?;
        let sent: Vec<_> = sign_in
            .good
            .iter()
            .filter(|code| {
                code.method == method && code.to.eq_ignore_ascii_case(to) && code.enrols == enrols
            })
            .collect();
        if sent.is_empty() {
            return Err(Answer::Refused("no_code_requested", None));
        }
        let same: Vec<_> = sent.iter().filter(|code| code.text.as_deref() == Some(typed)).collect();
        let late = same.iter().find(|code| !code.forgiven);
        Ok(if same.iter().any(|code| self.now < code.ends) {
            Verdict::Right
        } else if same.is_empty() {
            Verdict::Wrong("code_wrong")
        } else {
            late.map_or(Verdict::Wrong("code_expired"), |code| Verdict::Late(code.n))
        })
    }

    /// Returns true if a typed code is the one of the app that was accepted last.
    pub(crate) fn is_last_accepted(&self, typed: &str) -> bool {
        self.bound_now().filter(|bound| bound.method == Method::App).any(|app| {
            let step = self.app_step(&app.of, typed, &[app.drift, app.drift - 1]);
            step == Some(app.last_step)
        })
    }

    /// A delivered code that came too late costs no guess, once.
    fn forgive(&mut self, n: usize, code: usize) -> Answer {
        self.note("code_expired");
        let Some(sign_in) = self.sign_ins.get_mut(n) else { return Answer::Over };
        for late in sign_in.good.iter_mut().filter(|late| late.n == code) {
            late.forgiven = true;
        }
        Answer::Wrong("code_expired", 5_u8.saturating_sub(sign_in.wrong), None)
    }

    /// Compares a code with every app; one that is right for any of them lets the user in.
    fn app_code(&mut self, typed: &str) -> Verdict {
        let mut verdict = Verdict::Wrong("code_wrong");
        let (generation, totp, step) = (self.generation, self.totp, self.step());
        for app in self.bound.iter_mut() {
            if app.method != Method::App || app.generation != generation {
                continue;
            }
            let steps = [step + app.drift, step + app.drift - 1];
            let found = steps.into_iter().find(|step| totp(&app.of, *step) == typed);
            match (found, &verdict) {
                (Some(step), _) if step > app.last_step => {
                    app.last_step = step;
                    verdict = Verdict::Right;
                }
                (Some(_), Verdict::Wrong(_)) => verdict = Verdict::Wrong("code_reused"),
                _ => {}
            }
        }
        verdict
    }

    /// Counts a wrong code, once for each secret that it was compared with.
    pub(crate) fn count(&mut self, n: usize, why: &'static str, secrets: usize) -> Answer {
        let browser = self.sign_ins.get(n).and_then(|sign_in| sign_in.browser);
        let mut held = vec![Side::Known, Side::Strangers];
        held.retain(|side| self.history.lock_of(*side, self.now).is_some());
        for left in (0..secrets).rev() {
            let side = self.history.side(browser, self.now);
            // Of the browser it is one wrong code.
            self.history.add(self.now, Fact::Wrong(side, browser.filter(|_| left == 0)));
        }
        self.note(why);
        let mut left = 0;
        if let Some(sign_in) = self.sign_ins.get_mut(n) {
            sign_in.wrong += 1;
            left = 5_u8.saturating_sub(sign_in.wrong);
        }
        if left == 0 {
            self.go_to(n, Stage::Dead);
            self.note("sign_in_dead");
        }
        if self.history.disables() && !self.disabled {
            self.disabled = true;
            self.note("disabled");
        }
        let lock = self.history.lock(browser, self.now);
        // Each state is told once, and what holds for strangers may come to hold for a browser.
        if lock.is_some() && !held.contains(&self.history.side(browser, self.now)) {
            self.note("locked");
        }
        let stands =
            self.sign_ins.get(n).is_none_or(|sign_in| !self.is_recovering(sign_in.point()));
        let lock = lock.filter(|_| stands);
        Answer::Wrong(why, left, lock.and_then(|lock| lock.wait(self.now)))
    }

    /// Remembers the last two destinations that a code got the user in from.
    fn prove(&mut self, to: &str) {
        let to = to.to_ascii_lowercase();
        self.proven.retain(|known| *known != to);
        self.proven.push(to);
        let surplus = self.proven.len().saturating_sub(2);
        self.proven.drain(..surplus);
    }

    fn accept(&mut self, n: usize) {
        let browser = self.sign_ins.get(n).and_then(|sign_in| sign_in.browser);
        let is_known = browser.is_some_and(|browser| !self.history.is_failing(browser));
        let side = if is_known { Side::Known } else { Side::Strangers };
        let (since, place) = (self.now, self.history.len());
        self.succeeded = Some(NewToken::OfNewBrowser { since, place, trust: None });
        self.history.add(self.now, Fact::Right(side));
        self.note("code_accepted");
        let now = self.now;
        if let Some(sign_in) = self.sign_ins.get_mut(n) {
            sign_in.let_in(now, "done");
        }
    }

    pub(crate) fn go_to(&mut self, n: usize, stage: Stage) {
        if let Some(sign_in) = self.sign_ins.get_mut(n) {
            sign_in.stage = stage;
        }
    }

    pub(crate) fn verified_view(&self, n: usize) -> Result<Answer, Answer> {
        Ok(Answer::Verified(self.view(n)?.status))
    }

    pub(crate) fn confirm(&mut self, n: usize, code: &str) -> Answer {
        self.try_confirm(n, code).unwrap_or_else(|refused| refused)
    }

    /// Returns true if what is confirmed is beside what is bound, in the settings.
    pub(crate) fn may_confirm(&self, n: usize) -> Result<bool, Answer> {
        let changes = self.running(n)?.changes_settings();
        if changes {
            self.check_rights(n)?;
        } else {
            self.may_go_on(n)?;
        }
        let running = self.running(n)?;
        // A proof as strong was given, and there is nothing to guess.
        let adds_passkey = changes && matches!(running.pending, Some(Pending::Passkey(_)));
        match self.lock_in(running) {
            Some(lock) if !adds_passkey => Err(Answer::Refused("locked", lock.wait(self.now))),
            Some(_) | None => Ok(changes),
        }
    }

    fn try_confirm(&mut self, n: usize, code: &str) -> Result<Answer, Answer> {
        let changes = self.may_confirm(n)?;
        let nothing = Answer::Refused("another_step", None);
        let pending = self.running(n)?.pending.clone().ok_or(nothing)?;
        let method = match &pending {
            Pending::App(_) => Method::App,
            Pending::Passkey(_) => Method::Passkey,
            Pending::Destination(method, _) => *method,
        };
        self.may_enrol(n, method)?;
        let (verdict, of, last_step) = match &pending {
            // A phone whose clock is a step ahead may enrol.
            Pending::App(secret) => match self.app_step(secret, code, &[0, -1, 1]) {
                Some(step) => (Verdict::Right, secret, step),
                None => (Verdict::Wrong("code_wrong"), secret, 0),
            },
            Pending::Destination(_, to) => (self.sent_code(n, method, to, true, code)?, to, 0),
            Pending::Passkey(_) => return Err(Answer::Refused("another_step", None)),
        };
        match verdict {
            Verdict::Right => {}
            Verdict::Late(code) => return Err(self.forgive(n, code)),
            Verdict::Wrong(why) => return Err(self.count(n, why, 1)),
        }
        let drift = i64::from(last_step > self.step());
        let (generation, since, of) = (self.generation, self.now, of.clone());
        let new = Bound { generation, method, of, last_step, drift, since, passkey: None };
        if let Pending::Destination(_, to) = &pending {
            self.prove(to);
        }
        if changes {
            self.add_to_bound(n, new);
        } else {
            self.bind(n, new);
        }
        self.verified_view(n)
    }

    /// Binds something in place of what was bound by its method or before this generation.
    pub(crate) fn bind(&mut self, n: usize, new: Bound) {
        let (generation, method) = (new.generation, new.method);
        let recovers = self.sign_ins.get(n).is_some_and(|s| s.stage == Stage::Recovering);
        let was_disabled = recovers && self.disabled;
        if recovers {
            self.disabled = false;
            self.history.add(self.now, Fact::Recovered);
        }
        // What was disabled comes back by no enrolment. Nobody guesses a passkey.
        let gives_way = |bound: &Bound| {
            bound.method == method || (was_disabled && bound.method != Method::Passkey)
        };
        let replaced = self.bound_now().filter(|bound| gives_way(bound)).count();
        self.bound.retain(|bound| bound.generation == generation && !gives_way(bound));
        self.grace.is_over = true;
        self.bound.push(new);
        (self.reset_pending, self.skipped, self.ticket, self.link_only) = (false, None, None, None);
        self.end_rights(None);
        self.accept(n);
        self.note_proof(n, method.worth());
        self.note("enrolled");
        (0..replaced).for_each(|_| self.note("authenticator_removed"));
        if replaced > 0 {
            self.end_trust();
        }
        self.note_token(n);
        if recovers {
            // No browser is known by a recovery code.
            self.succeeded = None;
        }
        self.make_codes_after_binding(recovers);
    }

    /// Checks a bypass code, even while the user is locked.
    fn try_bypass(&mut self, n: usize, typed: &str) -> Result<Answer, Answer> {
        let at = self.undecided(n)?.point();
        if let Event::StepUp(_) = at.event {
            // An admin stands for nobody who is to confirm something.
            return Err(Answer::Refused("another_step", None));
        }
        let passes = match self.asked(at) {
            Asked::Denied(NO_EMAIL) | Asked::OldCode | Asked::CodeBefore | Asked::Link => true,
            Asked::Denied(NOTHING_TO_MANAGE) => {
                return Err(Answer::Refused("no_usable_method", None));
            }
            // An admin who stands for the user does so by a reset.
            Asked::RecoveryCode => return Err(Answer::Refused("authenticator_disabled", None)),
            Asked::Denied(why) => return Err(Answer::Refused(why, None)),
            Asked::Nothing(_) | Asked::Enrolment { .. } => {
                return Err(Answer::Refused("another_step", None));
            }
            Asked::Code => false,
        };
        let bypass =
            self.bypass_now().cloned().ok_or(Answer::Refused("no_code_requested", None))?;
        if bypass.text.as_deref() != Some(typed) {
            self.note("bypass_wrong");
            let Some(sign_in) = self.sign_ins.get_mut(n) else { return Err(Answer::Over) };
            sign_in.wrong += 1;
            let left = 5 - sign_in.wrong;
            if left == 0 {
                sign_in.stage = Stage::Dead;
                self.note("sign_in_dead");
            }
            return Err(Answer::Wrong("code_wrong", left, None));
        }
        self.bypass = None;
        self.end_trust();
        self.note("bypass_accepted");
        let now = self.now;
        if let Some(sign_in) = self.sign_ins.get_mut(n) {
            sign_in.good.clear();
            if passes {
                sign_in.stage = Stage::MayEnrol;
            } else {
                sign_in.let_in(now, "bypass");
            }
        }
        self.note_proof(n, Worth::Vouched);
        self.verified_view(n)
    }
}
