//! Changing a contact record: what can be kept is kept, what cannot is left blank, and told.

use super::{Contact, Country, Email, KnownEmail, TypedPhone};
use crate::{DisplayName, Locale, Malformed, OrganisationId};

/// Fields of the contact record sent along: absent is unchanged, `null` is cleared.
#[derive(Clone, Debug, Default)]
pub struct ContactUpdate {
    pub display_name: Option<Option<DisplayName>>,
    pub email: Option<Option<Email>>,
    /// True if the portal vouches for the address it knows; none if it did not say.
    pub email_verified: Option<bool>,
    /// The number as it was written; one that cannot take messages leaves the field blank.
    pub phone: Option<Option<TypedPhone>>,
    pub organisation: Option<Option<OrganisationId>>,
    pub locale: Option<Option<Locale>>,
}

/// The fields of an update that were not kept, with the reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NotKept {
    pub email: Option<Malformed>,
    pub phone: Option<Malformed>,
}

impl Contact {
    /// Applies an update; what cannot be kept is told, and the rest is applied all the same.
    ///
    /// An address that nobody vouches for never takes the place of a verified one, and the verified
    /// spelling of an address stays. An address that no mail can be sent to is kept, and not
    /// verified. A number that cannot take messages leaves the field blank,
    /// also over a good one; the number on record stays as it is when it is sent along again.
    pub fn apply(&mut self, update: &ContactUpdate, default_country: Option<Country>) -> NotKept {
        set(&mut self.display_name, &update.display_name);
        set(&mut self.organisation, &update.organisation);
        set(&mut self.locale, &update.locale);
        let email = self.apply_email(update);
        NotKept { email, phone: self.apply_phone(update, default_country) }
    }

    fn apply_email(&mut self, update: &ContactUpdate) -> Option<Malformed> {
        let vouched = update.email_verified;
        let Some(given) = &update.email else {
            if let (Some(verified), Some(known)) = (vouched, self.email.as_mut()) {
                known.verified = verified && known.address.deliverable().is_ok();
            }
            return None;
        };
        let Some(address) = given.clone() else {
            self.email = None;
            return None;
        };
        let undeliverable = address.deliverable().err();
        let (mut kept, refused) = match self.email.take() {
            Some(known) if known.address.is_same(&address) => {
                let verified = vouched.unwrap_or(known.verified);
                let address = if known.verified { known.address } else { address };
                (KnownEmail { address, verified }, undeliverable)
            }
            Some(known) if known.verified && vouched != Some(true) => {
                let why = "is not verified, so the verified address on record stays: send it again with email_verified: true \
                           once you have verified it";
                (known, Some(Malformed::new("email", why)))
            }
            // A new address is verified only if the portal says so with it.
            Some(_) | None => {
                (KnownEmail { address, verified: vouched == Some(true) }, undeliverable)
            }
        };
        kept.verified &= kept.address.deliverable().is_ok();
        self.email = Some(kept);
        refused
    }

