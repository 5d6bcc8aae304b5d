use portcullis_domain::{
    Method, Named, Policy,
    user::{Entry, EntryKind, Subject},
};

use super::Sentence;

/// Returns the type and the detail of an entry of the activity log. Texts of the reference portals
/// are quoted word for word.
pub(crate) fn activity(policy: &Policy, entry: &Entry) -> (&'static str, Sentence) {
    let (method, to) = (entry.method, entry.to.as_ref().map(ToString::to_string));
    let fallback = policy.app().is_some() && !policy.has(Method::Email);
    if entry.kind == EntryKind::CodeSent && fallback && method == Some(Method::Email) {
        let detail = Sentence { key: "activity-fallback-sent".to_owned(), method, to };
        return ("Client Portal Information", detail);
    }
    (subject(entry.kind.subject()), Sentence::of_entry(entry))
}

impl Sentence {
    /// Returns the sentence on an entry, whatever the policy of its portal.
    pub fn of_entry(entry: &Entry) -> Self {
        let key = format!("activity-{}", entry.kind.name().replace('_', "-"));
        let to = entry.to.as_ref().map(ToString::to_string);
        Self { key, method: entry.method, to }
    }
}

const fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::User => "Multi-factor authentication",
        Subject::Portal => "Portal",
        Subject::Administration => "Administration",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::{Timestamp, policy::Preset};

    #[test]
    fn every_kind_of_entry_reads_as_something_of_its_own() {
        let policy = Preset::Managed.policy();
        let said =
            |kind: &EntryKind| activity(&policy, &kind.at(Timestamp::from_unix(0))).1.to_string();
        let mut all: Vec<String> = EntryKind::ALL.iter().map(said).collect();
        assert!(all.iter().all(|detail| !detail.is_empty()));
        all.sort();
        all.dedup();
        assert_eq!(all.len(), EntryKind::ALL.len());
    }

    #[test]
    fn a_passkey_is_not_called_a_code() {
        let policy = Preset::PasskeyFirst.policy();
        for kind in [EntryKind::CodeAccepted, EntryKind::CodeWrong, EntryKind::CodeReused] {
            let said = |method| {
                let entry = kind.at(Timestamp::from_unix(0)).by_method(method);
                activity(&policy, &entry).1.to_string()
            };
            let (passkey, app) = (said(Method::Passkey), said(Method::AuthenticatorApp));
            assert!(passkey.contains("asskey") && !passkey.contains("Code"), "{passkey}");
            assert!(app.starts_with("Code from the authenticator app"), "{app}");
        }
    }
}
