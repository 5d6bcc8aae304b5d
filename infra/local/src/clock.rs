//! A clock that can be moved: waiting for a code to expire takes no waiting.

use portcullis_api::Clock;
use portcullis_domain::Timestamp;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::SystemTime,
};

/// The time of day, and how far it was moved.
#[derive(Clone, Debug, Default)]
pub struct LocalClock {
    moved: Arc<AtomicI64>,
}

impl LocalClock {
    /// The moment, as moved.
    #[expect(
        clippy::disallowed_methods,
        reason = "the local stand-in for what main.rs does in the functions"
    )]
    pub fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let now = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        Timestamp::from_unix(now).plus(self.moved.load(Ordering::Relaxed))
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
