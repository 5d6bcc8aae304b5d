//! The texts of notices about a change.

use portcullis_domain::{
    Locale,
    user::{EntryKind, Unsent},
};

use crate::catalogue::text;

/// Returns the text that tells a user of a change, and how often it was made.
pub(crate) fn notice_text(locale: Option<&Locale>, change: &Unsent) -> String {
    let what = text(locale, notice_key(change.kind), &[]);
    match change.count {
        0 | 1 => what,
        more => {
            let filled_in = [("what", what.as_str()), ("count", &more.to_string())];
            text(locale, "notice-times", &filled_in)
        }
    }
}

/// Returns the key of the text that tells a user of a change.
pub(crate) const fn notice_key(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Enrolled => "notice-enrolled",
        EntryKind::Locked => "notice-locked",
        EntryKind::Disabled => "notice-disabled",
        EntryKind::DefaultSet => "notice-default-set",
        EntryKind::DefaultUnset => "notice-default-unset",
        EntryKind::ContactChanged => "notice-contact-changed",
        EntryKind::OptedIn => "notice-opted-in",
        EntryKind::Reset => "notice-reset",
        EntryKind::Unlocked => "notice-unlocked",
        EntryKind::SkipCleared => "notice-skip-cleared",
        EntryKind::BypassIssued => "notice-bypass-issued",
        EntryKind::BypassAccepted => "notice-bypass-accepted",
        EntryKind::Exported => "notice-exported",
        EntryKind::OptedOut => "notice-opted-out",
        EntryKind::Erased => "notice-erased",
        EntryKind::CodeAccepted
        | EntryKind::CodeWrong
        | EntryKind::CodeExpired
        | EntryKind::CodeReused
        | EntryKind::SignInDead
        | EntryKind::CodeRequested
        | EntryKind::CodeSent
        | EntryKind::CodeNotSent
        | EntryKind::CodeUnknown
        | EntryKind::SendLimited
        | EntryKind::LinkRequested
        | EntryKind::LinkSent
        | EntryKind::LinkNotSent
        | EntryKind::LinkUnknown
        | EntryKind::TicketSpent
        | EntryKind::NotRequired
        | EntryKind::Skipped
        | EntryKind::Denied
        | EntryKind::ContactAdded
        | EntryKind::DetailsChanged
        | EntryKind::BypassWrong
        | EntryKind::PortalCreated
        | EntryKind::PortalChanged
        | EntryKind::PortalDeleted
        | EntryKind::KeyAdded
        | EntryKind::KeyRevoked
        | EntryKind::PolicyChanged
        | EntryKind::SwitchedOn
        | EntryKind::SwitchedOff
        | EntryKind::SettingsChanged
        | EntryKind::TestSent
        | EntryKind::AdminAdded
        | EntryKind::AdminChanged
        | EntryKind::AdminRemoved
        | EntryKind::AdminReset
        | EntryKind::PasswordChanged => "notice-other",
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use portcullis_domain::Timestamp;

    /// A change that was made so often.
    pub(crate) fn change(kind: EntryKind, count: u32) -> Unsent {
        let now = Timestamp::from_unix(1_800_000_000);
        Unsent { kind, count, newest: now, since: now, due: now, claim: None }
    }

    #[test]
    fn whatever_users_are_told_of_has_words_of_its_own() {
        for kind in EntryKind::ALL {
            assert_eq!(notice_key(*kind) != "notice-other", kind.is_notified(), "{kind:?}");
        }
    }
}
