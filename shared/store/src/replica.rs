//! Replicas of the table in two Regions, for operators who move from one to the other. DynamoDB
//! copies each item by itself, so items of one transaction may arrive apart ("DynamoDB global table
//! design" in Amazon's guide).

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{PortalId, Timestamp, user::Entry};
use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use crate::{
    Store, StoreError,
    item::{Item, parse, string},
    key::Key,
};

/// One item of a replica, as far as two are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplicaItem {
    /// Partition and sort key.
    pub key: (String, String),
    /// A hash of all attributes.
    pub digest: u64,
    /// The moment of the newest entry that its last write caused.
    pub newest: Option<Timestamp>,
}

/// One part of a replica.
#[derive(Debug)]
pub struct ReplicaPart {
    pub items: Vec<ReplicaItem>,
    pub next: Option<ReplicaPlace>,
}

/// The place after which the next part begins.
#[derive(Clone, Debug)]
pub struct ReplicaPlace(Key);

impl Store {
    /// Reads a part of everything in the table, each item as it is now.
    ///
    /// # Errors
    /// [`StoreError`] if the table does not answer.
    pub async fn replica_items(
        &self,
        after: Option<ReplicaPlace>,
        now: Timestamp,
    ) -> Result<ReplicaPart, StoreError> {
        let scan = self
            .client
            .scan()
            .table_name(&self.table)
            .consistent_read(true)
            .set_exclusive_start_key(after.map(|ReplicaPlace(key)| key));
        let answer = scan.send().await.map_err(StoreError::unavailable("Scan"))?;
        // What has expired is deleted within days, in each Region at its own time.
        let alive = answer.items().iter().filter(|item| !has_expired(item, now));
        let items = alive.map(ReplicaItem::of).collect();
        let next = answer.last_evaluated_key.filter(|key| !key.is_empty()).map(ReplicaPlace);
        Ok(ReplicaPart { items, next })
    }
}

impl ReplicaItem {
    fn of(item: &Item) -> Self {
        let part = |name| string(item, name).cloned().unwrap_or_default();
        let mut hasher = DefaultHasher::new();
        let in_order: BTreeMap<_, _> = item.iter().collect();
        format!("{in_order:?}").hash(&mut hasher);
        Self { key: (part("pk"), part("sk")), digest: hasher.finish(), newest: newest_entry(item) }
    }

    /// Returns the portal of which this is a copy: the first one may not have arrived.
    pub fn portal(&self) -> Option<PortalId> {
        let (id, _) = self.key.0.strip_prefix("PORTAL#")?.rsplit_once('#')?;
        PortalId::parse(id).ok()
    }
}

/// Returns the moment of the newest entry that the last write of an item caused.
pub(crate) fn newest_entry(item: &Item) -> Option<Timestamp> {
    let entries = item.contains_key("entries");
    let entries = entries.then(|| parse::<Vec<Entry>>("replica", item, "entries").ok());
    entries.flatten().and_then(|all| all.iter().map(|entry| entry.at).max())
}

/// Returns true if DynamoDB may delete the item ("Time to Live" in Amazon's guide).
fn has_expired(item: &HashMap<String, AttributeValue>, now: Timestamp) -> bool {
    let ends = item.get("ttl").and_then(|ttl| ttl.as_n().ok()?.parse::<i64>().ok());
    ends.is_some_and(|ends| ends <= now.unix())
}
