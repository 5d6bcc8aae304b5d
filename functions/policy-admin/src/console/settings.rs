//! The system's settings, each saved only when the providers agree.

use axum::{Json, extract::State, response::Response};
use http::StatusCode;
use portcullis_api::{
    Problem, Strict,
    admin::{ChangeSettings, May, ReadSettings, SignedIn},
    wire::admin::{
        ChannelName, FindingView, NewSettings, NewSmsProvider, SettingsView, TestRequest,
    },
};
use portcullis_domain::{Caps, admin::Right};
use portcullis_pages::{
    Filled,
    console::{Form, Frame, page, view::Settings},
};
use serde::Deserialize;

use super::{door::Nothing, filled, on, portals::stays};
use crate::{Administration, concurrency::IfMatch, settings};

async fn shown(
    administration: &Administration,
    admin: &SignedIn,
    form: &Form,
) -> Result<Settings, Problem> {
    let (stored, etag) = settings::with_etag(&administration.desk).await?;
    Ok(Settings {
        frame: Frame::of("Settings", admin, form),
        settings: SettingsView::from(&stored),
        etag,
        may_change: admin.role.has(Right::ChangeSettings),
        checked: None,
        findings: vec![],
    })
}

/// The settings as they are.
pub(crate) async fn show(
    State(administration): State<Administration>,
    by: May<ReadSettings>,
    form: Form,
) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &shown(&administration, &by.admin, &form).await?))
}

/// The settings as a form has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fields {
    etag: String,
    email_from: String,
    provider: String,
    sms_from: String,
    account: String,
    client_id: String,
    client_secret: String,
    countries: String,
    per_prefix: String,
    per_portal: String,
}

fn request(fields: &Fields) -> Result<NewSettings, Problem> {
    let from = filled(&fields.sms_from);
    let sms = match fields.provider.as_str() {
        "sns" => Some(NewSmsProvider::Sns { from }),
        "twilio" => Some(NewSmsProvider::Twilio {
            account: filled(&fields.account),
            client_id: fields.client_id.trim().to_owned(),
            client_secret: filled(&fields.client_secret),
            from: from.unwrap_or_default(),
        }),
        "none" => None,
        _ => return Err(Problem::bad_request("Choose who sends text messages.")),
    };
    let number = |text: &str| {
        text.trim().parse().map_err(|_| Problem::bad_request("The caps must be whole numbers."))
    };
    Ok(NewSettings {
        email_from: filled(&fields.email_from),
        sms,
        countries: fields.countries.split([' ', ',']).filter_map(filled).collect(),
        caps: Caps {
            texts_per_prefix_per_day: number(&fields.per_prefix)?,
            texts_per_portal_per_day: number(&fields.per_portal)?,
        },
    })
}

/// Saves the settings, if the providers would take messages under them.
pub(crate) async fn save(
    state: State<Administration>,
    by: May<ChangeSettings>,
    form: Form,
    Filled(fields): Filled<Fields>,
) -> Result<Response, Problem> {
    let shown = shown(&state, &by.admin, &form).await?;
    let if_match = IfMatch::of(fields.etag.clone());
    let saved = match request(&fields) {
        Ok(request) => settings::replace(state.clone(), by, if_match, Strict(request)).await,
        Err(problem) => Err(problem),
    };
    match saved {
        Ok((_, Json(saved))) if saved.findings.is_empty() => Ok(on("/console/settings")),
        Ok((_, Json(saved))) => {
            let (stored, etag) = settings::with_etag(&state.desk).await?;
            let settings = SettingsView::from(&stored);
            let checked =
                Some("Saved. The providers would take messages, within these limits:".to_owned());
            let findings = saved.findings;
            Ok(page(StatusCode::OK, &Settings { settings, etag, checked, findings, ..shown }))
        }
        Err(problem) => refused(shown, problem),
    }
}

/// The page with what was refused, and why.
fn refused(shown: Settings, problem: Problem) -> Result<Response, Problem> {
    if !stays(problem.code()) {
        return Err(problem);
    }
    let findings: Vec<FindingView> = problem.findings().to_vec();
    // Findings say it in full, the first of them what the alert would say.
    let alert = match findings.as_slice() {
        [] => problem.detail().to_owned(),
        _ => "These settings cannot be used as they are:".to_owned(),
    };
    let frame = shown.frame.with_alert(Some(alert));
    Ok(page(problem.status(), &Settings { frame, findings, ..shown }))
}

/// Asks the providers whether they would take messages now.
pub(crate) async fn check(
    state: State<Administration>,
    by: May<ChangeSettings>,
    form: Form,
    Filled(Nothing {}): Filled<Nothing>,
) -> Result<Response, Problem> {
    let shown = shown(&state, &by.admin, &form).await?;
    match settings::check(state, by).await {
        Ok(Json(answer)) => {
            let checked = match answer.findings.as_slice() {
                [] => "The providers would take messages.",
                _ => "The providers would take messages, within these limits:",
            };
            let (checked, findings) = (Some(checked.to_owned()), answer.findings);
            Ok(page(StatusCode::OK, &Settings { checked, findings, ..shown }))
        }
        Err(problem) => refused(shown, problem),
    }
}

/// Which way to send a test message.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TestFields {
    channel: ChannelName,
}

/// Sends a test message to whoever is signed in.
pub(crate) async fn test(
    state: State<Administration>,
    by: May<ChangeSettings>,
    form: Form,
    Filled(TestFields { channel }): Filled<TestFields>,
) -> Result<Response, Problem> {
    let shown = shown(&state, &by.admin, &form).await?;
    match settings::test(state, by, Strict(TestRequest { channel })).await {
        Ok(Json(sent)) => {
            let checked = Some(match sent.outcome {
                "sent" => format!("The provider took a test message to {}.", sent.to),
                _ => format!(
                    "The provider did not say whether it took a test message to {}. Look whether it arrives.",
                    sent.to
                ),
            });
            Ok(page(StatusCode::OK, &Settings { checked, ..shown }))
        }
        Err(problem) => refused(shown, problem),
    }
}
