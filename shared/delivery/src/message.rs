//! What messages say, in the language of whoever reads them. They hold codes, so neither can be printed.

use askama::Template;
use portcullis_api::catalogue::{language, text};
use portcullis_domain::{Code, Email, Locale, Phone, portal::Profile, user::TicketSecret};
use std::fmt;
use zeroize::Zeroizing;

/// An email.
pub struct EmailMessage {
    /// Who it is from: the portal's name, in front of the system's address.
    pub from_name: String,
    /// The address it comes from.
    pub from: Email,
    /// Who it goes to.
    pub to: Email,
    /// The subject line; it never holds the code, which lock screens would show.
    pub subject: String,
    /// The text.
    pub text: Zeroizing<String>,
    /// The same as a page.
    pub html: Zeroizing<String>,
}

/// A text message.
pub struct TextMessage {
    /// Who it goes to.
    pub to: Phone,
    /// The text, in plain ASCII: one segment.
    pub text: Zeroizing<String>,
}

/// The most characters of a text message that stays one segment (3GPP TS 23.038, section 6.1.2).
const SEGMENT: usize = 160;

/// Whom a message goes to, and in whose name.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// The portal.
    pub profile: &'a Profile,
    /// The address it comes from.
    pub from: &'a Email,
    /// Who it goes to.
    pub to: &'a Email,
    /// The language.
    pub locale: Option<&'a Locale>,
}

/// The content of an email, of which text and page are two forms.
#[derive(Template)]
#[template(path = "email.html")]
struct Content<'a> {
    lang: &'static str,
    subject: String,
    heading: String,
    code: Option<&'a str>,
    link: Option<(String, &'a str)>,
    paragraphs: Vec<String>,
}

impl Letter<'_> {
    fn name(&self) -> &str {
        self.profile.sender_name.as_ref().unwrap_or(&self.profile.description)
    }

    fn say(&self, key: &str, more: &[(&str, &str)]) -> String {
        let filled_in = [&[("name", self.name())], more].concat();
        text(self.locale, key, &filled_in)
    }

    fn write(&self, content: Content<'_>) -> EmailMessage {
        let mut lines = vec![content.heading.as_str()];
        lines.extend(content.code);
        lines.extend(content.link.as_ref().map(|(_, url)| *url));
        lines.extend(content.paragraphs.iter().map(String::as_str));
        let text = Zeroizing::new(format!("{}\r\n", lines.join("\r\n\r\n")));
        // A page that cannot be drawn leaves the text, which says the same.
        let html = Zeroizing::new(content.render().unwrap_or_default());
        EmailMessage {
            from_name: self.name().to_owned(),
            from: self.from.clone(),
            to: self.to.clone(),
            subject: content.subject,
            text,
            html,
        }
    }

    /// The message that carries a code, good for so many minutes.
    pub fn with_code(&self, code: &Code, minutes: i64) -> EmailMessage {
        let minutes = minutes.to_string();
        self.write(Content {
            lang: language(self.locale),
            subject: self.say("email-code-subject", &[]),
            heading: self.say("email-code-heading", &[]),
            code: Some(code.expose()),
            link: None,
            paragraphs: vec![
                self.say("email-code-once", &[("minutes", &minutes)]),
                self.say("email-code-not-you", &[]),
            ],
        })
    }

    /// The message that carries a link to enrol again, good for so many minutes.
    pub fn with_link(&self, page: &str, ticket: &TicketSecret, minutes: i64) -> EmailMessage {
        let between = if page.contains('?') { '&' } else { '?' };
        let url = Zeroizing::new(format!("{page}{between}ticket={}", ticket.expose()));
        let minutes = minutes.to_string();
        self.write(Content {
            lang: language(self.locale),
            subject: self.say("email-link-subject", &[]),
            heading: self.say("email-link-heading", &[]),
            code: None,
            link: Some((self.say("email-link-button", &[]), &url)),
            paragraphs: vec![
                self.say("email-link-once", &[("minutes", &minutes)]),
                self.say("email-link-not-you", &[]),
            ],
        })
    }

    /// The message with which an operator tries the settings.
    pub fn with_test(&self) -> EmailMessage {
        self.write(Content {
            lang: language(self.locale),
            subject: self.say("email-test-subject", &[]),
            heading: self.say("email-test-heading", &[]),
            code: None,
            link: None,
            paragraphs: vec![self.say("email-test-not-you", &[])],
        })
    }

    /// The message that tells of a change.
    pub fn with_notice(&self, what: &str) -> EmailMessage {
        let help = self.profile.support.iter().map(|how| format!("{how}."));
        let not_you = self.say("email-notice-not-you", &[]);
        self.write(Content {
            lang: language(self.locale),
            subject: self.say("email-notice-subject", &[]),
            heading: text(self.locale, what, &[]),
            code: None,
            link: None,
            paragraphs: [not_you].into_iter().chain(help).collect(),
        })
    }
}

