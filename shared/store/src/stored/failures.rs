//! Wrong codes, and counts within an hour, in both buckets.

use portcullis_domain::{
    BrowserId, Buckets, Timestamp,
    user::{FailingBrowser, FailureRecord, Failures, HourCount, WrongCodes},
};
use serde::{Deserialize, Serialize};

use super::{is_default, value::Text};

/// One value for each bucket; what is empty is left out.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(
    serialize = "T: Default + PartialEq + Serialize",
    deserialize = "T: Default + Deserialize<'de>"
))]
pub(super) struct StoredBuckets<T> {
    #[serde(rename = "k", default, skip_serializing_if = "is_default")]
    known: T,
    #[serde(rename = "s", default, skip_serializing_if = "is_default")]
    strangers: T,
}

impl<'a, T, S: From<&'a T>> From<&'a Buckets<T>> for StoredBuckets<S> {
    fn from(Buckets { known, strangers }: &'a Buckets<T>) -> Self {
        Self { known: known.into(), strangers: strangers.into() }
    }
}

impl<S> StoredBuckets<S> {
    pub(super) fn value<T: From<S>>(self) -> Buckets<T> {
        Buckets { known: self.known.into(), strangers: self.strangers.into() }
    }
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredFailures {
    #[serde(flatten)]
    codes: StoredBuckets<StoredCodes>,
    #[serde(rename = "un", default, skip_serializing_if = "is_default")]
    lifts: Vec<i64>,
    #[serde(rename = "fb", default, skip_serializing_if = "is_default")]
    failing: Vec<(Text<BrowserId>, i64, u8)>,
}

impl From<&Failures> for StoredFailures {
    fn from(failures: &Failures) -> Self {
        let FailureRecord { codes, lifts, failing } = failures.into();
        let failing = failing
            .into_iter()
            .map(|FailingBrowser { id, since, wrong }| (Text(id), since.unix(), wrong));
        Self {
            codes: (&codes).into(),
            lifts: lifts.into_iter().map(Timestamp::unix).collect(),
            failing: failing.collect(),
        }
    }
}

impl From<StoredFailures> for Failures {
    fn from(stored: StoredFailures) -> Self {
        let failing = stored.failing.into_iter().map(|(id, since, wrong)| FailingBrowser {
            id: id.value(),
            since: Timestamp::from_unix(since),
            wrong,
        });
        FailureRecord {
            codes: stored.codes.value(),
            lifts: stored.lifts.into_iter().map(Timestamp::from_unix).collect(),
            failing: failing.collect(),
        }
        .into()
    }
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
struct StoredCodes {
    #[serde(rename = "row", default, skip_serializing_if = "is_default")]
    in_a_row: u16,
    /// The first moment, and the seconds from each to the next.
    #[serde(rename = "day", default, skip_serializing_if = "is_default")]
    recent: Vec<i64>,
    #[serde(rename = "month", default, skip_serializing_if = "is_default")]
    days: Vec<(i64, u16)>,
}

impl From<&WrongCodes> for StoredCodes {
    fn from(WrongCodes { in_a_row, recent, days }: &WrongCodes) -> Self {
        let mut before = 0;
        let distance = |moment: &Timestamp| {
            let distance = moment.since(Timestamp::from_unix(before));
            before = moment.unix();
            distance
        };
        let recent = recent.iter().map(distance).collect();
        Self { in_a_row: *in_a_row, recent, days: days.clone() }
    }
}

impl From<StoredCodes> for WrongCodes {
    fn from(stored: StoredCodes) -> Self {
        let StoredCodes { in_a_row, recent, days } = stored;
        let mut at = Timestamp::from_unix(0);
        let moment = |distance| {
            at = at.plus(distance);
            at
        };
        Self { in_a_row, recent: recent.into_iter().map(moment).collect(), days }
    }
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredCount {
    #[serde(rename = "s", default, skip_serializing_if = "is_default")]
    start: Option<i64>,
    #[serde(rename = "c", default, skip_serializing_if = "is_default")]
    count: u16,
}

impl From<&HourCount> for StoredCount {
    fn from(count: &HourCount) -> Self {
        let (start, count) = count.since_start();
        Self { start: start.map(Timestamp::unix), count }
    }
}

impl From<StoredCount> for HourCount {
    fn from(stored: StoredCount) -> Self {
        Self::from_start(stored.start.map(Timestamp::from_unix), stored.count)
    }
}
