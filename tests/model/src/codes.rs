//! The checks of codes.

use crate::{
    Answer, Method, Model,
    account::{Bound, EmailDefault},
    history::{Fact, Side},
    sign_in::{Asked, NO_EMAIL, Pending, Stage},
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
        let (stage, asked) = self.may_go_on(n)?;
        let has_app = self.proof(stage, Method::App).is_some();
        let sign_in = self.running(n)?;
        let wants_app = sign_in.wants_app;
        let newest = sign_in.good.iter().rev().find(|code| !code.enrols).map(|code| code.method);
        let awaited = if wants_app && has_app { None } else { newest };
        let method = by.or(awaited).unwrap_or(Method::App);
        let way = self.proof(stage, method).ok_or(Answer::Refused("method_not_offered", None))?;
        if make_default && !(way.stands_in && self.preset.falls_back()) {
            return Err(Answer::Refused("default_not_allowed", None));
        }
        let verdict = match &way.to {
            Some(to) => self.sent_code(n, method, to, false, code)?,
            None => self.app_code(code),
        };
        match verdict {
            Verdict::Right => {}
            Verdict::Late(code) => return Err(self.forgive(n, code)),
            Verdict::Wrong(why) => return Err(self.count(n, why)),
        }
        let app_is_bound = self.bound_now().any(|bound| bound.method == Method::App);
        self.accept(n);
        if let Some(to) = &way.to {
            self.prove(to);
        }
        if asked == Asked::CodeBefore || (wants_app && !app_is_bound) {
            self.go_to(n, Stage::MayEnrol);
            self.succeeded = None;
        }
        if make_default {
            let to = self.verified().cloned().unwrap_or_default();
            self.default = Some(EmailDefault { generation: self.generation, to });
            self.note("default_set");
        }
        self.verified_view(n)
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

    fn app_code(&mut self, typed: &str) -> Verdict {
        let generation = self.generation;
        let of_app = |bound: &&Bound| bound.method == Method::App && bound.generation == generation;
        let app = self.bound.iter().find(of_app);
        let found = app.and_then(|app| self.app_step(&app.of, typed, &[app.drift, app.drift - 1]));
        let Some(step) = found else { return Verdict::Wrong("code_wrong") };
        let bound = self.bound.iter_mut().find(|bound| of_app(&&**bound));
        match bound.filter(|bound| step > bound.last_step) {
            None => Verdict::Wrong("code_reused"),
            Some(bound) => {
                bound.last_step = step;
                Verdict::Right
            }
        }
    }

    pub(crate) fn count(&mut self, n: usize, why: &'static str) -> Answer {
        let browser = self.sign_ins.get(n).and_then(|sign_in| sign_in.browser);
        let side = self.history.side(browser, self.now);
        let mut held = vec![Side::Known, Side::Strangers];
        held.retain(|side| self.history.lock_of(*side, self.now).is_some());
        self.history.add(self.now, Fact::Wrong(side, browser));
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
        self.succeeded = Some((self.now, self.history.len()));
        self.history.add(self.now, Fact::Right(side));
        self.note("code_accepted");
        let now = self.now;
        if let Some(sign_in) = self.sign_ins.get_mut(n) {
            sign_in.let_in(now, "done");
        }
    }

    fn go_to(&mut self, n: usize, stage: Stage) {
        if let Some(sign_in) = self.sign_ins.get_mut(n) {
            sign_in.stage = stage;
        }
    }

    fn verified_view(&self, n: usize) -> Result<Answer, Answer> {
        Ok(Answer::Verified(self.view(n)?.status))
    }

    pub(crate) fn confirm(&mut self, n: usize, code: &str) -> Answer {
        self.try_confirm(n, code).unwrap_or_else(|refused| refused)
    }

    fn try_confirm(&mut self, n: usize, code: &str) -> Result<Answer, Answer> {
        let (stage, _) = self.may_go_on(n)?;
        let nothing = Answer::Refused("another_step", None);
        let pending = self.running(n)?.pending.clone().ok_or(nothing.clone())?;
        let method = match &pending {
            Pending::App(_) => Method::App,
            Pending::Destination(method, _) => *method,
        };
        if !self.ways(stage).iter().any(|way| way.enrols && way.method == method) {
            return Err(nothing);
        }
        let (verdict, of, last_step) = match &pending {
            // A phone whose clock is a step ahead may enrol.
            Pending::App(secret) => match self.app_step(secret, code, &[0, -1, 1]) {
                Some(step) => (Verdict::Right, secret, step),
                None => (Verdict::Wrong("code_wrong"), secret, 0),
            },
            Pending::Destination(_, to) => (self.sent_code(n, method, to, true, code)?, to, 0),
        };
        match verdict {
            Verdict::Right => {}
            Verdict::Late(code) => return Err(self.forgive(n, code)),
            Verdict::Wrong(why) => return Err(self.count(n, why)),
        }
        let generation = self.generation;
        self.bound.retain(|bound| bound.generation == generation && bound.method != method);
        let drift = i64::from(last_step > self.step());
        self.bound.push(Bound { generation, method, of: of.clone(), last_step, drift });
        if let Pending::Destination(_, to) = &pending {
            self.prove(to);
        }
        (self.reset_pending, self.skipped, self.ticket) = (false, None, None);
        for sign_in in &mut self.sign_ins {
            sign_in.pending = None;
            sign_in.enrolling = None;
            if sign_in.stage == Stage::MayEnrol {
                sign_in.stage = Stage::Open;
            }
        }
        self.accept(n);
        self.note("enrolled");
        self.verified_view(n)
    }

    /// Checks a bypass code, even while the user is locked.
    fn try_bypass(&mut self, n: usize, typed: &str) -> Result<Answer, Answer> {
        let stage = self.undecided(n)?.stage;
        let passes = match self.asked(stage) {
            Asked::Denied(NO_EMAIL) | Asked::CodeBefore | Asked::Link => true,
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
        self.verified_view(n)
    }
}
