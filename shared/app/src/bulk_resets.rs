//! Changes of the bulk reset of a portal.

use portcullis_domain::{PortalId, RandomBytes, Refusal, decision::BulkReset, user::Entry};
use portcullis_store::{AuditEntries, BulkResetRecord, Record as _, Replacement, Versioned};

use crate::{
    AppContext, CommandError,
    update::{Stopped, Update},
};

impl AppContext {
    /// Reads the last bulk reset of a portal, if there ever was one.
    pub async fn bulk_reset(&self, portal: &PortalId) -> Result<Option<BulkReset>, CommandError> {
        let stored = BulkResetRecord(portal).read(self.store()).await?;
        Ok(stored.map(|stored| stored.value))
    }

    /// Changes the bulk reset of a portal, unless `change` returns no entry.
    pub async fn change_bulk_reset(
        &self,
        portal: &PortalId,
        change: impl Fn(Option<BulkReset>) -> Result<(BulkReset, Option<Entry>), Refusal>,
    ) -> Result<BulkReset, CommandError> {
        let decide = |stored: &Option<Versioned<BulkReset>>, _: &RandomBytes| {
            let (after, entry) = change(stored.clone().map(|stored| stored.value))?;
            let change = entry.map(|entry| {
                let entries = Some(AuditEntries::of(portal, entry));
                Replacement { value: after.clone(), entries }
            });
            Ok(Update { change, answer: after })
        };
        let done = self.update(&BulkResetRecord(portal), None, decide).await;
        done.map(|(after, _)| after).map_err(Stopped::for_admin)
    }
}
