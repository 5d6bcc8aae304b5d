//! The moment at which Lambda ends the invocation that runs.

use portcullis_domain::Timestamp;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// The end of the invocation that runs, as Lambda gives it. An execution environment has one
/// invocation at a time, so one moment serves a process. Outside Lambda there is none, and time
/// never runs out.
#[derive(Clone, Debug)]
pub struct Deadline(Arc<AtomicI64>);

impl Default for Deadline {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(i64::MAX)))
    }
}

/// Nothing before the year 2001 is the end of an invocation, in milliseconds since the Unix epoch.
const EARLIEST: u64 = 1_000_000_000_000;

impl Deadline {
    /// Takes the end of a new invocation, in milliseconds since the Unix epoch. `cargo lambda
    /// watch` gives a duration instead; that is no moment, and sets no end.
    pub fn set(&self, milliseconds: u64) {
        let is_moment = milliseconds >= EARLIEST;
        let seconds = i64::try_from(milliseconds / 1_000).ok().filter(|_| is_moment);
        self.0.store(seconds.unwrap_or(i64::MAX), Ordering::Relaxed);
    }

    /// Returns true if at least so many seconds are left. Both moments are whole seconds, so one
    /// second is taken off.
    pub fn leaves(&self, seconds: u64, now: Timestamp) -> bool {
        let ends = Timestamp::from_unix(self.0.load(Ordering::Relaxed));
        u64::try_from(ends.since(now)).is_ok_and(|left| left.saturating_sub(1) >= seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_leaves_the_whole_seconds_before_it() {
        let (deadline, now) = (Deadline::default(), Timestamp::from_unix(1_800_000_000));
        assert!(deadline.leaves(1_000_000, now), "outside Lambda");
        deadline.set(600_000);
        assert!(deadline.leaves(1_000_000, now), "under cargo lambda watch");
        deadline.set(1_800_000_015_999);
        for (later, seconds, left) in
            [(0, 14, true), (0, 15, false), (14, 0, true), (16, 0, false), (1_000, 0, false)]
        {
            let now = now.plus(later);
            assert_eq!(deadline.leaves(seconds, now), left, "{seconds} s, {later} s later");
        }
    }
}
