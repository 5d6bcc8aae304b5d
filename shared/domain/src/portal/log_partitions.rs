//! The number of partitions that a day of a portal's log has: one takes 1,000 lines a second.
//!
//! A line must have one place for good, so that a record that is delivered again finds the line it
//! wrote. So a number counts from a day that has not begun, and that every process knows of before
//! it begins; the numbers of earlier days are kept.

use crate::{Malformed, Timestamp, limits};

/// A number of partitions, and the day from which it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogStep {
    pub partitions: u8,
    /// The day, by its number since 1970-01-01.
    pub from_day: i64,
}

/// The partitions of a portal's log on each day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogPartitions([Option<i64>; LogPartitions::RAISED.len()]);

const REFUSED: Malformed = Malformed::new("partitions", "must be 8, 16, 32 or 64");
const LOWERED: Malformed =
    Malformed::new("partitions", "can be raised only; lines lie in those that there are");

impl LogPartitions {
    /// The partitions of a portal whose number was never raised.
    pub const FIRST: u8 = 4;
    /// The numbers that it can be raised to.
    pub const RAISED: [u8; 4] = [8, 16, 32, 64];
    /// Seconds for which a process may go on with the number that it read.
    pub const HELD_SECONDS: i64 = 300;
    /// Seconds that a change has before the day begins that it counts from.
    const SETTLES_SECONDS: i64 = limits::HOUR_SECONDS;

    /// Returns the partitions of a day, by its number since 1970-01-01.
    pub fn on(self, day: i64) -> u8 {
        let in_force = self.steps().filter(|step| step.from_day <= day);
        in_force.map(|step| step.partitions).max().unwrap_or(Self::FIRST)
    }

    /// Each number that it was raised to, with its day.
    pub fn steps(self) -> impl Iterator<Item = LogStep> {
        Self::RAISED
            .into_iter()
            .zip(self.0)
            .filter_map(|(partitions, day)| day.map(|from_day| LogStep { partitions, from_day }))
    }

    /// Reads it from its steps.
    ///
    /// # Errors
    /// [`Malformed`] if one of them is of a number that there is not.
    pub fn of_steps(steps: impl IntoIterator<Item = LogStep>) -> Result<Self, Malformed> {
        let mut all = Self::default();
        for LogStep { partitions, from_day } in steps {
            *all.step_mut(partitions)? = Some(from_day);
        }
        Ok(all)
    }

    /// The same with more partitions, from the first day that every process knows of in time. One
    /// that is raised to the number it has, or will have, stays as it is.
    ///
    /// # Errors
    /// [`Malformed`] for a number that there is not, and for one below the present one.
    pub fn raised(mut self, partitions: u8, now: Timestamp) -> Result<Self, Malformed> {
        let most = self.steps().map(|step| step.partitions).max().unwrap_or(Self::FIRST);
        let step = self.step_mut(partitions)?;
        if partitions < most {
            return Err(LOWERED);
        }
        if step.is_none() {
            *step = Some(now.plus(Self::SETTLES_SECONDS).day() + 1);
        }
        Ok(self)
    }

    fn step_mut(&mut self, partitions: u8) -> Result<&mut Option<i64>, Malformed> {
        let steps = Self::RAISED.into_iter().zip(&mut self.0);
        let found = steps.into_iter().find(|(number, _)| *number == partitions);
        found.map(|(_, step)| step).ok_or(REFUSED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 20_000 * limits::DAY_SECONDS + 43_200;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(NOON + seconds)
    }

    #[test]
    fn a_number_counts_from_a_day_that_has_not_begun_and_earlier_days_keep_theirs() {
        let eight = LogPartitions::default().raised(8, at(0)).unwrap();
        let days = |partitions: LogPartitions| {
            [19_999, 20_000, 20_001, 30_000].map(|day| partitions.on(day))
        };
        assert_eq!(days(LogPartitions::default()), [4, 4, 4, 4]);
        assert_eq!(days(eight), [4, 4, 8, 8]);
        let later = eight.raised(32, at(5 * limits::DAY_SECONDS)).unwrap();
        assert_eq!([20_000, 20_001, 20_005, 20_006].map(|day| later.on(day)), [4, 8, 8, 32]);
        let at_once = eight.raised(16, at(60)).unwrap();
        assert_eq!(days(at_once), [4, 4, 16, 16], "two changes on one day");
    }

    #[test]
    fn every_process_knows_of_a_change_before_its_day_begins() {
        for before_midnight in [3_601, 3_600, 1] {
            let changed = at(43_200 - before_midnight);
            let raised = LogPartitions::default().raised(8, changed).unwrap();
            let step = raised.steps().next().unwrap();
            let left = step.from_day * limits::DAY_SECONDS - changed.unix();
            assert!(left > 2 * LogPartitions::HELD_SECONDS, "{left} seconds");
        }
    }

    #[test]
    fn it_is_raised_only_and_to_the_same_number_without_a_change() {
        let sixteen = LogPartitions::default().raised(16, at(0)).unwrap();
        assert_eq!(sixteen.raised(16, at(999_999)), Ok(sixteen));
        assert_eq!(sixteen.raised(8, at(0)), Err(LOWERED));
        for none in [0, 1, 4, 5, 65, 128] {
            assert_eq!(LogPartitions::default().raised(none, at(0)), Err(REFUSED), "{none}");
        }
        assert_eq!(LogPartitions::of_steps(sixteen.steps()), Ok(sixteen));
    }
}
