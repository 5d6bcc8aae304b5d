//! The text that a user confirms in a step-up, such as a payment.

use super::{
    characters::{is_dash, is_invisible},
    code::digit,
    gsm,
    id::{byte_id, is_unsafe_in_line, text_outside},
};
use crate::Malformed;

/// The text that a user confirms in a step-up, such as "Pay EUR 250.00 to ACME": one line, which
/// fits a text message together with the line of the code. It is shown as it is, so nothing in it
/// can pass for the code, for a link, or for a line of ours. Only its hash is ever stored.
#[derive(Clone, PartialEq, Eq)]
pub struct TransactionText(String);

byte_id!(
    /// The SHA-256 of a text that a user confirms.
    TextHash, 32, "the text's hash"
);

/// Parts of words for a code, in the languages of the catalogue.
const CODE_WORDS: [&str; 12] = [
    "code",
    "kode",
    "codigo",
    "código",
    "passwor",
    "kennwort",
    "wachtwoord",
    "contrase",
    "token",
    "رمز",
    "كود",
    "الرقم السري",
];

/// Words for a code that are parts of other words.
const SHORT_CODE_WORDS: [&str; 7] = ["pin", "tan", "mtan", "otp", "clave", "nip", "key"];

/// The digits beside a word for a code that could pass for one.
const CODE_DIGITS: usize = 6;

impl TransactionText {
    pub const MAX_CHARS: usize = 140;
    /// The most septets of a text in the alphabet of text messages.
    pub const MAX_SEPTETS: usize = 140;
    /// The most units of UTF-16 of any other text.
    pub const MAX_UTF16: usize = 54;

    /// Reads a text, exactly as the portal sent it.
    ///
    /// # Errors
    /// [`Malformed`], with the reason.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let malformed = |why| Err(Malformed::new("text", why));
        if text.is_empty() || text.trim() != text {
            return malformed("must be 1 to 140 characters, without spaces around them");
        }
        if text.chars().count() > Self::MAX_CHARS {
            return malformed("must be at most 140 characters long");
        }
        if text.chars().any(is_refused) {
            return malformed("must be one line of letters, digits and signs that can be seen");
        }
        if has_link(text) {
            return malformed("must have no web address, no mail address and no @name in it");
        }
        if has_code(text) {
            return malformed("must not have six digits and a word for a code in it");
        }
        if !fits(text) {
            let why = "must fit one text message with the code: 140 characters of the GSM \
                       alphabet, else 54";
            return malformed(why);
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text as it stands in a text message, where every space is an ordinary one.
    pub fn in_text_message(&self) -> String {
        with_plain_spaces(&self.0)
    }
}

text_outside!(TransactionText, |text| text.0);

impl std::fmt::Debug for TransactionText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TransactionText")
    }
}

fn with_plain_spaces(text: &str) -> String {
    text.replace(char::is_whitespace, " ")
}

/// Returns true for what breaks a line, changes the direction of writing or cannot be seen. Of the
/// spaces, the one that keeps a number and its currency together may stand.
fn is_refused(c: char) -> bool {
    let is_plain_space = matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    is_unsafe_in_line(c) || is_invisible(c) || (c.is_whitespace() && !is_plain_space)
}

fn fits(text: &str) -> bool {
    let text = with_plain_spaces(text);
    match gsm::septets(&text) {
        Some(septets) => septets <= TransactionText::MAX_SEPTETS,
        None => text.encode_utf16().count() <= TransactionText::MAX_UTF16,
    }
}

/// Returns true if a phone would make a link of a part of it, or take `@host #code` for the line
/// that binds a code to a host (WICG, origin-bound one-time codes).
fn has_link(text: &str) -> bool {
    // The other dots that a browser takes for one (UTS 46, section 2.3).
    let text = text.replace(['\u{3002}', '\u{ff0e}', '\u{ff61}'], ".").to_lowercase();
    let names_host = |word: &str| {
        let is_outside = |c: char| !(c.is_alphanumeric() || c == '.' || is_dash(c));
        word.split(is_outside).any(is_host)
    };
    text.contains("://")
        || text.split(|c: char| !(c.is_ascii_digit() || c == '.')).any(is_address)
        || text.split_whitespace().any(|word| word.starts_with(['@', '\u{ff20}', '\u{fe6b}']))
        || text.split_whitespace().any(names_host)
}

/// Returns true for four numbers with dots between them, of which phones make a link.
fn is_address(text: &str) -> bool {
    let numbers: Vec<Result<u8, _>> = text.trim_matches('.').split('.').map(str::parse).collect();
    numbers.len() == 4 && numbers.iter().all(Result::is_ok)
}

