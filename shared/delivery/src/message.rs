//! What messages say. They hold codes, so neither can be printed.

use portcullis_domain::{Code, Email, Phone, portal::Profile};
use std::fmt;
use zeroize::Zeroizing;

/// An email with a code.
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
}

/// A text message with a code.
pub struct TextMessage {
    /// Who it goes to.
    pub to: Phone,
    /// The text, in plain ASCII: one segment.
    pub text: Zeroizing<String>,
}

impl EmailMessage {
    /// The message that carries a code, good for so many minutes.
    pub fn with_code(
        profile: &Profile,
        from: &Email,
        to: &Email,
        code: &Code,
        minutes: i64,
    ) -> Self {
        let name = profile.sender_name.clone().unwrap_or_else(|| profile.description.clone());
        let text = Zeroizing::new(format!(
            "Your security code for {name} is {code}.\r\n\r\nIt is good for {minutes} minutes and can be used once. \
             Nobody from {name} will ever ask you for it.\r\n\r\nIf you did not try to sign in, somebody may know your \
             password: change it.\r\n",
            code = code.expose(),
        ));
        let subject = format!("Your security code for {name}");
        Self { from_name: name, from: from.clone(), to: to.clone(), subject, text }
    }
}

impl EmailMessage {
    /// The message that tells of a change.
    pub fn notice(profile: &Profile, from: &Email, to: &Email, what: &str) -> Self {
        let name = profile.sender_name.clone().unwrap_or_else(|| profile.description.clone());
        let help = profile.support.as_ref().map(|how| format!(" {how}.")).unwrap_or_default();
        let text = Zeroizing::new(format!(
            "{what}\r\n\r\nIf this was you, or you asked for it, there is nothing to do. If not, tell {name} at once.{help}\r\n",
        ));
        let subject = format!("Security notice from {name}");
        Self { from_name: name, from: from.clone(), to: to.clone(), subject, text }
    }
}

impl TextMessage {
    /// The message that tells of a change.
    pub fn notice(profile: &Profile, to: &Phone, what: &str) -> Self {
        let name = profile.name_in_sms();
        let text = Zeroizing::new(format!("{name}: {what} Not you? Tell us at once."));
        Self { to: to.clone(), text }
    }

    /// The message that carries a code, good for so many minutes.
    pub fn with_code(profile: &Profile, to: &Phone, code: &Code, minutes: i64) -> Self {
        let name = profile.name_in_sms();
        let text = format!(
            "{name}: {code} is your security code, good for {minutes} minutes. Tell it to nobody.",
            code = code.expose()
        );
        Self { to: to.clone(), text: Zeroizing::new(text) }
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

    #[test]
    fn a_notice_is_one_plain_segment_and_holds_nothing_that_reads_as_a_code() {
        let phone = Phone::parse("+64211234589", None).unwrap();
        for kind in EntryKind::ALL.iter().filter(|kind| kind.is_told()) {
            let message =
                TextMessage::notice(&Profile::plain(&"n".repeat(40)), &phone, told(*kind));
            assert!(message.text.is_ascii() && message.text.len() <= 160, "{}", *message.text);
            assert!(!message.text.chars().any(|c| c.is_ascii_digit()), "{}", *message.text);
        }
    }

    #[test]
    fn a_text_message_is_plain_ascii_and_one_segment_whatever_the_portal_is_called() {
        let phone = Phone::parse("+64211234589", None).unwrap();
        for name in ["Acme", "Müller & Søn — 客户", "客户门户", &"long name ".repeat(12)]
        {
            let message = TextMessage::with_code(
                &Profile::plain(name),
                &phone,
                &Code::from_number(123_456),
                10,
            );
            assert!(
                message.text.is_ascii() && message.text.len() <= 160,
                "{}",
                message.text.as_str()
            );
            assert!(message.text.contains("123456"));
        }
    }
}
