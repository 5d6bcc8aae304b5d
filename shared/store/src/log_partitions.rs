//! The number of partitions of a portal's log: an item of its own, so that no sign-in reads it.

use portcullis_domain::{PortalId, WriteId, portal::LogPartitions};

use crate::{Record, Replacement, Store, StoreError, Versioned, WriteOutcome, key, system::read};

const KIND: &str = "partitions of the log";

/// The partitions of a portal's log, as the key of a change.
#[derive(Clone, Copy, Debug)]
pub struct LogPartitionsRecord<'a>(pub &'a PortalId);

impl Record for LogPartitionsRecord<'_> {
    type Snapshot = Option<Versioned<LogPartitions>>;
    type Change = Replacement<LogPartitions>;

    async fn read(&self, store: &Store) -> Result<Self::Snapshot, StoreError> {
        store.document(KIND, key::alone(key::log_partitions(self.0))).await
    }

    async fn write(
        &self,
        store: &Store,
        before: &Self::Snapshot,
        change: Self::Change,
        write: WriteId,
    ) -> Result<WriteOutcome<Self::Snapshot>, StoreError> {
        let key = key::alone(key::log_partitions(self.0));
        store.replace_document(KIND, key, before.as_ref(), change, write).await
    }
}

impl Store {
    pub async fn log_partitions(&self, portal: &PortalId) -> Result<LogPartitions, StoreError> {
        let stored = LogPartitionsRecord(portal).read(self).await?;
        Ok(stored.map(|stored| stored.value).unwrap_or_default())
    }

    /// Reads the partitions of some portals' logs, in the order of the portals, at most 100.
    pub async fn log_partitions_of(
        &self,
        portals: &[PortalId],
    ) -> Result<Vec<LogPartitions>, StoreError> {
        if portals.is_empty() {
            return Ok(vec![]);
        }
        let pks: Vec<String> = portals.iter().map(key::log_partitions).collect();
        let items = self.batch(pks.iter().map(key::alone).collect()).await?;
        let partitions = |pk| match items.get(pk) {
            Some(item) => Ok(read(KIND, item)?.value),
            None => Ok(LogPartitions::default()),
        };
        pks.iter().map(partitions).collect()
    }
}
