//! The answers of the table.

use crate::Refusal;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// Nothing: signed in without a second step.
    Allowed(AllowedReason),
    Challenge,
    /// Prove it first, then enrol.
    ChallengeThenEnrol(FirstProof),
    /// Enrol; `skippable` if the policy lets users decline.
    Enrol {
        skippable: bool,
    },
    /// Follow the link that was mailed.
    CheckEmail,
    Denied(DeniedReason),
}

impl NextStep {
    pub const fn is_allowed(self) -> bool {
        match self {
            Self::Allowed(_) => true,
            Self::Challenge
            | Self::ChallengeThenEnrol(_)
            | Self::Enrol { .. }
            | Self::CheckEmail
            | Self::Denied(_) => false,
        }
    }

    /// Returns true if a user with nothing set up is asked to set something up: at once, after a
    /// proof of the address, or as soon as there is an address for that.
    pub(crate) const fn leads_to_enrolment(self) -> bool {
        match self {
            Self::Enrol { .. }
            | Self::CheckEmail
            | Self::ChallengeThenEnrol(FirstProof::EmailedCode)
            | Self::Denied(DeniedReason::NoVerifiedEmail) => true,
            Self::Allowed(_)
            | Self::Challenge
            | Self::ChallengeThenEnrol(FirstProof::OldMethod | FirstProof::RecoveryCode)
            | Self::Denied(
                DeniedReason::Frozen
                | DeniedReason::Disabled
                | DeniedReason::NoUsableMethod
                | DeniedReason::NothingToManage
                | DeniedReason::CannotStepUp,
            ) => false,
        }
    }
}

/// The proof that comes before an enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstProof {
    /// A code of what has left the policy.
    OldMethod,
    /// A code to the verified address on record, because nothing is bound yet.
    EmailedCode,
    /// A recovery code, because what is bound was disabled.
    RecoveryCode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllowedReason {
    NotRequired,
    Skipped,
    TrustedBrowser,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeniedReason {
    /// Somebody said that a change was not theirs, and no admin has reset the user since.
    Frozen,
    Disabled,
    NoUsableMethod,
    /// The settings were asked for, and the portal does not let users change them, or nothing is
    /// bound while nobody is asked to enrol.
    NothingToManage,
    /// The first enrolment needs an emailed code before it, and there is no address to send it to.
    NoVerifiedEmail,
    /// A fresh proof was asked for, and nothing that the user has is strong enough.
    CannotStepUp,
}

impl DeniedReason {
    /// Returns the refusal of a step that the sign-in of a denied user does not take.
    pub(crate) const fn refusal(self) -> Refusal {
        match self {
            Self::Frozen => Refusal::Frozen,
            Self::Disabled => Refusal::Denied { disabled: true },
            Self::NoUsableMethod
            | Self::NothingToManage
            | Self::NoVerifiedEmail
            | Self::CannotStepUp => Refusal::Denied { disabled: false },
        }
    }
}
