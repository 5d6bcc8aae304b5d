//! The grace of a user: the time to set something up after a policy began to require it.

use super::User;
use crate::{
    Day, Timestamp,
    policy::{Grace, Policy},
};

/// A user's use of the grace that policies give. It is one for all policies, so that no other
/// policy, no switching and no reset gives it again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GraceState {
    /// No sign-in has met one.
    #[default]
    NotBegun,
    Begun {
        /// The first sign-in that met it.
        since: Timestamp,
        /// The sign-ins in which the user skipped.
        sign_ins: u8,
    },
    /// The user set something up, or saved a default: nothing gives it back.
    Over,
}

/// The rest of a user's grace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraceLeft {
    /// The last day, in Coordinated Universal Time.
    Until(Day),
    /// The sign-ins in which the user may still skip, at least one.
    SignIns(u8),
}

impl GraceState {
    /// Returns the rest of the grace that a policy gives, unless it is over.
    pub fn left(self, grace: Grace, now: Timestamp) -> Option<GraceLeft> {
        let (since, used) = match self {
            Self::NotBegun => (now, 0),
            Self::Begun { since, sign_ins } => (since, sign_ins),
            Self::Over => return None,
        };
        let until = |last: Day| (Day::of(now) <= last).then_some(GraceLeft::Until(last));
        match grace {
            Grace::Until(last) => until(last),
            Grace::Days(days) => until(Day::of(since).plus(days.number())),
            Grace::SignIns(most) => {
                let left = most.number().saturating_sub(used);
                (left > 0).then_some(GraceLeft::SignIns(left))
            }
        }
    }

    /// Returns the state once a sign-in has met a grace.
    #[must_use]
    pub const fn met(self, now: Timestamp) -> Self {
        match self {
            Self::NotBegun => Self::Begun { since: now, sign_ins: 0 },
            Self::Begun { .. } | Self::Over => self,
        }
    }

    /// Returns the state after one more sign-in in which the user skipped.
    #[must_use]
    pub const fn used(self, now: Timestamp) -> Self {
        match self.met(now) {
            Self::Begun { since, sign_ins } => {
                Self::Begun { since, sign_ins: sign_ins.saturating_add(1) }
            }
            other @ (Self::NotBegun | Self::Over) => other,
        }
    }
}

impl User {
    /// Notes that a sign-in met the grace of a policy, if the policy gives one: its days begin.
    pub(crate) fn meet_grace(&mut self, policy: &Policy, now: Timestamp) {
        if policy.enforcement.grace().is_some() {
            self.grace = self.grace.met(now);
        }
    }
}
