use super::Passkey;
use crate::{
    AuthenticatorId, AuthenticatorName, Destination, Email, Malformed, Method, Phone, Sealed,
    Timestamp, UnknownMembers,
};

/// One thing a user has bound by a confirmed enrolment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticator {
    /// Its id; part of the seal of an app's secret.
    pub id: AuthenticatorId,
    pub generation: u32,
    pub bound_at: Timestamp,
    /// The name that the user gave it; without one it is called by its method and the day it was
    /// bound.
    pub name: Option<AuthenticatorName>,
    pub binding: Binding,
    pub unknown: UnknownMembers,
}

/// The drift of a phone's clock, which the code that enrolled its app showed. It is not changed
/// later: a window that followed each code could be led away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClockDrift {
    /// The phone showed the present code, or the one before.
    #[default]
    None,
    StepAhead,
}

impl ClockDrift {
    pub const fn from_steps(steps: u8) -> Result<Self, Malformed> {
        match steps {
            0 => Ok(Self::None),
            1 => Ok(Self::StepAhead),
            _ => Err(Malformed::new("drift", "is not one of ours")),
        }
    }

    pub const fn steps(self) -> u8 {
        match self {
            Self::None => 0,
            Self::StepAhead => 1,
        }
    }

    /// Returns the steps whose codes enrol an app, the likeliest first. A step ahead is accepted
    /// too, because whoever enrols was shown the secret and guesses nothing.
    pub const fn steps_that_enrol(now: Timestamp) -> [u64; 3] {
        let step = now.totp_step();
        [step, step.saturating_sub(1), step + 1]
    }

    /// Returns the drift of a phone that showed the code of this step.
    pub const fn of(step: u64, now: Timestamp) -> Self {
        if step > now.totp_step() { Self::StepAhead } else { Self::None }
    }

    /// Returns the steps whose codes are accepted, the newest first: the one that the phone shows
    /// now and the one before (RFC 6238, section 5.2). Each further step would be one more code to
    /// guess.
    pub const fn steps_accepted(self, now: Timestamp) -> [u64; 2] {
        let newest = now.totp_step() + self.steps() as u64;
        [newest, newest.saturating_sub(1)]
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    App {
        secret: Sealed,
        /// The step of the last accepted code; older ones, and itself, are never accepted (RFC
        /// 6238, section 5.2).
        last_step: u64,
        drift: ClockDrift,
    },
    Email(Email),
    Sms(Phone),
    Passkey(Passkey),
}

impl Authenticator {
    pub const fn method(&self) -> Method {
        match self.binding {
            Binding::App { .. } => Method::AuthenticatorApp,
            Binding::Email(_) => Method::Email,
            Binding::Sms(_) => Method::Sms,
            Binding::Passkey(_) => Method::Passkey,
        }
    }

    /// Returns the destination of its codes; `None` for an app, which makes its own, and for a
    /// passkey.
    pub fn destination(&self) -> Option<Destination> {
        match &self.binding {
            Binding::App { .. } | Binding::Passkey(_) => None,
            Binding::Email(address) => Some(Destination::Email(address.clone())),
            Binding::Sms(phone) => Some(Destination::Sms(phone.clone())),
        }
    }

    pub const fn passkey(&self) -> Option<&Passkey> {
        match &self.binding {
            Binding::Passkey(passkey) => Some(passkey),
            Binding::App { .. } | Binding::Email(_) | Binding::Sms(_) => None,
        }
    }
}
