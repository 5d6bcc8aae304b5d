use crate::{Destination, Method};

/// A way to send messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Email,
    Sms,
}

impl Channel {
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

    pub const fn reaches(self, to: &Destination) -> bool {
        match (self, to) {
            (Self::Email, Destination::Email(_)) | (Self::Sms, Destination::Sms(_)) => true,
            (Self::Email, Destination::Sms(_)) | (Self::Sms, Destination::Email(_)) => false,
        }
    }
}
