use crate::Words;

const ROLES: [(&str, &str); 5] = [
    ("operator", "console-role-choice-operator"),
    ("technician", "console-role-choice-technician"),
    ("portal_admin", "console-role-choice-portal-admin"),
    ("org_admin", "console-role-choice-org-admin"),
    ("auditor", "console-role-choice-auditor"),
];

/// Returns each role with its words.
pub(crate) fn roles(words: &Words) -> Vec<(&'static str, String)> {
    ROLES.iter().map(|(name, key)| (*name, words.say(key))).collect()
}
