//! Wrong codes in one bucket, and the locks that follow from them.

use crate::{LockKind, Timestamp, limits, limits::WrongCodeLimits};

/// Wrong codes of one bucket, counted over every sign-in and method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrongCodes {
    /// Since the last success.
    pub in_a_row: u16,
    /// The moments of those since the last success that lie within a day.
    pub recent: Vec<Timestamp>,
    /// By UTC day, for a month; a success does not lower them.
    pub days: Vec<(i64, u16)>,
}

/// A state in which no guess is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    pub kind: LockKind,
    /// The moment it ends by itself; none if it does not.
    pub until: Option<Timestamp>,
}

impl WrongCodes {
    pub(super) fn count(&mut self, limits: &WrongCodeLimits, now: Timestamp) {
        self.tidy(limits, now);
        self.in_a_row = self.in_a_row.saturating_add(1);
        self.recent.push(now);
        match self.days.iter_mut().find(|(day, _)| *day == now.day()) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => self.days.push((now.day(), 1)),
        }
    }

    /// Ends the row after a full success; the month stays. A row that reached its limit ends by an
    /// unlock or a reset alone.
    pub(super) fn succeed(&mut self, limits: &WrongCodeLimits) {
        if self.in_a_row < limits.in_a_row {
            self.end_row();
        }
    }

    pub(super) fn end_row(&mut self) {
        self.in_a_row = 0;
        self.recent.clear();
    }

    /// Wrong codes since the last success that lie within a day.
    pub fn within_a_day(&self, now: Timestamp) -> usize {
        self.recent.iter().filter(|at| is_within_a_day(**at, now)).count()
    }

    pub fn within_a_month(&self, now: Timestamp) -> u16 {
        self.of_a_month(now).map(|(_, count)| *count).sum()
    }

    /// Returns the moment of the last wrong code, as far as it is kept: within a month its day.
    pub(super) fn last_at(&self) -> Timestamp {
        let day = self.days.last().map_or(0, |(day, _)| *day);
        let of_day = Timestamp::from_unix(day * limits::DAY_SECONDS);
        self.recent.last().copied().unwrap_or(of_day)
    }

    fn of_a_month(&self, now: Timestamp) -> impl Iterator<Item = &(i64, u16)> {
        self.days.iter().filter(move |(day, _)| is_within_a_month(*day, now))
    }

    pub(super) fn tidy(&mut self, limits: &WrongCodeLimits, now: Timestamp) {
        self.recent.retain(|at| is_within_a_day(*at, now));
        let surplus = self.recent.len().saturating_sub(limits.per_day);
        self.recent.drain(..surplus);
        self.days.retain(|(day, _)| is_within_a_month(*day, now));
    }

    /// Returns true if the guesses of a day or of a month are used up.
    pub(super) fn is_used_up(&self, limits: &WrongCodeLimits, now: Timestamp) -> bool {
        self.window_lock(limits, now).is_some()
    }

    /// The state in which the guesses of a day or of a month are used up, the longer of the two.
    pub(super) fn window_lock(&self, limits: &WrongCodeLimits, now: Timestamp) -> Option<Lock> {
        let locks = [self.month_lock(limits, now), self.day_lock(limits, now)];
        locks.into_iter().flatten().max_by_key(|lock| lock.until)
    }

    /// The state in which no guess is judged now, the longest where several hold.
    pub fn lock(&self, limits: &WrongCodeLimits, now: Timestamp) -> Option<Lock> {
        if self.in_a_row >= limits.in_a_row {
            return Some(Lock { kind: LockKind::InARow, until: None });
        }
        let locks = [self.window_lock(limits, now), self.wait_lock(now)];
        locks.into_iter().flatten().max_by_key(|lock| lock.until)
    }

    fn wait_lock(&self, now: Timestamp) -> Option<Lock> {
        let doublings = self.in_a_row.checked_sub(limits::WRONG_BEFORE_WAIT)?;
        let wait =
            limits::FIRST_WAIT_SECONDS.checked_shl(doublings.min(16).into()).unwrap_or(i64::MAX);
        let until = self.recent.last()?.plus(wait.min(limits::LONGEST_WAIT_SECONDS));
        (now < until).then_some(Lock { kind: LockKind::Wait, until: Some(until) })
    }

    fn day_lock(&self, limits: &WrongCodeLimits, now: Timestamp) -> Option<Lock> {
        let oldest = self.recent.iter().rev().nth(limits.per_day.checked_sub(1)?)?;
        let until = Some(oldest.plus(limits::DAY_SECONDS));
        let is_full = self.within_a_day(now) >= limits.per_day;
        is_full.then_some(Lock { kind: LockKind::Day, until })
    }

    fn month_lock(&self, limits: &WrongCodeLimits, now: Timestamp) -> Option<Lock> {
        let mut total = self.within_a_month(now);
        if total < limits.per_month {
            return None;
        }
        // The window moves past whole days; the lock ends when enough of the oldest have left.
        for (day, count) in self.of_a_month(now) {
            total = total.saturating_sub(*count);
            if total < limits.per_month {
                let until = Timestamp::from_unix((day + limits::MONTH_DAYS) * limits::DAY_SECONDS);
                return Some(Lock { kind: LockKind::Month, until: Some(until) });
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
    const LIMITS: &WrongCodeLimits = &limits::WRONG_CODES.strangers;

    fn wrong(codes: &mut WrongCodes, times: usize, at: Timestamp) {
        for _ in 0..times {
            codes.count(LIMITS, at);
        }
    }

    fn until(codes: &WrongCodes, now: Timestamp) -> Option<(LockKind, i64)> {
        codes.lock(LIMITS, now).map(|lock| (lock.kind, lock.until.unwrap().since(START)))
    }

    #[test]
    fn the_wait_starts_at_the_fifth_wrong_code_and_doubles_to_an_hour() {
        let mut codes = WrongCodes::default();
        wrong(&mut codes, 4, START);
        assert_eq!(codes.lock(LIMITS, START), None);
        let waits: Vec<_> = (0..9)
            .map(|_| {
                codes.count(LIMITS, START);
                until(&codes, START).unwrap()
            })
            .collect();
        let wait = [30, 60, 120, 240, 480, 960, 1920, 3600, 3600].map(|s| (LockKind::Wait, s));
        assert_eq!(waits, wait);
    }

    #[test]
    fn fourteen_within_a_day_stop_judging_until_the_window_moves() {
        let mut codes = WrongCodes::default();
        wrong(&mut codes, 7, START);
        wrong(&mut codes, 7, START.plus(7_200));
        let later = START.plus(12_000);
        assert_eq!(until(&codes, later), Some((LockKind::Day, limits::DAY_SECONDS)));
        assert!(codes.is_used_up(LIMITS, later));
        let over = START.plus(limits::DAY_SECONDS);
        assert_eq!((codes.lock(LIMITS, over), codes.is_used_up(LIMITS, over)), (None, false));
    }

    #[test]
    fn s24_failing_four_times_and_succeeding_meets_the_month_at_its_limit_and_no_shorter_one() {
        let mut codes = WrongCodes::default();
        for round in 0..8 {
            wrong(&mut codes, 4, START.plus(round));
            assert_eq!(codes.lock(LIMITS, START.plus(round)), None, "round {round}");
            codes.succeed(LIMITS);
        }
        wrong(&mut codes, 3, START.plus(100));
        assert_eq!(codes.lock(LIMITS, START.plus(100)).unwrap().kind, LockKind::Month);
    }

    #[test]
    fn s24_one_wrong_code_a_day_always_stays_in() {
        let mut codes = WrongCodes::default();
        for day in 0..400 {
            let now = START.plus(day * limits::DAY_SECONDS);
            codes.count(LIMITS, now);
            assert_eq!(codes.lock(LIMITS, now), None, "day {day}");
            codes.succeed(LIMITS);
        }
        assert!(codes.days.len() <= 30);
    }

    #[test]
    fn a_wait_is_over_in_its_last_second() {
        let mut codes = WrongCodes::default();
        wrong(&mut codes, 5, START);
        assert_eq!(until(&codes, START.plus(29)), Some((LockKind::Wait, 30)));
        assert_eq!(codes.lock(LIMITS, START.plus(30)), None);
    }

    #[test]
    fn the_months_lock_ends_with_the_day_that_brings_the_sum_below_the_limit() {
        let mut codes = WrongCodes::default();
        let noon = |day: i64| Timestamp::from_unix((20_000 + day) * limits::DAY_SECONDS + 43_200);
        for (day, times) in [(0, 1), (1, 3), (2, 32)] {
            wrong(&mut codes, times, noon(day));
            codes.succeed(LIMITS);
        }
        // Without the first day 35 are left, which is still the limit; without the second, 32.
        let until = Timestamp::from_unix(20_031 * limits::DAY_SECONDS);
        let lock = Some(Lock { kind: LockKind::Month, until: Some(until) });
        assert_eq!(codes.lock(LIMITS, noon(2)), lock);
        assert_eq!(codes.lock(LIMITS, until.plus(-1)), lock);
        assert_eq!(codes.lock(LIMITS, until), None);
    }

    #[test]
    fn each_window_counts_what_lies_within_it_to_the_second() {
        let mut codes = WrongCodes::default();
        let days = |count: i64| START.plus(count * limits::DAY_SECONDS);
        codes.count(LIMITS, START);
        assert_eq!(codes.within_a_day(days(1).plus(-1)), 1);
        assert_eq!(codes.within_a_day(days(1)), 0);
        wrong(&mut codes, 3, days(29));
        assert_eq!((codes.in_a_row, codes.within_a_day(days(29))), (4, 3));
        assert_eq!(codes.within_a_month(days(29)), 4);
        assert_eq!(codes.within_a_month(days(30)), 3, "the first day has left");
        assert_eq!([58, 59].map(|day| codes.within_a_month(days(day))), [3, 0]);
        codes.succeed(LIMITS);
        assert_eq!((codes.in_a_row, codes.within_a_day(days(29))), (0, 0));
        assert_eq!(codes.within_a_month(days(29)), 4, "the month stays");
    }

    #[test]
    fn sixty_in_a_row_close_the_bucket_and_no_success_opens_it() {
        let mut codes = WrongCodes { in_a_row: 59, ..WrongCodes::default() };
        assert_eq!(codes.lock(LIMITS, START), None);
        codes.count(LIMITS, START);
        let closed = Some(Lock { kind: LockKind::InARow, until: None });
        codes.succeed(LIMITS);
        assert_eq!(codes.lock(LIMITS, START.plus(99 * limits::DAY_SECONDS)), closed);
        codes.end_row();
        assert_eq!(codes.lock(LIMITS, START), None);
    }
}
