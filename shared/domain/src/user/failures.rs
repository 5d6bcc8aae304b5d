//! Wrong codes of one user in both buckets, and what follows from them.

use super::wrong_codes::{Lock, WrongCodes};
use crate::{BrowserId, Bucket, Buckets, Refusal, Timestamp, limits};

/// Wrong codes, counted over every sign-in and method: those of known browsers and those of
/// everybody else apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    codes: Buckets<WrongCodes>,
    lifts: Vec<Timestamp>,
    failing: Vec<FailingBrowser>,
}

/// Wrong codes as they are kept, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FailureRecord {
    pub codes: Buckets<WrongCodes>,
    /// The moments in the last month at which a lock was lifted.
    pub lifts: Vec<Timestamp>,
    /// The known browsers in which codes were wrong of late.
    pub failing: Vec<FailingBrowser>,
}

/// A known browser in which codes were wrong. With [`limits::WRONG_PER_BROWSER`] within a day it is
/// a stranger, until its next success gives it another token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailingBrowser {
    pub id: BrowserId,
    /// The moment of the first one.
    pub since: Timestamp,
    /// Wrong codes within the day that began then.
    pub wrong: u8,
}

impl From<FailureRecord> for Failures {
    fn from(record: FailureRecord) -> Self {
        let FailureRecord { codes, lifts, failing } = record;
        Self { codes, lifts, failing }
    }
}

impl From<&Failures> for FailureRecord {
    fn from(failures: &Failures) -> Self {
        let Failures { codes, lifts, failing } = failures.clone();
        Self { codes, lifts, failing }
    }
}

impl Failures {
    /// Returns the bucket that a guess of this browser counts in. A known browser that has used up
    /// its day or its month draws from that of strangers.
    pub fn bucket(&self, browser: Option<BrowserId>, now: Timestamp) -> Bucket {
        let has_own = |id| {
            !self.is_failing(id) && !self.codes.known.is_used_up(&limits::WRONG_CODES.known, now)
        };
        if browser.is_some_and(has_own) { Bucket::Known } else { Bucket::Strangers }
    }

    /// Returns true if codes were wrong so often in a known browser that it counts as a stranger.
    pub fn is_failing(&self, id: BrowserId) -> bool {
        self.failing
            .iter()
            .any(|browser| browser.id == id && browser.wrong >= limits::WRONG_PER_BROWSER)
    }

    /// Counts a wrong guess that was tried against one secret.
    pub fn count(&mut self, browser: Option<BrowserId>, now: Timestamp) {
        self.count_against(browser, 1, now);
    }

    /// Counts a wrong guess once for each secret that it was tried against: against two of them it
    /// is right twice as often.
    pub fn count_against(&mut self, browser: Option<BrowserId>, secrets: usize, now: Timestamp) {
        self.charge(browser, secrets, now);
        if let Some(id) = browser {
            self.count_in(id, now);
        }
    }

    fn charge(&mut self, browser: Option<BrowserId>, times: usize, now: Timestamp) {
        for _ in 0..times {
            let bucket = self.bucket(browser, now);
            self.codes.of_mut(bucket).count(limits::WRONG_CODES.of(bucket), now);
        }
    }

    fn count_in(&mut self, id: BrowserId, now: Timestamp) {
        self.tidy(now);
        let earlier = self.failing.iter().position(|browser| browser.id == id);
        let mut browser = match earlier {
            Some(place) => self.failing.remove(place),
            None => FailingBrowser { id, since: now, wrong: 0 },
        };
        browser.wrong = browser.wrong.saturating_add(1);
        self.failing.push(browser);
        let surplus = self.failing.len().saturating_sub(limits::FAILING_BROWSERS_KEPT);
        self.failing.drain(..surplus);
    }

    /// The state in which no guess of this browser is judged against so many secrets: too few are
    /// left of the day or of the month to charge it for each of them.
    pub fn lock_for(
        &self,
        browser: Option<BrowserId>,
        secrets: usize,
        now: Timestamp,
    ) -> Option<Lock> {
        if let Some(lock) = self.lock(browser, now) {
            return Some(lock);
        }
        let mut charged = self.clone();
        charged.charge(browser, secrets.saturating_sub(1), now);
        let bucket = charged.bucket(browser, now);
        charged.codes.of(bucket).window_lock(limits::WRONG_CODES.of(bucket), now)
    }

    /// Ends the row of the bucket after a full success; in a known browser, of both.
    pub fn succeed(&mut self, browser: Option<BrowserId>) {
        let is_known = browser.is_some_and(|id| !self.is_failing(id));
        if is_known {
            self.codes.known.succeed(&limits::WRONG_CODES.known);
        }
        self.codes.strangers.succeed(&limits::WRONG_CODES.strangers);
    }

    /// Ends every row, as a reset does: the months stay, so that it buys no guesses.
    pub fn end_rows(&mut self) {
        self.codes.known.end_row();
        self.codes.strangers.end_row();
        self.failing.clear();
    }

