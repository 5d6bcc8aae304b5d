//! Recovery codes: ten with an enrolment, each of them good once.

use crate::{
    Answer, Method, Model,
    history::{Fact, Lock, Side},
    settings::{Event, Worth},
    sign_in::{Asked, Point, SignIn, Stage},
};

/// One that no set has, in the shape of all.
pub(crate) const RECOVERY_CODE: &str = "00000-00000-00000";

#[derive(Clone, Debug)]
pub(crate) struct CodeSet {
    pub(crate) made_at: i64,
    generation: u32,
    codes: Vec<String>,
    used: Vec<String>,
}

impl CodeSet {
    pub(crate) const fn left(&self) -> usize {
        10_usize.saturating_sub(self.used.len())
    }
}

/// The terms of a portal beside those of its preset.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Terms {
    /// The method beside passkeys that users enrol.
    pub(crate) own: Option<Method>,
    pub(crate) self_service: bool,
    pub(crate) recovery_codes: bool,
    pub(crate) holds_addresses: bool,
}

impl Model {
    pub(crate) fn current_set(&self) -> Option<&CodeSet> {
        self.set.as_ref().filter(|set| set.generation == self.generation)
    }

    /// Returns true if a recovery code stands in for what is bound. It helps nobody who has to
    /// enrol while the policy is off.
    pub(crate) fn recovers(&self) -> bool {
        let is_asked = self.enabled || (self.preset.asks_when_off() && !self.disabled);
        self.terms.recovery_codes
            && is_asked
            && !self.enrolled_methods().is_empty()
            && self.bound_now().next().is_some()
            && self.current_set().is_some_and(|set| set.left() > 0)
    }

    pub(crate) fn is_recovering(&self, at: Point) -> bool {
        at.stage == Stage::Recovering && self.enabled
    }

    /// Returns the lock that keeps codes in a sign-in from being judged.
    pub(crate) fn lock_in(&self, sign_in: &SignIn) -> Option<Lock> {
        let lock = self.history.lock(sign_in.browser, self.now);
        lock.filter(|_| !self.is_recovering(sign_in.point()))
    }

    /// Returns the lock that holds for codes of the apps: each counts once for every app.
    pub(crate) fn lock_of_apps(&self, browser: Option<usize>) -> Option<Lock> {
        self.history.lock_of_guesses(browser, self.apps(), self.now)
    }

    /// Returns the number of secrets that a code of the app is compared with, one at least.
    pub(crate) fn apps(&self) -> usize {
        self.bound_now().filter(|bound| bound.method == Method::App).count().max(1)
    }

    fn takes_recovery(&self, at: Point) -> bool {
        if let Event::StepUp(_) = at.event {
            return false;
        }
        let asked = self.asked(at);
        let is_proof = matches!(asked, Asked::Code | Asked::OldCode | Asked::RecoveryCode);
        let is_open = matches!(at.stage, Stage::Open | Stage::MayEnrol | Stage::Recovering);
        is_proof && is_open && at.stage != Stage::MayEnrol && self.recovers()
    }

    /// Returns true if nothing but a recovery code is judged: the user is locked.
    pub(crate) fn only_recovers(&self, sign_in: &SignIn) -> bool {
        self.enabled
            && self.takes_recovery(sign_in.point())
            && self.lock_in(sign_in).is_some()
            && !self.outlasts_locks(sign_in.point())
    }

    pub(crate) fn try_recovery(&mut self, n: usize, typed: &str) -> Result<Answer, Answer> {
        let at = self.undecided(n)?.point();
        if !self.takes_recovery(at) {
            self.may_go_on(n)?;
            return Err(Answer::Refused("method_not_offered", None));
        }
        let sign_in = self.running(n)?;
        let (browser, lock) = (sign_in.browser, self.lock_in(sign_in));
        if let Some(lock) = lock.filter(|_| !self.enabled) {
            return Err(Answer::Refused("locked", lock.wait(self.now)));
        }
        let asked = self.asked(at);
        let enrols = lock.is_some() || matches!(asked, Asked::RecoveryCode | Asked::OldCode);
        let is_known = browser.is_some_and(|browser| !self.history.is_failing(browser));
        let side = if is_known { Side::Known } else { Side::Strangers };
        let room = self.history.room_to_recover(side, self.now);
        let charged = room.map_err(|until| Answer::Refused("locked", Some(until - self.now)))?;
        let fresh = |set: &&mut CodeSet| {
            set.codes.iter().any(|code| code == typed) && !set.used.iter().any(|code| code == typed)
        };
        let Some(set) = self.set.as_mut().filter(fresh) else {
            return Err(self.count_recovery(n, side, charged));
        };
        set.used.push(typed.to_owned());
        let left = set.left();
        self.end_trust();
        let now = self.now;
        if let Some(sign_in) = self.sign_ins.get_mut(n) {
            sign_in.good.clear();
            if enrols {
                sign_in.stage = Stage::Recovering;
            } else {
                sign_in.let_in(now, "done");
            }
        }
        self.note_proof_by(n, Worth::Vouched, Stage::Recovering);
        self.note("recovery_code_used");
        if left <= 3 {
            self.note("recovery_codes_low");
        }
        self.verified_view(n)
    }

    /// Counts a wrong one in its sign-in and in its day, apart from codes of six digits.
    fn count_recovery(&mut self, n: usize, side: Side, charged: Side) -> Answer {
        self.history.add(self.now, Fact::RecoveryWrong(charged));
        self.note("recovery_code_wrong");
        let Some(sign_in) = self.sign_ins.get_mut(n) else { return Answer::Over };
        sign_in.wrong += 1;
        let left = 5_u8.saturating_sub(sign_in.wrong);
        if left == 0 {
            self.go_to(n, Stage::Dead);
            self.note("sign_in_dead");
        }
        if self.history.room_to_recover(side, self.now).is_err() {
            self.note("recovery_codes_locked");
        }
        Answer::Wrong("code_wrong", left, None)
    }

    /// Makes codes after something was bound, unless there are some. A set that led there ends.
    pub(crate) fn make_codes_after_binding(&mut self, ends_old: bool) {
        if ends_old {
            self.set = None;
        }
        let has_some = self.current_set().is_some_and(|set| set.left() > 0);
        if self.terms.recovery_codes && !has_some {
            self.make_codes();
        }
    }

    pub(crate) fn make_codes(&mut self) {
        let (made_at, generation) = (self.now, self.generation);
        self.set = Some(CodeSet { made_at, generation, codes: vec![], used: vec![] });
        self.note("recovery_codes_made");
    }

    /// Takes the codes that were shown: ten new ones of a set that was just made, or those of the
    /// set that counts once more.
    pub(crate) fn learn_codes(&mut self, shown: Vec<String>) -> Result<(), String> {
        let Some(set) = &mut self.set else {
            let none = shown.is_empty();
            return if none {
                Ok(())
            } else {
                Err("codes were shown that do not count".to_owned())
            };
        };
        if !set.codes.is_empty() {
            let same = shown.is_empty() || shown == set.codes;
            return if same { Ok(()) } else { Err("other codes were shown".to_owned()) };
        }
        let mut different = shown.clone();
        different.sort();
        different.dedup();
        if different.len() != 10 || shown.iter().any(|code| self.recovery_codes.contains(code)) {
            return Err(format!("{} new recovery codes were shown", different.len()));
        }
        self.recovery_codes.extend(shown.iter().cloned());
        set.codes = shown;
        Ok(())
    }
}
