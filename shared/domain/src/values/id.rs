//! Identifiers: parsed at the edge, opaque inside.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};

use super::characters::is_invisible;
use crate::Malformed;

/// Unpadded base64url, which every identifier is written in.
pub(crate) fn encode(bytes: &[u8]) -> String {
    BASE64URL.encode(bytes)
}

/// Returns the number of bytes read, if the text is unpadded base64url and fits.
pub(crate) fn decode(text: &str, bytes: &mut [u8]) -> Option<usize> {
    BASE64URL.decode_slice(text, bytes).ok()
}

/// Text outside, checked inside: conversions over `parse` and `Display` or `as_str`.
macro_rules! text_outside {
    ($name:ident, $text:expr) => {
        impl From<$name> for String {
            fn from(value: $name) -> Self {
                let text: fn($name) -> Self = $text;
                text(value)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::Malformed;
            fn try_from(text: String) -> Result<Self, $crate::Malformed> {
                Self::parse(&text)
            }
        }
    };
}
pub(crate) use text_outside;

/// Declares an identifier of a fixed number of bytes, written as unpadded base64url.
macro_rules! byte_id {
    ($(#[$doc:meta])* $name:ident, $len:literal, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            pub const LEN: usize = $len;

            pub const fn new(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            pub fn parse(text: &str) -> Result<Self, $crate::Malformed> {
                let mut bytes = [0; $len];
                match $crate::values::id::decode(text, &mut bytes) {
                    Some($len) => Ok(Self(bytes)),
                    Some(_) | None => Err($crate::Malformed::new($what, "is not one of ours")),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::values::id::encode(&self.0))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(self, f)
            }
        }

        $crate::values::id::text_outside!($name, |id| id.to_string());
    };
}
pub(crate) use byte_id;

byte_id!(
    /// The locator of a user's item: a keyed hash of portal and case-folded user id, so that no
    /// personal data is ever a key.
    Locator, 16, "the user's locator"
);
byte_id!(
    /// One write of one item, made by the server, so that a lost reply can be told from a lost
    /// race.
    WriteId, 12, "the write id"
);
byte_id!(
    /// One authenticator of one user.
    AuthenticatorId, 8, "the authenticator id"
);

/// Declares an identifier that is a checked string.
macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $what:literal, $why:literal, $accepts:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            pub fn parse(text: &str) -> Result<Self, Malformed> {
                let accepts: fn(&str) -> bool = $accepts;
                if accepts(text) { Ok(Self(text.to_owned())) } else { Err(Malformed::new($what, $why)) }
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        text_outside!($name, |id| id.0);
    };
}

/// Text a person may read on one line: not empty, at most `bytes` long, no control or
/// direction-changing characters.
pub(crate) fn is_line(text: &str, bytes: usize) -> bool {
    text.len() <= bytes && is_safe_line(text)
}

/// The same with a length in characters.
fn is_line_of(text: &str, characters: usize) -> bool {
    text.chars().count() <= characters && is_safe_line(text)
}

fn is_safe_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(is_unsafe_in_line)
}

/// Characters that break out of a line, a mail header or a log: controls, line separators,
/// bidirectional overrides.
pub(crate) fn is_unsafe_in_line(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

text_id!(PortalId, "the portal id", "must be 3 to 32 of a-z, 0-9 and -", |t| (3..=32)
    .contains(&t.len())
    && t.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')));
text_id!(
    /// The portal's own immutable id of a user, compared byte for byte.
    UserId, "user.id", "must be 1 to 256 bytes of text without control characters",
    // What stands for bytes that were no UTF-8 would make one user of two.
    |t| is_line(t, 256) && !t.contains('\u{fffd}')
);
text_id!(
    /// The portal's id of an organisation, a customer company inside it.
    OrganisationId, "organization", "must be 1 to 64 characters of text without control characters",
    |t| is_line_of(t, 64)
);
text_id!(
    /// The purpose of an API key, in words.
    KeyDescription, "description", "must be 1 to 64 bytes of text on one line",
    |t| is_line(t, 64)
);
text_id!(
    /// A name shown to people.
    DisplayName, "the name", "must be 1 to 128 characters of text on one line",
    |t| is_line_of(t, DisplayName::MAX_CHARS)
);
text_id!(
    /// A value by which the portal recognises its own pending sign-in in the assertion.
    Nonce, "nonce", "must be 16 to 64 printable ASCII characters without spaces",
    |t| (16..=64).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_graphic())
);
text_id!(
    /// A language tag such as `en` or `nl-NZ` (BCP 47).
    Locale, "locale", "must be a language tag such as en or nl-NZ",
    |t| (2..=16).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
);

/// The id of the portal whose users are the admins.
const CONSOLE: &str = "console";

impl PortalId {
    pub fn console() -> Self {
        Self(CONSOLE.to_owned())
    }

    pub fn is_console(&self) -> bool {
        self.as_str() == CONSOLE
    }
}

impl DisplayName {
    const MAX_CHARS: usize = 128;

    /// Makes a name of what a portal has for one: without what nobody sees, on one line, cut at a
    /// character. It is `None` if nothing is left to read.
    pub fn from_any(text: &str) -> Option<Self> {
        let seen = text.chars().filter(|c| c.is_whitespace() || !is_hidden_in_name(*c));
        let words: String = seen.map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let words = words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let cut: String = words.chars().take(Self::MAX_CHARS).collect();
        Self::parse(cut.trim_end()).ok()
    }
}

/// Returns true for what is left out of a name: controls, marks of direction, and what else nobody
/// sees but the joiners and selectors that make one letter or picture of several.
fn is_hidden_in_name(c: char) -> bool {
    let joins = matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}');
    is_unsafe_in_line(c) || (is_invisible(c) && !joins)
}

