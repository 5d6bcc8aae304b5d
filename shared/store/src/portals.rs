//! Portals: documents that are listed, and that leave their id behind when they are deleted.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{Portal, PortalId, Timestamp, WriteId};

use crate::{
    Document, ListedPortal, Store, StoreError, Trail,
    item::{Item, formatted, json},
    key,
    system::{document_item, note_write},
    write::Wrote,
};

/// What became of creating a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreatePortal {
    /// It is there.
    Created,
    /// There is, or was, one of that id.
    Taken,
}

impl Store {
    /// One portal; a deleted one is none.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be read or decoded.
    pub async fn portal(&self, id: &PortalId) -> Result<Option<Document<Portal>>, StoreError> {
        self.document("portal", key::alone(key::portal(id))).await
    }

    /// Creates a portal, unless there is or ever was one of that id.
    ///
    /// # Errors
    /// [`StoreError`] when it is not known whether it was created.
    pub async fn create_portal(
        &self,
        portal: &Portal,
        write: WriteId,
        trail: &Trail,
    ) -> Result<CreatePortal, StoreError> {
        let wrote = self.put_if(item(portal, write, trail)?, None, write).await?;
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
        trail: &Trail,
    ) -> Result<bool, StoreError> {
        let wrote = self.put_if(item(portal, write, trail)?, Some(last), write).await?;
        Ok(wrote == Wrote::Landed)
    }

    /// Deletes a portal if it is still the one that was read: its salt and keys go at once, its id stays taken.
    ///
    /// # Errors
    /// [`StoreError`] when it is not known whether it was deleted.
    pub async fn delete_portal(
        &self,
        id: &PortalId,
        last: &str,
        write: WriteId,
        now: Timestamp,
        trail: &Trail,
    ) -> Result<bool, StoreError> {
        let mut item = formatted(key::alone(key::portal(id)));
        item.insert("deleted".to_owned(), AttributeValue::N(now.unix().to_string()));
        note_write(&mut item, "deleted", write);
        trail.put_into(&mut item)?;
        Ok(self.put_if(item, Some(last), write).await? == Wrote::Landed)
    }
}

pub(crate) fn item(portal: &Portal, write: WriteId, trail: &Trail) -> Result<Item, StoreError> {
    let key = key::alone(key::portal(&portal.id));
    let mut item = document_item("portal", key, portal, write, Some(trail))?;
    item.insert("users_of".to_owned(), AttributeValue::S(key::PORTALS.to_owned()));
    item.insert("locator".to_owned(), AttributeValue::S(portal.id.to_string()));
    item.insert("listed".to_owned(), json("portal", &ListedPortal::of(portal))?);
    Ok(item)
}
