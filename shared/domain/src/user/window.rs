use crate::{Bucket, Buckets, Timestamp, limits};

/// A count of events within the hour that began with the first one.
pub type HourCount = WindowCount<{ limits::HOUR_SECONDS }>;
/// A count of events within the day that began with the first one.
pub type DayCount = WindowCount<{ limits::DAY_SECONDS }>;

/// A count of events within the seconds that began with the first one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WindowCount<const SECONDS: i64> {
    start: Option<Timestamp>,
    count: u16,
}

impl<const SECONDS: i64> WindowCount<SECONDS> {
    pub const fn from_start(start: Option<Timestamp>, count: u16) -> Self {
        Self { start, count }
    }

    pub const fn since_start(&self) -> (Option<Timestamp>, u16) {
        (self.start, self.count)
    }

    /// Returns the count in the current window.
    pub fn count(&self, now: Timestamp) -> u16 {
        if self.seconds_left(now) > 0 { self.count } else { 0 }
    }

    /// Seconds until the window is over.
    pub fn seconds_left(&self, now: Timestamp) -> i64 {
        self.start.map_or(0, |start| (SECONDS - now.since(start)).max(0))
    }

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

impl<const SECONDS: i64> Buckets<WindowCount<SECONDS>> {
    /// Forgets the counts of windows that are over.
    pub fn tidy(&mut self, now: Timestamp) {
        for bucket in [Bucket::Known, Bucket::Strangers] {
            if self.of(bucket).seconds_left(now) == 0 {
                *self.of_mut(bucket) = WindowCount::default();
            }
        }
    }

    /// Returns the bucket that has room for one more within the window: a known browser has its
    /// own, and shares that of strangers once it is used up.
    ///
    /// # Errors
    /// The moment there is room again.
    pub fn with_room(
        &self,
        bucket: Bucket,
        limits: Buckets<u16>,
        now: Timestamp,
    ) -> Result<Bucket, Timestamp> {
        let buckets: &[Bucket] = match bucket {
            Bucket::Known => &[Bucket::Known, Bucket::Strangers],
            Bucket::Strangers => &[Bucket::Strangers],
        };
        let has_room = |bucket: &&Bucket| self.of(**bucket).count(now) < *limits.of(**bucket);
        let wait = || buckets.iter().map(|bucket| self.of(*bucket).seconds_left(now)).min();
        buckets.iter().find(has_room).copied().ok_or_else(|| now.plus(wait().unwrap_or(0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_browser_has_its_own_room_and_then_that_of_strangers_and_never_the_other_way() {
        let now = Timestamp::from_unix(1_800_000_000);
        let limits = Buckets { known: 1, strangers: 2 };
        let mut counts = Buckets::<HourCount>::default();
        let charge = |counts: &mut Buckets<HourCount>, bucket, at: i64| {
            let charged = counts.with_room(bucket, limits, now.plus(at));
            charged.inspect(|bucket| counts.of_mut(*bucket).add(now.plus(at)))
        };
        assert_eq!(charge(&mut counts, Bucket::Strangers, 0), Ok(Bucket::Strangers));
        assert_eq!(charge(&mut counts, Bucket::Known, 10), Ok(Bucket::Known));
        assert_eq!(charge(&mut counts, Bucket::Known, 20), Ok(Bucket::Strangers));
        for bucket in [Bucket::Known, Bucket::Strangers] {
            assert_eq!(charge(&mut counts, bucket, 30), Err(now.plus(3_600)));
        }
        assert_eq!(charge(&mut counts, Bucket::Known, 3_605), Ok(Bucket::Strangers));
        let mut counts = Buckets::<HourCount>::default();
        (0..2).for_each(|_| counts.strangers.add(now));
        assert_eq!(charge(&mut counts, Bucket::Strangers, 1), Err(now.plus(3_600)));
        assert_eq!(charge(&mut counts, Bucket::Known, 1), Ok(Bucket::Known));
    }
}
