//! A portal's policy for its users. Settings lie in the variant they belong to; combinations that
//! the types cannot exclude are refused when the policy is saved.

mod check;
mod console;
mod grace;
mod method;
mod passkey;
mod preset;
mod remember;

pub use grace::{Grace, GraceDays, GraceSignIns};
pub use method::{DestinationSource, EmailFallback, Issuer, MethodPolicy, MethodSettings};
pub use passkey::{
    PasskeyRules, PasskeySettings, Promotion, SyncedPasskeys, UserVerification, WhenBound,
};
pub use preset::Preset;
pub use remember::{EarnedBy, RememberBrowser, TrustDays};

use crate::values::{bounded::bounded, named::named};
use crate::{Country, Method};

/// The policy of one portal, always whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub enabled: bool,
    pub enforcement: Enforcement,
    pub switched_by: SwitchedBy,
    /// The methods on offer, in the order they are shown.
    pub methods: Vec<MethodPolicy>,
    pub when_off: WhenOff,
    pub when_on_again: WhenOnAgain,
    pub after_reset: AfterReset,
    /// Countries text messages may go to; empty means the system's list, which this can only
    /// narrow.
    pub allowed_countries: Vec<Country>,
    pub code_lifetime_seconds: CodeLifetime,
    /// True if a changed address stands in for nothing that the user has bound for a day, so that
    /// whoever changed it gains nothing before the user was told.
    pub contact_hold: bool,
    /// The proof that comes before a user's first enrolment.
    pub enrolment_proof: EnrolmentProof,
    pub self_service: SelfService,
    pub recovery_codes: RecoveryCodesPolicy,
    /// Set if users may have a browser remembered.
    pub remember_browser: Option<RememberBrowser>,
    pub text_needs: TextNeeds,
}

/// The strictness of asking users to enrol: they may decline, or may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enforcement {
    /// They may not. If there is a grace, they may until it is over.
    Required { grace: Option<Grace> },
    /// Users may skip enrolment, and the skip is remembered.
    OptOut,
}

/// The strictness alone, without what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnforcementKind {
    Required,
    OptOut,
}

impl Enforcement {
    /// Everybody has to enrol, at once.
    pub const REQUIRED: Self = Self::Required { grace: None };

    pub const fn kind(self) -> EnforcementKind {
        match self {
            Self::Required { .. } => EnforcementKind::Required,
            Self::OptOut => EnforcementKind::OptOut,
        }
    }

    pub const fn grace(self) -> Option<Grace> {
        match self {
            Self::Required { grace } => grace,
            Self::OptOut => None,
        }
    }
}

/// The role that may switch the policy on and off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwitchedBy {
    /// Nobody: it is on for good.
    Nobody,
    /// The operator and the technicians assigned to the portal.
    Provider,
    /// These, and the portal's own admins.
    PortalAdmin,
}

/// The treatment of enrolled users while the policy is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenOff {
    ChallengeEnrolled,
    ChallengeNobody,
}

/// The fate of enrolments when the policy is switched on again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenOnAgain {
    KeepEnrolments,
    /// Everyone enrols again, and skips are forgotten.
    EnrolAgain,
}

/// The way to enrol again after a reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterReset {
    /// At the next sign-in, with the password alone.
    Open,
    /// Only through a link mailed to the user.
    EmailedLink,
}

/// The proof that comes before a user's first enrolment, while nothing is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnrolmentProof {
    None,
    EmailedCode,
}

/// The right of users to change what they have bound, and to say that a change was not theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelfService {
    Off,
    /// After a proof that is as strong as the strongest thing that they have bound.
    WithProof,
}

/// The recovery codes that users get when they enrol, for the day their phone is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryCodesPolicy {
    Off,
    /// Users get them, and are free to leave them unread.
    Offered,
    /// Users confirm that they have kept them before they go on.
    Required,
}

/// The methods that confirm a text in a step-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextNeeds {
    /// Every method that is strong enough.
    Any,
    /// Only those whose proof is of one text: the code of an app is of none.
    Bound,
}

impl TextNeeds {
    pub const fn takes(self, method: Method) -> bool {
        match self {
            Self::Any => true,
            Self::Bound => method.binds_text(),
        }
    }
}

bounded! {
    /// The lifetime of a delivered code: 60 to 600 seconds.
    CodeLifetime(u16) from 60 to 600: "code_lifetime_seconds", "must be 60 to 600";
}

impl CodeLifetime {
    pub const DEFAULT: Self = Self(300);

    pub const fn seconds(self) -> i64 {
        self.0 as i64
    }
}

impl Policy {
    pub fn app(&self) -> Option<(&Option<Issuer>, EmailFallback)> {
        self.methods.iter().find_map(|method| method.settings().app)
    }

    /// Returns the issuer that authenticator apps show, if the app is one of the methods: the one
    /// that is set, else one made of the portal's description.
    pub fn issuer_of(&self, description: &str) -> Option<Issuer> {
        let (issuer, _) = self.app()?;
        Some(issuer.clone().unwrap_or_else(|| Issuer::from_description(description)))
    }

    pub fn passkeys(&self) -> Option<PasskeySettings> {
        self.methods.iter().find_map(|method| method.settings().passkey)
    }

    /// Returns the source of a delivered method's destinations, if the policy has the method.
    pub fn source(&self, wanted: Method) -> Option<DestinationSource> {
        self.methods.iter().find(|method| method.method() == wanted)?.settings().source
    }

    pub fn has(&self, wanted: Method) -> bool {
        self.methods.iter().any(|method| method.method() == wanted)
    }

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
    EnforcementKind { Required: "required", OptOut: "opt_out" }
    SwitchedBy { Nobody: "nobody", Provider: "provider", PortalAdmin: "portal_admin" }
    WhenOff { ChallengeEnrolled: "challenge_enrolled", ChallengeNobody: "challenge_nobody" }
    WhenOnAgain { KeepEnrolments: "keep_enrolments", EnrolAgain: "enrol_again" }
    EnrolmentProof { None: "none", EmailedCode: "emailed_code" }
    SelfService { Off: "off", WithProof: "with_proof" }
    RecoveryCodesPolicy { Off: "off", Offered: "offered", Required: "required" }
    AfterReset { Open: "open", EmailedLink: "emailed_link" }
    TextNeeds { Any: "any", Bound: "bound" }
}
