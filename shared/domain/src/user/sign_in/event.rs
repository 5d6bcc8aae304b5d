//! The event that a sign-in is for, and the least that a step-up asks for.

use crate::values::named::named;
use crate::{Malformed, Method, Strength};

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

/// The greatest age of a proof that a portal accepts at a login, in seconds: up to a year. With
/// zero, a new one is always asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaxAge(u32);

impl MaxAge {
    const MOST: u32 = 31_536_000;

    /// Takes a number of seconds from 0 to a year.
    pub fn parse(seconds: u32) -> Result<Self, Malformed> {
        if seconds <= Self::MOST {
            Ok(Self(seconds))
        } else {
            Err(Malformed::new("max_age", "must be 0 to 31536000 seconds"))
        }
    }

    pub const fn seconds(self) -> i64 {
        self.0 as i64
    }
}

impl From<MaxAge> for u32 {
    fn from(age: MaxAge) -> Self {
        age.0
    }
}

impl TryFrom<u32> for MaxAge {
    type Error = Malformed;
    fn try_from(seconds: u32) -> Result<Self, Malformed> {
        Self::parse(seconds)
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
