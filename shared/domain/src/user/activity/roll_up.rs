//! The count of a day's log: when it is due, where it goes on, and when it is final.
//!
//! A record can reach the log late: it is tried again for a day, and one that failed for good can
//! be put through from its bucket for [`limits::FAILED_RECORD_DAYS`] more. So a day is counted anew
//! until no record of it can come any more.

use super::DayNumbers;
use crate::{Timestamp, limits};

/// The numbers of a day, as far as they were counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollUp {
    /// The last count that was finished.
    pub counted: Option<CountedDay>,
    /// A count that the time of an invocation was too short for.
    pub under_way: Option<CountUnderWay>,
}

/// A count that was finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedDay {
    /// The moment at which it began: it has every line from before then.
    pub begun_at: Timestamp,
    pub numbers: DayNumbers,
}

/// A count that goes on where it stopped: at a partition of the log, before a sort key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountUnderWay {
    pub begun_at: Timestamp,
    pub numbers: DayNumbers,
    pub partition: u8,
    pub before: String,
}

/// The days after its end on which a day is counted: at once, when most records that were tried
/// again have come, and when it closes.
const COUNTED_AFTER: [i64; 3] = [0, 2, RollUp::OPEN_DAYS];

impl RollUp {
    /// Days after its end for which a day is open: the next count is its last.
    pub const OPEN_DAYS: i64 = limits::FAILED_RECORD_DAYS + 2;

    /// Returns true if the day, by its number since 1970-01-01, never changes again.
    pub fn is_closed(&self, day: i64) -> bool {
        self.counted
            .as_ref()
            .is_some_and(|counted| days_after(day, counted.begun_at) >= Self::OPEN_DAYS)
    }

    /// Returns true if the day is to be counted now, or the count that stopped is to go on.
    pub fn is_due(&self, day: i64, now: Timestamp) -> bool {
        if days_after(day, now) < 0 || self.is_closed(day) {
            return false;
        }
        let Some(counted) = self.counted.as_ref().filter(|_| self.under_way.is_none()) else {
            return true;
        };
        let (last, now) = (days_after(day, counted.begun_at), days_after(day, now));
        COUNTED_AFTER.into_iter().any(|after| last < after && after <= now)
    }

    /// Returns the count to go on with: the one that stopped, or a new one.
    pub fn going_on(&self, now: Timestamp) -> CountUnderWay {
        let before = CountUnderWay::AFTER_ALL.to_owned();
        let (numbers, partition) = (DayNumbers::default(), 0);
        let new = CountUnderWay { begun_at: now, numbers, partition, before };
        self.under_way.clone().unwrap_or(new)
    }

    /// The day after a count that stopped.
    #[must_use]
    pub fn stopped(self, under_way: CountUnderWay) -> Self {
        Self { under_way: Some(under_way), ..self }
    }

    /// The day after a count that is finished.
    pub fn finished(CountUnderWay { begun_at, numbers, .. }: CountUnderWay) -> Self {
        Self { counted: Some(CountedDay { begun_at, numbers }), under_way: None }
    }
}

impl CountUnderWay {
    /// A text after every sort key.
    pub const AFTER_ALL: &'static str = "~";

    /// Goes on with the next partition.
    pub fn next_partition(&mut self) {
        self.partition = self.partition.saturating_add(1);
        Self::AFTER_ALL.clone_into(&mut self.before);
    }
}

/// Returns the whole days from the end of a day to a moment; less than zero if it has not ended.
fn days_after(day: i64, at: Timestamp) -> i64 {
    at.day() - day - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Method, Named,
        user::{Entry, EntryKind},
    };
    use proptest::prelude::*;

    const DAY: i64 = 20_000;

    fn at(days: i64) -> Timestamp {
        Timestamp::from_unix((DAY + 1 + days) * 86_400 + 60)
    }

    fn counted(days: i64) -> RollUp {
        RollUp::finished(RollUp::default().going_on(at(days)))
    }

    #[test]
    fn a_day_is_counted_when_it_ended_after_two_days_and_last_when_it_closes() {
        assert!(!RollUp::default().is_due(DAY, at(-1)), "the day has not ended");
        assert!(RollUp::default().is_due(DAY, at(0)));
        let due = |last, now| counted(last).is_due(DAY, at(now));
        let cases = [(0, 0, false), (0, 1, false), (0, 2, true), (1, 2, true), (2, 15, false)];
        for (last, now, wanted) in cases {
            assert_eq!(due(last, now), wanted, "{last} {now}");
        }
        let closes = RollUp::OPEN_DAYS;
        assert!(due(2, closes) && due(2, closes + 30) && due(closes - 1, closes));
        assert!(!due(closes, closes + 1) && !due(closes, closes + 400), "it is closed");
        assert!(!counted(closes - 1).is_closed(DAY) && counted(closes).is_closed(DAY));
    }

    #[test]
    fn a_day_is_open_for_longer_than_any_record_can_come_late() {
        // The stream keeps a record for a day, and the bucket keeps what failed.
        let latest = 1 + limits::FAILED_RECORD_DAYS;
        assert!(RollUp::OPEN_DAYS > latest);
    }

    #[test]
    fn a_count_that_stopped_goes_on_where_it_was_and_leaves_the_last_numbers_meanwhile() {
        let mut under_way = counted(0).going_on(at(2));
        under_way.numbers.add(&EntryKind::Locked.at(at(-1)));
        under_way.before = "001".to_owned();
        let stopped = counted(0).stopped(under_way.clone());
        assert!(stopped.is_due(DAY, at(2)), "at once, and not in two days");
        assert_eq!(stopped.counted, counted(0).counted);
        assert_eq!(stopped.going_on(at(3)), under_way);
        let CountUnderWay { begun_at, numbers, .. } = under_way.clone();
        let finished = RollUp::finished(under_way);
        assert_eq!(finished.counted, Some(CountedDay { begun_at, numbers }));
    }

    fn entries() -> impl Strategy<Value = Vec<Entry>> {
        let kinds = proptest::sample::select(EntryKind::ALL.to_vec());
        let methods = proptest::option::of(proptest::sample::select(Method::ALL.to_vec()));
        let entry = (kinds, methods).prop_map(|(kind, method)| Entry { method, ..kind.at(at(-1)) });
        proptest::collection::vec(entry, 0..200)
    }

    proptest! {
        #[test]
        fn a_count_in_parts_is_the_count_of_the_whole(
            entries in entries(), cuts in proptest::collection::vec(0_usize..200, 0..5),
        ) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(entries.len())).collect();
            cuts.extend([0, entries.len()]);
            cuts.sort_unstable();
            let mut day = RollUp::default();
            for cut in cuts.windows(2) {
                let mut under_way = day.going_on(at(0));
                entries[cut[0]..cut[1]].iter().for_each(|entry| under_way.numbers.add(entry));
                day = day.stopped(under_way);
            }
            let whole: DayNumbers = entries.iter().collect();
            let counted = RollUp::finished(day.going_on(at(0))).counted.unwrap();
            prop_assert_eq!(&counted.numbers, &whole);
            let of_figures: u64 = crate::user::Figure::ALL.iter().map(|f| whole.total(*f)).sum();
            let that_count = entries.iter().filter(|entry| entry.kind.figure().is_some()).count();
            prop_assert_eq!(usize::try_from(of_figures).unwrap(), that_count);
        }
    }
}
