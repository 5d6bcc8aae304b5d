//! The name of an admin.

use std::fmt;

use crate::{Malformed, UserId, values::id::text_outside};

/// The name an admin signs in with, compared byte for byte: 2 to 64 characters that stand in a path
/// as they are (RFC 3986, section 2.3), the first a letter or digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminId(UserId);

impl AdminId {
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let good = (2..=64).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_alphanumeric())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b));
        if good {
            Ok(Self(UserId::parse(text)?))
        } else {
            let why =
                "must be 2 to 64 letters, digits and \"-._~\", beginning with a letter or digit";
            Err(Malformed::new("name", why))
        }
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub const fn as_user(&self) -> &UserId {
        &self.0
    }
}

impl fmt::Display for AdminId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

text_outside!(AdminId, |id| id.as_str().to_owned());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PortalId;

    #[test]
    fn a_name_is_two_to_sixty_four_characters_that_stand_in_a_path_as_they_are() {
        for good in ["jo", "jo.smith-2_~", &"x".repeat(64)] {
            assert_eq!(AdminId::parse(good).unwrap().to_string(), good);
        }
        for wrong in [
            "",
            "j",
            "..",
            "-jo",
            "jo smith",
            "jo/s",
            "jo@a.b",
            "jo#",
            "jö",
            "jo\n",
            &"x".repeat(65),
        ] {
            assert!(AdminId::parse(wrong).is_err(), "{wrong}");
        }
        assert!(PortalId::console().is_console());
        assert!(!PortalId::parse("acme").unwrap().is_console());
    }
}
