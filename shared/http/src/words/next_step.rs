//! The reason for the next step: a sentence for each rule of the decision table.

use portcullis_domain::decision::Rule;

pub(crate) const LOCKED_REASON: &str = "Too many codes were wrong, and no code is checked until the wait is over. Unlock the user to end it now.";

pub(crate) const fn rule_reason(rule: Rule) -> &'static str {
    match rule {
        Rule::Disabled => {
            "The user's authenticator was disabled after 100 wrong codes in a row. Reset the user to set it up again."
        }
        Rule::OffBound => {
            "The policy is off, but users who enrolled are still asked, and this one has an authenticator."
        }
        Rule::OffEmailDefault => {
            "The policy is off, but users who enrolled are still asked, and this one made email the default."
        }
        Rule::OffDefaultDoubtful => {
            "The policy is off, but users who enrolled are still asked, and this one made email the default. No code can go to that address now: it is no longer verified or on record, or no sender is set. Restore it, or reset the user."
        }
        Rule::OffBoundUnknown => {
            "The policy is off, but users who enrolled are still asked, and this one has an authenticator that only a newer release of this service knows. Upgrade again, or reset the user."
        }
        Rule::OffNeverEnrolled => {
            "The policy is off, and this user never enrolled: nothing is asked."
        }
        Rule::OffNobody => "The policy is off, and no one is asked.",
        Rule::Skipped => "The user chose to skip, and the policy allows it.",
        Rule::BoundInPolicy => {
            "The user has bound a method of the policy, and is asked for its code."
        }
        Rule::Directory => {
            "The contact record has a destination that the policy uses; a code is sent there."
        }
        Rule::EmailDefault => "The user made email the default; a code is sent there.",
        Rule::NothingToEnrol => {
            "The user has no usable method, and the policy has none to enrol. Complete the contact record."
        }
        Rule::BoundUnknown => {
            "The user has an authenticator that only a newer release of this service knows, and nothing else that counts. Upgrade again, or reset the user."
        }
        Rule::BoundOutsidePolicy => {
            "The user's method is no longer in the policy: it is asked for once more, and then the user enrols again."
        }
        Rule::DefaultOutsidePolicy => {
            "The user made email the default, which the policy no longer allows: a code is sent there once more, then the user enrols."
        }
        Rule::LinkNeeded => {
            "The user was reset, lost the address of the saved default, or has to enrol again with everyone, and the policy wants a mailed link first. A bypass code opens it too."
        }
        Rule::DefaultDoubtful => {
            "The user made email the default, and no code can go to that address now: it is no longer verified or on record, or no sender is set. Restore it, or reset the user."
        }
        Rule::EmailFirst => {
            "The user has no authenticator. A code sent to the verified address comes first, and then the user enrols."
        }
        Rule::EmailFirstImpossible => {
            "The user has no authenticator, and the policy wants a code by email before the first one, but there is no verified address that a code can go to. Have the address verified, or issue a bypass code."
        }
        Rule::EnrolOrSkip => "The user has no authenticator, and enrols or skips.",
        Rule::Enrol => "The user has no authenticator, and has to enrol.",
    }
}
