//! A portal.

use portcullis_domain::{
    Country, Email, Locale, Malformed, Portal, PortalId, Timestamp,
    passkey::{Origin, RelyingParty, RpId},
    portal::{Audience, Colour, LogDays, LogoId, PortalSalt, Profile, Sending, Share},
};
use serde::{Deserialize, Serialize, de::IgnoredAny};

use super::{
    acted::StoredActed,
    is_default,
    key::{LimitedKey, StoredKeys, UnlimitedKey},
    members::members,
    value::{Moment, Text},
};
use crate::ListedPortal;

members! {
    /// A portal, without its id and what the projection has of it.
    pub(crate) struct StoredPortal {
        "p" profile: StoredProfile,
        "g" generation: u32,
        "s" salt: Option<Text<PortalSalt>>,
        "k" unlimited_keys: Vec<UnlimitedKey>,
        "n" limited_keys: Vec<LimitedKey>,
        "a" acted: StoredActed,
        "l" logo: Option<Text<LogoId>>,
        "r" relying_party: Option<StoredRelyingParty>,
        "t" trust_not_before: Option<Moment>,
        "h" share: Option<u32>,
        "d" log_days: Option<u32>,
        "sd" sending: StoredSending,
    }
}

/// The address and the sender of a portal, and its caps on emails and texts.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
struct StoredSending(Option<String>, Option<String>, Option<u32>, Option<u32>);

impl From<&Sending> for StoredSending {
    fn from(sending: &Sending) -> Self {
        let Sending { email_from, sms_from, emails_per_day, texts_per_day } = sending;
        let address = email_from.as_ref().map(|email| email.as_str().to_owned());
        Self(address, sms_from.clone(), *emails_per_day, *texts_per_day)
    }
}

impl TryFrom<StoredSending> for Sending {
    type Error = Malformed;

    fn try_from(stored: StoredSending) -> Result<Self, Malformed> {
        let StoredSending(address, sms_from, emails_per_day, texts_per_day) = stored;
        let email_from = address.as_deref().map(Email::known).transpose()?;
        Ok(Self { email_from, sms_from, emails_per_day, texts_per_day })
    }
}

impl From<&Portal> for StoredPortal {
    fn from(portal: &Portal) -> Self {
        let Portal {
            id: _,
            profile,
            policy: _,
            generation,
            salt,
            trust_not_before,
            share,
            log_days,
            sending,
            keys,
            acted,
            unknown,
        } = portal;
        let StoredKeys { unlimited_keys, limited_keys } = keys.as_slice().into();
        Self {
            profile: profile.into(),
            generation: *generation,
            salt: Some(Text(*salt)),
            unlimited_keys,
            limited_keys,
            acted: acted.into(),
            logo: profile.logo.map(Text),
            relying_party: profile.passkeys.as_ref().map(StoredRelyingParty::from),
            trust_not_before: trust_not_before.map(Moment::from),
            share: share.map(Share::per_minute),
            // A portal without the member is one that was made when all logs had as many.
            log_days: Some(log_days.days()).filter(|_| *log_days != LogDays::MOST),
            sending: sending.into(),
            unknown: unknown.clone(),
        }
    }
}

impl StoredPortal {
    /// The form without the salt, which lies in the table alone.
    pub(super) fn saltless(self) -> Self {
        Self { salt: None, ..self }
    }

    pub(super) fn salted(self, salt: PortalSalt) -> Self {
        Self { salt: Some(Text(salt)), ..self }
    }

    /// Reads the portal, with its id and what the projection has of it.
    pub(crate) fn portal(self, id: PortalId, listed: ListedPortal) -> Result<Portal, Malformed> {
        let ListedPortal { description, audience, policy } = listed;
        let salt = self.salt.ok_or(Malformed { what: "the portal", why: "has no salt" })?;
        Ok(Portal {
            id,
            profile: Profile {
                logo: self.logo.map(Text::value),
                passkeys: self.relying_party.map(RelyingParty::try_from).transpose()?,
                ..self.profile.profile(description, audience)
            },
            policy,
            generation: self.generation,
            salt: salt.value(),
            trust_not_before: self.trust_not_before.map(Timestamp::from),
            share: self.share.map(Share::parse).transpose()?,
            log_days: self.log_days.map_or(Ok(LogDays::MOST), LogDays::parse)?,
            sending: self.sending.try_into()?,
            keys: StoredKeys {
                unlimited_keys: self.unlimited_keys,
                limited_keys: self.limited_keys,
            }
            .try_into()?,
            acted: self.acted.into(),
            unknown: self.unknown,
        })
    }
}

#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredProfile {
    #[serde(rename = "c", default, skip_serializing_if = "is_default")]
    default_country: Option<Text<Country>>,
    #[serde(rename = "l", default, skip_serializing_if = "is_default")]
    locale: Option<Text<Locale>>,
    #[serde(rename = "n", default, skip_serializing_if = "is_default")]
    sender_name: Option<String>,
    #[serde(rename = "m", default, skip_serializing_if = "is_default")]
    sms_name: Option<String>,
    #[serde(rename = "s", default, skip_serializing_if = "is_default")]
    support: Option<String>,
    #[serde(rename = "e", default, skip_serializing_if = "is_default")]
    enrolment_url: Option<String>,
    #[serde(rename = "r", default, skip_serializing_if = "is_default")]
    return_urls: Vec<String>,
    #[serde(rename = "o", default, skip_serializing_if = "is_default")]
    color: Option<Text<Colour>>,
    /// The address of a picture elsewhere, which portals had before pictures were uploaded. It is
    /// not read.
    #[serde(rename = "g", default, skip_serializing)]
    _logo_url: Option<IgnoredAny>,
}

impl From<&Profile> for StoredProfile {
    fn from(profile: &Profile) -> Self {
        let Profile {
            description: _,
            audience: _,
            default_country,
            locale,
            sender_name,
            sms_name,
            support,
            enrolment_url,
            return_urls,
            color,
            logo: _,
            passkeys: _,
        } = profile.clone();
        Self {
            default_country: default_country.map(Text),
            locale: locale.map(Text),
            sender_name,
            sms_name,
            support,
            enrolment_url,
            return_urls,
            color: color.map(Text),
            _logo_url: None,
        }
    }
}

impl StoredProfile {
    fn profile(self, description: String, audience: Audience) -> Profile {
        let stored = self;
        Profile {
            description,
            audience,
            default_country: stored.default_country.map(Text::value),
            locale: stored.locale.map(Text::value),
            sender_name: stored.sender_name,
            sms_name: stored.sms_name,
            support: stored.support,
            enrolment_url: stored.enrolment_url,
            return_urls: stored.return_urls,
            color: stored.color.map(Text::value),
            logo: None,
            passkeys: None,
        }
    }
}

/// The RP id, and the origins.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct StoredRelyingParty(String, Vec<Text<Origin>>);

impl From<&RelyingParty> for StoredRelyingParty {
    fn from(party: &RelyingParty) -> Self {
        let origins = party.origins().iter().cloned().map(Text);
        Self(party.rp_id().as_str().to_owned(), origins.collect())
    }
}

impl TryFrom<StoredRelyingParty> for RelyingParty {
    type Error = Malformed;

    fn try_from(StoredRelyingParty(rp_id, origins): StoredRelyingParty) -> Result<Self, Malformed> {
        Self::new(RpId::stored(rp_id)?, origins.into_iter().map(Text::value).collect())
    }
}
