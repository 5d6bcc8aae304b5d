//! The policy: a form with every setting, what saving would do, and the switch.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_domain::{
    Country, Malformed, Policy,
    policy::{CodeLifetime, Issuer, MethodPolicy, PolicyRefusal, Preset, SwitchedBy},
};
use portcullis_http::{
    Problem, Strict, StrictQuery,
    admin::{ChangePolicies, On},
    wire::admin::{
        AfterResetName, DestinationName, EmailFallbackName, EnforcementName, SwitchRequest,
        SwitchedByName, WhenOffName, WhenOnAgainName,
    },
};
use portcullis_pages::console::{
    FieldRefused, Fields, Form, Frame, page,
    view::{self, Dialog, PolicyForm},
};
use serde::Deserialize;

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
    State(Administration { context, .. }): State<Administration>,
    by: On<ChangePolicies>,
    form: Form,
    StrictQuery(start): StrictQuery<Start>,
) -> Result<Response, Problem> {
    let stored = portal(&context, &by.portal).await?;
    let preset = start.preset.as_deref().map(Preset::parse).transpose()?;
    let shown = preset.map_or_else(|| stored.value.policy.clone(), Preset::policy);
    let fields = view::policy_fields(&shown, stored.etag());
    Ok(page(StatusCode::OK, &form_page(&by, &form, fields, &stored.value.policy)))
}

fn form_page(by: &On<ChangePolicies>, form: &Form, fields: Fields, before: &Policy) -> PolicyForm {
    PolicyForm {
        frame: Frame::of("Policy", &by.admin, form).around(&fields),
        portal: by.portal.to_string(),
        fields,
        tried: None,
        presets: view::presets(),
        is_locked: before.switched_by == SwitchedBy::Nobody,
        issuer_only: !by.admin.role.may_switch_from(before.switched_by),
    }
}

/// What to do with the policy that was filled in.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Try,
    Save,
}

/// The form as it was filled in.
struct Wanted {
    what: What,
    etag: String,
    policy: Policy,
    confirm_unlock: bool,
}

/// Tries the policy that was filled in, which changes nothing, or saves it.
pub(crate) async fn save(
    State(administration): State<Administration>,
    by: On<ChangePolicies>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let stored = portal(&administration.context, &by.portal).await?;
    let again = |fields| form_page(&by, &form, fields, &stored.value.policy);
    let refused = |status, refused| Ok(page(status, &again(fields.clone().refused(refused))));
    let wanted = match read(&fields) {
        Ok(wanted) => wanted,
        Err(why) => return refused(StatusCode::BAD_REQUEST, why),
    };
    let Wanted { what, etag, policy: wanted, confirm_unlock } = wanted;
    if let Err(refusal) = wanted.check(&stored.value.profile) {
        let why = FieldRefused::at(field(refusal), refusal.to_string());
        return refused(StatusCode::UNPROCESSABLE_ENTITY, why);
    }
    let done = match what {
        What::Save => {
            let if_match = IfMatch::of(etag);
            policy::save(&administration, &by, if_match, wanted, confirm_unlock).await.map(|_| None)
        }
        What::Try => {
            policy::tried(&administration, &by, wanted, confirm_unlock, None).await.map(Some)
        }
    };
    match done {
        Ok(None) => Ok(on(&format!("/console/portals/{}", by.portal))),
        Ok(tried) => Ok(page(StatusCode::OK, &PolicyForm { tried, ..again(fields) })),
        Err(problem) if stays(problem.code()) => {
            let shown = again(fields);
            let frame = shown.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &PolicyForm { frame, ..shown }))
        }
        Err(problem) => Err(problem),
    }
}

fn malformed(field: &'static str) -> impl Fn(Malformed) -> FieldRefused {
    move |malformed| FieldRefused::at(field, format!("{malformed}."))
}

