//! The notices to one destination of one user: one item, which is in the index of users as long as
//! something in it is unsent, at the moment from which it is due. So what is due is found by one
//! query, and nothing has to be deleted.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{DestinationHash, Locator, PortalId, Timestamp, WriteId, user::Notices};

use crate::{
    Record, Store, StoreError, UserKey, Versioned, WriteOutcome,
    item::{Item, string},
    key::{self, Key},
    system::{document_item, version},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticesKey {
    pub user_key: UserKey,
    pub to: DestinationHash,
}

#[derive(Clone, Debug)]
pub struct NoticesChange {
    pub notices: Notices,
    pub until: Timestamp,
}

/// The partition key of the item.
impl std::fmt::Display for NoticesKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let UserKey { portal, locator } = &self.user_key;
        write!(f, "NOTICE#{portal}#{locator}#{}", self.to)
    }
}

impl NoticesKey {
    /// Reads the key of an item.
    fn of(item: &Item) -> Option<Self> {
        let [kind, portal, locator, to] =
            string(item, "pk")?.split('#').collect::<Vec<_>>().try_into().ok()?;
        let portal = PortalId::parse(portal).ok().filter(|_| kind == "NOTICE")?;
        let user_key = UserKey { portal, locator: Locator::parse(locator).ok()? };
        Some(Self { user_key, to: DestinationHash::parse(to).ok()? })
    }
}

/// The item of notices after a write.
pub(crate) fn notices_item(
    key: &NoticesKey,
    NoticesChange { notices, until }: &NoticesChange,
    write: WriteId,
) -> Result<Item, StoreError> {
    let mut item = document_item("notices", key::alone(key.to_string()), notices, write, None)?;
    item.insert("ttl".to_owned(), AttributeValue::N(until.unix().to_string()));
    if let Some(due) = notices.due() {
        item.insert("users_of".to_owned(), AttributeValue::S(key::UNSENT.to_owned()));
        item.insert("locator".to_owned(), AttributeValue::S(moment(due)));
    }
    Ok(item)
}

/// A moment, so that texts are in the order of time.
fn moment(at: Timestamp) -> String {
    format!("{:012}", at.unix())
}

impl Record for NoticesKey {
    type Snapshot = Option<Versioned<Notices>>;
    type Change = NoticesChange;

    async fn read(&self, store: &Store) -> Result<Self::Snapshot, StoreError> {
        store.document("notices", key::alone(self.to_string())).await
    }

    async fn write(
        &self,
        store: &Store,
        before: &Self::Snapshot,
        change: NoticesChange,
        write: WriteId,
    ) -> Result<WriteOutcome<Self::Snapshot>, StoreError> {
        let item = notices_item(self, &change, write)?;
        let outcome = store.put_if(item, version(before.as_ref()), write).await?;
        Ok(outcome.leaving(|| Some(Versioned::written(change.notices, write))))
    }
}

/// A place in the list of what is due, after which the next page begins.
#[derive(Clone, Debug)]
pub struct DuePlace(Key);

impl Store {
    /// Returns the notices that are due, those that wait longest first, and where the next page of
    /// them begins. The index is late by moments, so each has to be read again.
    pub async fn due_notices(
        &self,
        now: Timestamp,
        after: Option<DuePlace>,
    ) -> Result<(Vec<NoticesKey>, Option<DuePlace>), StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name("users")
            .key_condition_expression("users_of = :of AND #l <= :now")
            .expression_attribute_names("#l", "locator")
            .expression_attribute_values(":of", AttributeValue::S(key::UNSENT.to_owned()))
            .expression_attribute_values(":now", AttributeValue::S(moment(now)))
            .set_exclusive_start_key(after.map(|DuePlace(key)| key));
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        let damaged = || StoreError::Undecodable { kind: "notices", source: None };
        let keys = answer.items().iter().map(|item| NoticesKey::of(item).ok_or_else(damaged));
        let keys = keys.collect::<Result<_, _>>()?;
        Ok((keys, answer.last_evaluated_key.filter(|key| !key.is_empty()).map(DuePlace)))
    }
}
