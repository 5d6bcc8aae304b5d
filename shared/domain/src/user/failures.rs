//! Wrong codes of one user, and what follows from them.

use crate::{LockKind, Refusal, Timestamp, limits};

/// Wrong codes, counted over every sign-in and method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// Since the last success.
    in_a_row: u16,
    /// The moments of those since the last success that lie within a day.
    recent: Vec<Timestamp>,
    /// By UTC day, for a month; a success does not lower them.
    days: Vec<(i64, u16)>,
    /// When an admin made them begin anew, within a month.
    unlocks: Vec<Timestamp>,
}

/// Wrong codes as they are kept, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FailureRecord {
    /// Since the last success.
    pub in_a_row: u16,
    /// The moments of those since the last success that lie within a day.
    pub recent: Vec<Timestamp>,
    /// By UTC day, for a month.
    pub days: Vec<(i64, u16)>,
    /// When an admin made them begin anew.
    pub unlocks: Vec<Timestamp>,
}

impl From<FailureRecord> for Failures {
    fn from(record: FailureRecord) -> Self {
        let FailureRecord { in_a_row, recent, days, unlocks } = record;
        Self { in_a_row, recent, days, unlocks }
    }
}

impl From<&Failures> for FailureRecord {
    fn from(failures: &Failures) -> Self {
        let Failures { in_a_row, recent, days, unlocks } = failures.clone();
        Self { in_a_row, recent, days, unlocks }
    }
}

/// A state in which no guess is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Which limit was met.
    pub kind: LockKind,
    /// When it ends by itself.
    pub until: Timestamp,
}

impl Failures {
    /// Counts one wrong code.
    pub fn count(&mut self, now: Timestamp) {
        self.tidy(now);
        self.in_a_row = self.in_a_row.saturating_add(1);
        self.recent.push(now);
        match self.days.iter_mut().find(|(day, _)| *day == now.day()) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => self.days.push((now.day(), 1)),
        }
    }

    /// What a full success lowers: everything but the month.
    pub fn succeed(&mut self) {
        self.in_a_row = 0;
        self.recent.clear();
    }

    /// Wrong codes since the last success.
    pub const fn in_a_row(&self) -> u16 {
        self.in_a_row
    }

    /// Wrong codes since the last success that lie within a day.
    pub fn within_a_day(&self, now: Timestamp) -> usize {
        self.recent.iter().filter(|at| is_within_a_day(**at, now)).count()
    }

    /// Wrong codes within a month.
    pub fn within_a_month(&self, now: Timestamp) -> u16 {
        self.of_a_month(now).map(|(_, count)| *count).sum()
    }

    fn of_a_month(&self, now: Timestamp) -> impl Iterator<Item = &(i64, u16)> {
        self.days.iter().filter(move |(day, _)| is_within_a_month(*day, now))
    }

    /// Begins anew, by an admin.
    ///
    /// # Errors
    /// [`Refusal::UnlockLimit`] when it was done too often within a month.
    pub fn unlock(&mut self, now: Timestamp) -> Result<(), Refusal> {
        let month = limits::MONTH_DAYS * limits::DAY_SECONDS;
        self.unlocks.retain(|at| now.since(*at) < month);
        if let [first, .., _] = self.unlocks.as_slice() {
            return Err(Refusal::UnlockLimit { until: first.plus(month) });
        }
        self.unlocks.push(now);
        self.succeed();
        self.days.clear();
        Ok(())
    }

    /// Forgets what has left its window.
    pub fn tidy(&mut self, now: Timestamp) {
        self.recent.retain(|at| is_within_a_day(*at, now));
        let surplus = self.recent.len().saturating_sub(limits::WRONG_PER_DAY);
        self.recent.drain(..surplus);
        self.days.retain(|(day, _)| is_within_a_month(*day, now));
    }

    /// Returns true if the limit is met at which everything bound is disabled until a reset.
    pub const fn disables(&self) -> bool {
        self.in_a_row >= limits::WRONG_IN_A_ROW_BEFORE_DISABLED
    }

    /// The state in which no guess is judged now, the longest where several hold.
    pub fn lock(&self, now: Timestamp) -> Option<Lock> {
        [self.month_lock(now), self.day_lock(now), self.wait_lock()]
            .into_iter()
            .flatten()
            .filter(|lock| now < lock.until)
            .max_by_key(|lock| lock.until)
    }

    fn wait_lock(&self) -> Option<Lock> {
        let doublings = self.in_a_row.checked_sub(limits::WRONG_BEFORE_WAIT)?;
        let wait =
            limits::FIRST_WAIT_SECONDS.checked_shl(doublings.min(16).into()).unwrap_or(i64::MAX);
        let last = self.recent.last()?;
        Some(Lock {
            kind: LockKind::Wait,
            until: last.plus(wait.min(limits::LONGEST_WAIT_SECONDS)),
        })
    }

    fn day_lock(&self, now: Timestamp) -> Option<Lock> {
        let oldest = self.recent.iter().rev().nth(limits::WRONG_PER_DAY - 1)?;
        let full = self.within_a_day(now) >= limits::WRONG_PER_DAY;
        full.then(|| Lock { kind: LockKind::Day, until: oldest.plus(limits::DAY_SECONDS) })
    }

    fn month_lock(&self, now: Timestamp) -> Option<Lock> {
        let mut total = self.within_a_month(now);
        if total < limits::WRONG_PER_MONTH {
            return None;
        }
        // The window moves past whole days; the lock ends when enough of the oldest have left.
        for (day, count) in self.of_a_month(now) {
            total = total.saturating_sub(*count);
            if total < limits::WRONG_PER_MONTH {
                let until = Timestamp::from_unix((day + limits::MONTH_DAYS) * limits::DAY_SECONDS);
                return Some(Lock { kind: LockKind::Month, until });
            }
        }
        None
    }
}

