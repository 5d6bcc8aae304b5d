//! Activity in two places: the item of a write on its way to the log, and a line of the log.

use portcullis_domain::{
    Locator, Malformed, Masked, Method, SignInKey,
    change::{Change, Values},
    sign_in::Ground,
    user::{By, CheckedBy, Entry, EntryKind},
};
use serde::{Deserialize, Serialize};

use super::{
    Stored,
    device::StoredDevice,
    is_default,
    number::{Number, known},
    value::{Moment, Text},
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

/// An unknown member or value is left out, because an unreadable entry would keep later ones
/// waiting. Without its kind or its actor an entry would say something else, so that one is not
/// read.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredEntry {
    #[serde(rename = "t")]
    at: Moment,
    #[serde(rename = "k")]
    kind: Number<EntryKind>,
    #[serde(rename = "m", default, deserialize_with = "known", skip_serializing_if = "is_default")]
    method: Option<Number<Method>>,
    #[serde(rename = "to", default, skip_serializing_if = "is_default")]
    to: Option<Text<Masked>>,
    #[serde(rename = "si", default, skip_serializing_if = "is_default")]
    sign_in: Option<Text<SignInKey>>,
    #[serde(rename = "on", default, skip_serializing_if = "is_default")]
    device: Option<StoredDevice>,
    #[serde(
        rename = "gr",
        default,
        deserialize_with = "known",
        skip_serializing_if = "is_default"
    )]
    ground: Option<Number<Ground>>,
    #[serde(rename = "by", default, skip_serializing_if = "is_default")]
    by: Option<Text<By>>,
    #[serde(
        rename = "ck",
        default,
        deserialize_with = "known",
        skip_serializing_if = "is_default"
    )]
    checked: Option<Number<CheckedBy>>,
    #[serde(rename = "why", default, skip_serializing_if = "is_default")]
    why: Option<String>,
    #[serde(rename = "ch", default, skip_serializing_if = "is_default")]
    changes: Vec<StoredChange>,
}

impl From<&Entry> for StoredEntry {
    fn from(entry: &Entry) -> Self {
        let Entry { at, kind, method, to, sign_in, device, ground, by, checked, why, changes } =
            entry;
        Self {
            at: (*at).into(),
            kind: Number(*kind),
            method: method.map(Number),
            to: to.clone().map(Text),
            sign_in: sign_in.map(Text),
            device: device.map(StoredDevice::from),
            ground: ground.map(Number),
            by: by.clone().map(Text),
            checked: checked.map(Number),
            why: why.clone(),
            changes: changes.iter().map(StoredChange::from).collect(),
        }
    }
}

impl From<StoredEntry> for Entry {
    fn from(stored: StoredEntry) -> Self {
        Self {
            at: stored.at.into(),
            kind: stored.kind.value(),
            method: stored.method.map(Number::value),
            to: stored.to.map(Text::value),
            sign_in: stored.sign_in.map(Text::value),
            device: stored.device.and_then(StoredDevice::device),
            ground: stored.ground.map(Number::value),
            by: stored.by.map(Text::value),
            checked: stored.checked.map(Number::value),
            why: stored.why,
            changes: stored.changes.into_iter().map(Change::from).collect(),
        }
    }
}

/// A changed field: its name, old and new value in a list; the name alone in a list if there was no
/// room for the values; of a secret, the name.
#[derive(PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum StoredChange {
    Shown(String, String, String),
    Cut((String,)),
    Secret(String),
}

/// The rest of a value of which nothing is shown.
const CUT: &str = "…";

impl From<&Change> for StoredChange {
    fn from(change: &Change) -> Self {
        let Change { field, values } = change.clone();
        match values {
            Some(Values { old, new }) if old == CUT && new == CUT => Self::Cut((field,)),
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
            StoredChange::Cut((field,)) => {
                let values = Values { old: CUT.to_owned(), new: CUT.to_owned() };
                Self { field, values: Some(values) }
            }
            StoredChange::Secret(field) => Self { field, values: None },
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
