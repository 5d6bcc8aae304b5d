//! The numbers of a portal's day, and of the partitions of its log.

use portcullis_domain::{
    CallingCode, Malformed, Method, Timestamp,
    decision::{UserDay, UserDays},
    portal::{LogPartitions, LogStep},
    user::{CountUnderWay, CountedDay, DayNumbers, EntryKind, RollUp, TextCounts},
};
use serde::{Deserialize, Serialize};

use super::{
    Stored, is_default,
    number::{Number, known},
    value::{Moment, Text},
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
    /// A count of an older release has none.
    #[serde(rename = "x", default, skip_serializing_if = "Vec::is_empty")]
    texts: Vec<StoredTexts>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredUnderWay {
    #[serde(rename = "t")]
    begun_at: Moment,
    #[serde(rename = "n")]
    numbers: StoredNumbers,
    #[serde(rename = "x", default, skip_serializing_if = "Vec::is_empty")]
    texts: Vec<StoredTexts>,
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

/// The text messages to numbers with a calling code: those sent, and codes accepted.
#[derive(Serialize, Deserialize)]
struct StoredTexts(Text<CallingCode>, u64, u64);

fn stored_texts(numbers: &DayNumbers) -> Vec<StoredTexts> {
    let stored = |(code, TextCounts { sent, accepted })| StoredTexts(Text(code), sent, accepted);
    numbers.texts().map(stored).collect()
}

fn with_texts(stored: StoredNumbers, texts: Vec<StoredTexts>) -> DayNumbers {
    let mut numbers = DayNumbers::from(stored);
    for StoredTexts(code, sent, accepted) in texts {
        numbers.add_texts(code.value(), TextCounts { sent, accepted });
    }
    numbers
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
                texts: stored_texts(numbers),
            }),
            under_way: under_way.as_ref().map(|count| StoredUnderWay {
                begun_at: count.begun_at.into(),
                numbers: (&count.numbers).into(),
                texts: stored_texts(&count.numbers),
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
            counted: counted.map(|StoredCount { begun_at, numbers, texts }| CountedDay {
                begun_at: begun_at.into(),
                numbers: with_texts(numbers, texts),
            }),
            under_way: under_way.map(|stored| CountUnderWay {
                begun_at: Timestamp::from(stored.begun_at),
                numbers: with_texts(stored.numbers, stored.texts),
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

/// Each day with its users, those enrolled and those shut out, and true if there were more.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct StoredUserDays(Vec<(i64, u64, u64, u64, bool)>);

impl Stored for UserDays {
    type Form = StoredUserDays;
}

impl From<&UserDays> for StoredUserDays {
    fn from(days: &UserDays) -> Self {
        let stored = |(day, UserDay { users, enrolled, shut_out, more })| {
            (day, users, enrolled, shut_out, more)
        };
        Self(days.days().map(stored).collect())
    }
}

impl TryFrom<StoredUserDays> for UserDays {
    type Error = Malformed;

    fn try_from(StoredUserDays(stored): StoredUserDays) -> Result<Self, Malformed> {
        let day = |(day, users, enrolled, shut_out, more)| {
            (day, UserDay { users, enrolled, shut_out, more })
        };
        Ok(Self::new(stored.into_iter().map(day)))
    }
}
