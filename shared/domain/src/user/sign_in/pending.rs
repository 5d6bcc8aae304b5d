//! The enrolment that was begun in a sign-in.

use crate::{AuthenticatorId, AuthenticatorName, Destination, Method, Sealed};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pending {
    App {
        id: AuthenticatorId,
        secret: Sealed,
        place: Place,
    },
    Destination {
        id: AuthenticatorId,
        to: Destination,
        place: Place,
    },
    /// Its challenge is derived from the id.
    Passkey {
        id: AuthenticatorId,
        place: Place,
    },
}

/// The place that an authenticator takes among those that are bound, once it is confirmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The one that is removed for it, in the same write.
    pub replaces: Option<AuthenticatorId>,
    pub name: Option<AuthenticatorName>,
}

impl Pending {
    pub const fn method(&self) -> Method {
        match self {
            Self::App { .. } => Method::AuthenticatorApp,
            Self::Destination { to, .. } => to.method(),
            Self::Passkey { .. } => Method::Passkey,
        }
    }

    pub const fn place(&self) -> &Place {
        match self {
            Self::App { place, .. }
            | Self::Destination { place, .. }
            | Self::Passkey { place, .. } => place,
        }
    }
}
