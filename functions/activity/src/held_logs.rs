//! The facts about portals' logs that a process keeps for a while: neither a line nor a turn of the
//! schedule costs a read for them.

use portcullis_app::AppContext;
use portcullis_domain::{PortalId, Timestamp, portal::LogPartitions};
use portcullis_store::{LogPlan, StoreError};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Portals whose plans a process holds. With more, it begins anew.
const HELD: usize = 10_000;

#[derive(Clone, Default)]
pub struct HeldLogs(Arc<Mutex<Facts>>);

#[derive(Default)]
struct Facts {
    plans: HashMap<PortalId, (LogPlan, Timestamp)>,
    /// The last day on which no day of any portal was left to count.
    counted_on: Option<i64>,
}

impl HeldLogs {
    /// The facts of a process that has just read the plan of one portal.
    #[must_use]
    pub fn holding(portal: PortalId, plan: LogPlan, now: Timestamp) -> Self {
        let plans = HashMap::from([(portal, (plan, now))]);
        Self(Arc::new(Mutex::new(Facts { plans, counted_on: None })))
    }

    /// Returns the plan of a portal's log, read at most [`LogPartitions::HELD_SECONDS`] ago.
    pub(crate) async fn plan(
        &self,
        context: &AppContext,
        portal: &PortalId,
    ) -> Result<LogPlan, StoreError> {
        let now = context.now();
        let held = self.with(|facts| facts.plans.get(portal).copied());
        let is_fresh = |read_at| (0..LogPartitions::HELD_SECONDS).contains(&now.since(read_at));
        if let Some((plan, _)) = held.filter(|(_, read_at)| is_fresh(*read_at)) {
            return Ok(plan);
        }
        let plan = context.store().log_plan(portal).await?;
        self.with(|facts| {
            if facts.plans.len() >= HELD {
                facts.plans.clear();
            }
            facts.plans.insert(portal.clone(), (plan, now));
        });
        Ok(plan)
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
