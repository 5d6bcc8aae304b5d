//! Wrong codes, and counts within an hour, in both buckets.

use portcullis_domain::{
    BrowserId, Buckets, Malformed, Timestamp,
    user::{FailingBrowser, FailureRecord, Failures, WindowCount, WrongCodes},
};
use serde::{Deserialize, Serialize};

use super::{
    members::{members, nothing_else},
    value::{Moment, Moments, Text},
};

members! {
    pub(super) struct StoredFailures {
        "k" known: StoredCodes,
        "s" strangers: StoredCodes,
        "u" lifts: Moments,
        /// Each with the moment of its first wrong code, and how many there were.
        "b" failing: Vec<(Text<BrowserId>, Moment, u8)>,
    }
}

members! {
    struct StoredCodes {
        "r" in_a_row: u16,
        "d" recent: Moments,
        /// Each with the number of days since the one before, and how many there were.
        "m" days: Vec<(i64, u16)>,
    }
}

impl From<&Failures> for StoredFailures {
    fn from(failures: &Failures) -> Self {
        let FailureRecord { codes, lifts, failing } = failures.into();
        let failing = failing
            .into_iter()
            .map(|FailingBrowser { id, since, wrong }| (Text(id), since.into(), wrong));
        Self {
            known: (&codes.known).into(),
            strangers: (&codes.strangers).into(),
            lifts: lifts.into_iter().collect(),
            failing: failing.collect(),
            unknown: Default::default(),
        }
    }
}

impl TryFrom<StoredFailures> for Failures {
    type Error = Malformed;

    fn try_from(stored: StoredFailures) -> Result<Self, Malformed> {
        let StoredFailures { known, strangers, lifts, failing, unknown } = stored;
        nothing_else(&unknown)?;
        let codes = Buckets { known: known.try_into()?, strangers: strangers.try_into()? };
        let failing = failing.into_iter().map(|(id, since, wrong)| FailingBrowser {
            id: id.value(),
            since: since.into(),
            wrong,
        });
        Ok(FailureRecord { codes, lifts: lifts.into(), failing: failing.collect() }.into())
    }
}

impl From<&WrongCodes> for StoredCodes {
    fn from(WrongCodes { in_a_row, recent, days }: &WrongCodes) -> Self {
        let mut before = 0;
        let distance =
            |(day, count): &(i64, u16)| (*day - std::mem::replace(&mut before, *day), *count);
        Self {
            in_a_row: *in_a_row,
            recent: recent.iter().copied().collect(),
            days: days.iter().map(distance).collect(),
            unknown: Default::default(),
        }
    }
}

impl TryFrom<StoredCodes> for WrongCodes {
    type Error = Malformed;

    fn try_from(stored: StoredCodes) -> Result<Self, Malformed> {
        let StoredCodes { in_a_row, recent, days, unknown } = stored;
        nothing_else(&unknown)?;
        let mut at = 0_i64;
        let day = |(distance, count)| {
            at = at.saturating_add(distance);
            (at, count)
        };
        Ok(Self { in_a_row, recent: recent.into(), days: days.into_iter().map(day).collect() })
    }
}

/// The moment of the first time, and how often it happened since.
#[derive(Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
struct StoredCount(Option<Moment>, u16);

/// The count of strangers, and that of known browsers if there is one.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct StoredCounts(Vec<StoredCount>);

impl<const SECONDS: i64> From<&Buckets<WindowCount<SECONDS>>> for StoredCounts {
    fn from(Buckets { known, strangers }: &Buckets<WindowCount<SECONDS>>) -> Self {
        let counts = [strangers, known].map(|count| {
            let (start, count) = count.since_start();
            StoredCount(start.map(Moment::from), count)
        });
        let used = counts.iter().rposition(|count| *count != StoredCount::default());
        Self(counts.into_iter().take(used.map_or(0, |last| last + 1)).collect())
    }
}

impl<const SECONDS: i64> From<StoredCounts> for Buckets<WindowCount<SECONDS>> {
    fn from(StoredCounts(counts): StoredCounts) -> Self {
        let of = |place: usize| {
            let StoredCount(start, count) = counts.get(place).copied().unwrap_or_default();
            WindowCount::from_start(start.map(Timestamp::from), count)
        };
        Self { strangers: of(0), known: of(1) }
    }
}
