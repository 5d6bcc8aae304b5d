//! The index that users are found by: under a keyed hash of each value, the locators of those who
//! have it. It is late by moments, so whoever finds a user there reads the user and looks.

use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, PutRequest, WriteRequest};
use portcullis_domain::{FindHash, Locator, PortalId, User, UserState};
use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use crate::{
    Store, StoreError, UserKey,
    item::{Item, formatted, string, user_state},
    key::{self, Key},
};

/// The attribute of a user whose last write changed what the user is found by.
pub(crate) const FOUND: &str = "found";

// The most requests of one batch (`BatchWriteItem` in the API reference of DynamoDB), and the most
// keys of one that is read (`BatchGetItem` there).
const BATCH: usize = 25;
const READ_BATCH: usize = 100;

// The number of times that requests left unprocessed are made again.
const TRIES: u32 = 5;

/// Some of the users under one hash, in the order of their locators.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub locators: Vec<Locator>,
    /// True if there are more after the last.
    pub more: bool,
}

/// Returns true if what a user is found by is another after a write.
pub(crate) fn is_found_otherwise(before: Option<&User>, after: &UserState) -> bool {
    let before = before.map(User::findable).unwrap_or_default();
    let after = match after {
        UserState::Known(user) => user.findable(),
        UserState::Erased(_) => BTreeSet::new(),
    };
    before != after
}

/// Reads off a record's new image the user whose write changed what the user is found by, if it is
/// one of those. An erasure does, whichever release wrote it.
///
/// # Errors
/// [`StoreError::Undecodable`] if the item names no user.
pub fn found_otherwise(image: &Item) -> Result<Option<UserKey>, StoreError> {
    let is_user = string(image, "pk").is_some_and(|pk| pk.starts_with("USER#"));
    if !is_user || !(image.contains_key(FOUND) || image.contains_key("erased")) {
        return Ok(None);
    }
    let damaged = || StoreError::Undecodable { kind: "stream record", source: None };
    let portal = string(image, "log_of").or_else(|| string(image, "users_of"));
    let portal = portal.and_then(|text| PortalId::parse(text).ok()).ok_or_else(damaged)?;
    let locator = string(image, "locator").and_then(|text| Locator::parse(text).ok());
    Ok(Some(UserKey { portal, locator: locator.ok_or_else(damaged)? }))
}

impl Store {
    /// Reads users as they are now; those who were erased, or never were, are missing.
    pub async fn users(&self, keys: &[UserKey]) -> Result<Vec<(UserKey, User)>, StoreError> {
        let mut users = vec![];
        for keys in keys.chunks(READ_BATCH) {
            let wanted = keys.iter().map(|user_key| key::alone(user_key.pk())).collect();
            let items = self.batch(wanted).await?;
            for user_key in keys {
                match user_state(items.get(&user_key.pk()))? {
                    Some(UserState::Known(user)) if user.portal != user_key.portal => {
                        return Err(StoreError::Undecodable { kind: "user", source: None });
                    }
                    Some(UserState::Known(user)) => users.push((user_key.clone(), *user)),
                    Some(UserState::Erased(_)) | None => {}
                }
            }
        }
        Ok(users)
    }

    /// Reads users under a hash after a locator, at most `limit`.
    pub async fn found(
        &self,
        portal: &PortalId,
        hash: FindHash,
        after: Option<Locator>,
        limit: usize,
    ) -> Result<Found, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .expression_attribute_values(":pk", AttributeValue::S(key::find(portal, hash)))
            .limit(i32::try_from(limit).unwrap_or(i32::MAX));
        let query = match after {
            None => query.key_condition_expression("pk = :pk"),
            Some(after) => query
                .key_condition_expression("pk = :pk AND sk > :after")
                .expression_attribute_values(":after", AttributeValue::S(after.to_string())),
        };
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        let locator = |item: &Item| {
            let damaged = StoreError::Undecodable { kind: "find", source: None };
            string(item, "sk").and_then(|text| Locator::parse(text).ok()).ok_or(damaged)
        };
        let locators: Result<Vec<Locator>, StoreError> =
            answer.items().iter().map(locator).collect();
        Ok(Found { locators: locators?, more: answer.last_evaluated_key().is_some() })
    }

    /// Returns the hashes under which a user is not found yet.
    pub async fn missing_finds(
        &self,
        user_key: &UserKey,
        hashes: &[FindHash],
    ) -> Result<Vec<FindHash>, StoreError> {
        let mut missing = vec![];
        for hashes in hashes.chunks(READ_BATCH) {
            let keys = hashes.iter().map(|hash| key_of(user_key, *hash)).collect();
            let items = self.batch(keys).await?;
            let is_missing =
                |hash: &&FindHash| !items.contains_key(&key::find(&user_key.portal, **hash));
            missing.extend(hashes.iter().filter(is_missing));
        }
        Ok(missing)
    }

    /// Has a user found under some hashes, and under others no more.
    pub async fn write_finds(
        &self,
        user_key: &UserKey,
        found: &[FindHash],
        gone: &[FindHash],
    ) -> Result<(), StoreError> {
        let puts = found.iter().map(|hash| put(user_key, *hash));
        let deletes = gone.iter().map(|hash| delete(user_key, *hash));
        let requests: Vec<WriteRequest> = puts.chain(deletes).collect::<Result<_, _>>()?;
        for batch in requests.chunks(BATCH) {
            self.write_batch(batch.to_vec()).await?;
        }
        Ok(())
    }

    async fn write_batch(&self, mut requests: Vec<WriteRequest>) -> Result<(), StoreError> {
        for tried in 0..TRIES {
            let call = self.client.batch_write_item().request_items(&self.table, requests);
            let answer = call.send().await.map_err(StoreError::unavailable("BatchWriteItem"))?;
            let mut left: HashMap<_, _> = answer.unprocessed_items.unwrap_or_default();
            requests = left.remove(&self.table).unwrap_or_default();
            if requests.is_empty() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20 << tried)).await;
        }
        Err(StoreError::Unwritten)
    }
}

fn key_of(user_key: &UserKey, hash: FindHash) -> Key {
    key::pair(key::find(&user_key.portal, hash), user_key.locator.to_string())
}

fn put(user_key: &UserKey, hash: FindHash) -> Result<WriteRequest, StoreError> {
    let put = PutRequest::builder().set_item(Some(formatted(key_of(user_key, hash)))).build();
    let put = put.map_err(StoreError::unavailable("BatchWriteItem"))?;
    Ok(WriteRequest::builder().put_request(put).build())
}

fn delete(user_key: &UserKey, hash: FindHash) -> Result<WriteRequest, StoreError> {
    let delete = DeleteRequest::builder().set_key(Some(key_of(user_key, hash))).build();
    let delete = delete.map_err(StoreError::unavailable("BatchWriteItem"))?;
    Ok(WriteRequest::builder().delete_request(delete).build())
}
