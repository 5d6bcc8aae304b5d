//! Wrong codes, and counts within an hour.

use portcullis_domain::{
    Timestamp,
    user::{FailureRecord, Failures, HourCount},
};
use serde::{Deserialize, Serialize};

use super::is_default;

#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredFailures {
    #[serde(rename = "row", default, skip_serializing_if = "is_default")]
    in_a_row: u16,
    /// The first moment, and the seconds from each to the next.
    #[serde(rename = "day", default, skip_serializing_if = "is_default")]
    recent: Vec<i64>,
    #[serde(rename = "month", default, skip_serializing_if = "is_default")]
    days: Vec<(i64, u16)>,
    #[serde(rename = "un", default, skip_serializing_if = "is_default")]
    unlocks: Vec<i64>,
}

impl From<&Failures> for StoredFailures {
    fn from(failures: &Failures) -> Self {
        let FailureRecord { in_a_row, recent, days, unlocks } = failures.into();
        let mut before = 0;
        let distance = |moment: Timestamp| {
            let distance = moment.since(Timestamp::from_unix(before));
            before = moment.unix();
            distance
        };
        let recent = recent.into_iter().map(distance).collect();
        Self { in_a_row, recent, days, unlocks: unlocks.into_iter().map(Timestamp::unix).collect() }
    }
}

impl From<StoredFailures> for Failures {
    fn from(stored: StoredFailures) -> Self {
        let StoredFailures { in_a_row, recent, days, unlocks } = stored;
        let mut at = Timestamp::from_unix(0);
        let moment = |distance| {
            at = at.plus(distance);
            at
        };
        let recent = recent.into_iter().map(moment).collect();
        let unlocks = unlocks.into_iter().map(Timestamp::from_unix).collect();
        FailureRecord { in_a_row, recent, days, unlocks }.into()
    }
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredCount {
    #[serde(rename = "s", default, skip_serializing_if = "is_default")]
    start: Option<i64>,
    #[serde(rename = "c", default, skip_serializing_if = "is_default")]
    count: u16,
}

impl From<HourCount> for StoredCount {
    fn from(count: HourCount) -> Self {
        let (start, count) = count.since_start();
        Self { start: start.map(Timestamp::unix), count }
    }
}

impl From<StoredCount> for HourCount {
    fn from(stored: StoredCount) -> Self {
        Self::from_start(stored.start.map(Timestamp::from_unix), stored.count)
    }
}