    fn apply_phone(
        &mut self,
        update: &ContactUpdate,
        default_country: Option<Country>,
    ) -> Option<Malformed> {
        let typed = update.phone.as_ref()?;
        let on_record = self.phone.take();
        let parsed = typed.as_ref().map(|typed| typed.read(on_record, default_country));
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
            phone: Some(Some(TypedPhone::new(text.into()))),
            ..ContactUpdate::default()
        };
        let mut contact = Contact::default();
        assert_eq!(contact.apply(&phone("021 123 4589"), nz), NotKept::default());
        assert!(contact.phone.is_some());
        let name = DisplayName::parse("Anna").ok();
        let update = ContactUpdate { display_name: Some(name.clone()), ..phone("123") };
        assert!(contact.apply(&update, nz).phone.is_some());
        assert_eq!(
            (&contact.phone, &contact.display_name, contact.phone_rejected),
            (&None, &name, true)
        );
    }

    #[test]
    fn a_number_on_record_is_kept_when_it_is_sent_along_again() {
        let phone = |text: &str| ContactUpdate {
            phone: Some(Some(TypedPhone::new(text.into()))),
            ..ContactUpdate::default()
        };
        let mut contact = Contact::default();
        assert_eq!(contact.apply(&phone("+64211234589"), None), NotKept::default());
        let first = contact.phone.clone();
        for again in ["+64 21 123 4589", "+64211234589"] {
            assert_eq!(contact.apply(&phone(again), None), NotKept::default());
            assert_eq!((&contact.phone, contact.phone_rejected), (&first, false), "{again}");
        }
        assert_eq!(contact.apply(&phone("+64 21 123 4588"), None), NotKept::default());
        assert_ne!(contact.phone, first, "another number is read anew");
        contact.apply(&ContactUpdate { phone: Some(None), ..ContactUpdate::default() }, None);
        assert_eq!(contact.phone, None);
    }

    fn email(text: &str, email_verified: Option<bool>) -> ContactUpdate {
        let email = Some(Email::parse(text).ok());
        ContactUpdate { email, email_verified, ..ContactUpdate::default() }
    }

    #[test]
    fn a_new_address_is_unverified_until_the_portal_says_otherwise() {
        let mut contact = Contact::default();
        contact.apply(&email("b@example.com", None), None);
        assert_eq!(contact.verified_email(), None);
        contact.apply(&email("a@example.com", Some(true)), None);
        contact.apply(&email("a@example.com", None), None);
        assert!(contact.verified_email().is_some(), "the same address stays verified");
        let unverified = ContactUpdate { email_verified: Some(false), ..ContactUpdate::default() };
        contact.apply(&unverified, None);
        assert_eq!(contact.verified_email(), None);
    }

    #[test]
    fn s35_an_address_that_nobody_vouches_for_never_displaces_a_verified_one() {
        let mut contact = Contact::default();
        contact.apply(&email("a@example.com", Some(true)), None);
        for vouched in [None, Some(false)] {
            let refused = contact.apply(&email("stranger@evil.example", vouched), None);
            assert!(refused.email.is_some());
            assert_eq!(contact.verified_email().map(Email::as_str), Some("a@example.com"));
        }
        let vouched = contact.apply(&email("b@example.com", Some(true)), None);
        assert_eq!(vouched, NotKept::default());
        assert_eq!(contact.verified_email().map(Email::as_str), Some("b@example.com"));
        let cleared = ContactUpdate { email: Some(None), ..ContactUpdate::default() };
        assert_eq!((contact.apply(&cleared, None), &contact.email), (NotKept::default(), &None));
    }

    #[test]
    fn v4_an_address_that_no_mail_can_be_sent_to_is_kept_unverified_with_the_reason() {
        let mut contact = Contact::default();
        for _ in 0..2 {
            let kept = contact.apply(&email("müller@example.de", Some(true)), None);
            assert!(kept.email.is_some_and(|why| why.to_string().contains("before the @")));
            let known = contact.email.as_ref().unwrap();
            assert_eq!((known.address.as_str(), known.verified), ("müller@example.de", false));
        }
        let verified = ContactUpdate { email_verified: Some(true), ..ContactUpdate::default() };
        assert_eq!(contact.apply(&verified, None), NotKept::default());
        assert_eq!(contact.verified_email(), None);
        assert_eq!(
            contact.apply(&email("mueller@bücher.example", Some(true)), None),
            NotKept::default()
        );
        let before = contact.clone();
        contact.apply(&email("mueller@xn--bcher-kva.example", None), None);
        assert!(contact == before && contact.verified_email().is_some(), "the same address");
    }

    #[test]
    fn v2_an_address_in_other_letters_changes_nothing() {
        let mut contact = Contact::default();
        contact.apply(&email("case1@Example.com", Some(true)), None);
        let before = contact.clone();
        for vouched in [None, Some(true)] {
            contact.apply(&email("CASE1@example.com", vouched), None);
            assert_eq!(contact, before, "{vouched:?}");
        }
        contact.apply(&email("CASE1@example.com", Some(false)), None);
        assert_eq!(contact.verified_email(), None, "the portal takes it back");
    }
}
