//! Addresses, numbers and names of users: each that is accepted reads back the same, and holds
//! nothing that would break a header or a log line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_domain::{
    Country, Destination, DisplayName, Email, Locale, Nonce, OrganisationId, Phone, UserId, gsm,
};

/// Countries with a trunk prefix, without one, with leading zeros, with several territories.
const COUNTRIES: [&str; 10] = ["NZ", "US", "IT", "CI", "CO", "BR", "NO", "MX", "AR", "HU"];

fn on_one_line(text: &str) {
    assert!(!text.chars().any(char::is_control), "{text:?}");
}

fuzz_target!(|text: &str| {
    if let Ok(email) = Email::parse(text) {
        on_one_line(email.as_str());
        assert_eq!(email.as_str().matches('@').count(), 1);
        assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
        assert_eq!(Email::known(email.as_str()), Ok(email.clone()));
        let sent = email.as_sent();
        on_one_line(&sent);
        assert!(email.deliverable().is_err() || (sent.is_ascii() && sent.len() <= 256), "{sent}");
        let unquoted = Email::parse(&sent.replace('"', "")).expect("an address as it is sent");
        assert!(unquoted.is_same(&email), "{sent}");
        assert_eq!(unquoted.masked().as_str(), email.masked().as_str());
        on_one_line(Destination::Email(email).masked().as_str());
    }
    let countries = COUNTRIES.iter().map(|code| Country::parse(code).ok());
    for country in [None].into_iter().chain(countries) {
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
    if let Some(name) = DisplayName::from_any(text) {
        on_one_line(name.as_str());
        assert_eq!(DisplayName::from_any(name.as_str()), Some(name));
    }
    if let Some(locale) = Locale::from_any(text) {
        assert_eq!(Locale::from_any(locale.as_str()), Some(locale));
    }
    let line = gsm::line(text, 20);
    assert!(gsm::septets(&line).is_some_and(|septets| septets <= 20), "{line:?}");
    on_one_line(&line);
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