/// Returns true for labels with dots between them of which the last is one of the Public Suffix
/// List.
fn is_host(labels: &str) -> bool {
    let host = labels.trim_matches(|c| c == '.' || is_dash(c));
    let is_listed = || psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known());
    host.contains('.') && !host.contains("..") && is_listed()
}

/// Returns true if it has digits that could pass for a code, and a word that says that they are
/// one.
fn has_code(text: &str) -> bool {
    let text: String = text.chars().filter_map(plain).flat_map(char::to_lowercase).collect();
    let mut words = text.split(|c: char| !c.is_alphabetic());
    let says_code = CODE_WORDS.iter().any(|word| text.contains(word))
        || words.any(|word| SHORT_CODE_WORDS.contains(&word));
    says_code && longest_number(&text) >= CODE_DIGITS
}

/// Returns the letter as people read it: a wide one as the usual one, and no mark that stands over
/// another.
fn plain(c: char) -> Option<char> {
    match c {
        '\u{300}'..='\u{36f}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        _ => Some(c),
    }
}

/// Returns the digits of the longest number, whose groups may be divided by anything but letters.
fn longest_number(text: &str) -> usize {
    let (mut longest, mut digits) = (0, 0);
    for c in text.chars() {
        if digit(c).is_some() {
            digits += 1;
            longest = longest.max(digits);
        } else if c.is_alphabetic() {
            digits = 0;
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<&'static str> {
        TransactionText::parse(text).err().map(|malformed| malformed.why)
    }

    #[test]
    fn u2_a_text_is_what_people_confirm_in_any_script() {
        let long = "x".repeat(140);
        let wide = "客".repeat(54);
        for text in [
            "Pay EUR 250.00 to ACME",
            "Überweisung von 1.250,00\u{a0}€ an Müller & Co. KG",
            "Payer 1\u{202f}250,00 € à Société Générale",
            "Zahle 250,00 EUR an J.Smith, Nr.5, z.B.",
            "Invoice #123456 of 2026-12-01",
            "Send 123456 points",
            "Change the delivery code of the warehouse",
            "ادفع 250 يورو إلى أكمي",
            "Pagar 250,00 € a Panadería Méndez",
            "Shopping with 123456 points in Tansania",
            long.as_str(),
            wide.as_str(),
        ] {
            let parsed = TransactionText::parse(text).map(|parsed| parsed.0);
            assert_eq!(parsed.as_deref(), Ok(text));
        }
        let parsed = TransactionText::parse("Pay 250,00\u{a0}€").unwrap();
        assert_eq!(parsed.in_text_message(), "Pay 250,00 €");
        assert_eq!(format!("{parsed:?}"), "TransactionText");
    }

    #[test]
    fn u3_what_could_pass_for_something_else_is_refused() {
        for text in [
            "",
            " ",
            " Pay",
            "Pay ",
            "Pay\nEUR",
            "Pay\r\nEUR",
            "Pay\u{2028}EUR",
            "Pay\tEUR",
            "Pay\u{202e}002 RUE",
            "Pay\u{2066}EUR",
            "Pay\u{200b}EUR",
            "Pay\u{3000}EUR",
            "Pay\u{7f}EUR",
            "Pay at https://acme.example",
            "Pay at acme.com",
            "Pay at acme。com now",
            "Pay at acme．com/x?y",
            "Pay (www.acme.co.nz)",
            "Pay ACME.COM.",
            "Pay anna@acme.com",
            "@acme.example #123456",
            "Pay @acme #123456",
            "Pay ＠acme",
            "Your code is 123456",
            "Code: 123 456",
            "CODE 123-456",
            "Votre code : 123456",
            "Ihr Sicherheitscode ١٢٣٤٥٦",
            "Su código es 123456",
            "Passwort 123456",
            "PIN 123.456 to pay",
            "رمزك 123456",
            "Pay at 93.184.216.34/pay",
            "Your code: 123,456",
            "Code 123/456",
            "code 123·456",
            "OTP123456",
            "PIN123456",
            "co\u{301}digo 123456",
            "ｃｏｄｅ 123456",
            "Code １２３４５６",
        ] {
            assert!(refused(text).is_some(), "{text:?}");
        }
    }

    #[test]
    fn u3_a_text_fits_one_text_message_together_with_the_code() {
        for (text, is_good) in [
            ("x".repeat(141), false),
            ("€".repeat(70), true),
            ("€".repeat(71), false),
            (format!("ë{}", "x".repeat(53)), true),
            (format!("ë{}", "x".repeat(54)), false),
            ("客".repeat(55), false),
            ("🧾".repeat(27), true),
            ("🧾".repeat(28), false),
        ] {
            assert_eq!(TransactionText::parse(&text).is_ok(), is_good, "{text}");
        }
    }
}
