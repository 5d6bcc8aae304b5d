//! Documents whose copies are of several writes: a transaction that arrived in another Region in
//! part. [`portcullis_domain::portal::mend_portal`] and its sibling say what they become.

use portcullis_domain::{
    Portal, PortalId, Settings, Timestamp, WriteId,
    portal::{MendedPortal, Undecided, mend_portal, mend_settings},
};
use thiserror::Error;

use crate::{
    PortalState, Store, StoreError, WriteOutcome,
    conditional_put::{ConditionalPut, CopiedItem},
    item::{Item, string},
    key::{Copied, Key},
    portals,
    replica::newest_entry,
    system,
};

/// A document whose copies are not of one write.
#[derive(Clone, Debug)]
pub struct TornDocument {
    document: Document,
    /// Its copies, the first one first.
    items: Vec<(Key, Option<Item>)>,
}

#[derive(Clone, Debug)]
enum Document {
    Settings,
    Portal(PortalId),
}

/// A write that some copies of a document are of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyWrite {
    /// Its id; none for copies that are missing.
    pub write: Option<String>,
    pub copies: usize,
    /// The first copy, which the console shows, is among them.
    pub has_first: bool,
    /// The moment of its newest entry, which the first copy alone has.
    pub newest: Option<Timestamp>,
}

/// The state that all copies of a document are made.
#[derive(Clone, Debug)]
pub struct MendedDocument {
    state: MendedState,
    /// The ids of API keys that work no more, because they may be revoked.
    pub keys_left_out: Vec<String>,
}

#[derive(Clone, Debug)]
enum MendedState {
    Settings(Box<Settings>),
    Portal(PortalState),
}

#[derive(Debug, Error)]
pub enum NotMended {
    /// Nothing in the copies says which write is the latest.
    #[error(transparent)]
    Undecided(#[from] Undecided),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Document {
    const fn copied(&self) -> Copied<'_> {
        match self {
            Self::Settings => Copied::Settings,
            Self::Portal(id) => Copied::Portal(id),
        }
    }
}

impl Store {
    /// Finds the documents whose copies are not of one write.
    ///
    /// # Errors
    /// [`StoreError`] if the table does not answer.
    pub async fn torn_documents(
        &self,
        portals: impl IntoIterator<Item = PortalId>,
    ) -> Result<Vec<TornDocument>, StoreError> {
        let mut torn = vec![];
        let portals = portals.into_iter().map(Document::Portal);
        for document in std::iter::once(Document::Settings).chain(portals) {
            let copied = document.copied();
            let keys: Vec<Key> = std::iter::once(copied.first()).chain(copied.others()).collect();
            let mut found = self.batch(keys.clone()).await?;
            let with_item = |key: Key| {
                let item = string(&key, "pk").and_then(|pk| found.remove(pk));
                (key, item)
            };
            let items = keys.into_iter().map(with_item).collect();
            let document = TornDocument { document, items };
            torn.extend((document.writes().len() > 1).then_some(document));
        }
        Ok(torn)
    }

    /// Makes all copies of a document this state, each under the condition that it is still what
    /// was read.
    ///
    /// # Errors
    /// [`StoreError`] if the table does not answer.
    pub async fn mend(
        &self,
        torn: &TornDocument,
        mended: &MendedDocument,
        write: WriteId,
    ) -> Result<WriteOutcome, StoreError> {
        let item: CopiedItem = match &mended.state {
            MendedState::Settings(settings) => system::settings_item(settings, write, None)?,
            MendedState::Portal(state) => portals::state_item(state, write, None)?,
        };
        let items = item.of(torn.document.copied()).into_iter();
        let puts = items.zip(&torn.items).map(|(item, (_, before))| {
            let last = before.as_ref().and_then(|item| string(item, "write"));
            ConditionalPut { item, last: last.map(String::as_str) }
        });
        self.put_all_if(puts.collect::<Vec<_>>(), write).await
    }
}

impl TornDocument {
    /// Returns its name, which begins the keys of its copies.
    pub fn name(&self) -> String {
        match &self.document {
            Document::Settings => "SYSTEM#settings".to_owned(),
            Document::Portal(id) => format!("PORTAL#{id}"),
        }
    }

    /// Returns the writes that its copies are of, that of the first copy first.
    pub fn writes(&self) -> Vec<CopyWrite> {
        let mut writes: Vec<CopyWrite> = vec![];
        for (place, (_, item)) in self.items.iter().enumerate() {
            let write = item.as_ref().and_then(|item| string(item, "write").cloned());
            match writes.iter_mut().find(|known| known.write == write) {
                Some(known) => known.copies += 1,
                None => writes.push(CopyWrite {
                    write,
                    copies: 1,
                    has_first: place == 0,
                    newest: item.as_ref().and_then(newest_entry),
                }),
            }
        }
        writes
    }

    /// Decides what its copies become. `chosen` is the write that an operator wants, if one does.
    /// A copy that is missing is older than any that is there, and a portal that was deleted is
    /// deleted: ids are never used again.
    ///
    /// # Errors
    /// [`NotMended::Undecided`] if a write has to be chosen; [`NotMended::Store`] for copies that
    /// this release cannot read.
    pub fn mended(&self, chosen: Option<&str>) -> Result<MendedDocument, NotMended> {
        let chosen = chosen.and_then(|write| {
            let is_it = |item: &&Item| string(item, "write").is_some_and(|of| of == write);
            self.versions().find(is_it)
        });
        match &self.document {
            Document::Settings => {
                let read =
                    |item| system::read::<Settings>("settings", item).map(|stored| stored.value);
                let versions: Vec<Settings> =
                    self.versions().map(read).collect::<Result<_, _>>()?;
                let chosen = chosen.map(read).transpose()?;
                let mended = mend_settings(&versions, chosen.as_ref())?;
                let state = MendedState::Settings(Box::new(mended));
                Ok(MendedDocument { state, keys_left_out: vec![] })
            }
            Document::Portal(_) => {
                let deleted = self.versions().filter_map(portals::deleted_at).max();
                if let Some(at) = deleted {
                    let state = MendedState::Portal(PortalState::Deleted { at });
                    return Ok(MendedDocument { state, keys_left_out: vec![] });
                }
                let read = |item: &Item| {
                    let damaged = StoreError::Undecodable { kind: "portal", source: None };
                    portals::read(item).and_then(|portal| portal.ok_or(damaged))
                };
                let versions: Vec<Portal> = self.versions().map(read).collect::<Result<_, _>>()?;
                let chosen = chosen.map(read).transpose()?;
                let mended = mend_portal(&versions, chosen.as_ref())?;
                let MendedPortal { portal, keys_left_out } = mended;
                let state = MendedState::Portal(PortalState::Active(Box::new(portal)));
                Ok(MendedDocument { state, keys_left_out })
            }
        }
    }

    /// Returns a copy of each write.
    fn versions(&self) -> impl Iterator<Item = &Item> {
        let items = self.items.iter().filter_map(|(_, item)| item.as_ref());
        let mut seen: Vec<&String> = vec![];
        items.filter(move |item| match string(item, "write") {
            Some(write) if seen.contains(&write) => false,
            Some(write) => {
                seen.push(write);
                true
            }
            None => true,
        })
    }
}
