//! The moment at which Lambda ends the invocation that runs.

use portcullis_domain::Timestamp;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// The end of the invocation that runs, as Lambda gives it. An execution environment has one invocation at a time, so one
/// moment serves a process. Outside Lambda there is none, and time never runs out.
#[derive(Clone, Debug)]
pub struct Deadline(Arc<AtomicI64>);

impl Default for Deadline {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(i64::MAX)))
    }
}

impl Deadline {
    /// Takes the end of a new invocation, in milliseconds since the Unix epoch.
    pub fn set(&self, milliseconds: u64) {
        let seconds = i64::try_from(milliseconds / 1_000).unwrap_or(i64::MAX);
        self.0.store(seconds, Ordering::Relaxed);
    }

    /// Returns whether at least so many seconds are left. Both moments are whole seconds, so one second is taken off.
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
        let (deadline, now) = (Deadline::default(), Timestamp::from_unix(1_000));
        assert!(deadline.leaves(1_000_000, now), "outside Lambda");
        deadline.set(1_015_999);
        for (moment, seconds, left) in [
            (1_000, 14, true),
            (1_000, 15, false),
            (1_014, 0, true),
            (1_016, 0, false),
            (2_000, 0, false),
        ] {
            let now = Timestamp::from_unix(moment);
            assert_eq!(deadline.leaves(seconds, now), left, "{seconds} s at {moment}");
        }
    }
}
