//! The authenticators of a user.

use crate::{
    AuthenticatorId, Destination, Email, Method, Phone, Sealed, Timestamp, UnknownMembers,
};

/// One thing a user has bound by a confirmed enrolment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticator {
    /// Its id; part of the seal of an app's secret.
    pub id: AuthenticatorId,
    /// The portal's generation when it was bound.
    pub generation: u32,
    /// The moment it was bound.
    pub bound_at: Timestamp,
    /// The app or the destination.
    pub binding: Binding,
    /// What only a newer release knows of it.
    pub unknown: UnknownMembers,
}

/// The app or the destination behind an authenticator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// An authenticator app.
    App {
        /// The shared secret, sealed.
        secret: Sealed,
        /// The step of the last accepted code; older ones, and itself, are never accepted (RFC
        /// 6238, section 5.2).
        last_step: u64,
    },
    /// The user's own address.
    Email(Email),
    /// The user's own number.
    Sms(Phone),
}

impl Authenticator {
    /// The method it serves.
    pub const fn method(&self) -> Method {
        match self.binding {
            Binding::App { .. } => Method::AuthenticatorApp,
            Binding::Email(_) => Method::Email,
            Binding::Sms(_) => Method::Sms,
        }
    }

    /// Returns the destination of its codes; `None` for an app, which makes its own.
    pub fn destination(&self) -> Option<Destination> {
        match &self.binding {
            Binding::App { .. } => None,
            Binding::Email(address) => Some(Destination::Email(address.clone())),
            Binding::Sms(phone) => Some(Destination::Sms(phone.clone())),
        }
    }
}
