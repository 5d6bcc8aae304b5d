use portcullis_domain::{
    Country, Locale, Malformed,
    passkey::{Origin, RelyingParty, RpId},
    portal::{Colour, Profile},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::AudienceName;
use crate::wire::Parsed;

/// The profile of a portal.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "description": "Acme customer portal", "audience": "clients", "default_country": "NZ",
    "support": "Call 0800 123 456", "return_urls": ["https://portal.example/back"]
}))]
pub struct ProfileDocument {
    /// Its display name: 1 to 128 bytes on one line.
    description: String,
    /// The people who sign in there.
    #[schema(required = false)]
    audience: AudienceName,
    /// The country of phone numbers in national form, as a two-letter code.
    #[serde(skip_serializing_if = "Option::is_none")]
    default_country: Option<String>,
    /// The language of users who have not set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<String>,
    /// The sender name of emails; if left out, the description.
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_name: Option<String>,
    /// A short plain name for text messages: up to 20 ASCII characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    sms_name: Option<String>,
    /// A sentence on support, shown with every refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    support: Option<String>,
    /// The page that a mailed link to enrol again opens; and a reminder to enrol, without a ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    enrolment_url: Option<String>,
    /// The addresses to which the hosted prompt may send a browser back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, max_items = 5)]
    return_urls: Vec<String>,
    /// The colour of buttons on the hosted prompt: `#rrggbb`. Text on a light one is dark.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "#0b5fff")]
    color: Option<String>,
    /// The domain and the pages of the portal's passkeys. If left out, passkeys are made for the
    /// service's own domain and used on its pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    passkeys: Option<PasskeysDocument>,
}

/// The domain that passkeys are made for, and the pages that may use them. Another domain makes
/// every passkey useless that was made for this one.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "rp_id": "example.com", "origins": ["https://login.example.com"] }))]
pub struct PasskeysDocument {
    /// A domain of the portal's own, below a public suffix. Every origin and every return URL lies
    /// on it or below it.
    rp_id: String,
    /// The origins of the pages that make and use passkeys.
    #[schema(min_items = 1, max_items = 5)]
    origins: Vec<String>,
}

impl From<RelyingParty> for PasskeysDocument {
    fn from(party: RelyingParty) -> Self {
        Self {
            rp_id: party.rp_id().as_str().to_owned(),
            origins: party.origins().iter().cloned().map(String::from).collect(),
        }
    }
}

impl TryFrom<PasskeysDocument> for RelyingParty {
    type Error = Malformed;

    fn try_from(PasskeysDocument { rp_id, origins }: PasskeysDocument) -> Result<Self, Malformed> {
        let origins: Result<Vec<Origin>, Malformed> =
            origins.iter().map(|origin| Origin::parse(origin)).collect();
        Self::new(RpId::parse(&rp_id)?, origins?)
    }
}

/// A relying party that is checked while it is read.
#[derive(Debug, Deserialize)]
#[serde(try_from = "PasskeysDocument")]
struct NewPasskeys(RelyingParty);

impl TryFrom<PasskeysDocument> for NewPasskeys {
    type Error = Malformed;

    fn try_from(document: PasskeysDocument) -> Result<Self, Malformed> {
        document.try_into().map(Self)
    }
}

impl From<Profile> for ProfileDocument {
    fn from(profile: Profile) -> Self {
        Self {
            description: profile.description,
            audience: profile.audience.into(),
            default_country: profile.default_country.map(String::from),
            locale: profile.locale.map(String::from),
            sender_name: profile.sender_name,
            sms_name: profile.sms_name,
            support: profile.support,
            enrolment_url: profile.enrolment_url,
            return_urls: profile.return_urls,
            color: profile.color.map(String::from),
            passkeys: profile.passkeys.map(PasskeysDocument::from),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewProfile {
    description: String,
    #[serde(default = "clients")]
    audience: AudienceName,
    default_country: Option<Parsed<Country>>,
    locale: Option<Parsed<Locale>>,
    sender_name: Option<String>,
    sms_name: Option<String>,
    support: Option<String>,
    enrolment_url: Option<String>,
    #[serde(default)]
    return_urls: Vec<String>,
    color: Option<Parsed<Colour>>,
    passkeys: Option<NewPasskeys>,
}

const fn clients() -> AudienceName {
    AudienceName::Clients
}

impl From<NewProfile> for Profile {
    fn from(profile: NewProfile) -> Self {
        Self {
            description: profile.description,
            audience: profile.audience.into(),
            default_country: profile.default_country.map(Parsed::value),
            locale: profile.locale.map(Parsed::value),
            sender_name: profile.sender_name,
            sms_name: profile.sms_name,
            support: profile.support,
            enrolment_url: profile.enrolment_url,
            return_urls: profile.return_urls,
            color: profile.color.map(Parsed::value),
            logo: None,
            passkeys: profile.passkeys.map(|NewPasskeys(party)| party),
        }
    }
}
