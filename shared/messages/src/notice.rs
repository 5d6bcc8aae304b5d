//! The texts of notices about a change.

use portcullis_domain::user::EntryKind;

/// Returns the key of the text that tells a user of a change.
pub const fn notice_key(kind: EntryKind) -> &'static str {
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
mod tests {
    use super::*;

    #[test]
    fn whatever_users_are_told_of_has_words_of_its_own() {
        for kind in EntryKind::ALL {
            assert_eq!(notice_key(*kind) != "notice-other", kind.is_notified(), "{kind:?}");
        }
    }
}
