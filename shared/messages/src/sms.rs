//! Text messages, in the user's language. They hold codes, so they cannot be printed.

use portcullis_domain::{
    Code, Locale, Phone, Purpose, TransactionText, gsm, portal::Profile, user::Unsent,
};
use std::{fmt, ops::RangeInclusive};
use zeroize::Zeroizing;

use crate::{
    catalogue::{ISOLATED, text},
    notice::{notice_key, software},
};

pub struct TextMessage {
    pub to: Phone,
    /// One segment, in the alphabet of text messages if the language is written in Latin letters.
    pub text: Zeroizing<String>,
}

/// The segments of a text message, and the characters of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segments {
    pub count: usize,
    pub characters: usize,
}

/// The characters of a segment in UTF-16 that stands alone, and of one of several (3GPP TS 23.038,
/// section 6.2.3). Providers choose UTF-16 by themselves if a letter needs it.
const UTF16: (usize, usize) = (70, 67);

impl Segments {
    pub fn of(text: &str) -> Self {
        match gsm::segments(text) {
            Some(count) => Self { count, characters: gsm::SEGMENT.0 },
            None => {
                let (alone, one_of_several) = UTF16;
                let length = text.encode_utf16().count();
                let count = if length <= alone { 1 } else { length.div_ceil(one_of_several) };
                Self { count, characters: alone }
            }
        }
    }
}

/// Returns true for a letter of another script than Latin.
fn is_non_latin(c: char) -> bool {
    let is_latin = matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    c.is_alphabetic() && !is_latin && gsm::septets(c.encode_utf8(&mut [0; 4])).is_none()
}

/// The vowel signs of Arabic, without which it is usually written.
const VOWEL_SIGNS: RangeInclusive<char> = '\u{64b}'..='\u{652}';

/// Writes a text in the alphabet of text messages, unless its letters are those of another script.
/// Isolation marks and vowel signs are left out, because each costs a character.
fn written(text: &str) -> String {
    let text = text.replace(|c| ISOLATED.contains(&c) || VOWEL_SIGNS.contains(&c), "");
    if text.chars().any(is_non_latin) { text } else { gsm::written(&text) }
}

/// Returns the first of these texts that takes one segment as it is written, else the last.
fn one_segment(texts: impl IntoIterator<Item = String>) -> Zeroizing<String> {
    first_of_one_segment(texts.into_iter().map(|text| written(&text)))
}

