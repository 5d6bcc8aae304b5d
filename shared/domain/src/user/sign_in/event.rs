//! The event that a sign-in is for, and the least that a step-up asks for.

use crate::values::{bounded::bounded, named::named};
use crate::{Method, Strength};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Event {
    #[default]
    Login,
    /// Accepting an invitation.
    Invitation,
    /// Changing the own security settings, after a fresh proof.
    Manage,
    /// A fresh proof before something that matters, to a user who is signed in already.
    StepUp,
}

/// The least that a step-up asks for. A stronger proof does as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Acr {
    /// A code that is sent.
    #[default]
    Delivered,
    /// A code of an authenticator app.
    App,
    Passkey,
}

bounded! {
    /// The greatest age of a proof that a portal accepts at a login, in seconds: up to a year. With
    /// zero, a new one is always asked for.
    MaxAge(u32) from 0 to 31_536_000: "max_age", "must be 0 to 31536000 seconds";
}

impl MaxAge {
    pub const fn seconds(self) -> i64 {
        self.0 as i64
    }
}

impl Acr {
    pub const fn strength(self) -> Strength {
        match self {
            Self::Delivered => Strength::Delivered,
            Self::App => Strength::App,
            Self::Passkey => Strength::Passkey,
        }
    }

    /// Returns true if a proof by this method, of what is bound or in the contact record, does.
    pub fn takes(self, method: Method) -> bool {
        match method {
            Method::AuthenticatorApp | Method::Email | Method::Sms | Method::Passkey => {
                method.strength() >= self.strength()
            }
            // It stands for what is lost, and proves no more than that somebody found it.
            Method::RecoveryCode => false,
        }
    }
}

impl Event {
    /// Returns true if users change their settings in such a sign-in, once they are in.
    pub const fn allows_changes(self) -> bool {
        match self {
            Self::Manage => true,
            Self::Login | Self::Invitation | Self::StepUp => false,
        }
    }
}

named! {
    Event { Login: "login", Invitation: "invitation", Manage: "manage", StepUp: "step_up" }
    Acr { Delivered: "delivered", App: "app", Passkey: "passkey" }
}
