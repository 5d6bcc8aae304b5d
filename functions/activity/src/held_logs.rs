//! The facts about portals' logs that a process keeps for a while: neither a line nor a turn of the
//! schedule costs a read for them.

use portcullis_app::AppContext;
use portcullis_domain::{PortalId, Timestamp, portal::LogPartitions};
use portcullis_store::StoreError;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Portals whose partitions a process holds. With more, it begins anew.
const HELD: usize = 10_000;

#[derive(Clone, Default)]
pub struct HeldLogs(Arc<Mutex<Facts>>);

#[derive(Default)]
struct Facts {
    partitions: HashMap<PortalId, (LogPartitions, Timestamp)>,
    /// The last day on which no day of any portal was left to count.
    counted_on: Option<i64>,
}

impl HeldLogs {
    /// The facts of a process that has just read the partitions of one portal.
    #[must_use]
    pub fn holding(portal: PortalId, partitions: LogPartitions, now: Timestamp) -> Self {
        let partitions = HashMap::from([(portal, (partitions, now))]);
        Self(Arc::new(Mutex::new(Facts { partitions, counted_on: None })))
    }

    /// Returns the partitions of a portal's log, read at most [`LogPartitions::HELD_SECONDS`] ago.
    pub(crate) async fn partitions(
        &self,
        context: &AppContext,
        portal: &PortalId,
    ) -> Result<LogPartitions, StoreError> {
        let now = context.now();
        let held = self.with(|facts| facts.partitions.get(portal).copied());
        let is_fresh = |read_at| (0..LogPartitions::HELD_SECONDS).contains(&now.since(read_at));
        if let Some((partitions, _)) = held.filter(|(_, read_at)| is_fresh(*read_at)) {
            return Ok(partitions);
        }
        let partitions = context.store().log_partitions(portal).await?;
        self.with(|facts| {
            if facts.partitions.len() >= HELD {
                facts.partitions.clear();
            }
            facts.partitions.insert(portal.clone(), (partitions, now));
        });
        Ok(partitions)
    }

    /// Returns true if everything that is due on this day was counted.
    pub(crate) fn is_counted_on(&self, day: i64) -> bool {
        self.with(|facts| facts.counted_on == Some(day))
    }

    pub(crate) fn note_counted_on(&self, day: i64) {
        self.with(|facts| facts.counted_on = Some(day));
    }

    fn with<T>(&self, act: impl FnOnce(&mut Facts) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
