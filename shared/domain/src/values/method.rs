//! The methods: the ways to prove who is signing in.

use crate::values::Named;
use std::fmt;

/// A way to prove who is signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Codes made by an app from a shared secret (RFC 6238).
    AuthenticatorApp,
    Email,
    Sms,
    /// Signatures of an authenticator, each of a challenge (W3C Web Authentication Level 3).
    Passkey,
    /// Codes that the user was shown once, for when everything else is lost. A user is given them,
    /// and enrols none.
    RecoveryCode,
}

struct Row {
    name: &'static str,
    channel: Option<Channel>,
}

impl Method {
    /// Every method, in the order of the vocabulary.
    pub const ALL: [Self; 5] =
        [Self::AuthenticatorApp, Self::Email, Self::Sms, Self::Passkey, Self::RecoveryCode];

    const fn row(self) -> Row {
        match self {
            Self::AuthenticatorApp => Row { name: "authenticator_app", channel: None },
            Self::Email => Row { name: "email", channel: Some(Channel::Email) },
            Self::Sms => Row { name: "sms", channel: Some(Channel::Sms) },
            Self::Passkey => Row { name: "passkey", channel: None },
            Self::RecoveryCode => Row { name: "recovery_code", channel: None },
        }
    }

    /// The word for it in the API, in codes and in logs.
    pub const fn as_str(self) -> &'static str {
        self.row().name
    }

    /// Returns the way its codes are sent; `None` if they are made where they are typed.
    pub const fn channel(self) -> Option<Channel> {
        self.row().channel
    }

    /// Returns true if its proof is of one text that a user confirms, and of no other: the code or
    /// the challenge is derived from it.
    pub const fn binds_text(self) -> bool {
        match self {
            Self::Email | Self::Sms | Self::Passkey => true,
            Self::AuthenticatorApp | Self::RecoveryCode => false,
        }
    }

    /// Returns true if its codes are sent to a destination.
    pub const fn is_delivered(self) -> bool {
        self.channel().is_some()
    }
}

/// A way to send messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    Email,
    Sms,
}

impl Channel {
    pub const ALL: [Self; 2] = [Self::Email, Self::Sms];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    pub const fn method(self) -> Method {
        match self {
            Self::Email => Method::Email,
            Self::Sms => Method::Sms,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Named for Method {
    const ALL: &'static [Self] = &Self::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_written_in_one_word_everywhere() {
        let words = ["authenticator_app", "email", "sms", "passkey", "recovery_code"];
        assert_eq!(Method::ALL.map(Method::as_str), words);
        assert_eq!(Method::ALL.map(|method| method.to_string()), words);
    }
}
