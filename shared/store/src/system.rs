//! Items that are not a user's: each a document with the id of the write that made it.

use aws_sdk_dynamodb::{
    operation::get_item::builders::GetItemFluentBuilder, types::AttributeValue,
};
use portcullis_domain::{Settings, WriteId};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    AuditEntries, Record, Store, StoreError, WriteOutcome,
    conditional_put::CopiedItem,
    format::Form,
    item::{Item, decode, encode, formatted, json, parse, string},
    key::{self, Copied, Key},
    stored::Stored,
};

/// A document with the id of the write that made it, for the next write's condition.
#[derive(Clone, Debug)]
pub struct Versioned<T> {
    pub value: T,
    /// The write that made it; an entity tag.
    pub write: String,
}

impl<T> Versioned<T> {
    pub(crate) fn written(value: T, write: WriteId) -> Self {
        Self { value, write: write.to_string() }
    }

    /// The entity tag of this state (RFC 9110, section 8.8.3).
    pub fn etag(&self) -> String {
        format!("\"{}\"", self.write)
    }
}

/// A value that takes the place of the one that was read.
#[derive(Clone, Debug)]
pub struct Replacement<T> {
    pub value: T,
    /// The entries for the activity log.
    pub entries: Option<AuditEntries>,
}

/// The system's settings, as the key of a change.
#[derive(Clone, Copy, Debug)]
pub struct SettingsRecord;

impl Record for SettingsRecord {
    type Snapshot = Option<Versioned<Settings>>;
    type Change = Replacement<Settings>;

    async fn read(&self, store: &Store) -> Result<Self::Snapshot, StoreError> {
        store.settings().await
    }

    async fn write(
        &self,
        store: &Store,
        before: &Self::Snapshot,
        Replacement { value, entries }: Self::Change,
        write: WriteId,
    ) -> Result<WriteOutcome<Self::Snapshot>, StoreError> {
        let item = settings_item(&value, write, entries.as_ref())?;
        let last = version(before.as_ref());
        let outcome = store.put_copies_if(Copied::Settings, item, last, write).await?;
        Ok(outcome.leaving(|| Some(Versioned::written(value, write))))
    }
}

/// The write that the next one replaces, if there was any.
pub(crate) fn version<T>(stored: Option<&Versioned<T>>) -> Option<&str> {
    stored.map(|stored| stored.write.as_str())
}

impl Store {
    pub async fn keyring<T: DeserializeOwned>(&self) -> Result<Option<T>, StoreError> {
        let item = self.item("keyring", key::alone(key::KEYRING)).await?;
        item.map(|item| decode("keyring", &item, "state")).transpose()
    }

    /// The keyring with the write that made it, for a change.
    pub async fn versioned_keyring<T: DeserializeOwned>(
        &self,
    ) -> Result<Option<Versioned<T>>, StoreError> {
        let item = self.item("keyring", key::alone(key::KEYRING)).await?;
        item.map(|item| versioned("keyring", &item, decode)).transpose()
    }

    /// Puts a keyring in the place of the one that was read.
    pub async fn replace_keyring<T: Serialize>(
        &self,
        before: &Versioned<T>,
        Replacement { value, entries }: &Replacement<T>,
        write: WriteId,
    ) -> Result<WriteOutcome, StoreError> {
        let item = keyring_item(value, write, entries.as_ref())?;
        self.put_if(item, Some(&before.write), write).await
    }

    /// Stores the first keyring. Where another process was faster, theirs stays, and counts.
    pub async fn found_keyring<T: Serialize>(
        &self,
        Replacement { value, entries }: &Replacement<T>,
        write: WriteId,
    ) -> Result<(), StoreError> {
        let item = keyring_item(value, write, entries.as_ref())?;
        self.put_if(item, None, write).await.map(|_| ())
    }

    /// The system's settings, if they were ever set.
    pub async fn settings(&self) -> Result<Option<Versioned<Settings>>, StoreError> {
        self.document("settings", Copied::Settings.first()).await
    }