fn is_within_a_day(at: Timestamp, now: Timestamp) -> bool {
    now.since(at) < limits::DAY_SECONDS
}

fn is_within_a_month(day: i64, now: Timestamp) -> bool {
    now.day() - day < limits::MONTH_DAYS
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_unix(1_800_000_000);

    fn wrong(failures: &mut Failures, times: usize, at: Timestamp) {
        for _ in 0..times {
            failures.count(at);
        }
    }

    #[test]
    fn the_wait_starts_at_the_fifth_wrong_code_and_doubles_to_an_hour() {
        let mut failures = Failures::default();
        wrong(&mut failures, 4, START);
        assert_eq!(failures.lock(START), None);
        let waits: Vec<i64> = (0..9)
            .map(|_| {
                failures.count(START);
                failures.lock(START).unwrap().until.since(START)
            })
            .collect();
        assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    }

    #[test]
    fn twenty_within_a_day_stop_judging_until_the_window_moves() {
        let mut failures = Failures::default();
        wrong(&mut failures, 10, START);
        wrong(&mut failures, 10, START.plus(7_200));
        let later = START.plus(12_000);
        assert_eq!(
            failures.lock(later),
            Some(Lock { kind: LockKind::Day, until: START.plus(limits::DAY_SECONDS) })
        );
        assert_eq!(failures.lock(START.plus(limits::DAY_SECONDS)), None);
    }

    #[test]
    fn s24_failing_four_times_and_succeeding_meets_the_month_at_its_fiftieth_and_no_shorter_limit()
    {
        let mut failures = Failures::default();
        for round in 0..12 {
            wrong(&mut failures, 4, START.plus(round));
            assert_eq!(failures.lock(START.plus(round)), None, "round {round}");
            failures.succeed();
        }
        wrong(&mut failures, 2, START.plus(100));
        assert_eq!(failures.lock(START.plus(100)).unwrap().kind, LockKind::Month);
    }

    #[test]
    fn s24_one_wrong_code_a_day_always_stays_in() {
        let mut failures = Failures::default();
        for day in 0..400 {
            let now = START.plus(day * limits::DAY_SECONDS);
            failures.count(now);
            assert_eq!(failures.lock(now), None, "day {day}");
            failures.succeed();
        }
        assert!(failures.days.len() <= 30);
    }

    #[test]
    fn a_wait_is_over_in_its_last_second() {
        let mut failures = Failures::default();
        wrong(&mut failures, 5, START);
        let until = START.plus(30);
        assert_eq!(failures.lock(until.plus(-1)), Some(Lock { kind: LockKind::Wait, until }));
        assert_eq!(failures.lock(until), None);
    }

    #[test]
    fn the_months_lock_ends_with_the_day_that_brings_the_sum_below_the_limit() {
        let mut failures = Failures::default();
        let noon = |day: i64| Timestamp::from_unix((20_000 + day) * limits::DAY_SECONDS + 43_200);
        for (day, times) in [(0, 1), (1, 3), (2, 47)] {
            wrong(&mut failures, times, noon(day));
            failures.succeed();
        }
        // Without the first day 50 are left, which is still the limit; without the second, 47.
        let until = Timestamp::from_unix(20_031 * limits::DAY_SECONDS);
        assert_eq!(failures.lock(noon(2)), Some(Lock { kind: LockKind::Month, until }));
        assert_eq!(failures.lock(until.plus(-1)).map(|lock| lock.until), Some(until));
        assert_eq!(failures.lock(until), None);
    }

    #[test]
    fn each_window_counts_what_lies_within_it_to_the_second() {
        let mut failures = Failures::default();
        let days = |count: i64| START.plus(count * limits::DAY_SECONDS);
        failures.count(START);
        assert_eq!(failures.within_a_day(days(1).plus(-1)), 1);
        assert_eq!(failures.within_a_day(days(1)), 0);
        wrong(&mut failures, 3, days(29));
        assert_eq!((failures.in_a_row(), failures.within_a_day(days(29))), (4, 3));
        assert_eq!(failures.within_a_month(days(29)), 4);
        assert_eq!(failures.within_a_month(days(30)), 3, "the first day has left");
        assert_eq!([58, 59].map(|day| failures.within_a_month(days(day))), [3, 0]);
        failures.succeed();
        assert_eq!((failures.in_a_row(), failures.within_a_day(days(29))), (0, 0));
        assert_eq!(failures.within_a_month(days(29)), 4, "the month stays");
    }

    #[test]
    fn a_record_of_them_is_the_whole_of_them() {
        let mut failures = Failures::default();
        failures.unlock(START).unwrap();
        [0, 5, 5, 4_000].into_iter().for_each(|offset| failures.count(START.plus(offset)));
        let record = FailureRecord::from(&failures);
        assert_eq!((record.in_a_row, record.recent.len(), record.unlocks.len()), (4, 4, 1));
        assert_eq!(Failures::from(record), failures);
    }

    #[test]
    fn an_admin_unlocks_twice_in_a_month_and_no_more() {
        let mut failures = Failures::default();
        for at in [START, START.plus(100)] {
            wrong(&mut failures, 50, at);
            assert!(failures.lock(at).is_some());
            assert_eq!(failures.unlock(at), Ok(()));
            assert_eq!(failures.lock(at), None);
        }
        let month = limits::MONTH_DAYS * limits::DAY_SECONDS;
        let until = START.plus(month);
        assert_eq!(failures.unlock(START.plus(200)), Err(Refusal::UnlockLimit { until }));
        assert_eq!(failures.unlock(until), Ok(()));
    }

    #[test]
    fn a_hundred_in_a_row_disable() {
        let mut failures = Failures::default();
        wrong(&mut failures, 99, START);
        assert!(!failures.disables());
        failures.count(START);
        assert!(failures.disables());
    }
}
