//! Text messages, in the user's language. They hold codes, so they cannot be printed.

use portcullis_domain::{Code, Locale, Phone, portal::Profile, user::Unsent};
use std::fmt;
use zeroize::Zeroizing;

use crate::{
    catalogue::text,
    notice::{notice_key, software},
};

pub struct TextMessage {
    pub to: Phone,
    /// Plain ASCII, in one segment.
    pub text: Zeroizing<String>,
}

/// The most characters of a text message that stays one segment (3GPP TS 23.038, section 6.1.2).
const SEGMENT: usize = 160;

impl TextMessage {
    /// Returns the message with a code that expires in this many minutes.
    pub fn with_code(
        profile: &Profile,
        locale: Option<&Locale>,
        to: &Phone,
        code: &Code,
        minutes: i64,
    ) -> Self {
        Self { to: to.clone(), text: Self::code_text(profile, locale, code, minutes) }
    }

    /// Returns the text with a code. Its last line binds the code to the portal's own domain, so
    /// that phones fill it in nowhere else (WICG, origin-bound one-time codes).
    pub fn code_text(
        profile: &Profile,
        locale: Option<&Locale>,
        code: &Code,
        minutes: i64,
    ) -> Zeroizing<String> {
        let (name, minutes) = (profile.name_in_sms(), minutes.to_string());
        let filled_in = [("name", name.as_str()), ("code", code.expose()), ("minutes", &minutes)];
        let said = text(locale, "sms-code", &filled_in);
        let bound =
            profile.domain().map(|domain| format!("{said}\n\n@{domain} #{}", code.expose()));
        let fits = bound.filter(|text| text.is_ascii() && text.len() <= SEGMENT);
        Zeroizing::new(fits.unwrap_or(said))
    }

    pub fn with_test(profile: &Profile, locale: Option<&Locale>, to: &Phone) -> Self {
        let said = text(locale, "sms-test", &[("name", &profile.name_in_sms())]);
        Self { to: to.clone(), text: Zeroizing::new(said) }
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
        let say = |what: &str| text(locale, key, &[("name", &name), ("what", what)]);
        let device = changes.first().and_then(|change| change.device);
        let from = device.and_then(|device| software(locale, device)).map(|device| {
            let from = text(locale, "sms-notice-from", &[("device", &device)]);
            say(&format!("{what} {from}"))
        });
        let fits = from.filter(|text| text.is_ascii() && text.len() <= SEGMENT);
        let said = fits.unwrap_or_else(|| say(&what));
        Self { to: to.clone(), text: Zeroizing::new(said) }
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

    const NAMES: [&str; 4] =
        ["Acme", "Müller & Søn — 客户", "客户门户", "long name long name long name"];

    fn locales() -> [Option<Locale>; 2] {
        [None, Locale::parse("nl").ok()]
    }

    fn phone() -> Phone {
        Phone::parse("+64211234589", None).unwrap()
    }

    fn profile(name: &str) -> Profile {
        let enrolment_url = Some("https://portal.example.co.nz/enrol?x=1".to_owned());
        Profile { enrolment_url, ..Profile::plain(name) }
    }

    #[test]
    fn a_text_message_is_plain_ascii_and_one_segment_whatever_the_portal_is_called() {
        for (name, locale) in NAMES.iter().flat_map(|name| locales().map(|locale| (name, locale))) {
            let code = Code::from_number(123_456);
            let message =
                TextMessage::with_code(&profile(name), locale.as_ref(), &phone(), &code, 10);
            assert!(message.text.is_ascii() && message.text.len() <= 160, "{}", *message.text);
            assert!(
                message.text.ends_with("\n\n@portal.example.co.nz #123456"),
                "{}",
                *message.text
            );
            let test = TextMessage::with_test(&profile(name), locale.as_ref(), &phone());
            assert!(test.text.is_ascii() && test.text.len() <= 160, "{}", *test.text);
            for kind in EntryKind::ALL.iter().filter(|kind| kind.is_notified()) {
                for count in [1, 200] {
                    let (profile, locale) = (profile(name), locale.as_ref());
                    for device in [None, Device::seen(Some("Windows NT Chrome/"), None)] {
                        let changes = [Unsent { device, ..change(*kind, count) }];
                        let to = phone();
                        let notice = TextMessage::with_notices(&profile, locale, &to, &changes);
                        let text = &*notice.text;
                        assert!(text.is_ascii() && text.len() <= 160, "{text}");
                        assert!(!text.chars().any(|c| c.is_ascii_digit()), "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_domain_that_would_cost_a_second_segment_is_left_out() {
        let long = format!("https://{}.example/x", "long-label.".repeat(12));
        let profile = Profile { enrolment_url: Some(long), ..Profile::plain("Acme") };
        let code = Code::from_number(123_456);
        let message = TextMessage::with_code(&profile, None, &phone(), &code, 10);
        assert!(!message.text.contains('@') && message.text.contains("123456"));
    }
}
