//! The ways in which messages are sent.

use crate::{Destination, Method};

/// A way to send messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Email.
    Email,
    /// Text messages.
    Sms,
}

impl Channel {
    /// Its name in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    /// The method whose codes go this way.
    pub const fn method(self) -> Method {
        match self {
            Self::Email => Method::Email,
            Self::Sms => Method::Sms,
        }
    }

    /// Returns true if messages to a destination go this way.
    pub const fn reaches(self, to: &Destination) -> bool {
        match (self, to) {
            (Self::Email, Destination::Email(_)) | (Self::Sms, Destination::Sms(_)) => true,
            (Self::Email, Destination::Sms(_)) | (Self::Sms, Destination::Email(_)) => false,
        }
    }
}
