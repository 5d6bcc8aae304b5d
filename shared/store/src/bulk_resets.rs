//! The bulk reset of a portal: an item of its own, which only admins read.

use portcullis_domain::{PortalId, WriteId, decision::BulkReset};

use crate::{Record, Replacement, Store, StoreError, Versioned, WriteOutcome, key};

const KIND: &str = "bulk reset";

/// The bulk reset of a portal, as the key of a change.
#[derive(Clone, Copy, Debug)]
pub struct BulkResetRecord<'a>(pub &'a PortalId);

impl Record for BulkResetRecord<'_> {
    type Snapshot = Option<Versioned<BulkReset>>;
    type Change = Replacement<BulkReset>;

    async fn read(&self, store: &Store) -> Result<Self::Snapshot, StoreError> {
        store.document(KIND, key::alone(key::bulk_reset(self.0))).await
    }

    async fn write(
        &self,
        store: &Store,
        before: &Self::Snapshot,
        change: Self::Change,
        write: WriteId,
    ) -> Result<WriteOutcome<Self::Snapshot>, StoreError> {
        let key = key::alone(key::bulk_reset(self.0));
        store.replace_document(KIND, key, before.as_ref(), change, write).await
    }
}
