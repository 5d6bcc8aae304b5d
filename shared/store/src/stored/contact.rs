//! How to reach a user.

use portcullis_domain::{
    Contact, Country, Destination, DisplayName, Email, KnownEmail, Locale, Malformed,
    OrganisationId, Phone,
};
use serde::{Deserialize, Serialize};

use super::{is_default, value::Text};

#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredContact {
    #[serde(default, skip_serializing_if = "is_default")]
    display_name: Option<Text<DisplayName>>,
    #[serde(default, skip_serializing_if = "is_default")]
    email: Option<StoredEmail>,
    #[serde(default, skip_serializing_if = "is_default")]
    phone: Option<StoredPhone>,
    #[serde(default, skip_serializing_if = "is_default")]
    phone_rejected: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    organisation: Option<Text<OrganisationId>>,
    #[serde(default, skip_serializing_if = "is_default")]
    locale: Option<Text<Locale>>,
}

impl From<&Contact> for StoredContact {
    fn from(contact: &Contact) -> Self {
        let Contact { display_name, email, phone, phone_rejected, organisation, locale } = contact;
        Self {
            display_name: display_name.clone().map(Text),
            email: email.as_ref().map(StoredEmail::from),
            phone: phone.as_ref().map(StoredPhone::from),
            phone_rejected: *phone_rejected,
            organisation: organisation.clone().map(Text),
            locale: locale.clone().map(Text),
        }
    }
}

impl TryFrom<StoredContact> for Contact {
    type Error = Malformed;

    fn try_from(stored: StoredContact) -> Result<Self, Malformed> {
        Ok(Self {
            display_name: stored.display_name.map(Text::value),
            email: stored.email.map(KnownEmail::from),
            phone: stored.phone.map(Phone::try_from).transpose()?,
            phone_rejected: stored.phone_rejected,
            organisation: stored.organisation.map(Text::value),
            locale: stored.locale.map(Text::value),
        })
    }
}

#[derive(PartialEq, Serialize, Deserialize)]
struct StoredEmail {
    address: Text<Email>,
    verified: bool,
}

impl From<&KnownEmail> for StoredEmail {
    fn from(KnownEmail { address, verified }: &KnownEmail) -> Self {
        Self { address: Text(address.clone()), verified: *verified }
    }
}

impl From<StoredEmail> for KnownEmail {
    fn from(stored: StoredEmail) -> Self {
        Self { address: stored.address.value(), verified: stored.verified }
    }
}

/// A number, with what was learnt of it when it was read: to read it anew takes metadata that is slow to load.
#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct StoredPhone {
    e164: String,
    calling_code: u16,
    #[serde(default, skip_serializing_if = "is_default")]
    country: Option<Text<Country>>,
}

impl From<&Phone> for StoredPhone {
    fn from(phone: &Phone) -> Self {
        Self {
            e164: phone.e164().to_owned(),
            calling_code: phone.calling_code(),
            country: phone.country().map(Text),
        }
    }
}

impl TryFrom<StoredPhone> for Phone {
    type Error = Malformed;

    fn try_from(stored: StoredPhone) -> Result<Self, Malformed> {
        Self::from_e164(stored.e164, stored.calling_code, stored.country.map(Text::value))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StoredDestination {
    Email(Text<Email>),
    Sms(StoredPhone),
}

impl From<&Destination> for StoredDestination {
    fn from(to: &Destination) -> Self {
        match to {
            Destination::Email(address) => Self::Email(Text(address.clone())),
            Destination::Sms(phone) => Self::Sms(phone.into()),
        }
    }
}

impl TryFrom<StoredDestination> for Destination {
    type Error = Malformed;

    fn try_from(stored: StoredDestination) -> Result<Self, Malformed> {
        match stored {
            StoredDestination::Email(address) => Ok(Self::Email(address.value())),
            StoredDestination::Sms(phone) => phone.try_into().map(Self::Sms),
        }
    }
}
