//! The address of a mailbox, however it is spelled: for counting only.

use std::fmt;

use super::Destination;

/// The form that all spellings of one mailbox share: letters folded, without what stands behind a
/// `+`, and at Gmail without dots. It would make one address of two people's elsewhere, so messages
/// are counted by it and nothing is ever decided by it: codes, masks and what a user has bound go
/// by [`Destination::normalised`].
#[derive(Clone, PartialEq, Eq)]
pub struct CanonicalAddress(String);

impl CanonicalAddress {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CanonicalAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CanonicalAddress")
    }
}

impl From<&Destination> for CanonicalAddress {
    fn from(destination: &Destination) -> Self {
        let normalised = destination.normalised();
        Self(match destination {
            Destination::Email(_) => mailbox(&normalised),
            Destination::Sms(_) => normalised,
        })
    }
}

fn mailbox(normalised: &str) -> String {
    let (local, domain) = normalised.rsplit_once('@').unwrap_or((normalised, ""));
    let local = caseless::default_case_fold_str(local);
    let (untagged, _tag) = local.split_once('+').unwrap_or((&local, ""));
    match domain {
        "gmail.com" | "googlemail.com" => format!("{}@gmail.com", untagged.replace('.', "")),
        _ => format!("{untagged}@{domain}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Email, Phone};

    fn canonical(text: &str) -> String {
        let email = Email::parse(text).unwrap();
        CanonicalAddress::from(&Destination::Email(email)).as_str().to_owned()
    }

    #[test]
    fn s39_every_spelling_of_a_mailbox_is_counted_as_one() {
        for (text, mailbox) in [
            ("anna@example.com", "anna@example.com"),
            ("Anna+1@Example.COM", "anna@example.com"),
            ("anna+a+b@example.com", "anna@example.com"),
            ("an.na@example.com", "an.na@example.com"),
            ("A.n.n.a+x@GMail.com", "anna@gmail.com"),
            ("anna@googlemail.com", "anna@gmail.com"),
            ("an.na@mail.gmail.com", "an.na@mail.gmail.com"),
            ("MÜLLER@bücher.example", "müller@xn--bcher-kva.example"),
            ("+tag@example.com", "@example.com"),
        ] {
            assert_eq!(canonical(text), mailbox, "{text}");
        }
        let phone = Destination::Sms(Phone::parse("+64 21 123 4589", None).unwrap());
        let counted = CanonicalAddress::from(&phone);
        assert_eq!(counted.as_str(), "+64211234589");
        assert_eq!(format!("{counted:?}"), "CanonicalAddress");
    }
}
