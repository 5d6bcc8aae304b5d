//! The methods a policy can offer, each with the settings that belong to it.

use super::passkey::{PasskeyRules, PasskeySettings, Promotion, WhenBound};
use crate::values::named::named;
use crate::{
    Malformed, Method,
    values::id::{is_unsafe_in_line, text_outside},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MethodPolicy {
    AuthenticatorApp {
        /// The name the app shows; the portal's description where there is none.
        issuer: Option<Issuer>,
        email_fallback: EmailFallback,
    },
    Email {
        destination: DestinationSource,
    },
    Sms {
        destination: DestinationSource,
    },
    Passkey {
        rules: PasskeyRules,
        when_bound: WhenBound,
        promotion: Promotion,
    },
}

/// The settings of a method on offer, whichever it is.
#[derive(Clone, Copy, Debug)]
pub struct MethodSettings<'a> {
    pub method: Method,
    pub source: Option<DestinationSource>,
    pub app: Option<(&'a Option<Issuer>, EmailFallback)>,
    pub passkey: Option<PasskeySettings>,
}

impl MethodPolicy {
    /// Returns the settings side by side, for the rules that treat all methods alike.
    pub fn settings(&self) -> MethodSettings<'_> {
        let of = |method| MethodSettings { method, source: None, app: None, passkey: None };
        match self {
            Self::AuthenticatorApp { issuer, email_fallback } => MethodSettings {
                app: Some((issuer, *email_fallback)),
                ..of(Method::AuthenticatorApp)
            },
            Self::Email { destination } => {
                MethodSettings { source: Some(*destination), ..of(Method::Email) }
            }
            Self::Sms { destination } => {
                MethodSettings { source: Some(*destination), ..of(Method::Sms) }
            }
            Self::Passkey { rules, when_bound, promotion } => {
                let (rules, when_bound, promotion) = (*rules, *when_bound, *promotion);
                let passkey = Some(PasskeySettings { rules, when_bound, promotion });
                MethodSettings { passkey, ..of(Method::Passkey) }
            }
        }
    }

    pub fn method(&self) -> Method {
        self.settings().method
    }

    pub fn is_enrolled_by_users(&self) -> bool {
        self.settings().source != Some(DestinationSource::Directory)
    }
}

/// The use of email when the app is out of reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailFallback {
    Forbidden,
    /// Get a user in, this once.
    Allowed,
    /// That, and be made the default by the user.
    AllowedAsDefault,
}

/// The source of a delivered method's destinations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DestinationSource {
    /// The contact record's: there is no enrolment step.
    Directory,
    /// Entered by the user, who confirms it.
    User,
}

/// The name an authenticator app shows beside the code: 1 to 50 characters, none of them `:` or a
/// control character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer(String);

impl Issuer {
    /// The longest issuer, in characters.
    pub const MAX_CHARS: usize = 50;

    /// Takes the trimmed text if it is a good label.
    ///
    /// # Errors
    /// [`Malformed`] when it is blank, too long, or holds a character that would break the app's
    /// label.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Malformed::new(
                "issuer",
                "must not be blank; leave it out to show the portal's description",
            ));
        }
        if text.chars().count() > Self::MAX_CHARS {
            return Err(Malformed::new("issuer", "must be at most 50 characters"));
        }
        if text.contains(':') || text.chars().any(is_unsafe_in_line) {
            return Err(Malformed::new(
                "issuer",
                "must not contain ':' or control characters, which authenticator apps misread",
            ));
        }
        Ok(Self(text.to_owned()))
    }

    /// A label made of a portal's description, which may hold what an issuer may not.
    pub fn from_description(description: &str) -> Self {
        let kept: String = description
            .chars()
            .map(|c| if c == ':' || is_unsafe_in_line(c) { ' ' } else { c })
            .collect();
        let words: Vec<&str> = kept.split_whitespace().collect();
        let label: String = words.join(" ").chars().take(Self::MAX_CHARS).collect();
        let label = label.trim();
        Self(if label.is_empty() { "Portal".to_owned() } else { label.to_owned() })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_outside!(Issuer, |issuer| issuer.0);

named! {
    EmailFallback {
        Forbidden: "forbidden", Allowed: "allowed", AllowedAsDefault: "allowed_as_default"
    }
    DestinationSource { Directory: "directory", User: "user" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i8_fifty_characters_are_accepted_and_fifty_one_are_not() {
        assert!(Issuer::parse(&"𝒳".repeat(50)).is_ok());
        assert!(Issuer::parse(&"x".repeat(51)).is_err());
        for text in ["a:b", "a\nb", "", "  ", "a\u{202e}b"] {
            assert!(Issuer::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn i8_any_description_yields_a_label() {
        assert_eq!(Issuer::from_description("ACME: Kunden\nPortal").as_str(), "ACME Kunden Portal");
        assert_eq!(Issuer::from_description(&"long ".repeat(30)).as_str().chars().count(), 49);
        assert_eq!(Issuer::from_description(" : ").as_str(), "Portal");
    }
}
