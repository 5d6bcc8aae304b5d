//! A clock that can be moved: waiting for a code to expire takes no waiting.

use portcullis_api::{Clock, system_time};
use portcullis_domain::Timestamp;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// The time of day, and how far it was moved.
#[derive(Clone, Debug, Default)]
pub struct LocalClock {
    moved: Arc<AtomicI64>,
    stopped_at: Option<Timestamp>,
}

impl LocalClock {
    /// A clock that stands still unless it is moved, ten minutes into the current hour: a test says when time passes.
    pub fn stopped() -> Self {
        let now = system_time();
        Self { stopped_at: Some(now.plus(600 - now.unix().rem_euclid(3_600))), ..Self::default() }
    }

    /// A clock that stands still at a moment unless it is moved.
    pub fn stopped_at(moment: Timestamp) -> Self {
        Self { stopped_at: Some(moment), ..Self::default() }
    }

    /// The moment, as moved.
    pub fn now(&self) -> Timestamp {
        self.stopped_at.unwrap_or_else(system_time).plus(self.moved.load(Ordering::Relaxed))
    }

    /// Moves it by so many seconds.
    pub fn advance(&self, seconds: i64) {
        self.moved.fetch_add(seconds, Ordering::Relaxed);
    }

    /// The clock as functions take it.
    pub fn as_clock(&self) -> Clock {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }
}
