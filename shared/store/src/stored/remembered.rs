//! The last entries of a user's activity, as the item keeps them. The sign-in, the actor and the
//! reason are in the log alone, because an item is bounded.

use portcullis_domain::{
    Masked, Method,
    user::{Entry, EntryKind},
};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, SeqAccess, Visitor},
    ser::SerializeSeq,
};
use std::fmt;

use super::{
    number::{Number, Numbered},
    value::{Distances, Text},
};

/// Entries, oldest first.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct StoredActivity(Vec<Remembered>);

/// A list of the seconds since the entry before, the kind's number, the method's, and the masked
/// destination. What there is not is left out from the end.
#[derive(Clone, PartialEq)]
struct Remembered {
    distance: i64,
    kind: u16,
    method: Option<Number<Method>>,
    to: Option<Text<Masked>>,
}

impl From<&[Entry]> for StoredActivity {
    fn from(entries: &[Entry]) -> Self {
        let mut distances = Distances::default();
        let remembered = |entry: &Entry| Remembered {
            distance: distances.to(entry.at),
            kind: entry.kind.number(),
            method: entry.method.map(Number),
            to: entry.to.clone().map(Text),
        };
        Self(entries.iter().map(remembered).collect())
    }
}

impl From<StoredActivity> for Vec<Entry> {
    /// Leaves out an entry of a kind that is not known: the log has it.
    fn from(StoredActivity(entries): StoredActivity) -> Self {
        let mut distances = Distances::default();
        let entry = |Remembered { distance, kind, method, to }| {
            let at = distances.after(distance);
            let (method, to) = (method.map(Number::value), to.map(Text::value));
            EntryKind::from_number(kind).map(|kind| Entry { method, to, ..kind.at(at) })
        };
        entries.into_iter().filter_map(entry).collect()
    }
}

impl Serialize for Remembered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        list.serialize_element(&self.distance)?;
        list.serialize_element(&self.kind)?;
        if self.method.is_some() || self.to.is_some() {
            list.serialize_element(&self.method)?;
        }
        if self.to.is_some() {
            list.serialize_element(&self.to)?;
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Remembered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = Remembered;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a remembered entry")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Remembered, A::Error> {
                let short = || A::Error::custom("a remembered entry is too short");
                Ok(Remembered {
                    distance: list.next_element()?.ok_or_else(short)?,
                    kind: list.next_element()?.ok_or_else(short)?,
                    method: list.next_element()?.flatten(),
                    to: list.next_element()?.flatten(),
                })
            }
        }

        deserializer.deserialize_seq(List)
    }
}