/// Returns the first of these texts that takes one segment, else the last.
fn first_of_one_segment(texts: impl IntoIterator<Item = String>) -> Zeroizing<String> {
    let mut last = Zeroizing::default();
    for text in texts {
        last = Zeroizing::new(text);
        if Segments::of(&last).count == 1 {
            break;
        }
    }
    last
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
        let name = profile.name_in_sms();
        let texts = [locale, None].map(|locale| text(locale, "sms-test", &[("name", &name)]));
        Self { to: to.clone(), text: one_segment(texts) }
    }

    /// Returns the message about changes, the most important one first: of several it names that
    /// one, to stay one segment, and says from where it came if there is room. In a script of which
    /// a segment holds less, it says no more than that something changed, if that must be.
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
        let name = profile.name_in_sms();
        let say = |locale, what: &str| text(locale, key, &[("name", &name), ("what", what)]);
        let what = text(locale, &first, &[]);
        let device = changes.first().and_then(|change| change.device);
        let from = device.and_then(|device| software(locale, device)).map(|device| {
            let from = text(locale, "sms-notice-from", &[("device", &device)]);
            say(locale, &format!("{what} {from}"))
        });
        let texts = [
            say(locale, &what),
            say(locale, &text(locale, "notice-other", &[])),
            say(None, &text(None, &first, &[])),
        ];
        Self { to: to.clone(), text: one_segment(from.into_iter().chain(texts)) }
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
    /// The text that the user confirms with the code, which comes first.
    pub about: Option<&'a TransactionText>,
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
    /// and nowhere else (WICG, origin-bound one-time codes), if there is room.
    pub fn text(&self, profile: &Profile, locale: Option<&Locale>) -> Zeroizing<String> {
        if let Some(about) = self.about {
            return self.text_about(about, profile, locale);
        }
        let (name, minutes) = (profile.name_in_sms(), self.minutes.to_string());
        let code = self.code.expose();
        let filled_in = [("name", name.as_str()), ("code", code), ("minutes", &minutes)];
        let own = text(locale, self.key(), &filled_in);
        let bound = self.host.map(|host| format!("{own}\n\n@{host} #{code}"));
        let texts = [own, text(None, self.key(), &filled_in)];
        one_segment(bound.into_iter().chain(texts))
    }

    /// Returns the text about what the user confirms: first that, letter by letter; then the code
    /// on a line of its own; then, as far as there is room, who asks, and the line for the host.
    fn text_about(
        &self,
        about: &TransactionText,
        profile: &Profile,
        locale: Option<&Locale>,
    ) -> Zeroizing<String> {
        let (name, code) = (profile.name_in_sms(), self.code.expose());
        let (about, host) = (about.in_text_message(), self.host);
        let line =
            |locale, key| written(&text(locale, key, &[("name", name.as_str()), ("code", code)]));
        let short = |locale| format!("{about}\n{}", line(locale, "sms-text-code"));
        let long = |locale| format!("{}\n{}", short(locale), line(locale, "sms-text-line"));
        let bound = host.map(|host| format!("{}\n\n@{host} #{code}", long(locale)));
        let texts = [long(locale), short(locale), long(None), short(None)];
        first_of_one_segment(bound.into_iter().chain(texts))
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

    const NAMES: [&str; 8] = [
        "ΔΛΩ Ξ→ Portal",
        "Acme",
        "Müller & Søn — 客户",
        "客户门户",
        "long name long name long name",
        "Zo`e ë",
        "[[[[[[[[[[[[[[[[[[[[[",
        "Kundenportalverwaltung",
    ];

    const HOST: Option<&str> = Some("portal.example.co.nz");

    fn locales() -> [Option<Locale>; 5] {
        ["en", "de", "es", "fr", "nl"].map(|name| Locale::parse(name).ok())
    }

    fn phone() -> Phone {
        Phone::parse("+64211234589", None).unwrap()
    }

    fn is_one_segment(text: &str) -> bool {
        Segments::of(text) == Segments { count: 1, characters: gsm::SEGMENT.0 }
    }

    #[test]
    fn v13_a_text_message_is_one_segment_whatever_the_portal_is_called() {
        for (name, locale) in NAMES.iter().flat_map(|name| locales().map(|locale| (name, locale))) {
            let code = Code::from_number(123_456);
            let (profile, locale) = (Profile::plain(name), locale.as_ref());
            let purpose = Purpose::ReadOut;
            let read_out = CodeText { code: &code, purpose, minutes: 10, host: None, about: None };
            let message = TextMessage::with_code(&profile, locale, &phone(), &read_out);
            assert!(is_one_segment(&message.text), "{}", *message.text);
            let purpose = Purpose::SignIn;
            let code = CodeText { code: &code, purpose, minutes: 10, host: HOST, about: None };
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
                        let what =
                            written(&crate::catalogue::text(locale, &notice_key(*kind), &[]));
                        assert!(text.contains(&what), "{text} says {what}");
                    }
                }
            }
        }
    }

    #[test]
    fn v13_a_text_message_in_arabic_is_one_segment_and_keeps_its_letters_if_they_fit() {
        let arabic = Locale::parse("ar").ok();
        let (arabic, code) = (arabic.as_ref(), Code::from_number(123_456));
        let is_arabic = |text: &str| text.chars().any(is_non_latin);
        for name in NAMES {
            let profile = Profile::plain(name);
            let is_short = profile.name_in_sms().chars().count() <= 12;
            for (purpose, minutes) in [Purpose::SignIn, Purpose::ReadOut]
                .iter()
                .flat_map(|purpose| [1, 2, 5, 10].map(|minutes| (*purpose, minutes)))
            {
                let text = CodeText { code: &code, purpose, minutes, host: HOST, about: None };
                let text = text.text(&profile, arabic);
                assert_eq!(Segments::of(&text).count, 1, "{}", *text);
                assert!(text.contains("123456") && !text.contains(ISOLATED), "{}", *text);
                assert!(is_arabic(&text) || !is_short, "{}", *text);
            }
            let test = TextMessage::with_test(&profile, arabic, &phone()).text;
            assert!(Segments::of(&test).count == 1 && (is_arabic(&test) || !is_short));
            for kind in EntryKind::ALL.iter().filter(|kind| kind.is_notified()) {
                for count in [1, 2] {
                    let changes = [change(*kind, count)];
                    let text = TextMessage::with_notices(&profile, arabic, &phone(), &changes).text;
                    assert_eq!(Segments::of(&text).count, 1, "{}", *text);
                    assert!(is_arabic(&text) || !is_short, "{}", *text);
                }
            }
        }
    }

    #[test]
    fn u2_a_text_comes_first_and_the_code_stands_on_its_own_line_of_one_segment() {
        let longest =
            ["x".repeat(140), "€".repeat(70), "客".repeat(54), format!("ë{}", "x".repeat(53))];
        let short = ["Pay EUR 250.00 to ACME", "Pagar 250 € a Panadería", "ادفع 250 يورو إلى أكمي"];
        let texts = longest.iter().map(String::as_str).chain(short);
        let code = Code::from_number(123_456);
        let locales = locales().into_iter().chain([Locale::parse("ar").ok(), None]);
        let all: Vec<_> = locales.collect();
        for (about, locale, name) in texts.flat_map(|about| {
            all.iter().flat_map(move |locale| NAMES.map(|name| (about, locale, name)))
        }) {
            let confirmed = TransactionText::parse(about).unwrap();
            let (purpose, about) = (Purpose::SignIn, Some(&confirmed));
            let text = CodeText { code: &code, purpose, minutes: 5, host: HOST, about };
            let text = text.text(&Profile::plain(name), locale.as_ref());
            assert_eq!(Segments::of(&text).count, 1, "{}", *text);
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(lines[0], confirmed.in_text_message(), "letter by letter");
            assert!(lines[1].ends_with(" 123456"), "{}", *text);
            assert!(lines[1].chars().filter(char::is_ascii_digit).count() == 6, "{}", *text);
            if confirmed.as_str() == short[0] && !text.contains('ر') {
                assert!(lines.len() > 2, "there is room for who asks: {}", *text);
            }
        }
        let about = TransactionText::parse(short[0]).unwrap();
        let (purpose, about) = (Purpose::SignIn, Some(&about));
        let text = CodeText { code: &code, purpose, minutes: 5, host: HOST, about };
        assert_eq!(
            *text.text(&Profile::plain("Acme"), None),
            "Pay EUR 250.00 to ACME\nCode: 123456\nAcme: enter it only if this is right. Don't \
             share it.\n\n@portal.example.co.nz #123456"
        );
    }

    #[test]
    fn v5_a_code_names_the_host_unless_that_would_cost_a_second_segment() {
        let long = format!("{}.example", "long-label.".repeat(12));
        let code = Code::from_number(123_456);
        for (host, named) in [(HOST, true), (Some(long.as_str()), false), (None, false)] {
            let purpose = Purpose::SignIn;
            let code = CodeText { code: &code, purpose, minutes: 10, host, about: None };
            let text = code.text(&Profile::plain("Acme"), None);
            assert_eq!(text.contains('@'), named, "{}", *text);
            assert!(text.contains("123456"));
        }
    }
}
