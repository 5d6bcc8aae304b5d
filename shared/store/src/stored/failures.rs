//! Wrong codes, and counts within an hour.

use portcullis_domain::{
    Malformed,
    user::{FailureRecord, Failures, HourCount},
};
use serde::{Deserialize, Serialize};

use super::{
    members::{members, nothing_else},
    value::{Moment, Moments},
};

members! {
    pub(super) struct StoredFailures {
        "r" in_a_row: u16,
        "d" recent: Moments,
        /// Each with the number of days since the one before, and how many there were.
        "m" days: Vec<(i64, u16)>,
        "u" unlocks: Moments,
    }
}

impl From<&Failures> for StoredFailures {
    fn from(failures: &Failures) -> Self {
        let FailureRecord { in_a_row, recent, days, unlocks } = failures.into();
        let mut before = 0;
        let distance = |(day, count)| (day - std::mem::replace(&mut before, day), count);
        Self {
            in_a_row,
            recent: recent.into_iter().collect(),
            days: days.into_iter().map(distance).collect(),
            unlocks: unlocks.into_iter().collect(),
            unknown: Default::default(),
        }
    }
}

impl TryFrom<StoredFailures> for Failures {
    type Error = Malformed;

    fn try_from(stored: StoredFailures) -> Result<Self, Malformed> {
        let StoredFailures { in_a_row, recent, days, unlocks, unknown } = stored;
        nothing_else(&unknown)?;
        let mut at = 0_i64;
        let day = |(distance, count)| {
            at = at.saturating_add(distance);
            (at, count)
        };
        let days = days.into_iter().map(day).collect();
        let (recent, unlocks) = (recent.into(), unlocks.into());
        Ok(FailureRecord { in_a_row, recent, days, unlocks }.into())
    }
}

/// The moment of the first time, and how often it happened since.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredCount(Option<Moment>, u16);

impl From<HourCount> for StoredCount {
    fn from(count: HourCount) -> Self {
        let (start, count) = count.since_start();
        Self(start.map(Moment::from), count)
    }
}

impl From<StoredCount> for HourCount {
    fn from(StoredCount(start, count): StoredCount) -> Self {
        Self::from_start(start.map(Moment::into), count)
    }
}
