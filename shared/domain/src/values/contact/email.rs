//! Email addresses: strict enough that one field can never be two recipients.
use std::fmt;

use crate::{Malformed, Masked, values::id::text_outside};

/// One email address (the `addr-spec` of RFC 5322 without comments or quoting, RFC 6531 characters
/// allowed).
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

/// Characters of a suffix that are shown; only made-up domains have longer ones.
const MASKED_SUFFIX: usize = 24;

impl Email {
    /// Takes the text if it is exactly one address.
    ///
    /// # Errors
    /// [`Malformed`] for lists, quoting, white space, control characters, or over 254 bytes.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let wrong = Malformed::new("email", "must be one address such as name@example.com");
        let (local, domain) = text.rsplit_once('@').ok_or(wrong)?;
        let lengths = text.len() <= 254 && (1..=64).contains(&local.len());
        if lengths
            && is_dot_atom(local, is_local_char)
            && domain.contains('.')
            && is_dot_atom(domain, is_domain_char)
        {
            Ok(Self(text.to_owned()))
        } else {
            Err(wrong)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parts(&self) -> (&str, String) {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        (local, domain.to_lowercase())
    }

    /// The one form of every spelling of an address: ASCII letters in lower case, which mailboxes
    /// do not tell apart, and the domain as it stands in DNS (IDNA, UTS 46). Other letters are not
    /// folded: that would make one address of two people's.
    pub(super) fn normalised(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        let local = local.to_ascii_lowercase();
        let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_ascii_lowercase());
        format!("{local}@{domain}")
    }

    pub fn is_same(&self, other: &Self) -> bool {
        self.normalised() == other.normalised()
    }

    /// The first min(4, length - 1) characters of the local part, five stars, a dot, and the
    /// suffix: the ICANN part of the Public Suffix List, or the last label where the list is
    /// silent.
    pub fn masked(&self) -> Masked {
        let (local, domain) = self.parts();
        let shown = local.chars().count().saturating_sub(1).min(4);
        let head: String = local.chars().take(shown).collect();
        let suffix: String = public_suffix(&domain).chars().take(MASKED_SUFFIX).collect();
        Masked::new(format!("{head}*****.{suffix}"))
    }
}

/// The ICANN suffix of a domain: a private entry of the list (`github.io`) counts by its own
/// parent.
fn public_suffix(domain: &str) -> &str {
    let mut rest = domain;
    loop {
        match psl::suffix(rest.as_bytes()) {
            Some(suffix) if suffix.typ() == Some(psl::Type::Private) => {
                match rest.split_once('.') {
                    Some((_, parent)) => rest = parent,
                    None => return rest,
                }
            }
            Some(suffix) => {
                let length = suffix.as_bytes().len();
                return rest.get(rest.len().saturating_sub(length)..).unwrap_or(rest);
            }
            None => return rest.rsplit('.').next().unwrap_or(rest),
        }
    }
}

fn is_dot_atom(text: &str, accepts: fn(char) -> bool) -> bool {
    text.split('.').all(|atom| (1..=64).contains(&atom.len()) && atom.chars().all(accepts))
}

fn is_local_char(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c)
}

fn is_domain_char(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email")
    }
}

text_outside!(Email, |email| email.0);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v2_one_address_in_other_letters_is_the_same_and_no_two_people_are_one() {
        let same = |one: &str, other: &str| {
            Email::parse(one).unwrap().is_same(&Email::parse(other).unwrap())
        };
        assert!(same("Case1@Example.com", "case1@example.COM"));
        assert!(same("anna@Bücher.example", "anna@xn--bcher-kva.example"));
        for (one, other) in [
            ("anna@example.com", "ann@example.com"),
            ("anna@example.com", "anna@example.org"),
            ("anna+a@example.com", "anna@example.com"),
            ("an.na@gmail.com", "anna@gmail.com"),
            // The long s, the Kelvin sign, the dotless i: Unicode would fold them into s, k and i.
            ("jeſſ@example.com", "jess@example.com"),
            ("\u{212a}im@example.com", "kim@example.com"),
            ("dım@example.com", "dim@example.com"),
            ("MÜLLER@example.de", "müller@example.de"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn one_field_is_never_two_recipients() {
        let refused = [
            "",
            "a",
            "a@b",
            "@example.com",
            "a@",
            "a@x.com,b@x.com",
            "a@x.com b@x.com",
            "a@x\nBcc: b@x.com",
            "\"a b\"@x.com",
            "a@x..com",
            ".a@x.com",
            "a.@x.com",
            "a@-\u{202e}x.com",
            "<a@x.com>",
            "a@b@x.com",
            "a@x.com\0",
            "a@[127.0.0.1]",
        ];
        for text in refused {
            assert!(Email::parse(text).is_err(), "{text:?}");
        }
        for invisible in ["a\u{ad}b@example.com", "a@exa\u{200b}mple.com", "a\u{202e}b@example.com"]
        {
            assert!(Email::parse(invisible).is_err(), "{invisible:?}");
        }
        let long = |local: usize, label: usize| {
            let (local, label) = ("x".repeat(local), format!("{}.", "y".repeat(label)));
            Email::parse(&format!("{local}@{}com", label.repeat(3)))
        };
        assert_eq!(
            [long(64, 61), long(64, 62), long(65, 10)].map(|e| e.is_ok()),
            [true, false, false]
        );
        let email = Email::parse("anna@example.com").unwrap();
        assert_eq!(
            (email.as_str(), format!("{email:?}")),
            ("anna@example.com", "Email".to_owned())
        );
        for text in [
            "a@example.com",
            "o'neil+tag@example.co.nz",
            "müller@bücher.example",
            "a_b-c.d@sub.example.org",
        ] {
            assert!(Email::parse(text).is_ok(), "{text:?}");
        }
    }
}
