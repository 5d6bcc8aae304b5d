//! Replicas of the table in two Regions, for operators who move from one to the other. DynamoDB
//! copies each item by itself, so items of one transaction may arrive apart ("DynamoDB global table
//! design" in Amazon's guide).

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{PortalId, Timestamp, WriteId, user::Entry};
use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use crate::{
    AuditEntries, Store, StoreError, WriteOutcome,
    conditional_put::ConditionalPut,
    item::{Item, parse, string},
    key::{Copied, Key},
};

/// The attributes that the first copy of a document has, and no other.
const FIRST_ONLY: [&str; 4] = ["log_of", "about", "entries", "users_of"];

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

/// A document whose copies are not of one write.
#[derive(Clone, Debug)]
pub struct TornDocument {
    /// The partition key of its first copy.
    pub first: String,
    pub copies: usize,
    /// The copies that are of another write than the first, or missing.
    pub others: usize,
    items: Vec<(Key, Option<Item>)>,
}

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

    /// Finds the documents whose copies are not of one write: a transaction arrived in part.
    ///
    /// # Errors
    /// [`StoreError`] if the table does not answer.
    pub async fn torn_documents(
        &self,
        portals: &[PortalId],
    ) -> Result<Vec<TornDocument>, StoreError> {
        let mut torn = vec![];
        let copied = portals.iter().map(Copied::Portal);
        for document in std::iter::once(Copied::Settings).chain(copied) {
            let keys: Vec<Key> =
                std::iter::once(document.first()).chain(document.others()).collect();
            let mut found = self.batch(keys.clone()).await?;
            let items: Vec<(Key, Option<Item>)> = keys
                .into_iter()
                .map(|key| {
                    let item = string(&key, "pk").and_then(|pk| found.remove(pk));
                    (key, item)
                })
                .collect();
            torn.extend(TornDocument::of(items));
        }
        Ok(torn)
    }

    /// Makes all copies of a document those of its first one, which admins see. What reached only
    /// others is lost.
    ///
    /// # Errors
    /// [`StoreError`] if the table does not answer, or if there is no first copy.
    pub async fn mend(
        &self,
        torn: &TornDocument,
        entries: Option<&AuditEntries>,
        write: WriteId,
    ) -> Result<WriteOutcome, StoreError> {
        let damaged = StoreError::Undecodable { kind: "document in copies", source: None };
        let first = torn.items.first().and_then(|(_, item)| item.clone()).ok_or(damaged)?;
        let mut everywhere = first;
        let listed = everywhere.remove("users_of");
        for name in FIRST_ONLY {
            everywhere.remove(name);
        }
        everywhere.insert("write".to_owned(), AttributeValue::S(write.to_string()));
        let mut puts = vec![];
        for (place, (key, before)) in torn.items.iter().enumerate() {
            let mut item: Item = everywhere.clone().into_iter().chain(key.clone()).collect();
            if place == 0 {
                item.extend(listed.clone().map(|listed| ("users_of".to_owned(), listed)));
                if let Some(entries) = entries {
                    entries.put_into(&mut item)?;
                }
            }
            let last = before.as_ref().and_then(|item| string(item, "write"));
            puts.push(ConditionalPut { item, last: last.map(String::as_str) });
        }
        self.put_all_if(puts, write).await
    }
}

impl TornDocument {
    /// Returns the document if its copies differ; none at all is a document that was never written.
    fn of(items: Vec<(Key, Option<Item>)>) -> Option<Self> {
        let write =
            |item: &Option<Item>| item.as_ref().and_then(|item| string(item, "write").cloned());
        let (key, first) = items.first()?;
        let (first, wanted) = (string(key, "pk")?.clone(), write(first));
        let others = items.iter().filter(|(_, item)| write(item) != wanted).count();
        (others > 0).then(|| Self { first, copies: items.len(), others, items })
    }

    /// Returns true if its first copy is there, from which the others can be mended.
    pub fn has_first(&self) -> bool {
        self.items.first().is_some_and(|(_, item)| item.is_some())
    }
}

impl ReplicaItem {
    fn of(item: &Item) -> Self {
        let part = |name| string(item, name).cloned().unwrap_or_default();
        let mut hasher = DefaultHasher::new();
        let in_order: BTreeMap<_, _> = item.iter().collect();
        format!("{in_order:?}").hash(&mut hasher);
        let entries = item.contains_key("entries");
        let entries = entries.then(|| parse::<Vec<Entry>>("replica", item, "entries").ok());
        let newest = entries.flatten().and_then(|all| all.iter().map(|entry| entry.at).max());
        Self { key: (part("pk"), part("sk")), digest: hasher.finish(), newest }
    }

    /// Returns the portal whose first copy this is.
    pub fn portal(&self) -> Option<PortalId> {
        let id = self.key.0.strip_prefix("PORTAL#")?.strip_suffix("#0")?;
        PortalId::parse(id).ok()
    }
}

/// Returns true if DynamoDB may delete the item ("Time to Live" in Amazon's guide).
fn has_expired(item: &HashMap<String, AttributeValue>, now: Timestamp) -> bool {
    let ends = item.get("ttl").and_then(|ttl| ttl.as_n().ok()?.parse::<i64>().ok());
    ends.is_some_and(|ends| ends <= now.unix())
}
