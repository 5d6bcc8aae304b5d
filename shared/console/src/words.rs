//! The words of settings, states and moments.

use portcullis_domain::{
    ListedState, Method, Named, Policy,
    admin::Role,
    policy::{
        AfterReset, DestinationSource, EmailFallback, Enforcement, MethodPolicy, MethodSettings,
        SwitchedBy, WhenOff, WhenOnAgain,
    },
    sign_in::Ground,
};
use portcullis_http::{
    minute,
    wire::{
        GroundName, MethodName,
        admin::{CheckedByName, ProgressName, ScopeName},
    },
};
use time::{Date, Month};

pub fn word<T: Named>(value: &T) -> String {
    value.name().to_owned()
}

pub fn at(unix: &i64) -> String {
    minute(*unix)
}

pub fn on(unix: &i64) -> String {
    at(unix).split(' ').next().unwrap_or_default().to_owned()
}

pub fn scopes(scopes: &[ScopeName]) -> String {
    let words = scopes.iter().map(|scope| match scope {
        ScopeName::SignIn => "sign users in",
        ScopeName::Contacts => "keep contact records",
        ScopeName::Reset => "reset users",
        ScopeName::Erase => "erase users",
        ScopeName::Oidc => "OpenID Connect",
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Parses a day such as 2026-11-22, and returns its first second in UTC.
pub fn day(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let date = Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    Some(date.midnight().assume_utc().unix_timestamp())
}

/// The words of a method.
struct MethodWords {
    name: &'static str,
    /// The line about it in a policy, before its settings.
    line: &'static str,
}

const fn method_words(method: Method) -> MethodWords {
    match method {
        Method::AuthenticatorApp => {
            MethodWords { name: "authenticator app", line: "Authenticator app" }
        }
        Method::Email => MethodWords { name: "email", line: "Email, address " },
        Method::Sms => MethodWords { name: "text message", line: "Text message, number " },
    }
}

pub const fn method(method: Method) -> &'static str {
    method_words(method).name
}

pub fn methods(all: &[MethodName]) -> String {
    let names: Vec<&str> = all.iter().map(|name| method(Method::from(*name))).collect();
    names.join(", ")
}

pub const fn state(state: &ListedState) -> &'static str {
    match state {
        ListedState::Disabled => "disabled",
        ListedState::NoWayIn => "no way in",
        ListedState::ResetPending => "reset, not enrolled since",
        ListedState::Enrolled => "enrolled",
        ListedState::EmailDefault => "always email",
        ListedState::Skipped => "skipped",
        ListedState::Stale => "must enrol again",
        ListedState::Ready => "ready",
        ListedState::NotEnrolled => "not enrolled",
    }
}

/// Says how far a sign-in has come.
pub const fn progress(name: &ProgressName) -> &'static str {
    match name {
        ProgressName::Open => "open",
        ProgressName::MayEnrol => "may enrol",
        ProgressName::Done => "done",
        ProgressName::Dead => "dead",
    }
}

/// Says what had been proven before something was changed.
pub const fn ground(GroundName(ground): &GroundName) -> &'static str {
    match ground {
        Ground::PasswordAlone => "With the password alone",
        Ground::AppCode => "After a code of the app",
        Ground::EmailCode => "After a code by email",
        Ground::SmsCode => "After a code by text message",
        Ground::MailedLink => "With a mailed link",
        Ground::BypassCode => "After a bypass code",
    }
}

/// Says how an admin checked who asked for a reset.
pub const fn checked_by(name: &CheckedByName) -> &'static str {
    match name {
        CheckedByName::KnownInPerson => "Checked: known in person",
        CheckedByName::CalledBackOnRecord => "Checked: called back on record",
        CheckedByName::IdentityDocument => "Checked: identity document",
        CheckedByName::CodeReadOut => "Checked: a code that the user read out",
        CheckedByName::Other => "Checked: in another way",
    }
}

/// Says a role with its portals and its organisation.
pub fn role(role: &Role) -> String {
    let portals: Vec<&str> = role.portals().iter().map(|portal| portal.as_str()).collect();
    let name = role.as_str().replace('_', " ");
    match role {
        Role::Operator | Role::Auditor => name,
        Role::Technician { .. } | Role::PortalAdmin { .. } => {
            format!("{name} of {}", portals.join(", "))
        }
        Role::OrgAdmin { organisation, .. } => {
            format!("{name} of {organisation} in {}", portals.join(", "))
        }
    }
}

const fn whose(source: DestinationSource) -> &'static str {
    match source {
        DestinationSource::Directory => "from the contact record",
        DestinationSource::User => "entered by the user",
    }
}

fn method_policy(policy: &MethodPolicy) -> String {
    let MethodSettings { method, source, app } = policy.settings();
    let fallback = app.map_or("", |(_, fallback)| match fallback {
        EmailFallback::Forbidden => "",
        EmailFallback::Allowed => "; email when it is out of reach",
        EmailFallback::AllowedAsDefault => "; email when it is out of reach, or always",
    });
    [method_words(method).line, source.map_or("", whose), fallback].concat()
}

/// Says the methods of a policy, and if users may skip.
pub fn policy_in_short(policy: &Policy) -> Vec<String> {
    let mut lines: Vec<String> = policy.methods.iter().map(method_policy).collect();
    let who = match policy.enforcement {
        Enforcement::Required => "Everyone must use it",
        Enforcement::OptOut => "Users may skip enrolling",
    };
    lines.push(who.to_owned());
    lines
}

/// Says a policy, one line for each setting.
pub fn policy(policy: &Policy) -> Vec<String> {
    let mut lines = policy_in_short(policy);
    let mut say = |line: &str| lines.push(line.to_owned());
    say(match policy.switched_by {
        SwitchedBy::Nobody => "No one can switch it off",
        SwitchedBy::Provider => "Switched by the provider",
        SwitchedBy::PortalAdmin => "Switched by the provider or the portal's admin",
    });
    if policy.switched_by != SwitchedBy::Nobody {
        say(match policy.when_off {
            WhenOff::ChallengeEnrolled => "While off, users who enrolled are still asked",
            WhenOff::ChallengeNobody => "While off, no one is asked",
        });
        say(match policy.when_on_again {
            WhenOnAgain::KeepEnrolments => "On again, enrolments count as before",
            WhenOnAgain::EnrolAgain => "On again, everyone enrols again",
        });
    }
    say(match policy.after_reset {
        AfterReset::Open => "After a reset, the next sign-in enrols",
        AfterReset::EmailedLink => "After a reset, a mailed link is needed to enrol",
    });
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_as_a_date() {
        assert_eq!(at(&0), "1970-01-01 00:00 UTC");
        assert_eq!(at(&1_795_338_524), "2026-11-22 09:08 UTC");
        assert_eq!(on(&1_795_338_524), "2026-11-22");
        assert_eq!(day("2026-11-22").map(|start| at(&start)).unwrap(), "2026-11-22 00:00 UTC");
        assert_eq!([day(""), day("2026-13-01"), day("2026-02-30"), day("x-1-1")], [None; 4]);
    }
}
