//! The activity log as it lies in the table.

use super::World;
use portcullis_domain::{PortalId, portal::LogPartitions};
use portcullis_store::{LogLine, LogPlace};

/// More lines than a test makes in a day.
const LINES: usize = 1_000;

impl World {
    /// Returns the lines of a portal's log of today, newest first.
    pub async fn log_of(&self, portal: &str) -> Vec<LogLine> {
        let (portal, place) = (PortalId::parse(portal).unwrap(), LogPlace::after(self.now()));
        let store = &self.running.store;
        let log = store.log_before(&portal, LogPartitions::default(), &place, LINES).await;
        log.unwrap().into_iter().map(|(_, line)| line).collect()
    }
}
