use portcullis_domain::{
    Method, Policy,
    user::{Entry, EntryKind, Subject},
};

use super::method_words;

/// Returns the type and the detail of an entry of the activity log. Texts of the reference portals
/// are quoted word for word.
pub(crate) fn activity(policy: &Policy, entry: &Entry) -> (&'static str, String) {
    let method = entry.method;
    let to = entry.to.as_ref().map(|to| format!(" {to}")).unwrap_or_default();
    let fallback = policy.app().is_some() && !policy.has(Method::Email);
    if entry.kind == EntryKind::CodeSent && fallback && method == Some(Method::Email) {
        let detail = format!("Authenticator App code sent to email{to}");
        return ("Client Portal Information", detail);
    }
    let by = method.map_or("", |method| method_words(method).by);
    let detail = sentence(entry.kind).replace("{by}", by).replace("{to}", &to);
    (subject(entry.kind.subject()), detail)
}

const fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::User => "Multi-factor authentication",
        Subject::Portal => "Portal",
        Subject::Administration => "Administration",
    }
}

/// Returns the detail of a kind of entry; `{by}` and `{to}` stand for the method and the
/// destination.
const fn sentence(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::CodeAccepted => "Code{by} accepted",
        EntryKind::CodeWrong => "Code{by} was wrong",
        EntryKind::CodeExpired => "Code{by} had expired",
        EntryKind::CodeReused => "Code{by} was used before, or is older than one that was",
        EntryKind::CodeRequested => "Code{by} to{to} requested",
        EntryKind::CodeSent => "Code sent{by} to{to}",
        EntryKind::CodeNotSent => "Code{by} to{to} could not be sent",
        EntryKind::CodeUnknown => "Code{by} to{to} may not have been sent",
        EntryKind::SendLimited => "Messages{by} to{to} held back: a limit was reached",
        EntryKind::LinkRequested => "Link to enrol again{by} to{to} requested",
        EntryKind::LinkSent => "Link to enrol again sent{by} to{to}",
        EntryKind::LinkNotSent => "Link to enrol again{by} to{to} could not be sent",
        EntryKind::LinkUnknown => "Link to enrol again{by} to{to} may not have been sent",
        EntryKind::Enrolled => "Enrolled{to}",
        EntryKind::TestSent => "Test message{by} to{to}",
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
        EntryKind::PasswordWrong => "Wrong password for an admin",
        EntryKind::PasswordLocked => "Too many wrong passwords for an admin",
        EntryKind::AdminUnlocked => "Admin unlocked",
        EntryKind::SessionsEnded => "Admin ended sessions of their own",
        EntryKind::AdminSessionsEnded => "Admin's sessions ended",
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
