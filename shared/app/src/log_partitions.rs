//! Changes of the number of partitions of a portal's log.

use portcullis_domain::{
    PortalId,
    change::{Change, Values},
    portal::LogPartitions,
    user::{By, EntryKind},
};
use portcullis_store::{AuditEntries, LogPartitionsRecord, Replacement, Versioned};

use crate::{AppContext, CommandError};

impl AppContext {
    /// Raises the number of partitions of a portal's log, from the next day on.
    ///
    /// # Errors
    /// [`portcullis_domain::Malformed`] for a number that there is not, and for a smaller one.
    pub async fn raise_log_partitions(
        &self,
        portal: &PortalId,
        partitions: u8,
        by: &By,
    ) -> Result<LogPartitions, CommandError> {
        let decide = |stored: &Option<Versioned<LogPartitions>>| {
            let before = stored.as_ref().map(|stored| stored.value).unwrap_or_default();
            let now = self.now();
            let value = before.raised(partitions, now).map_err(portcullis_domain::Refusal::from)?;
            let values =
                Values { old: before.on(now.day()).to_string(), new: partitions.to_string() };
            let change = Change { field: "log_partitions".to_owned(), values: Some(values) };
            let entry = self.entry(EntryKind::PortalChanged, by).changing(vec![change]);
            let entries = (value != before).then(|| AuditEntries::of(portal, entry));
            Ok(Replacement { value, entries })
        };
        let after = self.update_by_admin(&LogPartitionsRecord(portal), None, decide).await?;
        Ok(after.map(|after| after.value).unwrap_or_default())
    }
}
