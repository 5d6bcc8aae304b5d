//! A portal's policy.

use portcullis_domain::{
    Country, Malformed, Policy,
    policy::{
        AfterReset, CodeLifetime, DestinationSource, EmailFallback, Enforcement, Issuer,
        MethodPolicy, SwitchedBy, WhenOff, WhenOnAgain,
    },
};
use serde::{Deserialize, Serialize};

use super::{
    is_default,
    value::{Name, Text},
};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoredPolicy {
    enabled: bool,
    enforcement: Name<Enforcement>,
    switched_by: Name<SwitchedBy>,
    methods: Vec<StoredMethod>,
    when_off: Name<WhenOff>,
    when_on_again: Name<WhenOnAgain>,
    after_reset: Name<AfterReset>,
    allowed_countries: Vec<Text<Country>>,
    code_lifetime_seconds: u16,
    #[serde(default, skip_serializing_if = "is_default")]
    contact_hold: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum StoredMethod {
    AuthenticatorApp { issuer: Option<Text<Issuer>>, email_fallback: Name<EmailFallback> },
    Email { destination: Name<DestinationSource> },
    Sms { destination: Name<DestinationSource> },
}

impl From<&Policy> for StoredPolicy {
    fn from(policy: &Policy) -> Self {
        let Policy {
            enabled,
            enforcement,
            switched_by,
            methods,
            when_off,
            when_on_again,
            after_reset,
            allowed_countries,
            code_lifetime_seconds,
            contact_hold,
        } = policy;
        Self {
            enabled: *enabled,
            enforcement: Name(*enforcement),
            switched_by: Name(*switched_by),
            methods: methods.iter().map(StoredMethod::from).collect(),
            when_off: Name(*when_off),
            when_on_again: Name(*when_on_again),
            after_reset: Name(*after_reset),
            allowed_countries: allowed_countries.iter().copied().map(Text).collect(),
            code_lifetime_seconds: (*code_lifetime_seconds).into(),
            contact_hold: *contact_hold,
        }
    }
}

impl TryFrom<StoredPolicy> for Policy {
    type Error = Malformed;

    fn try_from(stored: StoredPolicy) -> Result<Self, Malformed> {
        Ok(Self {
            enabled: stored.enabled,
            enforcement: stored.enforcement.value(),
            switched_by: stored.switched_by.value(),
            methods: stored.methods.into_iter().map(MethodPolicy::from).collect(),
            when_off: stored.when_off.value(),
            when_on_again: stored.when_on_again.value(),
            after_reset: stored.after_reset.value(),
            allowed_countries: stored.allowed_countries.into_iter().map(Text::value).collect(),
            code_lifetime_seconds: CodeLifetime::parse(stored.code_lifetime_seconds)?,
            contact_hold: stored.contact_hold,
        })
    }
}

impl From<&MethodPolicy> for StoredMethod {
    fn from(method: &MethodPolicy) -> Self {
        match method {
            MethodPolicy::AuthenticatorApp { issuer, email_fallback } => Self::AuthenticatorApp {
                issuer: issuer.clone().map(Text),
                email_fallback: Name(*email_fallback),
            },
            MethodPolicy::Email { destination } => Self::Email { destination: Name(*destination) },
            MethodPolicy::Sms { destination } => Self::Sms { destination: Name(*destination) },
        }
    }
}

impl From<StoredMethod> for MethodPolicy {
    fn from(stored: StoredMethod) -> Self {
        match stored {
            StoredMethod::AuthenticatorApp { issuer, email_fallback } => Self::AuthenticatorApp {
                issuer: issuer.map(Text::value),
                email_fallback: email_fallback.value(),
            },
            StoredMethod::Email { destination } => Self::Email { destination: destination.value() },
            StoredMethod::Sms { destination } => Self::Sms { destination: destination.value() },
        }
    }
}
