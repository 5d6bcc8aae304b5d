//! Dry runs: the users for whom a change would change something, before it is saved.

use portcullis_domain::{dry_run::Consequence, portal::Profile};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{NewProfile, ProfileDocument, of_document};
use crate::wire::ConsequenceName;

/// Another profile of a portal, to see what saving it would change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileTrial {
    /// The profile, as it would be saved.
    #[serde(deserialize_with = "of_document::<NewProfile, _, _>")]
    #[schema(value_type = ProfileDocument)]
    pub profile: Profile,
    /// The point at which an earlier dry run of the same profile stopped.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// Another domain of passkeys, to see what saving it would change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasskeyDomainTrial {
    /// The domain, as it would be saved; if left out, the service's host.
    #[serde(default)]
    #[schema(example = "example.com")]
    pub passkey_domain: Option<String>,
    /// The point at which an earlier dry run of the same domain stopped.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// The dry run of a change: the users of a portal for whom it would change something.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct DryRunAnswer {
    /// The number of users counted in this call.
    pub users: usize,
    /// True if every user was counted. If not, continue with the cursor, and add up the answers.
    pub complete: bool,
    /// The point from which to continue.
    pub next_cursor: Option<String>,
    /// The number of users who would have to enrol.
    pub must_enrol: usize,
    /// The number of users who would no longer be asked.
    pub asked_no_more: usize,
    /// The number of users who would have no way in, unless they have kept recovery codes.
    pub no_way_in: usize,
    /// The number of users whose skip would end.
    pub skips_end: usize,
    /// The number of users who have a passkey that works, and would be offered nothing weaker any
    /// more.
    pub held_to_passkeys: usize,
    /// The number of users whose passkeys would all stop working.
    pub passkeys_stop: usize,
    /// The number of users who have no passkey, if the policy has them. That alone changes nothing
    /// for them.
    pub no_passkey: usize,
    /// The number of users who would have no authenticator at the end of the grace that the policy
    /// gives, if they did nothing until then. That alone changes nothing for them.
    pub nothing_set_up: usize,
    /// The number of those who signed in within the last seven days.
    pub nothing_set_up_active: usize,
    /// Up to 50 of the users for whom something would change.
    pub named: Vec<NamedUser>,
}

/// A user for whom something would change.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedUser {
    /// The user, masked.
    #[schema(example = "Anna*****")]
    pub user: String,
    /// The changes.
    pub consequences: Vec<ConsequenceName>,
}

impl DryRunAnswer {
    const NAMED: usize = 50;

    /// Counts a user, and names the user if it is one of the first for whom something changes.
    pub fn count(&mut self, user: impl FnOnce() -> String, consequences: Vec<Consequence>) {
        self.users += 1;
        for consequence in &consequences {
            match consequence {
                Consequence::NoWayIn => self.no_way_in += 1,
                Consequence::MustEnrol => self.must_enrol += 1,
                Consequence::AskedNoMore => self.asked_no_more += 1,
                Consequence::SkipEnds => self.skips_end += 1,
                Consequence::HeldToPasskeys => self.held_to_passkeys += 1,
                Consequence::PasskeysStop => self.passkeys_stop += 1,
                Consequence::NoPasskey => self.no_passkey += 1,
                Consequence::NothingSetUp => self.nothing_set_up += 1,
                Consequence::NothingSetUpAndActive => self.nothing_set_up_active += 1,
            }
        }
        let changes = consequences.iter().any(|consequence| consequence.is_change());
        if changes && self.named.len() < Self::NAMED {
            let consequences = consequences.into_iter().map(ConsequenceName::from).collect();
            self.named.push(NamedUser { user: user(), consequences });
        }
    }

    /// Returns true if there is something to say about the end of a grace.
    pub const fn concerns_grace(&self) -> bool {
        self.nothing_set_up > 0
    }

    /// Returns true if there is something to say about passkeys.
    pub const fn concerns_passkeys(&self) -> bool {
        self.held_to_passkeys + self.passkeys_stop + self.no_passkey > 0
    }

