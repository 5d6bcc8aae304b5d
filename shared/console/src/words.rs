//! The words of the console, from the catalogue, in the language of the browser.

use http::HeaderMap;
use portcullis_domain::{
    Device, Locale, Method, Named, Policy, Scope, admin::Role, decision::PasskeyState,
    policy::Grace, policy::MethodPolicy, policy::RememberBrowser, policy::SwitchedBy,
    user::Authenticator,
};
use portcullis_http::{
    Problem, Sentence, minute, page, try_again_in,
    wire::{
        MethodName, PasskeyUseName,
        admin::{DayDocument, GraceLeftView, ScopeName},
    },
};
use portcullis_messages::{authenticator_name, catalogue, device_name};
use serde::Serialize;
use serde_json::Value;
use std::fmt;
use time::{Date, Month};

/// The catalogue in one language.
#[derive(Clone, Debug, Default)]
pub struct Words(Option<Locale>);

/// A text that is filled with values.
#[derive(Debug)]
pub struct Text<'a> {
    words: &'a Words,
    key: &'a str,
    values: Vec<(&'a str, String)>,
}

impl<'a> Text<'a> {
    #[must_use]
    pub fn with(mut self, name: &'a str, value: impl fmt::Display) -> Self {
        self.values.push((name, value.to_string()));
        self
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values: Vec<_> =
            self.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        f.write_str(&catalogue::text(self.words.0.as_ref(), self.key, &values))
    }
}

impl From<Text<'_>> for String {
    fn from(text: Text<'_>) -> Self {
        text.to_string()
    }
}

impl Words {
    pub fn of(headers: &HeaderMap) -> Self {
        Self(page::language(headers))
    }

