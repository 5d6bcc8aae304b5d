//! The shares of portals as one process counts them. Nothing is read for them, and a call in a
//! batch is written.

use portcullis_domain::{
    Portal, PortalId, Timestamp,
    portal::{ShareCount, ShareKind, ShareMinute},
};
use portcullis_store::Store;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The counts of a process. There are as many as portals whose API keys were let in.
#[derive(Debug, Default)]
pub(crate) struct Shares(Mutex<HashMap<(PortalId, ShareKind), ShareCount>>);

impl Shares {
    fn counts(&self) -> MutexGuard<'_, HashMap<(PortalId, ShareKind), ShareCount>> {
        // A count is whole after every line that changes it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the end of this minute if the portal has used up its share of it.
    pub(crate) fn until(
        &self,
        portal: &PortalId,
        kind: ShareKind,
        now: Timestamp,
    ) -> Option<Timestamp> {
        self.counts().get(&(portal.clone(), kind))?.until(now)
    }

    /// Counts a call that was answered. A sum that cannot be written refuses nobody: a share guards
    /// other portals, and no account.
    pub(crate) async fn count(
        &self,
        store: &Store,
        portal: &Portal,
        kind: ShareKind,
        now: Timestamp,
    ) {
        let (id, share, minute) = (&portal.id, portal.share(), ShareMinute::of(now));
        let batch = self.counts().entry((id.clone(), kind)).or_default().answered(share);
        let Some(batch) = batch else { return };
        match store.add_to_share(id, kind, minute, batch).await {
            Ok(sum) => {
                let mut counts = self.counts();
                let count = counts.entry((id.clone(), kind)).or_default();
                if count.learn(sum, share, minute) {
                    let calls = kind.as_str();
                    tracing::warn!(portal = %id, calls, "a portal has used up its share");
                }
            }
            Err(error) => tracing::warn!(%error, "calls of a portal were not counted"),
        }
    }
}
