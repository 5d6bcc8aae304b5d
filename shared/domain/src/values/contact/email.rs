//! Email addresses: strict enough that one field can never be two recipients.
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use std::{borrow::Cow, fmt};

use crate::{Malformed, Masked, values::characters::is_invisible};

/// One email address (the `addr-spec` of RFC 5322 without comments or quoting, RFC 6531 characters
/// allowed).
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

/// The longest address, in bytes (RFC 5321, section 4.5.3.1.3, without the angle brackets).
const MAX_BYTES: usize = 254;

/// Domains that gave out addresses with a dot at the end of the local part, or several in a row.
const DOTS_ANYWHERE: [&str; 2] = ["docomo.ne.jp", "ezweb.ne.jp"];

/// Characters of a suffix that are shown; only made-up domains have longer ones.
const MASKED_SUFFIX: usize = 24;

impl Email {
    /// Takes the text if it is exactly one address at a domain that DNS can have; blanks around it
    /// are dropped.
    ///
    /// # Errors
    /// [`Malformed`] for lists, quoting, white space, control characters, an address of a machine,
    /// or over 254 bytes.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let email = Self::known(text.trim())?;
        let (local, domain) = email.halves();
        let host = host(domain).ok_or(NOT_ONE_ADDRESS)?;
        let dots = is_dot_atom(local)
            || (DOTS_ANYWHERE.contains(&host.as_ref()) && !local.starts_with('.'));
        let fits = local.len() + 1 + host.len() <= MAX_BYTES;
        if dots && fits { Ok(email) } else { Err(NOT_ONE_ADDRESS) }
    }

    /// Takes an address that mail can come from.
    ///
    /// # Errors
    /// [`Malformed`] for more than one address, and for one that no provider delivers to.
    pub fn parse_sender(text: &str) -> Result<Self, Malformed> {
        let email = Self::parse(text)?;
        email.deliverable().map(|()| email)
    }

    /// Takes an address that was read before, perhaps by an earlier release with looser rules.
    ///
    /// # Errors
    /// [`Malformed`] for what could break a header or be two recipients.
    pub fn known(text: &str) -> Result<Self, Malformed> {
        let (local, domain) = text.rsplit_once('@').ok_or(NOT_ONE_ADDRESS)?;
        let fits = text.len() <= MAX_BYTES && (1..=64).contains(&local.len());
        let one = local.chars().all(|c| c == '.' || is_local_char(c))
            && domain.contains('.')
            && domain.chars().all(|c| c == '.' || is_domain_char(c));
        if fits && one { Ok(Self(text.to_owned())) } else { Err(NOT_ONE_ADDRESS) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as providers take it: the domain as it stands in DNS, and a local part with dots
    /// that RFC 5321 does not allow as a quoted string, which may hold them (section 4.1.2).
    pub fn as_sent(&self) -> Cow<'_, str> {
        let (local, domain) = self.halves();
        let quoted = !is_dot_atom(local);
        match host(domain).filter(|_| quoted || !domain.is_ascii()) {
            Some(host) if quoted => format!("\"{local}\"@{host}").into(),
            Some(host) => format!("{local}@{host}").into(),
            None => (&self.0).into(),
        }
    }

    /// Refuses an address that no provider delivers to: mail to local parts outside ASCII needs
    /// SMTPUTF8 (RFC 6531), which Amazon SES does not speak.
    ///
    /// # Errors
    /// [`Malformed`] with the reason.
    pub fn deliverable(&self) -> Result<(), Malformed> {
        let why = "has letters other than a-z before the @, and no mail can be sent to those";
        if !self.halves().0.is_ascii() {
            return Err(Malformed::new("email", why));
        }
        Self::parse(&self.0).map(drop)
    }

    fn halves(&self) -> (&str, &str) {
        self.0.rsplit_once('@').unwrap_or((&self.0, ""))
    }

    /// The local part, and the domain in the letters that people read.
    fn parts(&self) -> (&str, String) {
        let (local, domain) = self.halves();
        let (readable, _) = idna::domain_to_unicode(domain);
        (local, readable.to_lowercase())
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

const NOT_ONE_ADDRESS: Malformed =
    Malformed::new("email", "must be one address such as name@example.com");

/// Returns the domain as it stands in DNS (IDNA, UTS 46), in lower case. The last label of a name
/// is not a number (RFC 3696, section 2), and that of an address is.
fn host(domain: &str) -> Option<Cow<'_, str>> {
    let rules = (AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify);
    let host = Uts46::new().to_ascii(domain.as_bytes(), rules.0, rules.1, rules.2).ok()?;
    let (_, last) = host.rsplit_once('.')?;
    (!last.bytes().all(|byte| byte.is_ascii_digit())).then_some(host)
}

fn is_dot_atom(local: &str) -> bool {
    local.split('.').all(|atom| !atom.is_empty())
}

fn is_local_char(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c)
}

