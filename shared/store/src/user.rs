//! A user's item, and the one write of a command.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{StateChange, UserState, WriteId};

use crate::{
    Record, Snapshot, Store, StoreError, UserKey, WriteOutcome,
    find::{FOUND, is_found_otherwise},
    item::{BY_KEY, user_item},
    recent_writes::RecentWrites,
};

/// The change of a user that a command writes.
#[derive(Clone, Debug)]
pub struct UserChange {
    pub change: StateChange,
    /// The id of the API key that the command came with.
    pub key: Option<String>,
}

impl Record for UserKey {
    type Snapshot = Snapshot;
    type Change = UserChange;

    async fn read(&self, store: &Store) -> Result<Snapshot, StoreError> {
        store.read(self).await
    }

    async fn write(
        &self,
        store: &Store,
        before: &Snapshot,
        UserChange { change, key }: UserChange,
        write: WriteId,
    ) -> Result<WriteOutcome<Snapshot>, StoreError> {
        let mut item = user_item(self, &change, &before.writes, write)?;
        if let Some(key) = key.filter(|_| !change.entries.is_empty()) {
            item.insert(BY_KEY.to_owned(), AttributeValue::S(key));
        }
        if is_found_otherwise(before.user.as_ref(), &change.state) {
            item.insert(FOUND.to_owned(), AttributeValue::S("1".to_owned()));
        }
        let writes = RecentWrites::of(&item);
        let outcome = store.put_if(item, before.writes.last(), write).await?;
        Ok(outcome.leaving(|| {
            let (user, tombstone) = match change.state {
                UserState::Known(user) => (Some(*user), None),
                UserState::Erased(tombstone) => (None, Some(*tombstone)),
            };
            let (portal, settings) = (before.portal.clone(), before.settings.clone());
            Snapshot { portal, user, tombstone, settings, writes }
        }))
    }
}
