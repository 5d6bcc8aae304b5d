//! Portals: documents that are listed, and that leave their id behind when they are deleted.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{Locator, Portal, PortalId, Timestamp, WriteId};

use crate::{
    AuditEntries, ListedPortal, LogoChange, Record, Store, StoreError, Versioned, WriteOutcome,
    conditional_put::CopiedItem,
    format::Form,
    item::{Item, decode, encode, formatted, json, parse, string, unread},
    key::{self, Copied, Key},
    stored,
    system::note_write,
};

/// The item under a portal's id.
#[derive(Clone, Debug)]
pub enum StoredPortal {
    /// Nothing: the id was never used.
    Unused,
    Active(Box<Versioned<Portal>>),
    /// The rest of a deleted portal, which keeps the id from being used again.
    Deleted {
        write: String,
    },
}

impl StoredPortal {
    /// The portal, if it was not deleted.
    pub fn active(self) -> Option<Versioned<Portal>> {
        match self {
            Self::Active(portal) => Some(*portal),
            Self::Unused | Self::Deleted { .. } => None,
        }
    }

    fn version(&self) -> Option<&str> {
        match self {
            Self::Unused => None,
            Self::Active(portal) => Some(&portal.write),
            Self::Deleted { write } => Some(write),
        }
    }
}

#[derive(Clone, Debug)]
pub enum PortalState {
    Active(Box<Portal>),
    /// It is deleted: its salt and keys go at once, its id stays taken.
    Deleted {
        at: Timestamp,
    },
}

/// The portal that takes the place of the one that was read.
#[derive(Clone, Debug)]
pub struct PortalChange {
    pub state: PortalState,
    pub logo: LogoChange,
    /// The entries for the activity log.
    pub entries: Option<AuditEntries>,
}

/// A portal, as the key of a change.
#[derive(Clone, Copy, Debug)]
pub struct PortalRecord<'a>(pub &'a PortalId);

impl Record for PortalRecord<'_> {
    type Snapshot = StoredPortal;
    type Change = PortalChange;

    async fn read(&self, store: &Store) -> Result<StoredPortal, StoreError> {
        store.stored_portal(Copied::Portal(self.0).first()).await
    }

    async fn write(
        &self,
        store: &Store,
        before: &StoredPortal,
        PortalChange { state, logo, entries }: PortalChange,
        write: WriteId,
    ) -> Result<WriteOutcome<StoredPortal>, StoreError> {
        let item = state_item(&state, write, entries.as_ref())?;
        let copied = Copied::Portal(self.0);
        let logo = logo.item(self.0);
        let outcome = store.put_copies_with(copied, item, logo, before.version(), write).await?;
        Ok(outcome.leaving(|| match state {
            PortalState::Active(portal) => {
                StoredPortal::Active(Box::new(Versioned::written(*portal, write)))
            }
            PortalState::Deleted { .. } => StoredPortal::Deleted { write: write.to_string() },
        }))
    }
}

impl Store {
    /// One portal, as admins read it; a deleted one is none.
    pub async fn portal(&self, id: &PortalId) -> Result<Option<Versioned<Portal>>, StoreError> {
        Ok(PortalRecord(id).read(self).await?.active())
    }

    /// Reads portals as admins read them; those that were deleted, or never were, are missing.
    pub async fn portals(&self, ids: &[PortalId]) -> Result<Vec<Portal>, StoreError> {
        let keys = ids.iter().map(|id| Copied::Portal(id).first()).collect();
        let items = self.batch(keys).await?;
        items.values().filter_map(|item| read(item).transpose()).collect()
    }

    /// The portal of a user, from the copy that the user's commands read.
    pub async fn portal_of(
        &self,
        id: &PortalId,
        locator: Locator,
    ) -> Result<Option<Versioned<Portal>>, StoreError> {
        let copy = Copied::Portal(id).of_user(locator);
        Ok(self.stored_portal(key::alone(copy)).await?.active())
    }

    async fn stored_portal(&self, key: Key) -> Result<StoredPortal, StoreError> {
        let Some(item) = self.item("portal", key).await? else {
            return Ok(StoredPortal::Unused);
        };
        let damaged = StoreError::Undecodable { kind: "portal", source: None };
        let write = string(&item, "write").cloned().ok_or(damaged)?;
        Ok(match read(&item)? {
            Some(value) => StoredPortal::Active(Box::new(Versioned { value, write })),
            None => StoredPortal::Deleted { write },
        })
    }
}

/// Reads a portal off its item. A deleted one leaves an item, so that its id is never used again;
/// to everyone else it is unknown.
///
/// # Errors
/// [`StoreError::NewerRelease`] if nothing can be decided about it without a newer release.
pub(crate) fn read(item: &Item) -> Result<Option<Portal>, StoreError> {
    let kind = "portal";
    Form::of(kind, item)?;
    if item.contains_key("deleted") {
        return Ok(None);
    }
    let id = string(item, "locator").ok_or(StoreError::Undecodable { kind, source: None })?;
    let state: stored::StoredPortal = decode(kind, item, "state")?;
    let listed: ListedPortal = parse(kind, item, "listed")?;
    let portal = PortalId::parse(id).and_then(|parsed| state.portal(parsed, listed.in_force(id)));
    let portal = portal.map_err(|malformed| unread(kind, item, malformed))?;
    if portal.unknown.need_a_newer_release() {
        return Err(StoreError::NewerRelease { kind });
    }
    Ok(Some(portal))
}

/// Returns the moment of deletion in the item of a portal that was deleted.
pub(crate) fn deleted_at(item: &Item) -> Option<Timestamp> {
    // A number that is none still says that the portal is deleted.
    let at = item.get("deleted")?.as_n().ok().and_then(|at| at.parse().ok());
    Some(Timestamp::from_unix(at.unwrap_or_default()))
}

pub(crate) fn state_item(
    state: &PortalState,
    write: WriteId,
    entries: Option<&AuditEntries>,
) -> Result<CopiedItem, StoreError> {
    match state {
        PortalState::Active(portal) => item(portal, write, entries),
        PortalState::Deleted { at } => deleted_item(*at, write, entries),
    }
}

pub(crate) fn item(
    portal: &Portal,
    write: WriteId,
    entries: Option<&AuditEntries>,
) -> Result<CopiedItem, StoreError> {
    let mut everywhere = formatted(Key::new());
    everywhere.insert("state".to_owned(), encode("portal", &stored::StoredPortal::from(portal))?);
    note_write(&mut everywhere, write);
    everywhere.insert("locator".to_owned(), AttributeValue::S(portal.id.to_string()));
    everywhere.insert("listed".to_owned(), json("portal", &ListedPortal::of(portal))?);
    let mut item = CopiedItem::new(everywhere, entries)?;
    // The index lists what has this attribute.
    item.first_only.insert("users_of".to_owned(), AttributeValue::S(key::PORTALS.to_owned()));
    Ok(item)
}

fn deleted_item(
    at: Timestamp,
    write: WriteId,
    entries: Option<&AuditEntries>,
) -> Result<CopiedItem, StoreError> {
    let mut everywhere = formatted(Key::new());
    everywhere.insert("deleted".to_owned(), AttributeValue::N(at.unix().to_string()));
    note_write(&mut everywhere, write);
    CopiedItem::new(everywhere, entries)
}