    pub(crate) async fn document<T: Stored>(
        &self,
        kind: &'static str,
        key: Key,
    ) -> Result<Option<Versioned<T>>, StoreError> {
        self.item(kind, key).await?.map(|item| read(kind, &item)).transpose()
    }

    /// Puts a document in the place of the one that was read.
    pub(crate) async fn replace_document<T: Stored>(
        &self,
        kind: &'static str,
        key: Key,
        before: Option<&Versioned<T>>,
        Replacement { value, entries }: Replacement<T>,
        write: WriteId,
    ) -> Result<WriteOutcome<Option<Versioned<T>>>, StoreError> {
        let item = document_item(kind, key, &value, write, entries.as_ref())?;
        let outcome = self.put_if(item, version(before), write).await?;
        Ok(outcome.leaving(|| Some(Versioned::written(value, write))))
    }

    /// Reads one item; one of another format is never taken for one of ours.
    pub(crate) async fn item(
        &self,
        kind: &'static str,
        key: Key,
    ) -> Result<Option<Item>, StoreError> {
        self.read_item(kind, self.get(key).consistent_read(true)).await
    }

    /// Reads one item that may be a moment old, which costs half.
    pub(crate) async fn perhaps_older_item(
        &self,
        kind: &'static str,
        key: Key,
    ) -> Result<Option<Item>, StoreError> {
        self.read_item(kind, self.get(key)).await
    }

    fn get(&self, key: Key) -> GetItemFluentBuilder {
        self.client.get_item().table_name(&self.table).set_key(Some(key))
    }

    async fn read_item(
        &self,
        kind: &'static str,
        get: GetItemFluentBuilder,
    ) -> Result<Option<Item>, StoreError> {
        let answer = get.send().await.map_err(StoreError::unavailable("GetItem"))?;
        if let Some(item) = &answer.item {
            Form::of(kind, item)?;
        }
        Ok(answer.item)
    }
}

pub(crate) fn read<T: Stored>(kind: &'static str, item: &Item) -> Result<Versioned<T>, StoreError> {
    versioned(kind, item, parse)
}

/// Reads the state of an item with the write that made it.
fn versioned<T>(
    kind: &'static str,
    item: &Item,
    state: impl FnOnce(&'static str, &Item, &str) -> Result<T, StoreError>,
) -> Result<Versioned<T>, StoreError> {
    let damaged = StoreError::Undecodable { kind, source: None };
    let write = string(item, "write").cloned().ok_or(damaged)?;
    Ok(Versioned { value: state(kind, item, "state")?, write })
}

fn keyring_item<T: Serialize>(
    keyring: &T,
    write: WriteId,
    entries: Option<&AuditEntries>,
) -> Result<Item, StoreError> {
    let mut item = formatted(key::alone(key::KEYRING));
    item.insert("state".to_owned(), encode("keyring", keyring)?);
    note_write(&mut item, write);
    if let Some(entries) = entries {
        entries.put_into(&mut item)?;
    }
    Ok(item)
}

pub(crate) fn settings_item(
    settings: &Settings,
    write: WriteId,
    entries: Option<&AuditEntries>,
) -> Result<CopiedItem, StoreError> {
    CopiedItem::new(document_item("settings", Key::new(), settings, write, None)?, entries)
}

/// The item of a document after a write.
pub(crate) fn document_item<T: Stored>(
    kind: &'static str,
    key: Key,
    value: &T,
    write: WriteId,
    entries: Option<&AuditEntries>,
) -> Result<Item, StoreError> {
    let mut item = formatted(key);
    item.insert("state".to_owned(), json(kind, value)?);
    note_write(&mut item, write);
    if let Some(entries) = entries {
        entries.put_into(&mut item)?;
    }
    Ok(item)
}

pub(crate) fn note_write(item: &mut Item, write: WriteId) {
    item.insert("write".to_owned(), AttributeValue::S(write.to_string()));
}
