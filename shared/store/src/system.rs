//! Items that are not a user's: the keyring, the settings, portals.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{Portal, PortalId, Settings, WriteId};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Store, StoreError,
    item::{Item, json, parse, string},
    key,
    write::Wrote,
};

/// A document with the id of the write that made it, for the next write's condition.
#[derive(Clone, Debug)]
pub struct SystemDocument<T> {
    /// The document.
    pub value: T,
    /// The write that made it; an entity tag.
    pub write: String,
}

/// What became of creating a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreatePortal {
    /// It is there.
    Created,
    /// There is, or was, one of that id.
    Taken,
}

impl Store {
    /// The keyring, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be read or decoded.
    pub async fn keyring<T: DeserializeOwned>(&self) -> Result<Option<T>, StoreError> {
        Ok(self.document("keyring", key::KEYRING).await?.map(|document| document.value))
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
        self.put_document("keyring", key::KEYRING, keyring, None, write).await.map(|_| ())
    }

    /// The system's settings, if they were ever set.
    ///
    /// # Errors
    /// [`StoreError`] when they could not be read or decoded.
    pub async fn settings(&self) -> Result<Option<SystemDocument<Settings>>, StoreError> {
        self.document("settings", key::SETTINGS).await
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
    ) -> Result<bool, StoreError> {
        Ok(self.put_document("settings", key::SETTINGS, settings, last, write).await?
            == Wrote::Landed)
    }

    /// One portal.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be read or decoded.
    pub async fn portal(
        &self,
        id: &PortalId,
    ) -> Result<Option<SystemDocument<Portal>>, StoreError> {
        self.document("portal", &key::portal(id)).await
    }

    /// Creates a portal, unless there is or ever was one of that id.
    ///
    /// # Errors
    /// [`StoreError`] when it is not known whether it was created.
    pub async fn create_portal(
        &self,
        portal: &Portal,
        write: WriteId,
    ) -> Result<CreatePortal, StoreError> {
        let wrote =
            self.put_document("portal", &key::portal(&portal.id), portal, None, write).await?;
        Ok(if wrote == Wrote::Landed { CreatePortal::Created } else { CreatePortal::Taken })
    }

    /// Replaces a portal if it is still the one that was read; false where it is not.
    ///
    /// # Errors
    /// [`StoreError`] when it is not known whether it was replaced.
    pub async fn put_portal(
        &self,
        portal: &Portal,
        last: &str,
        write: WriteId,
    ) -> Result<bool, StoreError> {
        let wrote = self
            .put_document("portal", &key::portal(&portal.id), portal, Some(last), write)
            .await?;
        Ok(wrote == Wrote::Landed)
    }

    async fn document<T: DeserializeOwned>(
        &self,
        kind: &'static str,
        pk: &str,
    ) -> Result<Option<SystemDocument<T>>, StoreError> {
        let get = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key::alone(pk)))
            .consistent_read(true);
        let answer = get.send().await.map_err(StoreError::unavailable("GetItem"))?;
        let decode = |item: Item| {
            let write = string(&item, "write")
                .cloned()
                .ok_or(StoreError::Undecodable { kind, source: None })?;
            Ok(SystemDocument { value: parse(kind, &item, "state")?, write })
        };
        answer.item.map(decode).transpose()
    }

    async fn put_document<T: Serialize>(
        &self,
        kind: &'static str,
        pk: &str,
        value: &T,
        last: Option<&str>,
        write: WriteId,
    ) -> Result<Wrote, StoreError> {
        let mut item = key::alone(pk);
        item.insert("state".to_owned(), json(kind, value)?);
        item.insert("write".to_owned(), AttributeValue::S(write.to_string()));
        item.insert(
            "writes".to_owned(),
            AttributeValue::L(vec![AttributeValue::S(format!("{write} {kind}"))]),
        );
        self.put_if(item, last, write).await
    }
}
