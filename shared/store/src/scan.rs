//! All users of all portals, for operators: nothing on the path of a sign-in reads more than a few
//! items.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{Locator, PortalId, User, UserState};

use crate::{
    Store, StoreError, UserKey,
    item::{Item, string, user_state},
    key,
};

/// One part of all users, and where the next begins.
#[derive(Debug)]
pub struct ScannedUsers {
    /// The users who were not erased, each as it is or with the reason why it cannot be read.
    pub users: Vec<(UserKey, Result<User, StoreError>)>,
    /// The place after which the next part begins; none after the last.
    pub next: Option<String>,
}

impl Store {
    /// Reads a part of all users, each as it is now: what was written before is seen.
    pub async fn scan_users(&self, after: Option<&str>) -> Result<ScannedUsers, StoreError> {
        let scan = self
            .client
            .scan()
            .table_name(&self.table)
            .consistent_read(true)
            .filter_expression("begins_with(pk, :users)")
            .expression_attribute_values(":users", AttributeValue::S("USER#".to_owned()))
            .set_exclusive_start_key(after.map(key::alone));
        let answer = scan.send().await.map_err(StoreError::unavailable("Scan"))?;
        let mut users = vec![];
        for item in answer.items() {
            let read = match user_state(Some(item)) {
                Ok(Some(UserState::Known(user))) => Ok(*user),
                Ok(Some(UserState::Erased(_)) | None) => continue,
                Err(error) => Err(error),
            };
            users.push((user_key(item)?, read));
        }
        let last = answer.last_evaluated_key().and_then(|key| string(key, "pk"));
        Ok(ScannedUsers { users, next: last.cloned() })
    }
}

/// Reads the key of a user off an item.
fn user_key(item: &Item) -> Result<UserKey, StoreError> {
    let damaged = StoreError::Undecodable { kind: "user", source: None };
    let parts = string(item, "pk").and_then(|pk| pk.strip_prefix("USER#")?.split_once('#'));
    let parsed = parts.and_then(|(portal, locator)| {
        let (portal, locator) = (PortalId::parse(portal).ok()?, Locator::parse(locator).ok()?);
        Some(UserKey { portal, locator })
    });
    parsed.ok_or(damaged)
}
