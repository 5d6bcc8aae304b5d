//! The settings of the policy form in words: the choices of its lists, and the differences between
//! two policies.

use portcullis_domain::Policy;

use super::form;
use crate::{Fields, Words, labels::label};

/// The kind of a field, and for a list its choices with their keys.
enum Kind {
    Tick,
    Text,
    List(&'static [(&'static str, &'static str)]),
}

/// The fields of the form, in its order.
const SETTINGS: [(&str, Kind); 30] = [
    ("passkey", Kind::Tick),
    (
        "when_bound",
        Kind::List(&[
            ("prefer", "console-policy-when-bound-prefer"),
            ("insist", "console-policy-when-bound-insist"),
        ]),
    ),
    (
        "user_verification",
        Kind::List(&[
            ("preferred", "console-policy-verification-preferred"),
            ("required", "console-policy-verification-required"),
        ]),
    ),
    (
        "synced",
        Kind::List(&[
            ("allowed", "console-policy-synced-allowed"),
            ("refused", "console-policy-synced-refused"),
        ]),
    ),
    ("promote", Kind::Tick),
    ("app", Kind::Tick),
    ("issuer", Kind::Text),
    (
        "email_fallback",
        Kind::List(&[
            ("forbidden", "console-policy-fallback-forbidden"),
            ("allowed", "console-policy-fallback-allowed"),
            ("allowed_as_default", "console-policy-fallback-default"),
        ]),
    ),
    ("email", Kind::Tick),
    (
        "email_destination",
        Kind::List(&[("directory", "console-policy-directory"), ("user", "console-policy-user")]),
    ),
    ("sms", Kind::Tick),
    (
        "sms_destination",
        Kind::List(&[("directory", "console-policy-directory"), ("user", "console-policy-user")]),
    ),
    (
        "enforcement",
        Kind::List(&[
            ("required", "console-policy-everyone"),
            ("opt_out", "console-policy-may-skip"),
        ]),
    ),
    (
        "grace",
        Kind::List(&[
            ("none", "console-policy-grace-none"),
            ("until", "console-policy-grace-until"),
            ("sign_ins", "console-policy-grace-sign-ins"),
            ("days", "console-policy-grace-days"),
        ]),
    ),
    ("grace_until", Kind::Text),
    ("grace_count", Kind::Text),
    (
        "switched_by",
        Kind::List(&[
            ("portal_admin", "console-policy-switch-portal"),
            ("provider", "console-policy-switch-provider"),
            ("nobody", "console-policy-switch-nobody"),
        ]),
    ),
    (
        "when_off",
        Kind::List(&[
            ("challenge_nobody", "console-policy-off-nobody"),
            ("challenge_enrolled", "console-policy-off-enrolled"),
        ]),
    ),
    (
        "when_on_again",
        Kind::List(&[
            ("keep_enrolments", "console-policy-on-keep"),
            ("enrol_again", "console-policy-on-again"),
        ]),
    ),
    (
        "after_reset",
        Kind::List(&[
            ("open", "console-policy-reset-open"),
            ("emailed_link", "console-policy-reset-link"),
        ]),
    ),
    (
        "enrolment_proof",
        Kind::List(&[
            ("none", "console-policy-proof-none"),
            ("emailed_code", "console-policy-proof-code"),
        ]),
    ),
    (
        "self_service",
        Kind::List(&[
            ("off", "console-policy-self-off"),
            ("with_proof", "console-policy-self-proof"),
        ]),
    ),
    (
        "recovery_codes",
        Kind::List(&[
            ("off", "console-policy-recovery-off"),
            ("offered", "console-policy-recovery-offered"),
            ("required", "console-policy-recovery-required"),
        ]),
    ),
    (
        "text_needs",
        Kind::List(&[("any", "console-policy-text-any"), ("bound", "console-policy-text-bound")]),
    ),
    ("allowed_countries", Kind::Text),
    ("code_lifetime_seconds", Kind::Text),
    ("contact_hold", Kind::Tick),
    ("remember_browser", Kind::Tick),
    ("remember_days", Kind::Text),
    (
        "earned_by",
        Kind::List(&[
            ("any", "console-policy-remember-any"),
            ("phishing_resistant", "console-policy-remember-phishing-resistant"),
        ]),
    ),
];

/// Returns the choices of a list with their words.
pub(super) fn choices(words: &Words, field: &str) -> Vec<(&'static str, String)> {
    let setting = SETTINGS.iter().find(|(name, _)| *name == field);
    match setting.map(|(_, kind)| kind) {
        Some(Kind::List(choices)) => {
            choices.iter().map(|(value, key)| (*value, words.say(key))).collect()
        }
        Some(Kind::Tick | Kind::Text) | None => vec![],
    }
}

/// A setting that is different in two policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub setting: String,
    pub old: String,
    pub new: String,
}

/// Returns the settings that are different in two policies.
pub fn differences(words: &Words, old: &Policy, new: &Policy) -> Vec<Difference> {
    let fields = |policy| form::fill(policy, String::new());
    let (old, new) = (fields(old), fields(new));
    let texts = |(field, kind): &(&'static str, Kind)| {
        let said = |fields: &Fields| said(words, fields, field, kind);
        let (old, new) = (said(&old), said(&new));
        let setting = label(field).map(|key| words.say(key)).unwrap_or_default();
        (old != new).then_some(Difference { setting, old, new })
    };
    SETTINGS.iter().filter_map(texts).collect()
}

/// Says the value of a setting.
fn said(words: &Words, fields: &Fields, field: &str, kind: &Kind) -> String {
    let value = fields.value(field);
    match kind {
        Kind::Tick if fields.holds(field, "on") => words.say("console-on"),
        Kind::Tick => words.say("console-off"),
        Kind::Text if value.is_empty() => words.say("console-not-set"),
        Kind::Text => value.to_owned(),
        Kind::List(choices) => {
            let chosen = choices.iter().find(|(name, _)| *name == value);
            chosen.map_or_else(|| value.to_owned(), |(_, key)| words.say(key))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::policy::{Issuer, MethodPolicy, Preset};

    #[test]
    fn every_setting_has_a_label_and_the_choices_of_its_list() {
        let words = Words::default();
        for preset in Preset::ALL {
            let fields = form::fill(&preset.policy(), String::new());
            for (field, kind) in &SETTINGS {
                assert!(label(field).is_some(), "{field}");
                if let Kind::List(choices) = kind {
                    assert!(!fields.holds_none(field, choices), "{field} of {preset:?}");
                    assert!(!said(&words, &fields, field, kind).is_empty(), "{field}");
                }
            }
        }
    }

    #[test]
    fn two_policies_differ_in_the_settings_that_were_changed_and_in_no_others() {
        let words = Words::default();
        for one in Preset::ALL {
            assert_eq!(differences(&words, &one.policy(), &one.policy()), []);
            for other in Preset::ALL.into_iter().filter(|other| *other != one) {
                assert_ne!(differences(&words, &one.policy(), &other.policy()), [], "{one:?}");
            }
        }
        let before = Preset::AuthenticatorApp.policy();
        let mut after = before.clone();
        for method in &mut after.methods {
            if let MethodPolicy::AuthenticatorApp { issuer, .. } = method {
                *issuer = Some(Issuer::parse("Acme").unwrap());
            }
        }
        let differences = differences(&words, &before, &after);
        let said: Vec<_> = differences.iter().map(|d| (d.old.as_str(), d.new.as_str())).collect();
        assert_eq!(said, [("not set", "Acme")]);
    }
}
