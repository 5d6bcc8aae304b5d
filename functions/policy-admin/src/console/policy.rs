//! The policy: a form with every setting, what saving would do, and the switch.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_api::{
    Problem, Strict, StrictQuery,
    admin::{ChangePolicies, On},
    wire::admin::SwitchRequest,
};
use portcullis_domain::{
    Country, Malformed, Policy,
    policy::{
        CodeLifetime, DestinationSource, EmailFallback, Issuer, MethodPolicy, PolicyRefusal,
        Preset, SwitchedBy,
    },
};
use portcullis_pages::{
    Filled,
    console::{
        Form, Frame, page,
        view::{self, Dialog, PolicyFields, PolicyForm},
    },
};
use serde::{Deserialize, de::DeserializeOwned};

use super::{filled, on, portals::stays};
use crate::{
    Administration,
    concurrency::{IfMatch, portal},
    policy,
};

/// Where a form begins.
#[derive(Deserialize)]
pub(crate) struct Start {
    preset: Option<String>,
}

/// Shows the policy as it is, or a preset in its place.
pub(crate) async fn ask(
    State(Administration { desk, .. }): State<Administration>,
    by: On<ChangePolicies>,
    form: Form,
    StrictQuery(start): StrictQuery<Start>,
) -> Result<Response, Problem> {
    let stored = portal(&desk, &by.portal).await?;
    let preset = start.preset.as_deref().map(Preset::parse).transpose()?;
    let shown = preset.map_or_else(|| stored.value.policy.clone(), Preset::policy);
    let fields = PolicyFields::of(&shown, stored.etag());
    Ok(page(StatusCode::OK, &form_page(&by, &form, fields, &stored.value.policy)))
}

fn form_page(
    by: &On<ChangePolicies>,
    form: &Form,
    fields: PolicyFields,
    before: &Policy,
) -> PolicyForm {
    PolicyForm {
        frame: Frame::of("Policy", &by.admin, form),
        portal: by.portal.to_string(),
        fields,
        refused: None,
        tried: None,
        presets: view::presets(),
        is_locked: before.switched_by == SwitchedBy::Nobody,
        issuer_only: !by.admin.role.may_switch_from(before.switched_by),
    }
}

/// Tries the policy that was filled in, or saves it.
pub(crate) async fn save(
    State(administration): State<Administration>,
    by: On<ChangePolicies>,
    form: Form,
    Filled(fields): Filled<PolicyFields>,
) -> Result<Response, Problem> {
    let stored = portal(&administration.desk, &by.portal).await?;
    let mut shown = form_page(&by, &form, fields.clone(), &stored.value.policy);
    let read = read(&fields).and_then(|policy| match policy.check(&stored.value.profile) {
        Ok(()) => Ok(policy),
        Err(refusal) => Err((field(refusal), refusal.to_string())),
    });
    let wanted = match read {
        Ok(policy) => policy,
        Err(refused) => {
            shown.refused = Some(refused);
            return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown));
        }
    };
    let confirm_unlock = fields.confirm_unlock.is_some();
    let done = if fields.what == "save" {
        let if_match = IfMatch::of(fields.etag);
        let saved = policy::save(&administration, &by, if_match, wanted, confirm_unlock).await;
        saved.map(|_| None)
    } else {
        policy::tried(&administration, &by, wanted, confirm_unlock, None).await.map(Some)
    };
    match done {
        Ok(None) => Ok(on(&format!("/console/portals/{}", by.portal))),
        Ok(tried) => Ok(page(StatusCode::OK, &PolicyForm { tried, ..shown })),
        Err(problem) if stays(problem.code()) => {
            let frame = shown.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &PolicyForm { frame, ..shown }))
        }
        Err(problem) => Err(problem),
    }
}

