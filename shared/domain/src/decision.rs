//! The decision table: one exhaustive match on [`Facts`]. The locks of
//! [`crate::user::Failures`] are asked after it, if there is a guess to judge.

mod bound_passkeys;
mod bulk_reset;
mod command;
pub mod dry_run;
mod mfa_state;
mod needs;
mod next_step;
mod outgoing;
mod recovery;
mod reminder;
mod selection;
#[cfg(test)]
mod tests;
mod trust;
mod user_days;
mod write_kind;

pub use bound_passkeys::{BoundPasskey, PasskeyState};
pub use bulk_reset::{
    Approver, BulkApproval, BulkReset, BulkResetId, BulkStage, Foreseen, can_mail_links,
};
pub use command::{Decision, DecisionContext, RandomBytes, StateChange, UserState};
pub use mfa_state::{ListedState, MfaState};
pub use needs::{PortalNeed, daily_cap, messages_sent};
pub use next_step::{AllowedReason, DeniedReason, FirstProof, NextStep};
pub use outgoing::{MaySend, Outgoing, SendOutcome, UnavailableReason, can_go_to};
pub(crate) use outgoing::{held_back, limit_entry};
pub(crate) use recovery::{OldSet, can_recover, has_recovered};
pub use reminder::Reminder;
pub use selection::Selection;
pub(crate) use trust::trust_in_force;
pub use user_days::{UserCount, UserDay, UserDays};
pub use write_kind::WriteKind;

use crate::policy::WhenOff;

/// Everything the table looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Somebody said that a change was not theirs.
    pub frozen: bool,
    pub disabled: bool,
    pub demand: Demand,
    /// The policy's switch, with the setting that matters in that position.
    pub policy: Switch,
    pub bound: Bound,
    /// A destination of the contact record can be used by a method of the policy.
    pub directory: bool,
    pub email_default: EmailDefaultState,
    /// The user chose to skip, in this generation.
    pub skipped: bool,
    /// The policy has a method that users enrol themselves.
    pub can_enrol: bool,
    pub link_needed: bool,
    /// The first enrolment needs an emailed code before it.
    pub email_first: EmailFirst,
    /// The user has recovery codes left that stand in for what is bound.
    pub recovery: bool,
    /// The browser is trusted, by an earlier proof that would do now.
    pub trusted: bool,
    /// The time to set something up is not over.
    pub grace: bool,
}

/// The proof that a sign-in demands, whatever the policy asks of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// It asks for what the policy asks.
    None,
    /// A fresh proof, to change the own security settings.
    Manage,
    /// The same, and the portal does not let users change them.
    Unmet,
    /// A fresh proof that is strong enough, and the user has something to give one by.
    StepUp,
    /// The same, and the user has nothing that is strong enough.
    CannotStepUp,
}

/// The emailed code that comes before the first enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailFirst {
    /// None is needed, or it was entered.
    No,
    /// It can be sent.
    Needed,
    /// It is needed, and there is no address that it can go to.
    Impossible,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// On, and users have to enrol, at the end of their grace at the latest.
    Required,
    /// On, and users may decline to enrol.
    OptOut,
    Off(WhenOff),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Nothing,
    /// At least one authenticator whose method is in the policy.
    InPolicy,
    /// Only authenticators whose methods have left the policy.
    OutsidePolicy,
    /// Something that only a newer release knows, and nothing whose method is in the policy.
    Unknown,
}

/// The state of the saved default "always use email". The default guards the account as something
/// bound does: once it is made, the password alone never enrols, whatever becomes of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailDefaultState {
    /// None was made in this generation of the portal.
    No,
    Usable,
    /// A code could go to its address, but the policy no longer allows the default.
    OutsidePolicy,
    /// No code can go to its address: it is no longer verified or on record, or the provider is not
    /// set up.
    Doubtful,
}