    /// Returns true if nobody would lose anything that gets them in.
    pub const fn spares_passkeys(&self) -> bool {
        self.complete && self.passkeys_stop == 0 && self.no_way_in == 0
    }
}

/// The dry run of another domain of passkeys, over the portals that have none of their own.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct PasskeyDomainAnswer {
    /// The number of users counted in this call, in all portals that it looked at.
    pub users: usize,
    /// True if every user of every portal was counted. If not, continue with the cursor, and add up
    /// the answers.
    pub complete: bool,
    /// The point from which to continue.
    pub next_cursor: Option<String>,
    /// The number of users whose passkeys would all stop working.
    pub passkeys_stop: usize,
    /// The number of those who would have no way in, unless they have kept recovery codes.
    pub no_way_in: usize,
    /// The portals where somebody's passkeys would stop working.
    pub portals: Vec<PortalPasskeys>,
}

/// The users of one portal, in the dry run of another domain of passkeys.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct PortalPasskeys {
    /// The portal's id.
    #[schema(example = "acme")]
    pub portal: String,
    /// The number of users whose passkeys would all stop working.
    pub passkeys_stop: usize,
    /// The number of those who would have no way in, unless they have kept recovery codes.
    pub no_way_in: usize,
}

impl PortalPasskeys {
    pub fn count(&mut self, consequences: &[Consequence]) {
        if consequences.contains(&Consequence::PasskeysStop) {
            self.passkeys_stop += 1;
            self.no_way_in += usize::from(consequences.contains(&Consequence::NoWayIn));
        }
    }
}

impl PasskeyDomainAnswer {
    /// Adds the users of a portal, or of a part of it.
    pub fn add(&mut self, users: usize, portal: PortalPasskeys) {
        self.users += users;
        self.passkeys_stop += portal.passkeys_stop;
        self.no_way_in += portal.no_way_in;
        if portal.passkeys_stop > 0 {
            self.portals.push(portal);
        }
    }

    /// Returns true if nobody would lose anything that gets them in.
    pub const fn spares_passkeys(&self) -> bool {
        self.complete && self.passkeys_stop == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_consequence_is_counted_and_only_changes_name_a_user() {
        let mut answer = DryRunAnswer::default();
        answer.count(|| "a".to_owned(), vec![Consequence::NoPasskey]);
        answer.count(|| "b".to_owned(), vec![Consequence::NoWayIn, Consequence::PasskeysStop]);
        answer.count(|| "c".to_owned(), vec![Consequence::HeldToPasskeys]);
        answer.count(|| "d".to_owned(), vec![]);
        assert_eq!((answer.users, answer.no_passkey, answer.no_way_in), (4, 1, 1));
        assert_eq!((answer.passkeys_stop, answer.held_to_passkeys), (1, 1));
        let named: Vec<_> = answer.named.iter().map(|named| named.user.as_str()).collect();
        assert_eq!(named, ["b", "c"]);
    }

    #[test]
    fn p4_a_portal_is_listed_if_passkeys_stop_there_and_no_other_user_is_left_out_of_the_numbers() {
        let mut answer = PasskeyDomainAnswer::default();
        let mut acme = PortalPasskeys { portal: "acme".to_owned(), ..PortalPasskeys::default() };
        acme.count(&[Consequence::NoWayIn, Consequence::PasskeysStop]);
        acme.count(&[Consequence::PasskeysStop]);
        acme.count(&[Consequence::NoPasskey]);
        answer.add(3, acme);
        answer.add(2, PortalPasskeys { portal: "plain".to_owned(), ..PortalPasskeys::default() });
        assert_eq!((answer.users, answer.passkeys_stop, answer.no_way_in), (5, 2, 1));
        let portals: Vec<_> = answer.portals.iter().map(|of| of.portal.as_str()).collect();
        assert_eq!(portals, ["acme"]);
    }
}
