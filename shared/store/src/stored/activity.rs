//! What happened, in three places: in the item of a write on its way to the log, in a line of the log, and in short among
//! the last entries of a user.

use portcullis_domain::{
    Locator, Malformed, Masked, Method, SignInKey, Timestamp,
    change::{Change, Values},
    user::{By, Entry, EntryKind},
};
use serde::{Deserialize, Serialize};

use super::{
    Stored, is_default,
    value::{Name, Text},
};
use crate::LogLine;

/// The entries that one write caused.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct StoredEntries(Vec<StoredEntry>);

impl Stored for Vec<Entry> {
    type Form = StoredEntries;
}

impl StoredEntries {
    /// Takes the entries of one write.
    pub(crate) fn of(entries: &[Entry]) -> Self {
        Self(entries.iter().map(StoredEntry::from).collect())
    }
}

impl From<&Vec<Entry>> for StoredEntries {
    fn from(entries: &Vec<Entry>) -> Self {
        Self::of(entries)
    }
}

impl TryFrom<StoredEntries> for Vec<Entry> {
    type Error = Malformed;

    fn try_from(stored: StoredEntries) -> Result<Self, Malformed> {
        Ok(stored.0.into_iter().map(Entry::from).collect())
    }
}

#[derive(Serialize, Deserialize)]
struct StoredEntry {
    #[serde(rename = "t")]
    at: i64,
    #[serde(rename = "k")]
    kind: Name<EntryKind>,
    #[serde(rename = "m", default, skip_serializing_if = "is_default")]
    method: Option<Name<Method>>,
    #[serde(rename = "to", default, skip_serializing_if = "is_default")]
    to: Option<Text<Masked>>,
    #[serde(rename = "si", default, skip_serializing_if = "is_default")]
    sign_in: Option<Text<SignInKey>>,
    #[serde(rename = "by", default, skip_serializing_if = "is_default")]
    by: Option<Text<By>>,
    #[serde(rename = "why", default, skip_serializing_if = "is_default")]
    why: Option<String>,
    #[serde(rename = "ch", default, skip_serializing_if = "is_default")]
    changes: Vec<StoredChange>,
}

impl From<&Entry> for StoredEntry {
    fn from(entry: &Entry) -> Self {
        let Entry { at, kind, method, to, sign_in, by, why, changes } = entry;
        Self {
            at: at.unix(),
            kind: Name(*kind),
            method: method.map(Name),
            to: to.clone().map(Text),
            sign_in: sign_in.map(Text),
            by: by.clone().map(Text),
            why: why.clone(),
            changes: changes.iter().map(StoredChange::from).collect(),
        }
    }
}

impl From<StoredEntry> for Entry {
    fn from(stored: StoredEntry) -> Self {
        Self {
            at: Timestamp::from_unix(stored.at),
            kind: stored.kind.value(),
            method: stored.method.map(Name::value),
            to: stored.to.map(Text::value),
            sign_in: stored.sign_in.map(Text::value),
            by: stored.by.map(Text::value),
            why: stored.why,
            changes: stored.changes.into_iter().map(Change::from).collect(),
        }
    }
}

/// A changed field: its name, old and new value in a list; of a secret, the name alone.
#[derive(PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum StoredChange {
    Shown(String, String, String),
    Secret(String),
}

impl From<&Change> for StoredChange {
    fn from(change: &Change) -> Self {
        let Change { field, values } = change.clone();
        match values {
            Some(Values { old, new }) => Self::Shown(field, old, new),
            None => Self::Secret(field),
        }
    }
}

impl From<StoredChange> for Change {
    fn from(stored: StoredChange) -> Self {
        match stored {
            StoredChange::Shown(field, old, new) => {
                Self { field, values: Some(Values { old, new }) }
            }
            StoredChange::Secret(field) => Self { field, values: None },
        }
    }
}

/// An entry that a user's item keeps: when, what, by which method, where to. In which sign-in, by whom and why is with the
/// log alone, because an item is bounded.
#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct Remembered(i64, Name<EntryKind>, Option<Name<Method>>, Option<Text<Masked>>);

impl From<&Entry> for Remembered {
    fn from(entry: &Entry) -> Self {
        let (method, to) = (entry.method.map(Name), entry.to.clone().map(Text));
        Self(entry.at.unix(), Name(entry.kind), method, to)
    }
}

impl From<Remembered> for Entry {
    fn from(Remembered(at, kind, method, to): Remembered) -> Self {
        let (method, to) = (method.map(Name::value), to.map(Text::value));
        Self { method, to, ..kind.value().at(Timestamp::from_unix(at)) }
    }
}

/// A line of the log.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredLine {
    id: String,
    #[serde(default, skip_serializing_if = "is_default")]
    locator: Option<Text<Locator>>,
    entry: StoredEntry,
}

impl Stored for LogLine {
    type Form = StoredLine;
}

impl From<&LogLine> for StoredLine {
    fn from(LogLine { id, locator, entry }: &LogLine) -> Self {
        Self { id: id.clone(), locator: locator.map(Text), entry: entry.into() }
    }
}

impl TryFrom<StoredLine> for LogLine {
    type Error = Malformed;

    fn try_from(stored: StoredLine) -> Result<Self, Malformed> {
        let locator = stored.locator.map(Text::value);
        Ok(Self { id: stored.id, locator, entry: stored.entry.into() })
    }
}
