//! The share of a portal: the calls that it may make within a minute, so that one portal's load
//! takes nothing from the others.
//!
//! Each process keeps a [`ShareCount`] of its own and adds to the sum in the table in batches, so
//! that a call costs a fraction of a write, and no read. infra/docs/decisions/shares.md has the
//! arithmetic.

use crate::{Malformed, Timestamp, limits};

/// The calls of each kind that a portal may make within a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share(u32);

impl Default for Share {
    fn default() -> Self {
        Self(limits::SHARE_PER_MINUTE)
    }
}

impl Share {
    /// Reads a share, in calls a minute.
    ///
    /// # Errors
    /// [`Malformed`] for none at all, and for more than every portal together may make.
    pub fn parse(per_minute: u32) -> Result<Self, Malformed> {
        if (1..=limits::SHARE_MOST_PER_MINUTE).contains(&per_minute) {
            Ok(Self(per_minute))
        } else {
            Err(Malformed::new("per_minute", "must be 1 to 60000, or null for the usual share"))
        }
    }

    pub const fn per_minute(self) -> u32 {
        self.0
    }

    /// Returns the calls after which a process adds them to the sum.
    pub const fn batch(self) -> u32 {
        self.0.div_ceil(limits::SHARE_BATCHES)
    }
}

/// The kinds of calls that are counted, each against the whole share, so that an import of contacts
/// keeps nobody from signing in, and strangers keep nobody out who got in before. Calls on a
/// sign-in that has begun are not counted: its opening was, and its own limits bound them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ShareKind {
    /// Openings in browsers that nobody knows.
    SignIns,
    /// Openings in browsers in which their users got in before.
    KnownBrowsers,
    /// Calls about a user.
    Users,
}

impl ShareKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIns => "sign-ins",
            Self::KnownBrowsers => "known-browsers",
            Self::Users => "users",
        }
    }
}

/// A minute of the clock, in which calls are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareMinute(i64);

impl ShareMinute {
    pub fn of(now: Timestamp) -> Self {
        Self(now.unix().div_euclid(limits::SHARE_SECONDS))
    }

    /// The number of minutes since the beginning of Unix time.
    pub const fn number(self) -> i64 {
        self.0
    }

    pub fn ends_at(self) -> Timestamp {
        Timestamp::from_unix(self.0.saturating_add(1).saturating_mul(limits::SHARE_SECONDS))
    }
}

/// The knowledge that one process has of the calls of one portal.
#[derive(Clone, Copy, Debug, Default)]
pub struct ShareCount {
    /// Calls that are not in the sum yet. They are carried from one minute into the next: a process
    /// with few calls a minute would add none otherwise.
    waiting: u32,
    /// The minute whose share is used up.
    used_up: Option<ShareMinute>,
}

impl ShareCount {
    /// Returns the end of this minute if the portal has used up its share.
    pub fn until(&self, now: Timestamp) -> Option<Timestamp> {
        let minute = ShareMinute::of(now);
        (self.used_up == Some(minute)).then(|| minute.ends_at())
    }

    /// Takes down a call that was answered. Returns the calls to add to the sum, if there are
    /// enough of them.
    #[must_use]
    pub fn answered(&mut self, share: Share) -> Option<u32> {
        self.waiting = self.waiting.saturating_add(1);
        (self.waiting >= share.batch()).then(|| std::mem::take(&mut self.waiting))
    }

    /// Takes down the sum of a minute. Returns true if it is news that the share is used up.
    pub fn learn(&mut self, sum: u32, share: Share, minute: ShareMinute) -> bool {
        if sum < share.per_minute() || self.used_up == Some(minute) {
            return false;
        }
        self.used_up = Some(minute);
        true
    }
}
