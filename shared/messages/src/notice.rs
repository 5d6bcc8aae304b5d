//! What users are told of a change.

use portcullis_domain::user::EntryKind;

/// Returns the key of the text that tells a user of a change.
pub const fn notice_key(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Enrolled => "told-enrolled",
        EntryKind::Locked => "told-locked",
        EntryKind::Disabled => "told-disabled",
        EntryKind::DefaultSet => "told-default-set",
        EntryKind::DefaultUnset => "told-default-unset",
        EntryKind::ContactChanged => "told-contact-changed",
        EntryKind::OptedIn => "told-opted-in",
        EntryKind::Reset => "told-reset",
        EntryKind::Unlocked => "told-unlocked",
        EntryKind::SkipCleared => "told-skip-cleared",
        EntryKind::BypassIssued => "told-bypass-issued",
        EntryKind::BypassAccepted => "told-bypass-accepted",
        EntryKind::Exported => "told-exported",
        EntryKind::OptedOut => "told-opted-out",
        EntryKind::Erased => "told-erased",
        EntryKind::CodeAccepted
        | EntryKind::CodeWrong
        | EntryKind::CodeExpired
        | EntryKind::CodeReused
        | EntryKind::SignInDead
        | EntryKind::CodeRequested
        | EntryKind::CodeSent
        | EntryKind::CodeNotSent
        | EntryKind::CodeUnknown
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
        | EntryKind::PasswordChanged => "told-other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_users_are_told_of_has_words_of_its_own() {
        for kind in EntryKind::ALL {
            assert_eq!(notice_key(*kind) != "told-other", kind.is_told(), "{kind:?}");
        }
    }
}