/// The rows of the table, by what they stand for; the words that explain an answer to an admin hang
/// on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    Frozen,
    /// A fresh proof was asked for, and nothing that the user has is strong enough.
    CannotStepUp,
    /// The authenticators were disabled. A recovery code enrols in a sign-in, and steps nobody up.
    DisabledStepUp,
    /// A fresh proof was asked for, and the user has something to give one by.
    StepUp,
    /// The authenticators were disabled, and recovery codes are left.
    DisabledRecovery,
    Disabled,
    /// The settings were asked for, and users do not change them.
    DemandUnmet,
    /// A fresh proof is demanded, and the user has something to prove it by.
    Demand,
    /// A fresh proof is demanded while the policy is off, and the user has nothing.
    DemandWhileOff,
    /// The policy is off and asks who is enrolled, and the browser is trusted.
    OffTrusted,
    OffBound,
    OffEmailDefault,
    OffDefaultDoubtful,
    OffBoundUnknown,
    OffNeverEnrolled,
    OffNobody,
    Skipped,
    /// The browser is trusted, and the proof that earned it would be asked for.
    Trusted,
    BoundInPolicy,
    Directory,
    EmailDefault,
    NothingToEnrol,
    BoundUnknown,
    BoundOutsidePolicy,
    DefaultOutsidePolicy,
    LinkNeeded,
    DefaultDoubtful,
    /// An emailed code comes before the first enrolment.
    EmailFirst,
    /// The same, and there is no address that it can go to.
    EmailFirstImpossible,
    /// The user has to enrol, and has time for it.
    Grace,
    EnrolOrSkip,
    Enrol,
}

impl Rule {
    pub const fn next_step(self) -> NextStep {
        match self {
            Self::Frozen => NextStep::Denied(DeniedReason::Frozen),
            Self::DisabledRecovery => NextStep::ChallengeThenEnrol(FirstProof::RecoveryCode),
            Self::Disabled | Self::DisabledStepUp => NextStep::Denied(DeniedReason::Disabled),
            Self::CannotStepUp => NextStep::Denied(DeniedReason::CannotStepUp),
            Self::DemandUnmet | Self::DemandWhileOff => {
                NextStep::Denied(DeniedReason::NothingToManage)
            }
            Self::StepUp
            | Self::Demand
            | Self::OffBound
            | Self::OffEmailDefault
            | Self::BoundInPolicy
            | Self::Directory
            | Self::EmailDefault => NextStep::Challenge,
            Self::OffNeverEnrolled | Self::OffNobody => {
                NextStep::Allowed(AllowedReason::NotRequired)
            }
            Self::Skipped => NextStep::Allowed(AllowedReason::Skipped),
            Self::OffTrusted | Self::Trusted => NextStep::Allowed(AllowedReason::TrustedBrowser),
            Self::NothingToEnrol
            | Self::OffDefaultDoubtful
            | Self::DefaultDoubtful
            | Self::OffBoundUnknown
            | Self::BoundUnknown => NextStep::Denied(DeniedReason::NoUsableMethod),
            Self::BoundOutsidePolicy | Self::DefaultOutsidePolicy => {
                NextStep::ChallengeThenEnrol(FirstProof::OldMethod)
            }
            Self::EmailFirst => NextStep::ChallengeThenEnrol(FirstProof::EmailedCode),
            Self::EmailFirstImpossible => NextStep::Denied(DeniedReason::NoVerifiedEmail),
            Self::LinkNeeded => NextStep::CheckEmail,
            Self::Grace | Self::EnrolOrSkip => NextStep::Enrol { skippable: true },
            Self::Enrol => NextStep::Enrol { skippable: false },
        }
    }
}

impl Rule {
    /// Returns true if the user needs an admin. A policy that is off, or a user who was disabled or
    /// frozen, says so by itself.
    pub(crate) const fn leaves_no_way_in(self) -> bool {
        match self {
            Self::NothingToEnrol
            | Self::DefaultDoubtful
            | Self::BoundUnknown
            | Self::EmailFirstImpossible => true,
            Self::Frozen
            | Self::CannotStepUp
            | Self::DisabledStepUp
            | Self::StepUp
            | Self::DisabledRecovery
            | Self::Disabled
            | Self::DemandUnmet
            | Self::Demand
            | Self::DemandWhileOff
            | Self::OffTrusted
            | Self::OffBound
            | Self::OffEmailDefault
            | Self::OffDefaultDoubtful
            | Self::OffBoundUnknown
            | Self::OffNeverEnrolled
            | Self::OffNobody
            | Self::Skipped
            | Self::Trusted
            | Self::BoundInPolicy
            | Self::Directory
            | Self::EmailDefault
            | Self::BoundOutsidePolicy
            | Self::DefaultOutsidePolicy
            | Self::LinkNeeded
            | Self::EmailFirst
            | Self::Grace
            | Self::EnrolOrSkip
            | Self::Enrol => false,
        }
    }
}

