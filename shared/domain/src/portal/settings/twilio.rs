//! Twilio's ids: an account, and the key that signs in to it.

use crate::Malformed;

/// The account that URLs name, and the id that signs in: the account's own or that of an API key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwilioIds {
    /// The account, `AC...`.
    account: String,
    /// The account or an API key, `SK...`.
    client_id: String,
}

impl TwilioIds {
    /// Reads the two ids. The account is the client id if that is one.
    ///
    /// # Errors
    /// [`Malformed`] for an id of another form, for an API key without its account, and for two
    /// accounts.
    pub fn parse(account: Option<&str>, client_id: &str) -> Result<Self, Malformed> {
        if let Some(account) = account.filter(|account| !is_sid(account, "AC")) {
            let why = if is_sid(account, "SK") {
                "must be the account, AC and 32 hexadecimal digits; an API key goes into client_id"
            } else {
                "must be AC and 32 hexadecimal digits"
            };
            return Err(Malformed::new("sms.account", why));
        }
        let account = match account {
            _ if is_sid(client_id, "AC") => match account {
                Some(account) if account != client_id => {
                    let why = "must be left out or be the same as client_id, which is an account";
                    return Err(Malformed::new("sms.account", why));
                }
                Some(_) | None => client_id,
            },
            _ if !is_sid(client_id, "SK") => {
                let why = "must be an account (AC) or an API key (SK) and 32 hexadecimal digits";
                return Err(Malformed::new("sms.client_id", why));
            }
            Some(account) => account,
            None => {
                let why = "is needed when client_id is an API key (SK...): the account it belongs to (AC...)";
                return Err(Malformed::new("sms.account", why));
            }
        };
        Ok(Self { account: account.to_owned(), client_id: client_id.to_owned() })
    }

    pub fn account(&self) -> &str {
        &self.account
    }

    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Returns true if an API key signs in, which may be permitted less than the account itself.
    pub fn is_api_key(&self) -> bool {
        self.account != self.client_id
    }
}

/// The sender of a text message, in one of the forms that providers know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsSender<'a> {
    /// A number with its country code.
    Number(&'a str),
    /// Twilio's messaging service, which chooses the number.
    MessagingService(&'a str),
    /// A short code, of one country's networks.
    ShortCode(&'a str),
    /// A name of up to 11 letters and digits, at least one of them a letter.
    Name(&'a str),
}

impl<'a> SmsSender<'a> {
    /// Reads a sender.
    ///
    /// # Errors
    /// [`Malformed`] for anything that providers refuse with every message.
    pub fn parse(text: &'a str) -> Result<Self, Malformed> {
        let is_digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(digits) = text.strip_prefix('+') {
            if is_digits(digits) && !digits.starts_with('0') && (7..=15).contains(&digits.len()) {
                return Ok(Self::Number(text));
            }
        } else if is_sid(text, "MG") {
            return Ok(Self::MessagingService(text));
        } else if is_digits(text) && (3..=8).contains(&text.len()) {
            return Ok(Self::ShortCode(text));
        } else if (1..=11).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -_+&".contains(&byte))
            && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        {
            return Ok(Self::Name(text));
        }
        let why = "must be a number with its country code, such as +12025550100, a short code, a name of up to 11 letters and digits, or a messaging service (MG...)";
        Err(Malformed::new("sms.from", why))
    }

    /// Reads a sender that SNS knows: a messaging service is Twilio's.
    ///
    /// # Errors
    /// [`Malformed`] for anything that SNS refuses with every message.
    pub fn parse_for_sns(text: &'a str) -> Result<Self, Malformed> {
        match Self::parse(text)? {
            Self::MessagingService(_) => Err(Malformed::new(
                "sms.from",
                "must be a number, a short code or a name; SNS knows no messaging services",
            )),
            sender @ (Self::Number(_) | Self::ShortCode(_) | Self::Name(_)) => Ok(sender),
        }
    }
}

fn is_sid(text: &str, start: &str) -> bool {
    text.strip_prefix(start).is_some_and(|digits| {
        digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_api_key_needs_its_account_and_an_account_needs_nothing() {
        let sid = |start: &str, digit: &str| format!("{start}{}", digit.repeat(32));
        let (account, other, key) = (sid("AC", "0"), sid("AC", "1"), sid("SK", "0"));
        let ids = |account: Option<&str>, client_id: &str| {
            TwilioIds::parse(account, client_id)
                .map(|ids| (ids.account().to_owned(), ids.is_api_key()))
        };
        assert_eq!(ids(None, &account), Ok((account.clone(), false)));
        assert_eq!(ids(Some(&account), &account), Ok((account.clone(), false)));
        assert_eq!(ids(Some(&account), &key), Ok((account.clone(), true)));
        for (account, client_id) in [
            (None, key.as_str()),
            (Some(other.as_str()), account.as_str()),
            (Some(key.as_str()), key.as_str()),
            (Some("../x"), key.as_str()),
            (None, "AC12"),
            (Some(account.as_str()), "somebody"),
        ] {
            assert!(TwilioIds::parse(account, client_id).is_err(), "{account:?} {client_id}");
        }
    }

    #[test]
    fn a_sender_is_a_number_a_service_a_short_code_or_a_name() {
        let service = format!("MG{}", "a".repeat(32));
        for (text, wanted) in [
            ("+12025550100", SmsSender::Number("+12025550100")),
            (service.as_str(), SmsSender::MessagingService(&service)),
            ("12345", SmsSender::ShortCode("12345")),
            ("Portal", SmsSender::Name("Portal")),
            ("MG 2", SmsSender::Name("MG 2")),
        ] {
            assert_eq!(SmsSender::parse(text), Ok(wanted));
        }
        for text in ["", "+", "+1", "+0212345678", "2025550100", "Müller", "A name too long"] {
            assert!(SmsSender::parse(text).is_err(), "{text}");
        }
    }
}
