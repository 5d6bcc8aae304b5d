//! Counting within an hour.

use crate::{Timestamp, limits};

/// How often something happened within the hour that began with its first time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HourCount {
    start: Option<Timestamp>,
    count: u16,
}

impl HourCount {
    /// Takes a count with the moment of its first time, if there was one.
    pub const fn from_start(start: Option<Timestamp>, count: u16) -> Self {
        Self { start, count }
    }

    /// Returns the moment of the first time, with how often it happened since.
    pub const fn since_start(&self) -> (Option<Timestamp>, u16) {
        (self.start, self.count)
    }

    /// How often within the current hour.
    pub fn count(&self, now: Timestamp) -> u16 {
        if self.seconds_left(now) > 0 { self.count } else { 0 }
    }

    /// Seconds until the hour is over.
    pub fn seconds_left(&self, now: Timestamp) -> i64 {
        self.start.map_or(0, |start| (limits::HOUR_SECONDS - now.since(start)).max(0))
    }

    /// Counts once more.
    pub fn add(&mut self, now: Timestamp) {
        if self.seconds_left(now) == 0 {
            *self = Self { start: Some(now), count: 0 };
        }
        self.count = self.count.saturating_add(1);
    }

    /// Takes one back, because what was counted did not happen.
    pub fn give_back(&mut self) {
        self.count = self.count.saturating_sub(1);
    }
}
