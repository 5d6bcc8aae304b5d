//! The numbers of a portal's day, and of the partitions of its log.

use portcullis_domain::{
    Malformed, Method, Timestamp,
    portal::{LogPartitions, LogStep},
    user::{CountUnderWay, CountedDay, DayNumbers, EntryKind, RollUp},
};
use serde::{Deserialize, Serialize};

use super::{
    Stored, is_default,
    number::{Number, known},
    value::Moment,
};

/// The last count, and the one under way.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoredRollUp {
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    counted: Option<StoredCount>,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    under_way: Option<StoredUnderWay>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredCount {
    #[serde(rename = "t")]
    begun_at: Moment,
    #[serde(rename = "n")]
    numbers: StoredNumbers,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredUnderWay {
    #[serde(rename = "t")]
    begun_at: Moment,
    #[serde(rename = "n")]
    numbers: StoredNumbers,
    #[serde(rename = "p")]
    partition: u8,
    #[serde(rename = "b")]
    before: String,
}

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct StoredNumbers(Vec<StoredNumber>);

/// The entries of a kind and a method. A kind that a newer release counts is left out.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredNumber {
    #[serde(rename = "k", deserialize_with = "known")]
    kind: Option<Number<EntryKind>>,
    #[serde(rename = "m", default, deserialize_with = "known", skip_serializing_if = "is_default")]
    method: Option<Number<Method>>,
    #[serde(rename = "n")]
    count: u64,
}

impl From<&DayNumbers> for StoredNumbers {
    fn from(numbers: &DayNumbers) -> Self {
        let stored = |(kind, method, count): (EntryKind, Option<Method>, u64)| StoredNumber {
            kind: Some(Number(kind)),
            method: method.map(Number),
            count,
        };
        Self(numbers.counts().map(stored).collect())
    }
}

impl From<StoredNumbers> for DayNumbers {
    fn from(StoredNumbers(stored): StoredNumbers) -> Self {
        let mut numbers = Self::default();
        for StoredNumber { kind, method, count } in stored {
            if let Some(kind) = kind {
                numbers.add_many(kind.value(), method.map(Number::value), count);
            }
        }
        numbers
    }
}

impl Stored for RollUp {
    type Form = StoredRollUp;
}

impl From<&RollUp> for StoredRollUp {
    fn from(RollUp { counted, under_way }: &RollUp) -> Self {
        Self {
            counted: counted.as_ref().map(|CountedDay { begun_at, numbers }| StoredCount {
                begun_at: (*begun_at).into(),
                numbers: numbers.into(),
            }),
            under_way: under_way.as_ref().map(|count| StoredUnderWay {
                begun_at: count.begun_at.into(),
                numbers: (&count.numbers).into(),
                partition: count.partition,
                before: count.before.clone(),
            }),
        }
    }
}

impl TryFrom<StoredRollUp> for RollUp {
    type Error = Malformed;

    fn try_from(StoredRollUp { counted, under_way }: StoredRollUp) -> Result<Self, Malformed> {
        Ok(Self {
            counted: counted.map(|StoredCount { begun_at, numbers }| CountedDay {
                begun_at: begun_at.into(),
                numbers: numbers.into(),
            }),
            under_way: under_way.map(|stored| CountUnderWay {
                begun_at: Timestamp::from(stored.begun_at),
                numbers: stored.numbers.into(),
                partition: stored.partition,
                before: stored.before,
            }),
        })
    }
}

/// Each number with the day that it counts from.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct StoredLogPartitions(Vec<(u8, i64)>);

impl Stored for LogPartitions {
    type Form = StoredLogPartitions;
}

impl From<&LogPartitions> for StoredLogPartitions {
    fn from(partitions: &LogPartitions) -> Self {
        Self(partitions.steps().map(|step| (step.partitions, step.from_day)).collect())
    }
}

impl TryFrom<StoredLogPartitions> for LogPartitions {
    type Error = Malformed;

    fn try_from(StoredLogPartitions(stored): StoredLogPartitions) -> Result<Self, Malformed> {
        let step = |(partitions, from_day)| LogStep { partitions, from_day };
        Self::of_steps(stored.into_iter().map(step))
    }
}
