//! A form with every setting of a policy.

use askama::Template;
use portcullis_domain::{
    Policy,
    policy::{DestinationSource, EmailFallback, MethodPolicy, Preset},
};
use portcullis_http::wire::admin::DryRunAnswer;

use super::word;
use crate::console::{Bar, Fields, Frame, bars};

/// A form for the policy.
#[derive(Template)]
#[template(path = "console/policy.html")]
pub struct PolicyForm {
    /// The frame.
    pub frame: Frame,
    /// The portal.
    pub portal: String,
    /// What is filled in.
    pub fields: Fields,
    /// What saving would do, once tried.
    pub tried: Option<DryRunAnswer>,
    /// The presets to start from.
    pub presets: Vec<&'static str>,
    /// The policy as it is can be replaced by who says so.
    pub is_locked: bool,
    /// This admin changes what the app shows, and nothing else.
    pub issuer_only: bool,
}

/// A policy, filled in; what belongs to a method that is not in it is as a new one begins.
pub fn policy_fields(policy: &Policy, etag: String) -> Fields {
    let (mut boxes, mut issuer) = (vec![], String::new());
    let mut email_fallback = EmailFallback::Forbidden;
    let (mut email, mut sms) = (DestinationSource::User, DestinationSource::User);
    for method in &policy.methods {
        match method {
            MethodPolicy::AuthenticatorApp { issuer: set, email_fallback: fallback } => {
                boxes.push(("app", "on".to_owned()));
                issuer = set.as_ref().map(|set| set.as_str().to_owned()).unwrap_or_default();
                email_fallback = *fallback;
            }
            MethodPolicy::Email { destination } => {
                boxes.push(("email", "on".to_owned()));
                email = *destination;
            }
            MethodPolicy::Sms { destination } => {
                boxes.push(("sms", "on".to_owned()));
                sms = *destination;
            }
        }
    }
    let countries: Vec<String> =
        policy.allowed_countries.iter().map(|country| String::from(*country)).collect();
    let others = [
        ("etag", etag),
        ("enabled", policy.enabled.to_string()),
        ("issuer", issuer),
        ("email_fallback", word(&email_fallback)),
        ("email_destination", word(&email)),
        ("sms_destination", word(&sms)),
        ("enforcement", word(&policy.enforcement)),
        ("switched_by", word(&policy.switched_by)),
        ("when_off", word(&policy.when_off)),
        ("when_on_again", word(&policy.when_on_again)),
        ("after_reset", word(&policy.after_reset)),
        ("allowed_countries", countries.join(" ")),
        ("code_lifetime_seconds", policy.code_lifetime_seconds.seconds().to_string()),
    ];
    Fields::of(boxes.into_iter().chain(others))
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
