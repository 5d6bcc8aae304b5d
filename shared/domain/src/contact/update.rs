//! Changing a contact record: what can be kept is kept, what cannot is left blank, and told.

use super::{Contact, Country, Email, KnownEmail, Phone};
use crate::{DisplayName, Locale, Malformed, OrganisationId};

/// Fields of the contact record sent along: absent is unchanged, `null` is cleared.
#[derive(Clone, Debug, Default)]
pub struct ContactUpdate {
    /// The name shown to people.
    pub display_name: Option<Option<DisplayName>>,
    /// The address.
    pub email: Option<Option<Email>>,
    /// Whether the portal vouches for the address it knows.
    pub email_verified: Option<bool>,
    /// The number as it was written; one that cannot take messages leaves the field blank.
    pub phone: Option<Option<String>>,
    /// The customer company.
    pub organisation: Option<Option<OrganisationId>>,
    /// The language.
    pub locale: Option<Option<Locale>>,
}

impl Contact {
    /// Applies an update. A number that cannot take messages leaves the field blank, also over a good one; the reason is
    /// returned, and the rest is applied all the same. The number on record stays as it is when it is sent along again.
    pub fn apply(
        &mut self,
        update: &ContactUpdate,
        default_country: Option<Country>,
    ) -> Option<Malformed> {
        set(&mut self.display_name, &update.display_name);
        set(&mut self.organisation, &update.organisation);
        set(&mut self.locale, &update.locale);
        if let Some(address) = &update.email {
            // A new address is verified only if the portal says so with it.
            let known = self.email.take().filter(|email| Some(&email.address) == address.as_ref());
            let verified = known.is_some_and(|email| email.verified);
            self.email = address.clone().map(|address| KnownEmail { address, verified });
        }
        if let (Some(verified), Some(email)) = (update.email_verified, self.email.as_mut()) {
            email.verified = verified;
        }
        let phone = update.phone.as_ref()?;
        let on_record = self.phone.take();
        let parsed = phone.as_ref().map(|text| match on_record {
            Some(known) if known.is_written(text) => Ok(known),
            Some(_) | None => Phone::parse(text, default_country),
        });
        let parsed = parsed.transpose();
        let rejected = parsed.as_ref().err().copied();
        self.phone = parsed.ok().flatten();
        self.phone_rejected = rejected.is_some();
        rejected
    }
}

fn set<T: Clone>(field: &mut Option<T>, update: &Option<Option<T>>) {
    if let Some(value) = update {
        field.clone_from(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a4_a_number_that_fails_blanks_the_field_and_the_rest_is_applied() {
        let nz = Country::parse("NZ").ok();
        let phone = |text: &str| ContactUpdate {
            phone: Some(Some(text.into())),
            ..ContactUpdate::default()
        };
        let mut contact = Contact::default();
        assert_eq!(contact.apply(&phone("021 123 4589"), nz), None);
        assert!(contact.phone.is_some());
        let name = DisplayName::parse("Anna").ok();
        let update = ContactUpdate { display_name: Some(name.clone()), ..phone("123") };
        assert!(contact.apply(&update, nz).is_some());
        assert_eq!(
            (&contact.phone, &contact.display_name, contact.phone_rejected),
            (&None, &name, true)
        );
    }

    #[test]
    fn a_number_on_record_is_kept_when_it_is_sent_along_again() {
        let phone = |text: &str| ContactUpdate {
            phone: Some(Some(text.into())),
            ..ContactUpdate::default()
        };
        let mut contact = Contact::default();
        assert_eq!(contact.apply(&phone("+64211234589"), None), None);
        let first = contact.phone.clone();
        for again in ["+64 21 123 4589", "+64211234589"] {
            assert_eq!(contact.apply(&phone(again), None), None);
            assert_eq!((&contact.phone, contact.phone_rejected), (&first, false), "{again}");
        }
        assert_eq!(contact.apply(&phone("+64 21 123 4588"), None), None);
        assert_ne!(contact.phone, first, "another number is read anew");
        contact.apply(&ContactUpdate { phone: Some(None), ..ContactUpdate::default() }, None);
        assert_eq!(contact.phone, None);
    }

    #[test]
    fn a_new_address_is_unverified_until_the_portal_says_otherwise() {
        let email = |text: &str| ContactUpdate {
            email: Some(Email::parse(text).ok()),
            ..ContactUpdate::default()
        };
        let mut contact = Contact::default();
        contact
            .apply(&ContactUpdate { email_verified: Some(true), ..email("a@example.com") }, None);
        contact.apply(&email("a@example.com"), None);
        assert!(contact.verified_email().is_some(), "the same address stays verified");
        contact.apply(&email("b@example.com"), None);
        assert_eq!(contact.verified_email(), None);
    }
}
