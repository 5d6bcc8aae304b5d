//! Admins, and the roster of operators that no change may empty.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{
    Locator, WriteId,
    admin::{Admin, Roster},
};

use crate::{
    AuditEntries, Record, Replacement, Store, StoreError, Versioned, WriteOutcome,
    conditional_put::ConditionalPut,
    item::json,
    key,
    system::{document_item, read, version},
};

/// The attribute of an admin's item with the roster that the same write made, for the journal.
pub(crate) const ROSTER_BESIDE: &str = "roster";

/// The most admins a list shows.
const LISTED: usize = 2_000;

/// An admin whose role stays, as the key of a change.
#[derive(Clone, Copy, Debug)]
pub struct AdminRecord(pub Locator);

impl Record for AdminRecord {
    type Snapshot = Option<Versioned<Admin>>;
    type Change = Replacement<Admin>;

    async fn read(&self, store: &Store) -> Result<Self::Snapshot, StoreError> {
        store.admin(self.0).await
    }

    async fn write(
        &self,
        store: &Store,
        before: &Self::Snapshot,
        change: Self::Change,
        write: WriteId,
    ) -> Result<WriteOutcome<Self::Snapshot>, StoreError> {
        store.replace_document("admin", key::admin(self.0), before.as_ref(), change, write).await
    }
}

/// An admin together with the roster of operators, as the key of a change. It is one transaction:
/// two operators who remove each other cannot both succeed.
#[derive(Clone, Copy, Debug)]
pub struct RosterRecord(pub Locator);

#[derive(Clone, Debug)]
pub struct RosterSnapshot {
    /// The admin, also one who was removed.
    pub admin: Option<Versioned<Admin>>,
    /// The operators, if there ever were any.
    pub roster: Option<Versioned<Roster>>,
}

#[derive(Clone, Debug)]
pub struct RosterChange {
    pub admin: Admin,
    pub roster: Roster,
    pub entries: AuditEntries,
}

impl Record for RosterRecord {
    type Snapshot = RosterSnapshot;
    type Change = RosterChange;

    async fn read(&self, store: &Store) -> Result<RosterSnapshot, StoreError> {
        Ok(RosterSnapshot { admin: store.admin(self.0).await?, roster: store.roster().await? })
    }

    async fn write(
        &self,
        store: &Store,
        before: &RosterSnapshot,
        RosterChange { admin, roster, entries }: RosterChange,
        write: WriteId,
    ) -> Result<WriteOutcome<RosterSnapshot>, StoreError> {
        let key = key::admin(self.0);
        let mut admin_item = document_item("admin", key, &admin, write, Some(&entries))?;
        // The roster's own item has no entries, so the stream's reader would not see it.
        admin_item.insert(ROSTER_BESIDE.to_owned(), json("roster", &roster)?);
        let key = key::alone(key::ROSTER);
        let roster_item = document_item("roster", key, &roster, write, None)?;
        let outcome = store
            .put_all_if(
                [
                    ConditionalPut { item: admin_item, last: version(before.admin.as_ref()) },
                    ConditionalPut { item: roster_item, last: version(before.roster.as_ref()) },
                ],
                write,
            )
            .await?;
        Ok(outcome.leaving(|| RosterSnapshot {
            admin: Some(Versioned::written(admin, write)),
            roster: Some(Versioned::written(roster, write)),
        }))
    }
}

impl Store {
    pub async fn admin(&self, locator: Locator) -> Result<Option<Versioned<Admin>>, StoreError> {
        self.document("admin", key::admin(locator)).await
    }

    /// Every admin, also those who were removed, in no order.
    pub async fn admins(&self) -> Result<Vec<Versioned<Admin>>, StoreError> {
        let (mut admins, mut start) = (vec![], None);
        loop {
            let query = self
                .client
                .query()
                .table_name(&self.table)
                .key_condition_expression("pk = :pk")
                .expression_attribute_values(":pk", AttributeValue::S(key::ADMINS.to_owned()))
                .consistent_read(true)
                .set_exclusive_start_key(start);
            let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
            for item in answer.items() {
                admins.push(read("admin", item)?);
            }
            start = answer.last_evaluated_key;
            if start.is_none() || admins.len() >= LISTED {
                return Ok(admins);
            }
        }
    }

    pub async fn roster(&self) -> Result<Option<Versioned<Roster>>, StoreError> {
        self.document("roster", key::alone(key::ROSTER)).await
    }
}