impl TextMessage {
    /// The message that carries a code, good for so many minutes.
    pub fn with_code(
        profile: &Profile,
        locale: Option<&Locale>,
        to: &Phone,
        code: &Code,
        minutes: i64,
    ) -> Self {
        Self { to: to.clone(), text: Self::code_text(profile, locale, code, minutes) }
    }

    /// The text that carries a code. Its last line binds the code to the portal's own domain, so that phones fill it in
    /// there and nowhere else (WICG, origin-bound one-time codes).
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

    /// The message with which an operator tries the settings.
    pub fn with_test(profile: &Profile, locale: Option<&Locale>, to: &Phone) -> Self {
        let said = text(locale, "sms-test", &[("name", &profile.name_in_sms())]);
        Self { to: to.clone(), text: Zeroizing::new(said) }
    }

    /// The message that tells of a change.
    pub fn with_notice(profile: &Profile, locale: Option<&Locale>, to: &Phone, what: &str) -> Self {
        let (name, what) = (profile.name_in_sms(), text(locale, what, &[]));
        let said = text(locale, "sms-notice", &[("name", &name), ("what", &what)]);
        Self { to: to.clone(), text: Zeroizing::new(said) }
    }
}

impl fmt::Debug for EmailMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailMessage")
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
    use crate::notice::told;
    use portcullis_domain::user::EntryKind;

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
            for kind in EntryKind::ALL.iter().filter(|kind| kind.is_told()) {
                let notice = TextMessage::with_notice(
                    &profile(name),
                    locale.as_ref(),
                    &phone(),
                    told(*kind),
                );
                assert!(notice.text.is_ascii() && notice.text.len() <= 160, "{}", *notice.text);
                assert!(!notice.text.chars().any(|c| c.is_ascii_digit()), "{}", *notice.text);
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

    #[test]
    fn s14_markup_in_names_stays_text_in_the_page_and_the_subject_holds_no_code() {
        let (from, to) =
            (Email::parse("a@b.example").unwrap(), Email::parse("c@d.example").unwrap());
        let profile = Profile {
            support: Some("Call <b>0800</b>".to_owned()),
            ..Profile::plain("<script>alert(1)</script> & Co")
        };
        for locale in locales() {
            let letter =
                Letter { profile: &profile, from: &from, to: &to, locale: locale.as_ref() };
            let ticket = TicketSecret::new([7; 16]);
            for message in [
                letter.with_code(&Code::from_number(123_456), 5),
                letter.with_link("https://portal.example/enrol?a=b", &ticket, 30),
                letter.with_notice(told(EntryKind::Reset)),
                letter.with_test(),
            ] {
                assert!(!message.html.contains("<script>") && !message.html.contains("<b>"));
                assert!(message.html.contains("&#60;script&#62;"), "{}", *message.html);
                assert!(!message.subject.contains("123456"));
                assert!(!message.text.contains("{ $") && !message.text.is_empty());
            }
            let mail = letter.with_link("https://portal.example/enrol?a=b", &ticket, 30);
            let url = format!("https://portal.example/enrol?a=b&ticket={}", ticket.expose());
            assert!(mail.text.contains(&url), "{}", *mail.text);
        }
    }
}
