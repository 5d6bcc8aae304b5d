//! The name that a user gives an authenticator.

use super::id::{is_unsafe_in_line, text_outside};
use crate::{Malformed, values::characters::is_invisible};

/// The name that a user gave one authenticator, such as "Work phone": one line of 1 to
/// [`AuthenticatorName::MAX_CHARS`] characters. Without one, its method and the day it was added
/// are shown.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthenticatorName(String);

impl AuthenticatorName {
    pub const MAX_CHARS: usize = 32;

    /// Reads what a user typed, without the blanks around it.
    ///
    /// # Errors
    /// [`Malformed`] if nothing is left, if it is too long, or if a character in it breaks a line,
    /// changes the direction of writing or cannot be seen.
    pub fn parse(typed: &str) -> Result<Self, Malformed> {
        let name = typed.trim();
        let malformed = |why| Err(Malformed::new("name", why));
        if name.is_empty() {
            return malformed("must be at least one character long");
        }
        if name.chars().any(is_refused) {
            return malformed("must be one line of letters, digits and signs that can be seen");
        }
        if name.chars().count() > Self::MAX_CHARS {
            return malformed("must be at most 32 characters long");
        }
        Ok(Self(name.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns true for what may not stand in a name. The joiners and selectors that make one letter or
/// picture of several may.
fn is_refused(c: char) -> bool {
    let joins = matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}');
    is_unsafe_in_line(c) || (is_invisible(c) && !joins)
}

impl std::fmt::Debug for AuthenticatorName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AuthenticatorName")
    }
}

text_outside!(AuthenticatorName, |name| name.0);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n1_a_name_is_one_line_of_at_most_32_characters_that_can_be_seen() {
        let name = |typed: &str| AuthenticatorName::parse(typed).map(String::from);
        let (long, longer) = ("Ж".repeat(32), "x".repeat(33));
        for (typed, kept) in [
            ("Work phone", "Work phone"),
            ("  Anna's iPhone \n", "Anna's iPhone"),
            ("1", "1"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            (&long, &long),
        ] {
            assert_eq!(name(typed).as_deref(), Ok(kept), "{typed:?}");
        }
        for refused in [
            "",
            " \n",
            &longer,
            "a\nb",
            "a\tb",
            "a\u{202e}b",
            "\u{2066}a",
            "a\u{200b}b",
            "a\0b",
            "a\u{2028}b",
            "\u{feff}a",
        ] {
            let Err(malformed) = name(refused) else { panic!("{refused:?} was taken") };
            assert!(malformed.to_string().starts_with("name must be "), "{malformed}");
        }
    }
}
