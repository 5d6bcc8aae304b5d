//! The tombstone of an erased user: counters and locks, so that erasing buys no guesses.

use super::{Failures, GraceState, HourCount, LinkOnly, User};
use crate::{Buckets, PortalId, Timestamp, UnknownMembers, UserId};

/// An erased user. It holds nothing personal, and goes by itself after
/// [`crate::limits::TOMBSTONE_SECONDS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// The portal; it must match the item's key.
    pub portal: PortalId,
    /// The user's epoch from then on: a known browser's token of before is void.
    pub epoch: u32,
    /// The moment the user was erased; sessions from before it are to end, whatever came before.
    pub erased_at: Timestamp,
    pub failures: Failures,
    /// Sign-ins opened in the hour before.
    pub opened: Buckets<HourCount>,
    /// Codes sent in the hour before.
    pub sent: Buckets<HourCount>,
    pub disabled_at: Option<Timestamp>,
    /// Erasing ends no freeze, nor what a freeze leaves until the next enrolment.
    pub frozen_at: Option<Timestamp>,
    pub link_forced: bool,
    /// Something was bound once: where the policy mails a link after a reset, one is needed again,
    /// and whoever enrolled before has had the time that newcomers get.
    pub was_guarded: bool,
    /// The use of the time that policies give to set something up: erasing gives none again.
    pub grace: GraceState,
    /// The members that only a newer release knows; they go to the user who comes again.
    pub unknown: UnknownMembers,
}

impl Tombstone {
    pub fn of(user: User, now: Timestamp) -> Self {
        let was_guarded = user.is_guarded();
        let epoch = user.epoch.saturating_add(1);
        let link_forced = user.link_only_to.is_some();
        let User { portal, failures, opened, sent, disabled_at, frozen_at, grace, .. } = user;
        let unknown = UnknownMembers::default();
        Self {
            portal,
            epoch,
            erased_at: now,
            failures,
            opened,
            sent,
            disabled_at,
            frozen_at,
            link_forced,
            was_guarded,
            grace,
            unknown,
        }
    }

    /// The same user again: only the counters and locks are known, and that enrolling is as after a
    /// reset if something was bound.
    pub fn revive(&self, id: UserId) -> User {
        User {
            epoch: self.epoch,
            failures: self.failures.clone(),
            opened: self.opened,
            sent: self.sent,
            disabled_at: self.disabled_at,
            frozen_at: self.frozen_at,
            link_only_to: self.link_forced.then_some(LinkOnly::Nowhere),
            sessions_not_before: Some(self.erased_at),
            grace: if self.was_guarded { GraceState::Over } else { self.grace },
            reset_at: self.was_guarded.then_some(self.erased_at),
            unknown: self.unknown.clone(),
            ..User::new(self.portal.clone(), id)
        }
    }
}
