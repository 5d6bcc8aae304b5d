//! The clock and the random source of a process: the one place where either is read. Everything
//! else is given them.

use portcullis_domain::Timestamp;
use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
/// Fills a buffer with random bytes, or says that it could not.
pub type Rng = Arc<dyn Fn(&mut [u8]) -> bool + Send + Sync>;

/// The system's clock.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn system_time() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

/// Measures how long something takes, for a metric: nothing is ever decided by it.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Returns the time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// Fills a buffer with the operating system's random bytes, and returns false if there are none.
#[expect(clippy::disallowed_methods, reason = "the one place that asks for random bytes")]
pub fn system_rng(bytes: &mut [u8]) -> bool {
    getrandom::fill(bytes).is_ok()
}
