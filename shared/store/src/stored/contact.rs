//! Contact records of users. Organisation, the country of the number, and if the address is
//! verified stand in the projection.

use portcullis_domain::{
    Contact, Country, DisplayName, Email, KnownEmail, Locale, Malformed, MfaState, OrganisationId,
    Phone,
};
use serde::{Deserialize, Serialize};

use super::{
    members::{members, nothing_else},
    value::Text,
};

members! {
    pub(super) struct StoredContact {
        "n" display_name: Option<Text<DisplayName>>,
        "e" email: Option<Text<Email>>,
        /// Number and calling code.
        "p" phone: Option<(String, u16)>,
        "r" phone_rejected: bool,
        "l" locale: Option<Text<Locale>>,
    }
}

impl From<&Contact> for StoredContact {
    fn from(contact: &Contact) -> Self {
        let Contact { display_name, email, phone, phone_rejected, organisation: _, locale } =
            contact;
        Self {
            display_name: display_name.clone().map(Text),
            email: email.as_ref().map(|email| Text(email.address.clone())),
            phone: phone.as_ref().map(|phone| (phone.e164().to_owned(), phone.calling_code())),
            phone_rejected: *phone_rejected,
            locale: locale.clone().map(Text),
            unknown: Default::default(),
        }
    }
}

impl StoredContact {
    /// Reads the record, with what the projection has of it.
    pub(super) fn contact(
        self,
        organisation: Option<OrganisationId>,
        mfa_state: &MfaState,
    ) -> Result<Contact, Malformed> {
        let Self { display_name, email, phone, phone_rejected, locale, unknown } = self;
        nothing_else(&unknown)?;
        let verified = mfa_state.verified_email;
        let phone = phone.map(|(e164, code)| Phone::from_e164(e164, code, mfa_state.phone));
        Ok(Contact {
            display_name: display_name.map(Text::value),
            email: email.map(|address| KnownEmail { address: address.value(), verified }),
            phone: phone.transpose()?,
            phone_rejected,
            organisation,
            locale: locale.map(Text::value),
        })
    }
}

/// A number with its parsed parts: to parse it again takes metadata that is slow to load.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredPhone(String, u16, Option<Text<Country>>);

impl From<&Phone> for StoredPhone {
    fn from(phone: &Phone) -> Self {
        Self(phone.e164().to_owned(), phone.calling_code(), phone.country().map(Text))
    }
}

impl TryFrom<StoredPhone> for Phone {
    type Error = Malformed;

    fn try_from(StoredPhone(e164, calling_code, country): StoredPhone) -> Result<Self, Malformed> {
        Self::from_e164(e164, calling_code, country.map(Text::value))
    }
}