/// Reads the form. A setting of a method that is not ticked must be one of its list as well.
fn read(fields: &Fields) -> Result<Wanted, FieldRefused> {
    let mut form = fields.read();
    let (what, etag) = (form.hidden_choice("what")?, form.hidden("etag")?);
    let enabled = form.hidden_flag("enabled")?;
    let (app, issuer) = (form.is_ticked("app")?, form.filled("issuer")?);
    let email_fallback = form.choice::<EmailFallbackName>("email_fallback")?.into();
    let email =
        (form.is_ticked("email")?, form.choice::<DestinationName>("email_destination")?.into());
    let sms = (form.is_ticked("sms")?, form.choice::<DestinationName>("sms_destination")?.into());
    let issuer = issuer.map(|issuer| Issuer::parse(&issuer)).transpose();
    let issuer = issuer.map_err(malformed("issuer"))?;
    let methods = [
        app.then_some(MethodPolicy::AuthenticatorApp { issuer, email_fallback }),
        email.0.then_some(MethodPolicy::Email { destination: email.1 }),
        sms.0.then_some(MethodPolicy::Sms { destination: sms.1 }),
    ];
    let countries = form.text("allowed_countries")?;
    let countries = countries.split([' ', ',']).filter_map(filled);
    let countries: Result<Vec<Country>, Malformed> =
        countries.map(|code| Country::parse(&code)).collect();
    let lifetime = form.text("code_lifetime_seconds")?.trim().parse().unwrap_or(0);
    let policy = Policy {
        enabled,
        enforcement: form.choice::<EnforcementName>("enforcement")?.into(),
        switched_by: form.choice::<SwitchedByName>("switched_by")?.into(),
        methods: methods.into_iter().flatten().collect(),
        when_off: form.choice::<WhenOffName>("when_off")?.into(),
        when_on_again: form.choice::<WhenOnAgainName>("when_on_again")?.into(),
        after_reset: form.choice::<AfterResetName>("after_reset")?.into(),
        allowed_countries: countries.map_err(malformed("allowed_countries"))?,
        code_lifetime_seconds: CodeLifetime::parse(lifetime)
            .map_err(malformed("code_lifetime_seconds"))?,
    };
    let confirm_unlock = form.is_ticked("confirm_unlock")?;
    form.end()?;
    Ok(Wanted { what, etag, policy, confirm_unlock })
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
    switch_page(StatusCode::OK, &administration, &by, &form, &Fields::default()).await
}

async fn switch_page(
    status: StatusCode,
    administration: &Administration,
    by: &On<ChangePolicies>,
    form: &Form,
    fields: &Fields,
) -> Result<Response, Problem> {
    let stored = portal(&administration.context, &by.portal).await?.value;
    let enabled = !stored.policy.enabled;
    let would = policy::would_switch(administration, by, &stored, enabled).await?;
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
    let title = format!("Turn multi-factor authentication {word}?");
    let dialog = Dialog {
        frame: Frame::of(title, &by.admin, form).around(fields),
        consequences: lines,
        asks_reason: false,
        fields: Fields::default(),
        hidden: vec![("enabled", enabled.to_string()), ("confirm", "true".to_owned())],
        action: format!("{back}/switch"),
        cancel: back,
    };
    Ok(page(status, &dialog))
}

fn switch_request(fields: &Fields) -> Result<SwitchRequest, FieldRefused> {
    let mut form = fields.read();
    let (enabled, confirm) = (form.hidden_flag("enabled")?, form.hidden_flag("confirm")?);
    form.end()?;
    if confirm { Ok(SwitchRequest { enabled, confirm }) } else { Err(FieldRefused::form()) }
}

/// Switches the policy.
pub(crate) async fn switch(
    state: State<Administration>,
    by: On<ChangePolicies>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    match switch_request(&fields) {
        Ok(request) => {
            let back = format!("/console/portals/{}", by.portal);
            policy::switch(state, by, Strict(request)).await.map(drop)?;
            Ok(on(&back))
        }
        Err(refused) => {
            let fields = fields.refused(refused);
            switch_page(StatusCode::BAD_REQUEST, &state, &by, &form, &fields).await
        }
    }
}
