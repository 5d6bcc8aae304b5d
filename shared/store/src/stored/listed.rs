//! What the lists of users and of portals show.

use portcullis_domain::{
    Country, Malformed, Masked, Method, MfaState, OrganisationId, UserId, policy::Issuer,
    portal::Audience,
};
use serde::{Deserialize, Serialize};

use super::{
    Stored, is_default,
    policy::StoredPolicy,
    value::{Name, Text},
};
use crate::{Listed, ListedPortal};

#[derive(Serialize, Deserialize)]
pub(crate) struct StoredListed {
    #[serde(rename = "i")]
    id: Text<UserId>,
    #[serde(rename = "o", default, skip_serializing_if = "is_default")]
    organisation: Option<Text<OrganisationId>>,
    #[serde(rename = "n", default, skip_serializing_if = "is_default")]
    name: Option<Text<Masked>>,
    #[serde(rename = "p")]
    mfa_state: StoredPosture,
}

impl Stored for Listed {
    type Form = StoredListed;
}

impl From<&Listed> for StoredListed {
    fn from(Listed { id, organisation, name, mfa_state }: &Listed) -> Self {
        Self {
            id: Text(id.clone()),
            organisation: organisation.clone().map(Text),
            name: name.clone().map(Text),
            mfa_state: mfa_state.into(),
        }
    }
}

impl TryFrom<StoredListed> for Listed {
    type Error = Malformed;

    fn try_from(stored: StoredListed) -> Result<Self, Malformed> {
        Ok(Self {
            id: stored.id.value(),
            organisation: stored.organisation.map(Text::value),
            name: stored.name.map(Text::value),
            mfa_state: stored.mfa_state.into(),
        })
    }
}

#[derive(Serialize, Deserialize)]
struct StoredPosture {
    #[serde(rename = "b", default, skip_serializing_if = "is_default")]
    bound: Vec<(Name<Method>, u32)>,
    #[serde(rename = "s", default, skip_serializing_if = "is_default")]
    skipped: Option<u32>,
    #[serde(rename = "e", default, skip_serializing_if = "is_default")]
    email_default: Option<u32>,
    #[serde(rename = "x", default, skip_serializing_if = "is_default")]
    replaced: bool,
    #[serde(rename = "v", default, skip_serializing_if = "is_default")]
    verified_email: bool,
    #[serde(rename = "p", default, skip_serializing_if = "is_default")]
    phone: Option<Text<Country>>,
    #[serde(rename = "r", default, skip_serializing_if = "is_default")]
    reset: bool,
    #[serde(rename = "d", default, skip_serializing_if = "is_default")]
    disabled: bool,
}

impl From<&MfaState> for StoredPosture {
    fn from(mfa_state: &MfaState) -> Self {
        let MfaState {
            bound,
            skipped,
            email_default,
            replaced,
            verified_email,
            phone,
            reset,
            disabled,
        } = mfa_state;
        Self {
            bound: bound.iter().map(|(method, of)| (Name(*method), *of)).collect(),
            skipped: *skipped,
            email_default: *email_default,
            replaced: *replaced,
            verified_email: *verified_email,
            phone: phone.map(Text),
            reset: *reset,
            disabled: *disabled,
        }
    }
}

impl From<StoredPosture> for MfaState {
    fn from(stored: StoredPosture) -> Self {
        Self {
            bound: stored.bound.into_iter().map(|(method, of)| (method.value(), of)).collect(),
            skipped: stored.skipped,
            email_default: stored.email_default,
            replaced: stored.replaced,
            verified_email: stored.verified_email,
            phone: stored.phone.map(Text::value),
            reset: stored.reset,
            disabled: stored.disabled,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct StoredListedPortal {
    description: String,
    audience: Name<Audience>,
    issuer: Option<Text<Issuer>>,
    policy: StoredPolicy,
}

impl Stored for ListedPortal {
    type Form = StoredListedPortal;
}

impl From<&ListedPortal> for StoredListedPortal {
    fn from(ListedPortal { description, audience, issuer, policy }: &ListedPortal) -> Self {
        Self {
            description: description.clone(),
            audience: Name(*audience),
            issuer: issuer.clone().map(Text),
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
            issuer: stored.issuer.map(Text::value),
            policy: stored.policy.try_into()?,
        })
    }
}