    pub fn language(&self) -> &'static str {
        catalogue::language(self.0.as_ref())
    }

    pub fn direction(&self) -> String {
        catalogue::direction(self.0.as_ref())
    }

    pub fn say(&self, key: &str) -> String {
        catalogue::text(self.0.as_ref(), key, &[])
    }

    /// Says a problem, with the time until it is over.
    pub(crate) fn not_now(&self, problem: &Problem) -> String {
        let sentence = problem.key().map(|key| self.say(key));
        let sentence = sentence.unwrap_or_else(|| problem.detail().to_owned());
        let wait = problem.seconds_to_wait().map(|left| try_again_in(self.0.as_ref(), left));
        [sentence].into_iter().chain(wait).collect::<Vec<_>>().join(" ")
    }

    pub const fn fill<'a>(&'a self, key: &'a str) -> Text<'a> {
        Text { words: self, key, values: vec![] }
    }

    /// Returns the word for a name of the wire, such as a state: its key is made of both.
    pub fn word(&self, kind: &str, name: &str) -> String {
        self.say(&format!("console-{kind}-{}", name.replace('_', "-")))
    }

    /// Returns the word for a choice, by its name on the wire.
    pub fn choice(&self, kind: &str, choice: &impl Serialize) -> String {
        let name = serde_json::to_value(choice).ok();
        name.as_ref().and_then(Value::as_str).map_or_else(String::new, |name| self.word(kind, name))
    }

    pub fn sentence(&self, sentence: &Sentence) -> String {
        sentence.in_language(self.0.as_ref())
    }

    pub fn list(&self, parts: &[String]) -> String {
        catalogue::list(self.0.as_ref(), parts)
    }

    pub fn method(&self, method: Method) -> String {
        self.word("method", method.name())
    }

    pub fn methods(&self, all: &[MethodName]) -> String {
        let names: Vec<_> = all.iter().map(|name| self.method(Method::from(*name))).collect();
        self.list(&names)
    }

    /// Says why passkeys cannot be used, unless one can.
    pub fn passkeys_lost(&self, passkeys: &PasskeyUseName) -> Option<String> {
        let key = match PasskeyState::from(*passkeys) {
            PasskeyState::NoPasskey | PasskeyState::Usable => return None,
            PasskeyState::SyncedRefused => "console-passkeys-synced-refused",
            PasskeyState::OtherDomain => "console-passkeys-other-domain",
        };
        Some(self.say(key))
    }

    /// Says which authenticator it is: its name, or its method and the day it was added.
    pub fn authenticator(&self, bound: &Authenticator) -> String {
        let name = bound.name.as_ref();
        authenticator_name(self.0.as_ref(), bound.method(), name, bound.bound_at)
    }

    /// Says which browser it is: its device.
    pub fn device(&self, device: Option<Device>) -> String {
        device_name(self.0.as_ref(), device)
    }

    /// Says how long a user may still put off setting something up.
    pub fn grace_left(&self, left: &GraceLeftView) -> String {
        match left {
            GraceLeftView::Until(DayDocument(day)) => {
                self.fill("console-user-grace-until").with("day", day).into()
            }
            GraceLeftView::SignIns(count) => {
                self.fill("console-user-grace-sign-ins").with("count", count).into()
            }
        }
    }

    pub fn scopes(&self, scopes: &[ScopeName]) -> String {
        let names: Vec<_> =
            scopes.iter().map(|scope| self.word("scope", Scope::from(*scope).name())).collect();
        self.list(&names)
    }

    /// Says a role with its portals and its organisation.
    pub fn role(&self, role: &Role) -> String {
        let portals: Vec<_> = role.portals().into_iter().map(ToString::to_string).collect();
        let (name, portals) = (self.word("role", role.as_str()), self.list(&portals));
        match role {
            Role::Operator | Role::Auditor => name,
            Role::Technician { .. } | Role::PortalAdmin { .. } => {
                self.fill("console-role-of").with("role", name).with("portals", portals).into()
            }
            Role::OrgAdmin { organisation, .. } => self
                .fill("console-role-in")
                .with("role", name)
                .with("organisation", organisation)
                .with("portals", portals)
                .into(),
        }
    }

    fn method_policy(&self, policy: &MethodPolicy) -> String {
        match policy {
            MethodPolicy::AuthenticatorApp { email_fallback, .. } => {
                self.word("policy-app", email_fallback.name())
            }
            MethodPolicy::Email { destination } => self.word("policy-email", destination.name()),
            MethodPolicy::Sms { destination } => self.word("policy-sms", destination.name()),
            MethodPolicy::Passkey { when_bound, .. } => {
                self.word("policy-passkey", when_bound.name())
            }
        }
    }

    fn grace(&self, grace: Grace) -> String {
        match grace {
            Grace::Until(day) => self.fill("console-policy-time-until").with("day", day),
            Grace::SignIns(count) => {
                self.fill("console-policy-time-sign-ins").with("count", count.number())
            }
            Grace::Days(days) => self.fill("console-policy-time-days").with("days", days.number()),
        }
        .into()
    }

    /// Says the methods of a policy, and if users may skip.
    pub fn policy_in_short(&self, policy: &Policy) -> Vec<String> {
        let mut lines: Vec<_> = policy.methods.iter().map(|m| self.method_policy(m)).collect();
        lines.push(self.word("policy-enforcement", policy.enforcement.kind().name()));
        lines.extend(policy.enforcement.grace().map(|grace| self.grace(grace)));
        lines
    }

    /// Says a policy, one line for each setting.
    pub fn policy(&self, policy: &Policy) -> Vec<String> {
        let mut lines = self.policy_in_short(policy);
        lines.push(self.word("policy-switched-by", policy.switched_by.name()));
        if policy.switched_by != SwitchedBy::Nobody {
            lines.push(self.word("policy-when-off", policy.when_off.name()));
            lines.push(self.word("policy-when-on-again", policy.when_on_again.name()));
        }
        lines.push(self.word("policy-after-reset", policy.after_reset.name()));
        if let Some(RememberBrowser { days, earned_by }) = policy.remember_browser {
            let key = format!("console-policy-remembers-{}", earned_by.name().replace('_', "-"));
            lines.push(self.fill(&key).with("days", u8::from(days)).into());
        }
        lines
    }
}

pub fn word<T: Named>(value: &T) -> String {
    value.name().to_owned()
}

pub fn at(unix: &i64) -> String {
    minute(*unix)
}

/// Returns a moment as browsers read it.
pub fn iso(unix: &i64) -> String {
    at(unix).replace(" UTC", "Z").replace(' ', "T")
}

pub fn on(unix: &i64) -> String {
    at(unix).split(' ').next().unwrap_or_default().to_owned()
}

/// Parses a day such as 2026-11-22, and returns its first second in UTC.
pub fn day(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    Some(date.midnight().assume_utc().unix_timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_as_a_date() {
        assert_eq!(at(&0), "1970-01-01 00:00 UTC");
        assert_eq!(at(&1_795_338_524), "2026-11-22 09:08 UTC");
        assert_eq!(iso(&1_795_338_524), "2026-11-22T09:08Z");
        assert_eq!(on(&1_795_338_524), "2026-11-22");
        assert_eq!(day("2026-11-22").map(|start| at(&start)).unwrap(), "2026-11-22 00:00 UTC");
        assert_eq!([day(""), day("2026-13-01"), day("2026-02-30"), day("x-1-1")], [None; 4]);
    }
}
