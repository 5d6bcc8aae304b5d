//! A portal.

use portcullis_domain::{
    Country, Locale, Malformed, Portal, PortalId, Timestamp,
    portal::{Audience, Colour, KeyHash, PortalKey, PortalSalt, Profile},
};
use serde::{Deserialize, Serialize};

use super::{
    Stored,
    acted::StoredActed,
    is_default,
    policy::StoredPolicy,
    value::{Name, Text},
};

#[derive(Serialize, Deserialize)]
pub(crate) struct StoredPortal {
    id: Text<PortalId>,
    profile: StoredProfile,
    policy: StoredPolicy,
    generation: u32,
    salt: Text<PortalSalt>,
    keys: Vec<StoredKey>,
    #[serde(default, skip_serializing_if = "is_default")]
    acted: StoredActed,
}

impl Stored for Portal {
    type Form = StoredPortal;
}

impl From<&Portal> for StoredPortal {
    fn from(portal: &Portal) -> Self {
        let Portal { id, profile, policy, generation, salt, keys, acted } = portal;
        Self {
            id: Text(id.clone()),
            profile: profile.into(),
            policy: policy.into(),
            generation: *generation,
            salt: Text(*salt),
            keys: keys.iter().map(StoredKey::from).collect(),
            acted: acted.into(),
        }
    }
}

impl TryFrom<StoredPortal> for Portal {
    type Error = Malformed;

    fn try_from(stored: StoredPortal) -> Result<Self, Malformed> {
        Ok(Self {
            id: stored.id.value(),
            profile: stored.profile.into(),
            policy: stored.policy.try_into()?,
            generation: stored.generation,
            salt: stored.salt.value(),
            keys: stored.keys.into_iter().map(PortalKey::from).collect(),
            acted: stored.acted.into(),
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredProfile {
    description: String,
    audience: Name<Audience>,
    #[serde(default, skip_serializing_if = "is_default")]
    default_country: Option<Text<Country>>,
    #[serde(default, skip_serializing_if = "is_default")]
    locale: Option<Text<Locale>>,
    #[serde(default, skip_serializing_if = "is_default")]
    sender_name: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    sms_name: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    support: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    enrolment_url: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    return_urls: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    color: Option<Text<Colour>>,
    #[serde(default, skip_serializing_if = "is_default")]
    logo_url: Option<String>,
}

impl From<&Profile> for StoredProfile {
    fn from(profile: &Profile) -> Self {
        let Profile {
            description,
            audience,
            default_country,
            locale,
            sender_name,
            sms_name,
            support,
            enrolment_url,
            return_urls,
            color,
            logo_url,
        } = profile.clone();
        Self {
            description,
            audience: Name(audience),
            default_country: default_country.map(Text),
            locale: locale.map(Text),
            sender_name,
            sms_name,
            support,
            enrolment_url,
            return_urls,
            color: color.map(Text),
            logo_url,
        }
    }
}

impl From<StoredProfile> for Profile {
    fn from(stored: StoredProfile) -> Self {
        Self {
            description: stored.description,
            audience: stored.audience.value(),
            default_country: stored.default_country.map(Text::value),
            locale: stored.locale.map(Text::value),
            sender_name: stored.sender_name,
            sms_name: stored.sms_name,
            support: stored.support,
            enrolment_url: stored.enrolment_url,
            return_urls: stored.return_urls,
            color: stored.color.map(Text::value),
            logo_url: stored.logo_url,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct StoredKey {
    id: String,
    hash: Text<KeyHash>,
    created_at: i64,
    #[serde(default, skip_serializing_if = "is_default")]
    expires_at: Option<i64>,
}

impl From<&PortalKey> for StoredKey {
    fn from(PortalKey { id, hash, created_at, expires_at }: &PortalKey) -> Self {
        Self {
            id: id.clone(),
            hash: Text(*hash),
            created_at: created_at.unix(),
            expires_at: expires_at.map(Timestamp::unix),
        }
    }
}

impl From<StoredKey> for PortalKey {
    fn from(stored: StoredKey) -> Self {
        Self {
            id: stored.id,
            hash: stored.hash.value(),
            created_at: Timestamp::from_unix(stored.created_at),
            expires_at: stored.expires_at.map(Timestamp::from_unix),
        }
    }
}
