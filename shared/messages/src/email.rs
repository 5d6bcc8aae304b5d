//! Emails, in the user's language. They hold codes, so they cannot be printed.

use askama::Template;
use portcullis_domain::{
    Email, Locale, Purpose, TransactionText,
    portal::Profile,
    user::{TicketSecret, Unsent},
};
use std::fmt;
use zeroize::Zeroizing;

use crate::{
    CodeText,
    catalogue::{direction, isolated, language, text},
    notice::{notice_detail, notice_text},
};

pub struct EmailMessage {
    pub from_name: String,
    pub from: Email,
    pub to: Email,
    /// The subject line; it never holds the code, which lock screens would show.
    pub subject: String,
    pub text: Zeroizing<String>,
    pub html: Zeroizing<String>,
}

#[derive(Clone, Copy, Debug)]
pub struct EmailTemplate<'a> {
    pub profile: &'a Profile,
    pub from: &'a Email,
    pub to: &'a Email,
    pub locale: Option<&'a Locale>,
}

#[derive(Template)]
#[template(path = "email.html")]
struct Content<'a> {
    lang: &'static str,
    dir: String,
    subject: String,
    /// The text that the user confirms, which comes first.
    about: Option<&'a str>,
    heading: String,
    code: Option<&'a str>,
    link: Option<(String, &'a str)>,
    paragraphs: Vec<String>,
    freeze: Option<FreezeText<'a>>,
    /// The paragraphs at the end.
    closing: Vec<String>,
}

/// The freeze link of a notice: the sentence before it, the words of the button, and the URL.
struct FreezeText<'a> {
    line: String,
    label: String,
    url: &'a str,
}