/// What is wrong with a form: the field, and why.
type Refused = (&'static str, String);

fn malformed(field: &'static str) -> impl Fn(Malformed) -> Refused {
    move |malformed| (field, format!("{malformed}."))
}

/// A word of a setting.
fn word<T: DeserializeOwned>(field: &'static str, text: &str) -> Result<T, Refused> {
    serde_json::from_value(serde_json::Value::String(text.to_owned()))
        .map_err(|_| (field, "Choose one of the list.".to_owned()))
}

/// The policy that was filled in.
fn read(fields: &PolicyFields) -> Result<Policy, Refused> {
    let mut methods = vec![];
    if fields.app.is_some() {
        let issuer = filled(&fields.issuer).map(|issuer| Issuer::parse(&issuer)).transpose();
        let email_fallback: EmailFallback = word("email_fallback", &fields.email_fallback)?;
        let issuer = issuer.map_err(malformed("issuer"))?;
        methods.push(MethodPolicy::AuthenticatorApp { issuer, email_fallback });
    }
    if fields.email.is_some() {
        let destination: DestinationSource = word("methods", &fields.email_destination)?;
        methods.push(MethodPolicy::Email { destination });
    }
    if fields.sms.is_some() {
        let destination: DestinationSource = word("methods", &fields.sms_destination)?;
        methods.push(MethodPolicy::Sms { destination });
    }
    let countries = fields.allowed_countries.split([' ', ',']).filter_map(filled);
    let countries: Result<Vec<Country>, Malformed> =
        countries.map(|code| Country::parse(&code)).collect();
    let lifetime = fields.code_lifetime_seconds.trim().parse().unwrap_or(0);
    Ok(Policy {
        enabled: fields.enabled == "true",
        enforcement: word("enforcement", &fields.enforcement)?,
        switched_by: word("switched_by", &fields.switched_by)?,
        methods,
        when_off: word("when_off", &fields.when_off)?,
        when_on_again: word("when_on_again", &fields.when_on_again)?,
        after_reset: word("after_reset", &fields.after_reset)?,
        allowed_countries: countries.map_err(malformed("allowed_countries"))?,
        code_lifetime_seconds: CodeLifetime::parse(lifetime)
            .map_err(malformed("code_lifetime_seconds"))?,
    })
}

/// The field beside which a refusal stands.
const fn field(refusal: PolicyRefusal) -> &'static str {
    match refusal {
        PolicyRefusal::NoMethod | PolicyRefusal::MethodTwice(_) => "methods",
        PolicyRefusal::FallbackForStaff => "email_fallback",
        PolicyRefusal::OptOutOfNothing => "enforcement",
        PolicyRefusal::LinkWithoutPage => "after_reset",
        PolicyRefusal::NobodyButNotAlwaysOn => "switched_by",
    }
}

/// Asks before the policy is switched, and says what that would do.
pub(crate) async fn ask_switch(
    State(administration): State<Administration>,
    by: On<ChangePolicies>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = portal(&administration.desk, &by.portal).await?.value;
    let enabled = !stored.policy.enabled;
    let would = policy::would_switch(&administration, &by, &stored, enabled).await?;
    let back = format!("/console/portals/{}", by.portal);
    let (word, lines) = if enabled {
        let again =
            format!("{} users must enrol, {} have no way in.", would.must_enrol, would.no_way_in);
        ("on", vec!["Everyone is asked at the next sign-in, as the policy says.".to_owned(), again])
    } else {
        let no_more = format!("{} users are asked no more.", would.asked_no_more);
        (
            "off",
            vec!["The second step is no longer asked for, as the policy says.".to_owned(), no_more],
        )
    };
    let dialog = Dialog {
        frame: Frame::of(format!("Turn multi-factor authentication {word}?"), &by.admin, &form),
        consequences: lines,
        asks_reason: false,
        hidden: vec![("enabled", enabled.to_string()), ("confirm", "true".to_owned())],
        action: format!("{back}/switch"),
        cancel: back,
    };
    Ok(page(StatusCode::OK, &dialog))
}

/// Switches the policy.
pub(crate) async fn switch(
    state: State<Administration>,
    by: On<ChangePolicies>,
    Filled(request): Filled<SwitchRequest>,
) -> Result<Response, Problem> {
    let back = format!("/console/portals/{}", by.portal);
    policy::switch(state, by, Strict(request)).await.map(drop)?;
    Ok(on(&back))
}
