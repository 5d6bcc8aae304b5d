//! The reason for the next step: the key of a sentence for each rule of the decision table.

use portcullis_domain::decision::Rule;

pub(crate) const LOCKED_REASON: &str = "next-step-locked";
pub(crate) const LOCKED_PASSKEY_REASON: &str = "next-step-locked-passkey";
pub(crate) const LOCKED_RECOVERY_REASON: &str = "next-step-locked-recovery";

pub(crate) const fn rule_reason(rule: Rule) -> &'static str {
    match rule {
        Rule::Frozen => "next-step-frozen",
        Rule::CannotStepUp => "next-step-cannot-step-up",
        Rule::StepUp => "next-step-step-up",
        Rule::DisabledRecovery => "next-step-disabled-recovery",
        Rule::Disabled | Rule::DisabledStepUp => "next-step-disabled",
        Rule::DemandUnmet => "next-step-demand-unmet",
        Rule::Demand => "next-step-demand",
        Rule::DemandWhileOff => "next-step-demand-while-off",
        Rule::OffTrusted | Rule::Trusted => "next-step-trusted",
        Rule::OffBound => "next-step-off-bound",
        Rule::OffEmailDefault => "next-step-off-email-default",
        Rule::OffDefaultDoubtful => "next-step-off-default-doubtful",
        Rule::OffBoundUnknown => "next-step-off-bound-unknown",
        Rule::OffNeverEnrolled => "next-step-off-never-enrolled",
        Rule::OffNobody => "next-step-off-nobody",
        Rule::Skipped => "next-step-skipped",
        Rule::BoundInPolicy => "next-step-bound-in-policy",
        Rule::Directory => "next-step-directory",
        Rule::EmailDefault => "next-step-email-default",
        Rule::NothingToEnrol => "next-step-nothing-to-enrol",
        Rule::BoundUnknown => "next-step-bound-unknown",
        Rule::BoundOutsidePolicy => "next-step-bound-outside-policy",
        Rule::DefaultOutsidePolicy => "next-step-default-outside-policy",
        Rule::LinkNeeded => "next-step-link-needed",
        Rule::DefaultDoubtful => "next-step-default-doubtful",
        Rule::EmailFirst => "next-step-email-first",
        Rule::EmailFirstImpossible => "next-step-email-first-impossible",
        Rule::Grace => "next-step-grace",
        Rule::EnrolOrSkip => "next-step-enrol-or-skip",
        Rule::Enrol => "next-step-enrol",
    }
}
