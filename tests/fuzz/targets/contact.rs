//! Addresses, numbers and names of users: each that is accepted reads back the same, and holds
//! nothing that would break a header or a log line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_domain::{
    Country, Destination, DisplayName, Email, Locale, Nonce, OrganisationId, Phone, UserId,
};

fn on_one_line(text: &str) {
    assert!(!text.chars().any(char::is_control), "{text:?}");
}

fuzz_target!(|text: &str| {
    if let Ok(email) = Email::parse(text) {
        on_one_line(email.as_str());
        assert_eq!(email.as_str().matches('@').count(), 1);
        assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
        on_one_line(Destination::Email(email).masked().as_str());
    }
    for country in [None, Country::parse("NZ").ok(), Country::parse("US").ok()] {
        if let Ok(phone) = Phone::parse(text, country) {
            let (sign, digits) = phone.e164().split_at(1);
            assert!(
                sign == "+" && digits.bytes().all(|b| b.is_ascii_digit()) && digits.len() <= 15
            );
            let again = Phone::parse(phone.e164(), None).map(|again| again.e164().to_owned());
            assert_eq!(again.as_deref(), Ok(phone.e164()));
            on_one_line(Destination::Sms(phone).masked().as_str());
        }
    }
    if let Ok(name) = DisplayName::parse(text) {
        on_one_line(name.as_str());
    }
    if let Ok(id) = UserId::parse(text) {
        assert_eq!(UserId::parse(id.as_str()), Ok(id));
    }
    drop((
        OrganisationId::parse(text),
        Locale::parse(text),
        Nonce::parse(text),
        Country::parse(text),
    ));
});
