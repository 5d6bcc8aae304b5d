//! The one read of a command: portal, user and settings in one strongly consistent batch.

use aws_sdk_dynamodb::types::KeysAndAttributes;
use portcullis_domain::{Portal, Settings, User, UserState, user::Tombstone};
use std::{collections::HashMap, time::Duration};

use crate::{
    Store, StoreError, UserKey,
    item::{Item, parse, string, user_state},
    key::{self, Copied, Key},
    portals,
    recent_writes::RecentWrites,
};

/// The number of times that unread keys are requested again.
const TRIES: u32 = 4;

/// The items a command sees: each fresh, and absent only if the table said so.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub portal: Option<Portal>,
    pub user: Option<User>,
    pub tombstone: Option<Tombstone>,
    /// The system's settings; nothing is set where there are none.
    pub settings: Settings,
    pub(crate) writes: RecentWrites,
}

impl Snapshot {
    /// Returns the settings under which the portal sends messages.
    pub fn sending_settings(&self) -> Settings {
        match &self.portal {
            Some(portal) => portal.sending.within(&self.settings),
            None => self.settings.clone(),
        }
    }
}

impl Store {
    /// Reads everything a command needs, in one call.
    pub async fn read(&self, user_key: &UserKey) -> Result<Snapshot, StoreError> {
        let portal = Copied::Portal(&user_key.portal).of_user(user_key.locator);
        let settings = Copied::Settings.of_user(user_key.locator);
        let keys = [portal, user_key.pk(), settings];
        let mut items = self.batch(keys.clone().map(key::alone).to_vec()).await?;
        let [portal, user, settings] = keys.map(|pk| items.remove(&pk));
        let portal = portal.as_ref().map(portals::read).transpose()?.flatten();
        let settings =
            settings.map(|item| parse::<Settings>("settings", &item, "state")).transpose()?;
        let writes = user.as_ref().map(RecentWrites::of).unwrap_or_default();
        let (user, tombstone) = match user_state(user.as_ref())? {
            Some(UserState::Known(user)) => (Some(*user), None),
            Some(UserState::Erased(tombstone)) => (None, Some(*tombstone)),
            None => (None, None),
        };
        let foreign = portal.as_ref().is_some_and(|portal| portal.id != user_key.portal)
            || user.as_ref().is_some_and(|user| user.portal != user_key.portal)
            || tombstone.as_ref().is_some_and(|erased| erased.portal != user_key.portal);
        if foreign {
            return Err(StoreError::Undecodable { kind: "of another portal", source: None });
        }
        Ok(Snapshot { portal, user, tombstone, settings: settings.unwrap_or_default(), writes })
    }

    /// Items by partition key; keys left unprocessed are read again with backoff.
    pub(crate) async fn batch(&self, keys: Vec<Key>) -> Result<HashMap<String, Item>, StoreError> {
        let mut items = HashMap::new();
        let mut wanted = keys;
        for tried in 0..TRIES {
            let request =
                KeysAndAttributes::builder().set_keys(Some(wanted)).consistent_read(true).build();
            let request = request.map_err(StoreError::unavailable("BatchGetItem"))?;
            let call = self.client.batch_get_item().request_items(&self.table, request);
            let answer = call.send().await.map_err(StoreError::unavailable("BatchGetItem"))?;
            for item in answer.responses.unwrap_or_default().remove(&self.table).unwrap_or_default()
            {
                if let Some(pk) = string(&item, "pk").cloned() {
                    items.insert(pk, item);
                }
            }
            wanted = answer
                .unprocessed_keys
                .unwrap_or_default()
                .remove(&self.table)
                .map(|left| left.keys)
                .unwrap_or_default();
            if wanted.is_empty() {
                return Ok(items);
            }
            tokio::time::sleep(Duration::from_millis(20 << tried)).await;
        }
        Err(StoreError::Unread)
    }
}
