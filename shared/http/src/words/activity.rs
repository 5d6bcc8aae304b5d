use portcullis_domain::{
    Method, Policy,
    user::{Entry, EntryKind},
};

/// Returns the type and the detail of an entry of the activity log. Texts of the reference portals
/// are quoted word for word.
pub(crate) fn activity(policy: &Policy, entry: &Entry) -> (&'static str, String) {
    const MFA: &str = "Multi-factor authentication";
    let method = entry.method;
    let fallback = policy.app().is_some() && !policy.has(Method::Email);
    let by = match method {
        Some(Method::AuthenticatorApp) => " from the authenticator app",
        Some(Method::Email) => " by email",
        Some(Method::Sms) => " by text message",
        None => "",
    };
    let to = entry.to.as_ref().map(|to| format!(" {to}")).unwrap_or_default();
    let detail = match entry.kind {
        EntryKind::CodeSent if fallback && method == Some(Method::Email) => {
            return (
                "Client Portal Information",
                format!("Authenticator App code sent to email{to}"),
            );
        }
        EntryKind::CodeSent => format!("Code sent{by} to{to}"),
        EntryKind::CodeNotSent => format!("Code{by} to{to} could not be sent"),
        EntryKind::CodeUnknown => format!("Code{by} to{to} may not have been sent"),
        EntryKind::SendLimited => format!("Messages{by} to{to} held back: a limit was reached"),
        EntryKind::LinkRequested => format!("Link to enrol again{by} to{to} requested"),
        EntryKind::LinkSent => format!("Link to enrol again sent{by} to{to}"),
        EntryKind::LinkNotSent => format!("Link to enrol again{by} to{to} could not be sent"),
        EntryKind::LinkUnknown => format!("Link to enrol again{by} to{to} may not have been sent"),
        EntryKind::CodeRequested => format!("Code{by} to{to} requested"),
        EntryKind::CodeAccepted => format!("Code{by} accepted"),
        EntryKind::CodeWrong => format!("Code{by} was wrong"),
        EntryKind::CodeExpired => format!("Code{by} had expired"),
        EntryKind::CodeReused => format!("Code{by} was used before"),
        EntryKind::Enrolled => format!("Enrolled{to}"),
        EntryKind::TestSent => return (kind_of(entry.kind), format!("Test message{by} to{to}")),
        other => return (kind_of(other), plain(other).to_owned()),
    };
    (MFA, detail)
}

/// Returns the detail of an entry without a method or a destination.
const fn plain(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::TicketSpent => "Opened with a mailed link, to enrol again",
        EntryKind::Unlocked => "Unlocked by an admin",
        EntryKind::SkipCleared => "Skip cleared by an admin",
        EntryKind::BypassIssued => "Bypass code issued by an admin",
        EntryKind::BypassAccepted => "Bypass code accepted",
        EntryKind::BypassWrong => "Bypass code was wrong",
        EntryKind::Erased => "User erased",
        EntryKind::Exported => "User's data exported",
        EntryKind::PortalCreated => "Portal created",
        EntryKind::PortalChanged => "Portal changed",
        EntryKind::PortalDeleted => "Portal deleted",
        EntryKind::KeyAdded => "API key created",
        EntryKind::KeyRevoked => "API key revoked",
        EntryKind::PolicyChanged => "Policy replaced",
        EntryKind::SwitchedOn => "Policy switched on",
        EntryKind::SwitchedOff => "Policy switched off",
        EntryKind::SettingsChanged => "Settings changed",
        EntryKind::AdminAdded => "Admin created",
        EntryKind::AdminChanged => "Admin's role changed",
        EntryKind::AdminRemoved => "Admin removed",
        EntryKind::AdminReset => "Admin's password and second step reset",
        EntryKind::PasswordChanged => "Password changed",
        EntryKind::SignInDead => "Sign-in ended after too many wrong codes",
        EntryKind::Locked => "Locked for a while after too many wrong codes",
        EntryKind::Disabled => "Disabled after too many wrong codes, until a reset",
        EntryKind::NotRequired => "Signed in without a second step: the policy is off",
        EntryKind::Skipped => "Signed in without a second step: skipped earlier",
        EntryKind::OptedOut => "Skipped enrolment",
        EntryKind::OptedIn => "Enabled MFA after a skip",
        EntryKind::Denied => "Denied: no usable method",
        EntryKind::DefaultSet => "Always use email was set",
        EntryKind::DefaultUnset => "Always use email was un-set",
        EntryKind::ContactAdded => "Contact record added",
        EntryKind::ContactChanged => "Contact record changed",
        EntryKind::DetailsChanged => "Name, organisation or language changed",
        EntryKind::Reset => "Reset by an admin",
        EntryKind::CodeAccepted
        | EntryKind::CodeWrong
        | EntryKind::CodeExpired
        | EntryKind::CodeReused
        | EntryKind::CodeRequested
        | EntryKind::CodeSent
        | EntryKind::CodeNotSent
        | EntryKind::CodeUnknown
        | EntryKind::SendLimited
        | EntryKind::LinkRequested
        | EntryKind::LinkSent
        | EntryKind::LinkNotSent
        | EntryKind::LinkUnknown
        | EntryKind::Enrolled
        | EntryKind::TestSent => "",
    }
}

/// Returns the type of such an entry.
const fn kind_of(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::AdminAdded
        | EntryKind::AdminChanged
        | EntryKind::AdminRemoved
        | EntryKind::AdminReset
        | EntryKind::PasswordChanged
        | EntryKind::SettingsChanged
        | EntryKind::TestSent => "Administration",
        EntryKind::PortalCreated
        | EntryKind::PortalChanged
        | EntryKind::PortalDeleted
        | EntryKind::KeyAdded
        | EntryKind::KeyRevoked
        | EntryKind::PolicyChanged
        | EntryKind::SwitchedOn
        | EntryKind::SwitchedOff => "Portal",
        EntryKind::CodeAccepted
        | EntryKind::CodeWrong
        | EntryKind::CodeExpired
        | EntryKind::CodeReused
        | EntryKind::SignInDead
        | EntryKind::Locked
        | EntryKind::Disabled
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
        | EntryKind::Enrolled
        | EntryKind::NotRequired
        | EntryKind::Skipped
        | EntryKind::OptedOut
        | EntryKind::Denied
        | EntryKind::OptedIn
        | EntryKind::DefaultSet
        | EntryKind::DefaultUnset
        | EntryKind::ContactAdded
        | EntryKind::ContactChanged
        | EntryKind::DetailsChanged
        | EntryKind::Reset
        | EntryKind::Unlocked
        | EntryKind::SkipCleared
        | EntryKind::BypassIssued
        | EntryKind::BypassAccepted
        | EntryKind::BypassWrong
        | EntryKind::Erased
        | EntryKind::Exported => "Multi-factor authentication",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::{Timestamp, policy::Preset};

    #[test]
    fn every_kind_of_entry_reads_as_something_of_its_own() {
        let policy = Preset::Managed.policy();
        let said = |kind: &EntryKind| activity(&policy, &kind.at(Timestamp::from_unix(0))).1;
        let mut all: Vec<String> = EntryKind::ALL.iter().map(said).collect();
        assert!(all.iter().all(|detail| !detail.is_empty()));
        all.sort();
        all.dedup();
        assert_eq!(all.len(), EntryKind::ALL.len());
    }
}