impl Locale {
    const MAX_BYTES: usize = 16;

    /// Makes a tag of what a portal has for a language: the subtags before an extension, a script
    /// of its own or an encoding, as in `en_US.UTF-8`. It is `None` if that names no language.
    pub fn from_any(text: &str) -> Option<Self> {
        let tag = text.trim().split(['.', '@', ',', ';', ' ']).next().unwrap_or_default();
        let mut kept = String::new();
        for subtag in tag.split(['-', '_']) {
            let is_plain = subtag.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let is_language = subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
            let fits = kept.len() + 1 + subtag.len() <= Self::MAX_BYTES;
            if !(2..=8).contains(&subtag.len()) || !is_plain || !fits {
                break;
            }
            if kept.is_empty() && !is_language {
                break;
            }
            if !kept.is_empty() {
                kept.push('-');
            }
            kept.push_str(subtag);
        }
        Self::parse(&kept).ok()
    }
}

impl UserId {
    /// The form under which ids that differ only in case meet in one item (Unicode default case
    /// folding).
    pub fn case_folded(&self) -> String {
        caseless::default_case_fold_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v6_a_name_is_made_of_whatever_a_portal_has_for_one() {
        let name = |text: &str| DisplayName::from_any(text).map(String::from);
        let cyrillic = "Ж".repeat(65);
        let long = format!("{}é{}", "x".repeat(127), "y".repeat(9));
        for (given, kept) in [
            ("Anna", "Anna"),
            (" Anna \t Smith\n", "Anna Smith"),
            ("\u{200f}\u{202b}דנה\u{202c}", "דנה"),
            ("An\u{0}na\u{feff}\u{200b}", "Anna"),
            (&cyrillic, &cyrillic),
            (&long, &format!("{}é", "x".repeat(127))),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ] {
            assert_eq!(name(given).as_deref(), Some(kept), "{given:?}");
        }
        for nothing in ["", " ", "\u{200f}", "\n", "\u{ad}\u{200b} "] {
            assert_eq!(name(nothing), None, "{nothing:?}");
        }
        assert!(DisplayName::parse(&"Ж".repeat(128)).is_ok());
        assert!(DisplayName::parse(&"Ж".repeat(129)).is_err());
        assert!(OrganisationId::parse(&"Ж".repeat(64)).is_ok());
        assert!(OrganisationId::parse(&"Ж".repeat(65)).is_err());
    }

    #[test]
    fn v6_a_language_is_made_of_whatever_a_portal_has_for_one() {
        let tag = |text: &str| Locale::from_any(text).map(String::from);
        for (given, kept) in [
            ("en", "en"),
            ("nl-NZ", "nl-NZ"),
            ("en_US", "en-US"),
            ("de_DE.UTF-8", "de-DE"),
            ("ca@valencia", "ca"),
            ("en-US-u-ca-gregory", "en-US"),
            ("zh-Hant-TW-x-y", "zh-Hant-TW"),
            ("sl-rozaj-biske-1994", "sl-rozaj-biske"),
            (" en ", "en"),
            ("nl, en;q=0.5", "nl"),
        ] {
            assert_eq!(tag(given).as_deref(), Some(kept), "{given:?}");
        }
        for nothing in ["", " ", "x", "*", "12", "i-klingon", "español", "\u{200f}", "-en"] {
            assert_eq!(tag(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn user_ids_of_any_script_are_taken_and_control_characters_are_not() {
        for id in ["a", "客户-42", "Ünïcode", &"x".repeat(256)] {
            assert!(UserId::parse(id).is_ok(), "{id}");
        }
        for id in ["", " ", "a\nb", "a\u{202e}b", &"x".repeat(257)] {
            assert!(UserId::parse(id).is_err(), "{id:?}");
        }
    }

    #[test]
    fn ids_that_differ_only_in_case_fold_to_one() {
        let fold = |id: &str| UserId::parse(id).unwrap().case_folded();
        assert_eq!(fold("ΣΑΣ"), fold("σας"));
        assert_eq!(fold("STRASSE"), "strasse");
        assert_eq!(fold("straße"), "strasse");
    }
}
