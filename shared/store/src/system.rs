//! Items that are not a user's: each a document with the id of the write that made it.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{Settings, WriteId};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Store, StoreError, Trail,
    item::{Item, check_format, decode, encode, formatted, json, parse, string},
    key::{self, Key},
    stored::Stored,
    write::Wrote,
};

/// A document with the id of the write that made it, for the next write's condition.
#[derive(Clone, Debug)]
pub struct Document<T> {
    /// The document.
    pub value: T,
    /// The write that made it; an entity tag.
    pub write: String,
}

impl<T> Document<T> {
    /// The entity tag of this state (RFC 9110, section 8.8.3).
    pub fn etag(&self) -> String {
        format!("\"{}\"", self.write)
    }
}

impl Store {
    /// The keyring, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be read or decoded.
    pub async fn keyring<T: DeserializeOwned>(&self) -> Result<Option<T>, StoreError> {
        let item = self.item("keyring", key::alone(key::KEYRING)).await?;
        item.map(|item| decode("keyring", &item, "state")).transpose()
    }

    /// Stores the first keyring. Where another process was faster, theirs stays, and counts.
    ///
    /// # Errors
    /// [`StoreError`] when it is not known to be there.
    pub async fn found_keyring<T: Serialize>(
        &self,
        keyring: &T,
        write: WriteId,
    ) -> Result<(), StoreError> {
        let mut item = formatted(key::alone(key::KEYRING));
        item.insert("state".to_owned(), encode("keyring", keyring)?);
        note_write(&mut item, "keyring", write);
        self.put_if(item, None, write).await.map(|_| ())
    }

    /// The system's settings, if they were ever set.
    ///
    /// # Errors
    /// [`StoreError`] when they could not be read or decoded.
    pub async fn settings(&self) -> Result<Option<Document<Settings>>, StoreError> {
        self.document("settings", key::alone(key::SETTINGS)).await
    }

    /// Replaces the settings if they are still the ones that were read; false where they are not.
    ///
    /// # Errors
    /// [`StoreError`] when it is not known whether they were replaced.
    pub async fn put_settings(
        &self,
        settings: &Settings,
        last: Option<&str>,
        write: WriteId,
        trail: &Trail,
    ) -> Result<bool, StoreError> {
        let key = key::alone(key::SETTINGS);
        let item = document_item("settings", key, settings, write, Some(trail))?;
        Ok(self.put_if(item, last, write).await? == Wrote::Landed)
    }

    pub(crate) async fn document<T: Stored>(
        &self,
        kind: &'static str,
        key: Key,
    ) -> Result<Option<Document<T>>, StoreError> {
        self.item(kind, key).await?.map(|item| read(kind, &item)).transpose()
    }

    /// Reads one item. A portal that was deleted is none; an item of another format is never taken for one.
    async fn item(&self, kind: &'static str, key: Key) -> Result<Option<Item>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(key));
        let answer =
            get.consistent_read(true).send().await.map_err(StoreError::unavailable("GetItem"))?;
        if let Some(item) = &answer.item {
            check_format(kind, item)?;
        }
        Ok(answer.item.filter(|item| !item.contains_key("deleted")))
    }
}

/// Reads a document.
pub(crate) fn read<T: Stored>(kind: &'static str, item: &Item) -> Result<Document<T>, StoreError> {
    let damaged = StoreError::Undecodable { kind, source: None };
    let write = string(item, "write").cloned().ok_or(damaged)?;
    Ok(Document { value: parse(kind, item, "state")?, write })
}

/// The item of a document after a write.
pub(crate) fn document_item<T: Stored>(
    kind: &'static str,
    key: Key,
    value: &T,
    write: WriteId,
    trail: Option<&Trail>,
) -> Result<Item, StoreError> {
    let mut item = formatted(key);
    item.insert("state".to_owned(), json(kind, value)?);
    note_write(&mut item, kind, write);
    if let Some(trail) = trail {
        trail.put_into(&mut item)?;
    }
    Ok(item)
}

pub(crate) fn note_write(item: &mut Item, kind: &str, write: WriteId) {
    let writes = AttributeValue::L(vec![AttributeValue::S(format!("{write} {kind}"))]);
    item.insert("write".to_owned(), AttributeValue::S(write.to_string()));
    item.insert("writes".to_owned(), writes);
}
