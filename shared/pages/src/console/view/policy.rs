//! A form with every setting of a policy.

use askama::Template;
use portcullis_api::wire::admin::DryRunAnswer;
use portcullis_domain::{
    Policy,
    policy::{DestinationSource, EmailFallback, MethodPolicy, Preset},
};

use crate::console::{Bar, Frame, bars};

/// A form for the policy.
#[derive(Template)]
#[template(path = "console/policy.html")]
pub struct PolicyForm {
    /// The frame.
    pub frame: Frame,
    /// The portal.
    pub portal: String,
    /// What is filled in.
    pub fields: PolicyFields,
    /// What was refused: the field, and why.
    pub refused: Option<(&'static str, String)>,
    /// What saving would do, once tried.
    pub tried: Option<DryRunAnswer>,
    /// The presets to start from.
    pub presets: Vec<&'static str>,
    /// The policy as it is can be replaced by who says so.
    pub is_locked: bool,
    /// This admin changes what the app shows, and nothing else.
    pub issuer_only: bool,
}

/// The policy as a form has it: every setting, as text.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PolicyFields {
    /// What to do: `try`, or `save`.
    pub what: String,
    /// The ETag of the policy that is replaced.
    pub etag: String,
    /// Whether it is on: `true` or `false`.
    pub enabled: String,
    /// Whether users may decline.
    pub enforcement: String,
    /// Who switches it.
    pub switched_by: String,
    /// The app is a method.
    pub app: Option<String>,
    /// What the app shows.
    pub issuer: String,
    /// What email may do when the app is out of reach.
    pub email_fallback: String,
    /// Email is a method.
    pub email: Option<String>,
    /// Whose address.
    pub email_destination: String,
    /// SMS is a method.
    pub sms: Option<String>,
    /// Whose number.
    pub sms_destination: String,
    /// What happens while it is off.
    pub when_off: String,
    /// What happens when it is on again.
    pub when_on_again: String,
    /// What happens after a reset.
    pub after_reset: String,
    /// Countries, as two-letter codes.
    pub allowed_countries: String,
    /// How long a code is good.
    pub code_lifetime_seconds: String,
    /// The operator means to replace what nobody switches.
    pub confirm_unlock: Option<String>,
}

/// The word of a setting on the wire.
fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

impl PolicyFields {
    /// Every field but what the app shows, for a form that changes nothing else.
    fn as_they_are(&self) -> Vec<(&'static str, String)> {
        let boxes = [("app", &self.app), ("email", &self.email), ("sms", &self.sms)];
        let ticked = boxes.into_iter().filter(|(_, ticked)| ticked.is_some());
        let mut all: Vec<_> = ticked.map(|(name, _)| (name, "on".to_owned())).collect();
        let texts = [
            ("email_fallback", &self.email_fallback),
            ("email_destination", &self.email_destination),
            ("sms_destination", &self.sms_destination),
            ("enforcement", &self.enforcement),
            ("switched_by", &self.switched_by),
            ("when_off", &self.when_off),
            ("when_on_again", &self.when_on_again),
            ("after_reset", &self.after_reset),
            ("allowed_countries", &self.allowed_countries),
            ("code_lifetime_seconds", &self.code_lifetime_seconds),
        ];
        all.extend(texts.map(|(name, text)| (name, text.clone())));
        all
    }

    /// A policy, filled in.
    pub fn of(policy: &Policy, etag: String) -> Self {
        let mut fields = Self {
            etag,
            enabled: policy.enabled.to_string(),
            enforcement: word(policy.enforcement),
            switched_by: word(policy.switched_by),
            email_fallback: word(EmailFallback::Forbidden),
            email_destination: word(DestinationSource::User),
            sms_destination: word(DestinationSource::User),
            when_off: word(policy.when_off),
            when_on_again: word(policy.when_on_again),
            after_reset: word(policy.after_reset),
            code_lifetime_seconds: policy.code_lifetime_seconds.seconds().to_string(),
            ..Self::default()
        };
        let countries: Vec<String> =
            policy.allowed_countries.iter().map(|country| String::from(*country)).collect();
        fields.allowed_countries = countries.join(" ");
        let on = || Some("on".to_owned());
        for method in &policy.methods {
            match method {
                MethodPolicy::AuthenticatorApp { issuer, email_fallback } => {
                    fields.app = on();
                    fields.issuer =
                        issuer.as_ref().map(|i| i.as_str().to_owned()).unwrap_or_default();
                    fields.email_fallback = word(*email_fallback);
                }
                MethodPolicy::Email { destination } => {
                    fields.email = on();
                    fields.email_destination = word(*destination);
                }
                MethodPolicy::Sms { destination } => {
                    fields.sms = on();
                    fields.sms_destination = word(*destination);
                }
            }
        }
        fields
    }
}

/// The names of the presets.
pub fn presets() -> Vec<&'static str> {
    Preset::ALL.iter().map(|preset| preset.as_str()).collect()
}

/// What saving a policy would do, drawn.
fn tried_chart(tried: &DryRunAnswer) -> String {
    let bar = |label: &str, count| Bar { label: label.to_owned(), count };
    let bars_of = [
        bar("must enrol", tried.must_enrol),
        bar("have no way in", tried.no_way_in),
        bar("are asked no more", tried.asked_no_more),
        bar("skips end", tried.skips_end),
    ];
    bars("What saving would do, in users", &bars_of)
}