impl EmailTemplate<'_> {
    fn name(&self) -> &str {
        self.profile.sender_name.as_ref().unwrap_or(&self.profile.description)
    }

    fn say(&self, key: &str, more: &[(&str, &str)]) -> String {
        let filled_in = [&[("name", self.name())], more].concat();
        text(self.locale, key, &filled_in)
    }

    fn write(&self, content: Content<'_>) -> EmailMessage {
        let mut lines: Vec<&str> = content.about.into_iter().collect();
        lines.push(&content.heading);
        lines.extend(content.code);
        lines.extend(content.link.as_ref().map(|(_, url)| *url));
        lines.extend(content.paragraphs.iter().map(String::as_str));
        lines.extend(content.freeze.iter().flat_map(|freeze| [freeze.line.as_str(), freeze.url]));
        lines.extend(content.closing.iter().map(String::as_str));
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

    pub fn with_code(
        &self,
        CodeText { code, purpose, minutes, host: _, about }: &CodeText<'_>,
    ) -> EmailMessage {
        let [subject, heading, once, not_you] = code_keys(*purpose);
        let not_you = if about.is_some() { "email-text-not-you" } else { not_you };
        let minutes = minutes.to_string();
        self.write(Content {
            lang: language(self.locale),
            dir: direction(self.locale),
            subject: self.say(subject, &[]),
            about: about.map(TransactionText::as_str),
            heading: self.say(heading, &[]),
            code: Some(code.expose()),
            link: None,
            paragraphs: vec![self.say(once, &[("minutes", &minutes)]), self.say(not_you, &[])],
            freeze: None,
            closing: vec![],
        })
    }

    /// Returns the message with a link to enrol again that expires in this many minutes.
    pub fn with_link(&self, page: &str, ticket: &TicketSecret, minutes: i64) -> EmailMessage {
        let between = if page.contains('?') { '&' } else { '?' };
        let url = Zeroizing::new(format!("{page}{between}ticket={}", ticket.expose()));
        let minutes = minutes.to_string();
        self.write(Content {
            lang: language(self.locale),
            dir: direction(self.locale),
            subject: self.say("email-link-subject", &[]),
            about: None,
            heading: self.say("email-link-heading", &[]),
            code: None,
            link: Some((self.say("email-link-button", &[]), &url)),
            paragraphs: vec![
                self.say("email-link-once", &[("minutes", &minutes)]),
                self.say("email-link-not-you", &[]),
            ],
            freeze: None,
            closing: vec![],
        })
    }

    pub fn with_test(&self) -> EmailMessage {
        self.write(Content {
            lang: language(self.locale),
            dir: direction(self.locale),
            subject: self.say("email-test-subject", &[]),
            about: None,
            heading: self.say("email-test-heading", &[]),
            code: None,
            link: None,
            paragraphs: vec![self.say("email-test-not-you", &[])],
            freeze: None,
            closing: vec![],
        })
    }

    /// Returns the message about changes; the first of several is the most important one. The
    /// freeze link is the URL at which the user says that they are somebody else's.
    pub fn with_notices(&self, changes: &[Unsent], freeze_link: Option<&str>) -> EmailMessage {
        if let [only] = changes
            && only.kind.is_reminder()
        {
            return self.with_reminder();
        }
        let said = |change: &Unsent| notice_text(self.locale, change);
        let detail = |change: &Unsent| notice_detail(self.locale, self.name(), change);
        let (heading, listed) = match changes {
            [only] => (said(only), vec![detail(only)]),
            several => {
                let both = |change| format!("{} {}", said(change), detail(change));
                let heading = text(self.locale, "notice-several", &[]);
                (heading, several.iter().map(both).collect())
            }
        };
        let not_you = self.say("email-notice-not-you", &[]);
        self.write(Content {
            lang: language(self.locale),
            dir: direction(self.locale),
            subject: self.say("email-notice-subject", &[]),
            about: None,
            heading,
            code: None,
            link: None,
            paragraphs: listed,
            freeze: freeze_link.map(|url| FreezeText {
                line: self.say("email-freeze-line", &[]),
                label: self.say("email-freeze-button", &[]),
                url,
            }),
            closing: [not_you].into_iter().chain(self.help()).collect(),
        })
    }

    /// Returns the message that reminds a user to set something up: on the portal's page for that,
    /// or at the next sign-in.
    fn with_reminder(&self) -> EmailMessage {
        let page = self.profile.enrolment_url.as_deref();
        let how = match page {
            Some(_) => "email-reminder-page",
            None => "email-reminder-sign-in",
        };
        let nothing_changed = self.say("email-reminder-not-you", &[]);
        self.write(Content {
            lang: language(self.locale),
            dir: direction(self.locale),
            subject: self.say("email-reminder-subject", &[]),
            about: None,
            heading: self.say("email-reminder-heading", &[]),
            code: None,
            link: page.map(|url| (self.say("email-link-button", &[]), url)),
            paragraphs: vec![self.say(how, &[])],
            freeze: None,
            closing: [nothing_changed].into_iter().chain(self.help()).collect(),
        })
    }

    /// Returns the sentence on how to get help, if the portal says it.
    fn help(&self) -> Option<String> {
        self.profile.support.as_ref().map(|how| format!("{}.", isolated(self.locale, how)))
    }
}

/// Returns the keys of an email with a code: subject, heading, what it is for and how long it
/// lasts, and the advice if it was not asked for.
const fn code_keys(purpose: Purpose) -> [&'static str; 4] {
    match purpose {
        Purpose::SignIn | Purpose::Enrolment => {
            ["email-code-subject", "email-code-heading", "email-code-once", "email-code-not-you"]
        }
        Purpose::ReadOut => [
            "email-read-out-subject",
            "email-read-out-heading",
            "email-read-out-once",
            "email-read-out-not-you",
        ],
        Purpose::AdminAddress => [
            "email-address-subject",
            "email-address-heading",
            "email-address-once",
            "email-address-not-you",
        ],
    }
}

