//! Text messages, in the user's language. They hold codes, so they cannot be printed.

use portcullis_domain::{Code, Locale, Phone, Purpose, gsm, portal::Profile, user::Unsent};
use std::fmt;
use zeroize::Zeroizing;

use crate::{
    catalogue::text,
    notice::{notice_key, software},
};

pub struct TextMessage {
    pub to: Phone,
    /// In the alphabet of text messages, one segment.
    pub text: Zeroizing<String>,
}

impl TextMessage {
    /// Returns the message with a code that expires in this many minutes.
    pub fn with_code(
        profile: &Profile,
        locale: Option<&Locale>,
        to: &Phone,
        code: &CodeText<'_>,
    ) -> Self {
        Self { to: to.clone(), text: code.text(profile, locale) }
    }

    pub fn with_test(profile: &Profile, locale: Option<&Locale>, to: &Phone) -> Self {
        let said = text(locale, "sms-test", &[("name", &profile.name_in_sms())]);
        Self { to: to.clone(), text: Zeroizing::new(gsm::written(&said)) }
    }

    /// Returns the message about changes, the most important one first: of several it names that
    /// one, to stay one segment, and says from where it came if there is room.
    pub fn with_notices(
        profile: &Profile,
        locale: Option<&Locale>,
        to: &Phone,
        changes: &[Unsent],
    ) -> Self {
        let key = match changes {
            [Unsent { count: 1, .. }] => "sms-notice",
            _ => "sms-notice-more",
        };
        let first = match changes {
            [first, ..] => notice_key(first.kind),
            [] => "notice-several".to_owned(),
        };
        let (name, what) = (profile.name_in_sms(), text(locale, &first, &[]));
        let say = |what: &str| gsm::written(&text(locale, key, &[("name", &name), ("what", what)]));
        let device = changes.first().and_then(|change| change.device);
        let from = device.and_then(|device| software(locale, device)).map(|device| {
            let from = text(locale, "sms-notice-from", &[("device", &device)]);
            say(&format!("{what} {from}"))
        });
        let fits = from.filter(|text| gsm::segments(text) == Some(1));
        let said = fits.unwrap_or_else(|| say(&what));
        Self { to: to.clone(), text: Zeroizing::new(said) }
    }
}

/// The words of a message with a code.
#[derive(Clone, Copy)]
pub struct CodeText<'a> {
    pub code: &'a Code,
    pub purpose: Purpose,
    pub minutes: i64,
    /// The host of the page that asks for the code, if there is one.
    pub host: Option<&'a str>,
}

impl CodeText<'_> {
    /// Returns the key of its sentence in a text message.
    const fn key(&self) -> &'static str {
        match self.purpose {
            Purpose::SignIn | Purpose::Enrolment | Purpose::AdminAddress => "sms-code",
            Purpose::ReadOut => "sms-read-out",
        }
    }

    /// Returns the text. Its last line binds the code to the host, so that phones offer it there
    /// and nowhere else (WICG, origin-bound one-time codes).
    pub fn text(&self, profile: &Profile, locale: Option<&Locale>) -> Zeroizing<String> {
        let (name, minutes) = (profile.name_in_sms(), self.minutes.to_string());
        let code = self.code.expose();
        let filled_in = [("name", name.as_str()), ("code", code), ("minutes", &minutes)];
        let said = gsm::written(&text(locale, self.key(), &filled_in));
        let bound = self.host.map(|host| format!("{said}\n\n@{host} #{code}"));
        let fits = bound.filter(|text| gsm::segments(text) == Some(1));
        Zeroizing::new(fits.unwrap_or(said))
    }
}

impl fmt::Debug for TextMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextMessage")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::tests::change;
    use portcullis_domain::{Device, user::EntryKind};

    const NAMES: [&str; 7] = [
        "Acme",
        "Müller & Søn — 客户",
        "客户门户",
        "long name long name long name",
        "Zo`e ë",
        "[[[[[[[[[[[[[[[[[[[[[",
        "Kundenportalverwaltung",
    ];

    const HOST: Option<&str> = Some("portal.example.co.nz");

    fn locales() -> [Option<Locale>; 2] {
        [None, Locale::parse("nl").ok()]
    }

    fn phone() -> Phone {
        Phone::parse("+64211234589", None).unwrap()
    }

    fn is_one_segment(text: &str) -> bool {
        gsm::segments(text) == Some(1)
    }

    #[test]
    fn v13_a_text_message_is_one_segment_whatever_the_portal_is_called() {
        for (name, locale) in NAMES.iter().flat_map(|name| locales().map(|locale| (name, locale))) {
            let code = Code::from_number(123_456);
            let (profile, locale) = (Profile::plain(name), locale.as_ref());
            let purpose = Purpose::ReadOut;
            let read_out = CodeText { code: &code, purpose, minutes: 10, host: None };
            let message = TextMessage::with_code(&profile, locale, &phone(), &read_out);
            assert!(is_one_segment(&message.text), "{}", *message.text);
            let code = CodeText { code: &code, purpose: Purpose::SignIn, minutes: 10, host: HOST };
            let message = TextMessage::with_code(&profile, locale, &phone(), &code);
            assert!(is_one_segment(&message.text), "{}", *message.text);
            assert!(
                message.text.ends_with("\n\n@portal.example.co.nz #123456"),
                "{}",
                *message.text
            );
            let test = TextMessage::with_test(&profile, locale, &phone());
            assert!(is_one_segment(&test.text), "{}", *test.text);
            for kind in EntryKind::ALL.iter().filter(|kind| kind.is_notified()) {
                for count in [1, 200] {
                    for device in [None, Device::seen(Some("Windows NT Chrome/"), None)] {
                        let changes = [Unsent { device, ..change(*kind, count) }];
                        let to = phone();
                        let notice = TextMessage::with_notices(&profile, locale, &to, &changes);
                        let text = &*notice.text;
                        assert!(is_one_segment(text), "{text}");
                        assert!(!text.chars().any(|c| c.is_ascii_digit()), "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn v5_a_code_names_the_host_unless_that_would_cost_a_second_segment() {
        let long = format!("{}.example", "long-label.".repeat(12));
        let code = Code::from_number(123_456);
        for (host, named) in [(HOST, true), (Some(long.as_str()), false), (None, false)] {
            let purpose = Purpose::SignIn;
            let code = CodeText { code: &code, purpose, minutes: 10, host };
            let text = code.text(&Profile::plain("Acme"), None);
            assert_eq!(text.contains('@'), named, "{}", *text);
            assert!(text.contains("123456"));
        }
    }
}