    pub const fn codes(&self) -> &Buckets<WrongCodes> {
        &self.codes
    }

    /// Lifts every lock and begins anew, by an admin.
    ///
    /// # Errors
    /// [`Refusal::UnlockLimit`] if locks were lifted too often within a month.
    pub fn unlock(&mut self, now: Timestamp) -> Result<(), Refusal> {
        self.lift(now)?;
        self.codes = Buckets::default();
        self.failing.clear();
        Ok(())
    }

    /// Lifts a lock of strangers after the password was changed, which shut them out. If locks were
    /// lifted too often within a month, it stays.
    pub fn admit_strangers(&mut self, now: Timestamp) {
        let is_locked = self.lock_of(Bucket::Strangers, now).is_some();
        if is_locked && self.lift(now).is_ok() {
            self.codes.strangers = WrongCodes::default();
        }
    }

    fn lift(&mut self, now: Timestamp) -> Result<(), Refusal> {
        let month = limits::MONTH_DAYS * limits::DAY_SECONDS;
        self.lifts.retain(|at| now.since(*at) < month);
        if self.lifts.len() >= limits::LIFTS_PER_MONTH
            && let Some(first) = self.lifts.first()
        {
            return Err(Refusal::UnlockLimit { until: first.plus(month) });
        }
        self.lifts.push(now);
        Ok(())
    }

    pub fn tidy(&mut self, now: Timestamp) {
        self.codes.known.tidy(&limits::WRONG_CODES.known, now);
        self.codes.strangers.tidy(&limits::WRONG_CODES.strangers, now);
        self.failing.retain(|browser| {
            let age = now.since(browser.since);
            let is_failing = browser.wrong >= limits::WRONG_PER_BROWSER;
            age < if is_failing { limits::KNOWN_BROWSER_SECONDS } else { limits::DAY_SECONDS }
        });
    }

    /// Returns true if the limit is met at which everything bound is disabled until a reset.
    pub const fn disables(&self) -> bool {
        self.codes.known.in_a_row >= limits::WRONG_CODES.known.in_a_row
    }

    /// The state in which no guess of this browser is judged now.
    pub fn lock(&self, browser: Option<BrowserId>, now: Timestamp) -> Option<Lock> {
        self.lock_of(self.bucket(browser, now), now)
    }

    pub fn lock_of(&self, bucket: Bucket, now: Timestamp) -> Option<Lock> {
        self.codes.of(bucket).lock(limits::WRONG_CODES.of(bucket), now)
    }

    pub fn has_lock(&self, now: Timestamp) -> bool {
        [Bucket::Known, Bucket::Strangers].iter().any(|of| self.lock_of(*of, now).is_some())
    }

    /// Returns true if a lock held after the last wrong code of a bucket. It may have ended by
    /// itself since, which nothing notes.
    pub(super) fn was_locked(&self) -> bool {
        let held = |of: &Bucket| self.lock_of(*of, self.codes.of(*of).last_at()).is_some();
        [Bucket::Known, Bucket::Strangers].iter().any(held)
    }