/// Marks are part of some scripts, so what DNS can have of other characters is left to IDNA.
fn is_domain_char(c: char) -> bool {
    let outside = !c.is_ascii() && !c.is_control() && !c.is_whitespace() && !is_invisible(c);
    c.is_ascii_alphanumeric() || c == '-' || outside
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email")
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl TryFrom<String> for Email {
    type Error = Malformed;

    fn try_from(known: String) -> Result<Self, Malformed> {
        Self::known(&known)
    }
}

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
    fn v4_both_spellings_of_a_domain_are_one_destination_that_providers_take() {
        for (text, sent) in [
            ("anna@bücher.example", "anna@xn--bcher-kva.example"),
            ("Anna@BÜCHER.example", "Anna@xn--bcher-kva.example"),
            ("anna@straße.example", "anna@xn--strae-oqa.example"),
            ("anna@उदाहरण.परीक्षा", "anna@xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g"),
            ("anna@xn--bcher-kva.example", "anna@xn--bcher-kva.example"),
            ("Anna+x@Example.COM", "Anna+x@Example.COM"),
        ] {
            let email = Email::parse(text).unwrap();
            assert_eq!((&*email.as_sent(), email.deliverable()), (sent, Ok(())), "{text}");
            let spelled = Email::parse(sent).unwrap();
            assert!(email.is_same(&spelled), "{text}");
            let masked = [&email, &spelled].map(|email| email.masked().as_str().to_owned());
            assert_eq!(masked[0], masked[1], "{text}");
        }
        let unsendable = Email::parse("müller@example.de").unwrap();
        assert!(unsendable.deliverable().unwrap_err().to_string().contains("before the @"));
    }

    #[test]
    fn v16_an_address_is_at_a_domain_that_dns_can_have() {
        let long = format!("a@{}.example", "x".repeat(64));
        for text in [
            "anna@-example.com",
            "anna@example-.com",
            "anna@127.0.0.1",
            "anna@example.123",
            "anna@example",
            "anna@example.com.",
            "anna@.example.com",
            "anna@exa_mple.com",
            "anna@xn--a.example",
            "anna@xn--.example",
            "anna@exam\u{a0}ple.com",
            "anna@x。com\u{200b}",
            &long,
        ] {
            assert!(Email::parse(text).is_err(), "{text:?}");
        }
        for text in ["anna@3com.com", "anna@a--b.example", "anna@1.example", "anna@example.c0"] {
            assert!(Email::parse(text).is_ok(), "{text:?}");
        }
        let kept = Email::known("anna@127.0.0.1").unwrap();
        assert!(kept.deliverable().is_err() && kept.as_sent() == "anna@127.0.0.1");
    }

    #[test]
    fn v26_the_dots_of_docomo_are_accepted_and_sent_quoted() {
        for (text, sent) in [
            ("anna..b@docomo.ne.jp", "\"anna..b\"@docomo.ne.jp"),
            ("anna.@DoCoMo.ne.jp", "\"anna.\"@docomo.ne.jp"),
            ("a...b.@ezweb.ne.jp", "\"a...b.\"@ezweb.ne.jp"),
            ("anna.b@docomo.ne.jp", "anna.b@docomo.ne.jp"),
        ] {
            let email = Email::parse(text).unwrap();
            assert_eq!((&*email.as_sent(), email.deliverable()), (sent, Ok(())), "{text}");
        }
        for text in ["anna..b@example.jp", ".anna@docomo.ne.jp", "anna..b@x.docomo.ne.jp"] {
            assert!(Email::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn v11_blanks_around_an_address_are_dropped() {
        for text in [" anna@example.com", "anna@example.com ", "\u{3000}anna@example.com\r\n"] {
            assert_eq!(Email::parse(text).unwrap().as_str(), "anna@example.com", "{text:?}");
        }
        assert!(Email::parse("anna @example.com").is_err());
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
