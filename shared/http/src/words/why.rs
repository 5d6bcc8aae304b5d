//! Why a user is asked what the user is asked: each row of the decision table in a sentence.

use portcullis_domain::decision::Rule;

/// For a user who has to wait.
pub(crate) const LOCKED: &str = "Too many codes were wrong, and nothing is judged until the time is over. Unlock the user to end it now.";

/// The row in words.
pub(crate) const fn why(rule: Rule) -> &'static str {
    match rule {
        Rule::Disabled => {
            "What the user had bound was disabled after 100 wrong codes in a row. Only a reset helps."
        }
        Rule::OffBound => {
            "The policy is off, but users who enrolled are still asked, and this one has something bound."
        }
        Rule::OffEmailDefault => {
            "The policy is off, but users who enrolled are still asked, and this one made email the default."
        }
        Rule::OffDefaultDoubtful => {
            "The policy is off, but users who enrolled are still asked, and this one made email the default. No code can go to that address now: it is no longer verified or on record, or no sender is set. Restore it, or reset the user."
        }
        Rule::OffNeverEnrolled => {
            "The policy is off, and this user never enrolled: nothing is asked."
        }
        Rule::OffNobody => "The policy is off, and nobody is asked.",
        Rule::Skipped => "The user chose to skip, and the policy allows it.",
        Rule::BoundInPolicy => {
            "The user has bound a method of the policy, and is asked for its code."
        }
        Rule::Directory => {
            "The contact record has a destination that the policy uses; a code is sent there."
        }
        Rule::EmailDefault => "The user made email the default; a code is sent there.",
        Rule::NothingToEnrol => {
            "Nothing the user has can be used, and the policy has nothing to enrol. Complete the contact record."
        }
        Rule::BoundOutsidePolicy => {
            "What the user has bound is no longer in the policy: it is asked for once more, then the user enrols anew."
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
        Rule::EnrolOrSkip => "Nothing is bound: the user enrols, or skips.",
        Rule::Enrol => "Nothing is bound: the user has to enrol.",
    }
}
