//! The freeze: what a user's notices may carry, and what a freeze does.

use super::{By, Entry, EntryKind, User};
use crate::{
    Destination, DestinationHash, Policy, PortalKeys, Timestamp, limits, policy::SelfService,
};

/// The address that a link to enrol again may go to after a freeze.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkOnly {
    /// The address whose link froze the user, or one that an admin put into the contact record
    /// since.
    To(DestinationHash),
    /// None: the user was erased since. Only a bypass code helps.
    Nowhere,
}

/// The ground on which a notice carries a freeze link to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreezeGround {
    /// The user's epoch after the change.
    pub epoch: u32,
    /// The change took this very address away, so that nothing knows it any more.
    pub dropped: bool,
}

impl Policy {
    /// Returns true if notices carry a freeze link: the portal lets users look after themselves.
    pub const fn has_freeze_links(&self) -> bool {
        match self.self_service {
            SelfService::WithProof => true,
            SelfService::Off => false,
        }
    }
}

impl User {
    /// Returns the ground on which the notice of an entry carries a freeze link to a destination.
    ///
    /// It does if the entry changes who can get in, and the address was verified for a day before.
    /// An address that an admin took away carries none: whoever reads it may be the one whom the
    /// admin shut out. Nor does the notice of an erasure, which leaves nobody to freeze.
    pub fn freeze_ground(
        entry: &Entry,
        before: Option<&Self>,
        after: Option<&Self>,
        to: &Destination,
    ) -> Option<FreezeGround> {
        if !entry.kind.changes_who_gets_in() || entry.kind == EntryKind::Frozen {
            return None;
        }
        let (before, after) = (before?, after.filter(|after| after.frozen_at.is_none())?);
        if !before.has_known_for_a_day(to, entry.at) {
            return None;
        }
        let dropped = !after.knows_address(to);
        let by_admin = match entry.by {
            Some(By::Portal(_) | By::PortalAdmin | By::Admin(_) | By::SetUp | By::Ops(_)) => true,
            None => false,
        };
        (!(dropped && by_admin)).then_some(FreezeGround { epoch: after.epoch, dropped })
    }

    /// Returns true for an address that has been verified, or bound, for a day at least.
    fn has_known_for_a_day(&self, to: &Destination, at: Timestamp) -> bool {
        let is_old = |since: Timestamp| at.since(since) >= limits::FREEZE_ADDRESS_SECONDS;
        let Destination::Email(address) = to else { return false };
        let verified = self.contact.verified_email().is_some_and(|known| known.is_same(address))
            && self.new_address_at.is_none_or(is_old);
        let bound = self.authenticators.iter().any(|bound| {
            is_old(bound.bound_at) && bound.destination().is_some_and(|bound| bound.is_same(to))
        });
        verified || bound
    }

    fn knows_address(&self, to: &Destination) -> bool {
        self.known_destinations().iter().any(|known| known.is_same(to))
    }

    /// Returns the address of this hash, if it is one of the user's now.
    pub fn known_address(&self, keys: &dyn PortalKeys, of: DestinationHash) -> Option<Destination> {
        let is_email = |to: &Destination| match to {
            Destination::Email(_) => true,
            Destination::Sms(_) => false,
        };
        let mut known = self.known_destinations().into_iter();
        known.find(|to| is_email(to) && keys.destination_hash(to) == of)
    }

    /// Freezes the user: everything that was issued before is void, and nothing works until a
    /// reset. What is bound stays until then, and so does every count.
    pub fn freeze(&mut self, by: DestinationHash, now: Timestamp) {
        self.epoch = self.epoch.saturating_add(1);
        self.frozen_at = Some(now);
        // An earlier freeze of which nothing was enrolled since goes on: whoever got an address of
        // their own in between does not turn its link away.
        self.link_only_to.get_or_insert(LinkOnly::To(by));
        self.sessions_not_before = Some(now);
        self.sign_ins.clear();
        self.ticket = None;
        self.bypass = None;
        self.end_trust();
    }
}