impl fmt::Debug for EmailMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailMessage")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::tests::change;
    use portcullis_domain::{Code, Named, user::EntryKind};

    #[test]
    fn s14_markup_in_names_stays_text_in_the_page_and_the_subject_holds_no_code() {
        let (from, to) =
            (Email::parse("a@b.example").unwrap(), Email::parse("c@d.example").unwrap());
        let profile = Profile {
            support: Some("Call <b>0800</b>".to_owned()),
            ..Profile::plain("<script>alert(1)</script> & Co")
        };
        for locale in ["en", "ar", "de", "es", "fr", "nl"].map(|name| Locale::parse(name).ok()) {
            let template =
                EmailTemplate { profile: &profile, from: &from, to: &to, locale: locale.as_ref() };
            let ticket = TicketSecret::new([7; 16]);
            let code = Code::from_number(123_456);
            let with_code = |purpose: &Purpose| {
                let text = CodeText {
                    code: &code,
                    purpose: *purpose,
                    minutes: 5,
                    host: None,
                    about: None,
                };
                template.with_code(&text)
            };
            let codes: Vec<EmailMessage> = Purpose::ALL.iter().map(with_code).collect();
            let texts: std::collections::BTreeSet<&str> =
                codes.iter().map(|message| message.text.as_str()).collect();
            assert_eq!(texts.len(), 3, "a code says what it is for");
            for message in codes.into_iter().chain([
                template.with_link("https://portal.example/enrol?a=b", &ticket, 30),
                template.with_notices(&[change(EntryKind::Reset, 1)], None),
                template.with_notices(&[change(EntryKind::EnrolmentReminder, 1)], None),
                template.with_notices(
                    &[change(EntryKind::Reset, 2), change(EntryKind::Locked, 1)],
                    Some("https://mfa.example/prompt/freeze?link=x"),
                ),
                template.with_test(),
            ]) {
                assert!(!message.html.contains("<script>") && !message.html.contains("<b>"));
                assert!(message.html.contains("&#60;script&#62;"), "{}", *message.html);
                assert!(!message.subject.contains("123456"));
                assert!(!message.text.contains("{ $") && !message.text.is_empty());
            }
            let mail = template.with_link("https://portal.example/enrol?a=b", &ticket, 30);
            let url = format!("https://portal.example/enrol?a=b&ticket={}", ticket.expose());
            assert!(mail.text.contains(&url), "{}", *mail.text);
        }
    }

    #[test]
    fn a_digest_says_each_change_once_and_how_often() {
        let (from, to) =
            (Email::parse("a@b.example").unwrap(), Email::parse("c@d.example").unwrap());
        let profile = Profile::plain("Acme");
        let lines = |locale: Option<&Locale>, changes: &[Unsent]| {
            let template = EmailTemplate { profile: &profile, from: &from, to: &to, locale };
            let message = template.with_notices(changes, None);
            message.text.split("\r\n\r\n").map(str::to_owned).collect::<Vec<_>>()
        };
        let several = [change(EntryKind::Exported, 3), change(EntryKind::SkipCleared, 1)];
        let english = lines(None, &several);
        assert_eq!(
            english[..3],
            [
                "More was changed in your account:",
                "An administrator exported the data that is kept about your account. (3 times) \
                 Last: 2027-01-15 08:00 UTC.",
                "Your choice to skip the second step was cleared. When and how: 2027-01-15 08:00 UTC.",
            ]
        );
        let dutch = lines(Locale::parse("nl").ok().as_ref(), &several);
        assert!(dutch[1].contains("(3 keer) Laatst: 2027"), "{dutch:?}");
        let one = lines(None, &[change(EntryKind::SkipCleared, 1)]);
        assert_eq!(format!("{} {}", one[0], one[1]), english[2], "one change is no digest");
    }

    #[test]
    fn a_reminder_says_how_to_set_up_a_second_step_and_that_nothing_was_changed() {
        let (from, to) =
            (Email::parse("a@b.example").unwrap(), Email::parse("c@d.example").unwrap());
        let without = Profile::plain("Acme");
        let url = "https://portal.example/enrol";
        let with = Profile { enrolment_url: Some(url.to_owned()), ..Profile::plain("Acme") };
        let mut texts = std::collections::BTreeSet::new();
        for locale in ["en", "ar", "de", "es", "fr", "nl"].map(|name| Locale::parse(name).ok()) {
            for (profile, paragraphs) in [(&without, 3), (&with, 4)] {
                let template =
                    EmailTemplate { profile, from: &from, to: &to, locale: locale.as_ref() };
                // Two of them say no more than one.
                let mail = template.with_notices(&[change(EntryKind::EnrolmentReminder, 2)], None);
                let lines: Vec<&str> = mail.text.trim_end().split("\r\n\r\n").collect();
                assert_eq!(lines.len(), paragraphs, "{lines:?}");
                assert_eq!(mail.html.contains(&format!("href=\"{url}\"")), paragraphs == 4);
                assert_eq!(lines[1] == url, paragraphs == 4, "{lines:?}");
                assert!(mail.text.contains("Acme") && !mail.text.contains("2027"), "{lines:?}");
                texts.insert(mail.text.to_string());
            }
        }
        assert_eq!(texts.len(), 12);
        assert!(texts.iter().any(|text| text.contains("At your next sign-in")));
        // Beside a change it is one of several.
        let changes = [change(EntryKind::Reset, 1), change(EntryKind::EnrolmentReminder, 1)];
        let template = EmailTemplate { profile: &with, from: &from, to: &to, locale: None };
        let both = template.with_notices(&changes, None);
        assert!(both.text.contains("was reset") && both.text.contains("Set up a second step"));
    }

    #[test]
    fn h3_the_freeze_link_is_a_paragraph_of_its_own_in_text_and_html_in_every_language() {
        let (from, to) =
            (Email::parse("a@b.example").unwrap(), Email::parse("c@d.example").unwrap());
        let profile = Profile { support: Some("Call 0800".to_owned()), ..Profile::plain("Acme") };
        let url = "https://mfa.example/prompt/freeze?link=acme_enrolled_x-_y";
        for locale in ["en", "ar", "de", "es", "fr", "nl"].map(|name| Locale::parse(name).ok()) {
            let template =
                EmailTemplate { profile: &profile, from: &from, to: &to, locale: locale.as_ref() };
            let mail = template.with_notices(&[change(EntryKind::Enrolled, 1)], Some(url));
            let lines: Vec<&str> = mail.text.trim_end().split("\r\n\r\n").collect();
            assert_eq!((lines.len(), lines[3]), (6, url), "{lines:?}");
            assert!(lines[2].contains('7') && !lines[2].contains('{'), "{}", lines[2]);
            let label = text(locale.as_ref(), "email-freeze-button", &[]);
            assert!(mail.html.contains(&format!("href=\"{url}\"")) && mail.html.contains(&label));
            assert!(!mail.subject.contains("freeze"));
            let without = template.with_notices(&[change(EntryKind::Enrolled, 1)], None);
            assert!(!without.text.contains("https://") && !without.html.contains(&label));
        }
    }

    #[test]
    fn u2_a_text_comes_first_in_a_mail_and_stays_text_in_the_page() {
        let (from, to) =
            (Email::parse("a@b.example").unwrap(), Email::parse("c@d.example").unwrap());
        let profile = Profile::plain("Acme");
        let code = Code::from_number(123_456);
        let about = TransactionText::parse("Pay <b>EUR 250.00</b> to A&C").unwrap();
        for locale in ["en", "ar", "de", "es", "fr", "nl"].map(|name| Locale::parse(name).ok()) {
            let template =
                EmailTemplate { profile: &profile, from: &from, to: &to, locale: locale.as_ref() };
            let (purpose, about) = (Purpose::SignIn, Some(&about));
            let text = CodeText { code: &code, purpose, minutes: 5, host: None, about };
            let mail = template.with_code(&text);
            assert!(mail.text.starts_with("Pay <b>EUR 250.00</b> to A&C\r\n\r\n"));
            assert!(mail.text.contains("\r\n123456\r\n"), "on a line of its own");
            assert!(!mail.html.contains("<b>") && mail.html.contains("250.00"));
            let (text, code) = (mail.html.find("250.00"), mail.html.find("123456"));
            assert!(text < code && !mail.subject.contains("250.00"));
        }
    }
}
