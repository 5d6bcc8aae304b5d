//! Identifiers: parsed at the edge, opaque inside.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};

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
    !text.trim().is_empty() && text.len() <= bytes && !text.chars().any(is_unsafe_in_line)
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
    |t| is_line(t, 256)
);
text_id!(
    /// The portal's id of an organisation, a customer company inside it.
    OrganisationId, "organization", "must be 1 to 64 bytes of text without control characters",
    |t| is_line(t, 64)
);
text_id!(
    /// The purpose of an API key, in words.
    KeyDescription, "description", "must be 1 to 64 bytes of text on one line",
    |t| is_line(t, 64)
);
text_id!(
    /// A name shown to people.
    DisplayName, "the name", "must be 1 to 128 bytes of text on one line",
    |t| is_line(t, 128)
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
