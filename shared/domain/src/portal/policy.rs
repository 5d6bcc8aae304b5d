//! What a portal asks of its users. Settings live inside the thing they belong to; what the types
//! cannot exclude is refused when the policy is saved.

mod check;
mod method;
mod preset;

pub use method::{DestinationSource, EmailFallback, Issuer, MethodPolicy};
pub use preset::Preset;

use crate::values::named::named;
use crate::{Country, Malformed, Method};

/// The policy of one portal, always whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// True if the second step is asked for at all.
    pub enabled: bool,
    /// How strictly enrolling is asked for.
    pub enforcement: Enforcement,
    /// Who may switch the policy on and off.
    pub switched_by: SwitchedBy,
    /// The methods on offer, in the order they are shown.
    pub methods: Vec<MethodPolicy>,
    /// What happens to users who enrolled, while the policy is off.
    pub when_off: WhenOff,
    /// What happens to enrolments when the policy is switched on again.
    pub when_on_again: WhenOnAgain,
    /// How a user gets to enrol again after a reset.
    pub after_reset: AfterReset,
    /// Countries text messages may go to; empty means the system's list, which this can only narrow.
    pub allowed_countries: Vec<Country>,
    /// How long a delivered code is good.
    pub code_lifetime_seconds: CodeLifetime,
}

/// How strictly enrolling is asked for: users may decline, or may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enforcement {
    /// Everyone enrols.
    Required,
    /// Users may skip enrolment, and the skip is remembered.
    OptOut,
}

/// Who may switch the policy on and off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwitchedBy {
    /// Nobody: it is on for good.
    Nobody,
    /// The operator and the technicians assigned to the portal.
    Provider,
    /// These, and the portal's own admins.
    PortalAdmin,
}

/// What happens, while the policy is off, to users who enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenOff {
    /// They are still asked.
    ChallengeEnrolled,
    /// Nobody is asked.
    ChallengeNobody,
}

/// What happens to enrolments when the policy is switched on again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenOnAgain {
    /// They count as before.
    KeepEnrolments,
    /// Everyone enrols again, and skips are forgotten.
    EnrolAgain,
}

/// How a user gets to enrol again after a reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterReset {
    /// At the next sign-in, with the password alone.
    Open,
    /// Only through a link mailed to the user.
    EmailedLink,
}

/// How long a delivered code is good: 60 to 600 seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeLifetime(u16);

impl CodeLifetime {
    /// Five minutes.
    pub const DEFAULT: Self = Self(300);

    /// Takes a number of seconds from 60 to 600.
    ///
    /// # Errors
    /// [`Malformed`] outside that range.
    pub fn parse(seconds: u16) -> Result<Self, Malformed> {
        if (60..=600).contains(&seconds) {
            Ok(Self(seconds))
        } else {
            Err(Malformed::new("code_lifetime_seconds", "must be 60 to 600"))
        }
    }

    /// The number of seconds.
    pub const fn seconds(self) -> i64 {
        self.0 as i64
    }
}

impl From<CodeLifetime> for u16 {
    fn from(lifetime: CodeLifetime) -> Self {
        lifetime.0
    }
}

impl TryFrom<u16> for CodeLifetime {
    type Error = Malformed;
    fn try_from(seconds: u16) -> Result<Self, Malformed> {
        Self::parse(seconds)
    }
}

impl Policy {
    /// The settings of the authenticator app, where it is one of the methods.
    pub fn app(&self) -> Option<(&Option<Issuer>, EmailFallback)> {
        self.methods.iter().find_map(|method| match method {
            MethodPolicy::AuthenticatorApp { issuer, email_fallback } => {
                Some((issuer, *email_fallback))
            }
            MethodPolicy::Email { .. } | MethodPolicy::Sms { .. } => None,
        })
    }

    /// Where destinations of a delivered method come from, where it is one of the methods.
    pub fn source(&self, wanted: Method) -> Option<DestinationSource> {
        self.methods.iter().find(|method| method.method() == wanted).and_then(|method| match method
        {
            MethodPolicy::Email { destination } | MethodPolicy::Sms { destination } => {
                Some(*destination)
            }
            MethodPolicy::AuthenticatorApp { .. } => None,
        })
    }

    /// Returns true if a method is one of the policy's.
    pub fn has(&self, wanted: Method) -> bool {
        self.methods.iter().any(|method| method.method() == wanted)
    }

    /// What email may do when the app is out of reach.
    pub fn email_fallback(&self) -> EmailFallback {
        self.app().map_or(EmailFallback::Forbidden, |(_, fallback)| fallback)
    }

    /// The same policy with another's issuer, which is how it presents itself, not what it asks.
    #[must_use]
    pub fn with_issuer_of(&self, other: &Self) -> Self {
        let mut same = self.clone();
        for method in &mut same.methods {
            if let (MethodPolicy::AuthenticatorApp { issuer, .. }, Some((theirs, _))) =
                (method, other.app())
            {
                issuer.clone_from(theirs);
            }
        }
        same
    }
}

named! {
    Enforcement { Required: "required", OptOut: "opt_out" }
    SwitchedBy { Nobody: "nobody", Provider: "provider", PortalAdmin: "portal_admin" }
    WhenOff { ChallengeEnrolled: "challenge_enrolled", ChallengeNobody: "challenge_nobody" }
    WhenOnAgain { KeepEnrolments: "keep_enrolments", EnrolAgain: "enrol_again" }
    AfterReset { Open: "open", EmailedLink: "emailed_link" }
}
