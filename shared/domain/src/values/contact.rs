mod canonical;
mod country;
mod email;
mod phone;
mod update;

pub use canonical::CanonicalAddress;
pub use country::{Country, SharedCode};
pub use email::Email;
pub use phone::{Phone, TypedPhone};
pub use update::{ContactUpdate, NotKept};

use std::fmt;

use crate::{DisplayName, Locale, Masked, Method, OrganisationId};

/// The contact record of a user, owned by the portal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub display_name: Option<DisplayName>,
    /// The address, and whether the portal vouches that it is the user's.
    pub email: Option<KnownEmail>,
    /// A number that can take a text message.
    pub phone: Option<Phone>,
    /// The last number given could not be kept.
    pub phone_rejected: bool,
    /// The customer company the user belongs to.
    pub organisation: Option<OrganisationId>,
    pub locale: Option<Locale>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownEmail {
    pub address: Email,
    /// True if the portal vouches for it; only then is a code sent there.
    pub verified: bool,
}

impl Contact {
    /// The address a code may be sent to, if it is verified and mail can be sent to it.
    pub fn verified_email(&self) -> Option<&Email> {
        let verified = self.email.as_ref().filter(|email| email.verified);
        verified.map(|email| &email.address).filter(|address| address.deliverable().is_ok())
    }
}

#[derive(Clone, PartialEq, Eq)]
pub enum Destination {
    Email(Email),
    Sms(Phone),
}

impl Destination {
    pub const fn method(&self) -> Method {
        match self {
            Self::Email(_) => Method::Email,
            Self::Sms(_) => Method::Sms,
        }
    }

    /// The destination shortened for people: `test*****.co.nz`, `+64*****89`.
    pub fn masked(&self) -> Masked {
        match self {
            Self::Email(address) => address.masked(),
            Self::Sms(phone) => phone.masked(),
        }
    }

    pub fn is_same(&self, other: &Self) -> bool {
        self.method() == other.method() && self.normalised() == other.normalised()
    }

    /// The one form that codes and hashes are computed over. Caps go by [`CanonicalAddress`].
    pub fn normalised(&self) -> String {
        match self {
            Self::Email(address) => address.normalised(),
            Self::Sms(phone) => phone.e164().to_owned(),
        }
    }
}

impl fmt::Debug for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Destination({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// F4: twelve cases, one function.
    #[test]
    fn f4_destinations_are_masked_by_one_rule() {
        let cases = [
            ("testing@example.co.nz", "test*****.co.nz"),
            ("test@example.co.nz", "tes*****.co.nz"),
            ("abc@example.com", "ab*****.com"),
            ("a@example.com", "*****.com"),
            ("anna.smith@mail.example.co.uk", "anna*****.co.uk"),
            ("someone@example.github.io", "some*****.io"),
            ("someone@intranet.corp", "some*****.corp"),
            ("UPPER@EXAMPLE.ORG", "UPPE*****.org"),
            ("müller@example.de", "müll*****.de"),
            ("+64211234589", "+64*****89"),
            ("+12025550123", "+1*****23"),
            ("+31612345678", "+31*****78"),
        ];
        for (whole, masked) in cases {
            let destination = if whole.starts_with('+') {
                Destination::Sms(Phone::parse(whole, None).unwrap())
            } else {
                Destination::Email(Email::parse(whole).unwrap())
            };
            assert_eq!(destination.masked().as_str(), masked, "{whole}");
        }
    }
}