/// The table. The first row that fits decides.
pub const fn rule(facts: &Facts) -> Rule {
    match *facts {
        Facts { frozen: true, .. } => Rule::Frozen,
        Facts { demand: Demand::CannotStepUp, .. } => Rule::CannotStepUp,
        Facts { demand: Demand::StepUp, disabled: true, .. } => Rule::DisabledStepUp,
        Facts { demand: Demand::StepUp, .. } => Rule::StepUp,
        Facts { disabled: true, recovery: true, .. } => Rule::DisabledRecovery,
        Facts { disabled: true, .. } => Rule::Disabled,

        Facts { demand: Demand::Unmet, .. } => Rule::DemandUnmet,
        Facts { demand: Demand::Manage, bound: Bound::InPolicy | Bound::OutsidePolicy, .. } => {
            Rule::Demand
        }
        Facts {
            demand: Demand::Manage,
            email_default: EmailDefaultState::Usable | EmailDefaultState::OutsidePolicy,
            ..
        } => Rule::Demand,
        Facts { demand: Demand::Manage, policy: Switch::Off(_), .. } => Rule::DemandWhileOff,
        Facts {
            demand: Demand::Manage,
            bound: Bound::Nothing,
            directory: true,
            can_enrol: true,
            link_needed: true,
            ..
        } => Rule::LinkNeeded,

        Facts {
            policy: Switch::Off(WhenOff::ChallengeEnrolled),
            trusted: true,
            bound: Bound::InPolicy,
            demand: Demand::None,
            ..
        } => Rule::OffTrusted,
        Facts {
            policy: Switch::Off(WhenOff::ChallengeEnrolled),
            bound: Bound::InPolicy | Bound::OutsidePolicy,
            ..
        } => Rule::OffBound,
        Facts {
            policy: Switch::Off(WhenOff::ChallengeEnrolled),
            email_default: EmailDefaultState::Usable | EmailDefaultState::OutsidePolicy,
            ..
        } => Rule::OffEmailDefault,
        Facts {
            policy: Switch::Off(WhenOff::ChallengeEnrolled),
            email_default: EmailDefaultState::Doubtful,
            ..
        } => Rule::OffDefaultDoubtful,
        Facts {
            policy: Switch::Off(WhenOff::ChallengeEnrolled), bound: Bound::Unknown, ..
        } => Rule::OffBoundUnknown,
        Facts { policy: Switch::Off(WhenOff::ChallengeEnrolled), .. } => Rule::OffNeverEnrolled,
        Facts { policy: Switch::Off(WhenOff::ChallengeNobody), .. } => Rule::OffNobody,

        Facts { policy: Switch::OptOut, skipped: true, demand: Demand::None, .. } => Rule::Skipped,
        Facts { trusted: true, bound: Bound::InPolicy, demand: Demand::None, .. } => Rule::Trusted,
        Facts {
            trusted: true,
            bound: Bound::Nothing,
            directory: true,
            demand: Demand::None,
            ..
        } => Rule::Trusted,
        Facts { bound: Bound::InPolicy, .. } => Rule::BoundInPolicy,
        Facts { directory: true, .. } => Rule::Directory,
        Facts { email_default: EmailDefaultState::Usable, .. } => Rule::EmailDefault,
        Facts { can_enrol: false, .. } => Rule::NothingToEnrol,
        Facts { bound: Bound::Unknown, .. } => Rule::BoundUnknown,
        Facts { bound: Bound::OutsidePolicy, .. } => Rule::BoundOutsidePolicy,
        Facts { email_default: EmailDefaultState::OutsidePolicy, .. } => Rule::DefaultOutsidePolicy,
        Facts { link_needed: true, .. } => Rule::LinkNeeded,
        Facts { email_default: EmailDefaultState::Doubtful, .. } => Rule::DefaultDoubtful,
        Facts { email_first: EmailFirst::Needed, .. } => Rule::EmailFirst,
        Facts { email_first: EmailFirst::Impossible, .. } => Rule::EmailFirstImpossible,
        Facts { policy: Switch::Required, grace: true, demand: Demand::None, .. } => Rule::Grace,
        Facts { policy: Switch::OptOut, demand: Demand::None, .. } => Rule::EnrolOrSkip,
        Facts { policy: Switch::Required | Switch::OptOut, .. } => Rule::Enrol,
    }
}

pub const fn decide(facts: &Facts) -> NextStep {
    rule(facts).next_step()
}