    /// Returns the end of the longest lock that holds now; `None` if there is no lock, or one that
    /// does not end by itself.
    pub fn locked_until(&self, now: Timestamp) -> Option<Timestamp> {
        let locks = [Bucket::Known, Bucket::Strangers].map(|of| self.lock_of(of, now));
        let held: Vec<Lock> = locks.into_iter().flatten().collect();
        let ends: Option<Vec<Timestamp>> = held.iter().map(|lock| lock.until).collect();
        ends?.into_iter().max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LockKind;

    const START: Timestamp = Timestamp::from_unix(1_800_000_000);
    const HOME: Option<BrowserId> = Some(BrowserId::new([1; 8]));

    /// A browser whose codes are never wrong often enough to make it a stranger.
    fn browser(n: usize) -> Option<BrowserId> {
        let n = u8::try_from(n / 4).unwrap();
        Some(BrowserId::new([100 + n; 8]))
    }

    fn wrong(failures: &mut Failures, browser: Option<BrowserId>, times: usize, at: Timestamp) {
        for _ in 0..times {
            failures.count(browser, at);
        }
    }

    #[test]
    fn s36_what_strangers_use_up_keeps_no_known_browser_out() {
        let mut failures = Failures::default();
        let mut judged = 0;
        let midnight = Timestamp::from_unix(START.day() * limits::DAY_SECONDS);
        for minute in 0..60 * 24 * 30 {
            let now = midnight.plus(minute * 60);
            if failures.lock(None, now).is_none() {
                failures.count(None, now);
                judged += 1;
            }
            assert_eq!(failures.lock(HOME, now), None, "minute {minute}");
        }
        assert_eq!(judged, limits::WRONG_CODES.strangers.per_month);
    }

    #[test]
    fn s24_a_known_browser_draws_from_strangers_once_its_own_is_used_up() {
        let (mut failures, mut judged) = (Failures::default(), 0);
        for n in 0..500 {
            let now = START.plus(n * 5_000);
            if failures.lock(browser(judged), now).is_none() {
                failures.count(browser(judged), now);
                judged += 1;
            }
            if judged % 4 == 0 {
                failures.succeed(browser(judged - judged.min(1)));
            }
        }
        assert_eq!(judged, 50, "fifteen of its own and thirty-five of everybody's");
        let last = START.plus(499 * 5_000);
        assert_eq!(failures.lock(browser(0), last).unwrap().kind, LockKind::Month);
    }

    #[test]
    fn five_wrong_codes_in_a_day_make_a_known_browser_a_stranger() {
        let mut failures = Failures::default();
        for n in 0..4 {
            wrong(&mut failures, HOME, 1, START.plus(n));
            assert_eq!(failures.bucket(HOME, START.plus(n)), Bucket::Known);
        }
        failures.succeed(HOME);
        wrong(&mut failures, HOME, 1, START.plus(limits::DAY_SECONDS - 1));
        assert!(failures.is_failing(HOME.unwrap()));
        assert_eq!(failures.bucket(HOME, START.plus(99 * limits::DAY_SECONDS)), Bucket::Strangers);
        let other = Some(BrowserId::new([2; 8]));
        assert_eq!(failures.bucket(other, START.plus(limits::DAY_SECONDS)), Bucket::Known);
        let mut slow = Failures::default();
        for day in 0..30 {
            wrong(&mut slow, HOME, 1, START.plus(day * limits::DAY_SECONDS / 4));
            slow.succeed(HOME);
            assert!(!slow.is_failing(HOME.unwrap()), "four a day: day {day}");
        }
    }

    #[test]
    fn the_last_four_failing_browsers_are_remembered() {
        let mut failures = Failures::default();
        let ids = [1, 2, 3, 4, 5].map(|n| BrowserId::new([n; 8]));
        for id in ids {
            wrong(&mut failures, Some(id), 5, START);
        }
        assert_eq!(ids.map(|id| failures.is_failing(id)), [false, true, true, true, true]);
    }

    #[test]
    fn a_success_ends_its_own_row_and_in_a_known_browser_both() {
        let rows = |failures: &Failures| {
            [Bucket::Known, Bucket::Strangers].map(|of| failures.codes().of(of).in_a_row)
        };
        let mut failures = Failures::default();
        wrong(&mut failures, None, 3, START);
        wrong(&mut failures, HOME, 2, START);
        failures.succeed(None);
        assert_eq!(rows(&failures), [2, 0]);
        wrong(&mut failures, None, 3, START);
        failures.succeed(HOME);
        assert_eq!(rows(&failures), [0, 0]);
    }

    #[test]
    fn forty_in_a_row_in_known_browsers_disable_and_sixty_of_strangers_close_their_bucket() {
        let row = |known, strangers| {
            let of = |in_a_row| WrongCodes { in_a_row, ..WrongCodes::default() };
            let codes = Buckets { known: of(known), strangers: of(strangers) };
            Failures::from(FailureRecord { codes, ..FailureRecord::default() })
        };
        assert_eq!((row(39, 99).disables(), row(40, 0).disables()), (false, true));
        let mut closed = row(0, 60);
        let until_unlocked = Some(Lock { kind: LockKind::InARow, until: None });
        assert_eq!(closed.lock(None, START), until_unlocked);
        closed.succeed(HOME);
        assert_eq!(closed.lock(None, START), until_unlocked);
        closed.end_rows();
        assert_eq!(closed.lock(None, START), None);
    }

    #[test]
    fn a_record_of_them_is_the_whole_of_them() {
        let mut failures = Failures::default();
        failures.unlock(START).unwrap();
        [0, 5, 5, 4_000].into_iter().for_each(|offset| failures.count(HOME, START.plus(offset)));
        failures.count(None, START);
        let record = FailureRecord::from(&failures);
        assert_eq!((record.lifts.len(), record.failing.len()), (1, 1));
        assert_eq!(Failures::from(record), failures);
    }

    #[test]
    fn s36_locks_are_lifted_twice_in_a_month_by_admins_and_changed_passwords_together() {
        let mut failures = Failures::default();
        let lock = |failures: &mut Failures, at| {
            wrong(failures, None, 35, at);
            assert!(failures.lock(None, at).is_some());
        };
        failures.admit_strangers(START);
        assert!(FailureRecord::from(&failures).lifts.is_empty(), "nothing to lift");
        lock(&mut failures, START);
        failures.admit_strangers(START);
        assert_eq!(failures.lock(None, START), None);
        lock(&mut failures, START.plus(100));
        assert_eq!(failures.unlock(START.plus(100)), Ok(()));
        lock(&mut failures, START.plus(200));
        failures.admit_strangers(START.plus(200));
        assert!(failures.lock(None, START.plus(200)).is_some(), "twice was all");
        let until = START.plus(limits::MONTH_DAYS * limits::DAY_SECONDS);
        assert_eq!(failures.unlock(START.plus(200)), Err(Refusal::UnlockLimit { until }));
        assert_eq!(failures.unlock(until), Ok(()));
    }
}
