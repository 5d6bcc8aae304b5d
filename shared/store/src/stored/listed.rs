//! Entries of the lists of users and of portals: the projections of their items. What stands here
//! stands nowhere else in the item.

use portcullis_domain::{
    Country, Day, Malformed, Masked, MfaState, OrganisationId, Timestamp, UserId,
    decision::BoundPasskey, passkey::RpIdMark, portal::Audience,
};
use serde::{Deserialize, Serialize};

use super::{
    Stored, bound,
    grace::StoredGraceState,
    members::members,
    number::{Number, Numbered},
    policy::StoredPolicy,
    value::{Moment, Text},
};
use crate::{Listed, ListedPortal};

members! {
    pub(crate) struct StoredListed {
        "i" id: Option<Text<UserId>>,
        "o" organisation: Option<Text<OrganisationId>>,
        "n" name: Option<Text<Masked>>,
        /// The number of each kind, and the portal's generation.
        "b" bound: Vec<(u16, u32)>,
        "k" passkeys: Vec<StoredBoundPasskey>,
        "s" skipped: Option<u32>,
        "e" email_default: Option<u32>,
        "x" replaced: bool,
        "v" verified_email: bool,
        "p" phone: Option<Text<Country>>,
        "r" reset: bool,
        "d" disabled: bool,
        "f" frozen: bool,
        "l" link_forced: bool,
        "g" grace: Option<StoredGraceState>,
        /// The number of the UTC day.
        "w" last_in: Option<i64>,
        "m" reminded: Option<Moment>,
    }
}

/// The portal's generation, the mark of the RP id, and 1 if copies can lie on other devices.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredBoundPasskey(u32, u32, u8);

impl From<&BoundPasskey> for StoredBoundPasskey {
    fn from(BoundPasskey { generation, domain, is_synced }: &BoundPasskey) -> Self {
        Self(*generation, domain.number(), u8::from(*is_synced))
    }
}

impl From<StoredBoundPasskey> for BoundPasskey {
    fn from(StoredBoundPasskey(generation, mark, synced): StoredBoundPasskey) -> Self {
        Self { generation, domain: RpIdMark::from_number(mark), is_synced: synced != 0 }
    }
}

impl Stored for Listed {
    type Form = StoredListed;
}

impl From<&Listed> for StoredListed {
    fn from(Listed { id, organisation, name, mfa_state }: &Listed) -> Self {
        let MfaState {
            bound,
            unknown_bound,
            passkeys,
            skipped,
            email_default,
            replaced,
            verified_email,
            phone,
            reset,
            disabled,
            frozen,
            link_forced,
            recovery: _,
            grace,
            last_in,
            reminded,
        } = mfa_state;
        let known = bound.iter().map(|(method, generation)| (method.number(), *generation));
        Self {
            id: Some(Text(id.clone())),
            organisation: organisation.clone().map(Text),
            name: name.clone().map(Text),
            bound: known.chain(unknown_bound.iter().copied()).collect(),
            passkeys: passkeys.iter().map(StoredBoundPasskey::from).collect(),
            skipped: *skipped,
            email_default: *email_default,
            replaced: *replaced,
            verified_email: *verified_email,
            phone: phone.map(Text),
            reset: *reset,
            disabled: *disabled,
            frozen: *frozen,
            link_forced: *link_forced,
            grace: StoredGraceState::of(*grace),
            last_in: last_in.map(Day::number),
            reminded: reminded.map(Moment::from),
            unknown: Default::default(),
        }
    }
}

impl StoredListed {
    /// Returns the kinds of what is bound, in the order of the list.
    pub(super) fn kinds(&self) -> Vec<(u16, u32)> {
        self.bound.clone()
    }

    /// Reads the state that decides.
    fn mfa_state(self) -> MfaState {
        let mut state = MfaState {
            passkeys: self.passkeys.into_iter().map(BoundPasskey::from).collect(),
            skipped: self.skipped,
            email_default: self.email_default,
            replaced: self.replaced,
            verified_email: self.verified_email,
            phone: self.phone.map(Text::value),
            reset: self.reset,
            disabled: self.disabled,
            frozen: self.frozen,
            link_forced: self.link_forced,
            grace: StoredGraceState::state(self.grace),
            last_in: self.last_in.and_then(|day| Day::from_number(day).ok()),
            reminded: self.reminded.map(Timestamp::from),
            ..MfaState::default()
        };
        for (kind, generation) in self.bound {
            match bound::method(kind) {
                Some(method) => state.bound.push((method, generation)),
                None => state.unknown_bound.push((kind, generation)),
            }
        }
        state
    }
}

impl TryFrom<StoredListed> for Listed {
    type Error = Malformed;

    fn try_from(stored: StoredListed) -> Result<Self, Malformed> {
        let id = stored.id.clone().ok_or(Malformed { what: "the user", why: "has no id" })?;
        Ok(Self {
            id: id.value(),
            organisation: stored.organisation.clone().map(Text::value),
            name: stored.name.clone().map(Text::value),
            mfa_state: stored.mfa_state(),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct StoredListedPortal {
    #[serde(rename = "d")]
    description: String,
    #[serde(rename = "a")]
    audience: Number<Audience>,
    #[serde(rename = "p")]
    policy: StoredPolicy,
}

impl Stored for ListedPortal {
    type Form = StoredListedPortal;
}

impl From<&ListedPortal> for StoredListedPortal {
    fn from(ListedPortal { description, audience, policy }: &ListedPortal) -> Self {
        Self {
            description: description.clone(),
            audience: Number(*audience),
            policy: policy.into(),
        }
    }
}

impl TryFrom<StoredListedPortal> for ListedPortal {
    type Error = Malformed;

    fn try_from(stored: StoredListedPortal) -> Result<Self, Malformed> {
        Ok(Self {
            description: stored.description,
            audience: stored.audience.value(),
            policy: stored.policy.try_into()?,
        })
    }
}
