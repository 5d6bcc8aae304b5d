//! The name of an authenticator: its own, or one made of its method and the day it was added.

use portcullis_domain::{AuthenticatorName, Locale, Method, Timestamp};
use time::OffsetDateTime;

use crate::catalogue::text;

/// Returns the name that a user gave an authenticator, else one such as "Authenticator app, added
/// 3 March 2026".
pub fn authenticator_name(
    locale: Option<&Locale>,
    method: Method,
    name: Option<&AuthenticatorName>,
    added_at: Timestamp,
) -> String {
    if let Some(name) = name {
        return name.as_str().to_owned();
    }
    let key = match method {
        Method::AuthenticatorApp => "authenticator-app",
        Method::Email => "authenticator-email",
        Method::Sms => "authenticator-sms",
        Method::Passkey => "authenticator-passkey",
        Method::RecoveryCode => "prompt-settings-codes",
    };
    let what = text(locale, key, &[]);
    match day(locale, added_at) {
        Some(date) => text(locale, "authenticator-by-day", &[("what", &what), ("date", &date)]),
        None => what,
    }
}

/// Returns a day in words, in Coordinated Universal Time.
pub fn day(locale: Option<&Locale>, at: Timestamp) -> Option<String> {
    let date = OffsetDateTime::from_unix_timestamp(at.unix()).ok()?.date();
    let names = text(locale, "month-names", &[]);
    let month = names.split(' ').nth(usize::from(u8::from(date.month())).checked_sub(1)?)?;
    let (day, year) = (date.day().to_string(), date.year().to_string());
    Some(text(locale, "date-day", &[("day", &day), ("month", month), ("year", &year)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARCH: Timestamp = Timestamp::from_unix(1_772_496_000);

    #[test]
    fn n1_without_a_name_an_authenticator_is_called_by_its_method_and_its_day() {
        let name = |locale: &str, method| {
            authenticator_name(Locale::parse(locale).ok().as_ref(), method, None, MARCH)
        };
        let app = Method::AuthenticatorApp;
        assert_eq!(name("en", app), "Authenticator app, added 3 March 2026");
        assert_eq!(name("de", app), "Authentifizierungs-App, hinzugefügt am 3. März 2026");
        assert_eq!(name("es", Method::Sms), "SMS, desde el 3 de marzo de 2026");
        let own = AuthenticatorName::parse("Tablet").ok();
        assert_eq!(authenticator_name(None, app, own.as_ref(), MARCH), "Tablet");
    }

    #[test]
    fn every_language_has_twelve_months() {
        for language in ["en", "ar", "de", "es", "fr", "nl"] {
            let locale = Locale::parse(language).ok();
            let months = text(locale.as_ref(), "month-names", &[]);
            assert_eq!(months.split(' ').count(), 12, "{language}");
        }
    }
}
