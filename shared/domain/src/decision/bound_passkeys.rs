//! The passkeys that a user has bound, as far as they decide: few bytes for the list of users.

use crate::values::named::named;
use crate::{
    Portal, User,
    passkey::{RelyingParty, RpIdMark},
    policy::SyncedPasskeys,
    user::Authenticator,
};

/// A kind of passkey that a user has bound, once or more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoundPasskey {
    /// The portal's generation at that moment.
    pub generation: u32,
    /// The mark of the domain, where alone it can be used.
    pub domain: RpIdMark,
    /// Copies of it can lie on other devices.
    pub is_synced: bool,
}

/// The use of a user's passkeys, under a policy and on a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyState {
    /// The user has none in this generation of the portal.
    NoPasskey,
    /// One at least can be used.
    Usable,
    /// Those of a domain in force can be copied, and the policy refuses that.
    SyncedRefused,
    /// All belong to domains that are not in force, or none is.
    OtherDomain,
}

impl BoundPasskey {
    /// Returns each kind that the user has bound once, in every generation.
    pub(super) fn of(user: &User) -> Vec<Self> {
        let bound = user.authenticators.iter();
        let mut all = vec![];
        for kind in bound.filter_map(Self::kind) {
            if !all.contains(&kind) {
                all.push(kind);
            }
        }
        all
    }

    fn kind(bound: &Authenticator) -> Option<Self> {
        let passkey = bound.passkey()?;
        Some(Self {
            generation: bound.generation,
            domain: RpIdMark::of(&passkey.rp_id),
            is_synced: passkey.backup.is_eligible(),
        })
    }
}

impl PasskeyState {
    /// Returns the use of passkeys in a generation of the portal, if these parties are in force. A
    /// policy that has passkeys no longer refuses no kind: an old one is taken to be replaced.
    pub(super) fn of(passkeys: &[BoundPasskey], portal: &Portal, parties: &[RelyingParty]) -> Self {
        let domains: Vec<_> = parties.iter().map(|party| RpIdMark::of(party.rp_id())).collect();
        let rules = portal.policy.passkeys().map(|passkeys| passkeys.rules);
        let refuses_synced = match rules.map(|rules| rules.synced) {
            Some(SyncedPasskeys::Refused) => true,
            Some(SyncedPasskeys::Allowed) | None => false,
        };
        let here = |passkey: &BoundPasskey| domains.contains(&passkey.domain);
        let bound = || passkeys.iter().filter(|of| of.generation == portal.generation);
        if bound().next().is_none() {
            Self::NoPasskey
        } else if bound().any(|of| here(of) && !(of.is_synced && refuses_synced)) {
            Self::Usable
        } else if bound().any(here) {
            Self::SyncedRefused
        } else {
            Self::OtherDomain
        }
    }

    /// Returns the use of one passkey; there is none if it is something else that is bound.
    pub fn of_bound(bound: &Authenticator, portal: &Portal, parties: &[RelyingParty]) -> Self {
        Self::of(BoundPasskey::kind(bound).as_slice(), portal, parties)
    }

    pub const fn is_usable(self) -> bool {
        match self {
            Self::Usable => true,
            Self::NoPasskey | Self::SyncedRefused | Self::OtherDomain => false,
        }
    }
}

named! {
    PasskeyState {
        NoPasskey: "none", Usable: "usable", SyncedRefused: "synced_refused",
        OtherDomain: "other_domain",
    }
}
