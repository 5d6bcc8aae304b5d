//! The system's settings, each saved only when the providers agree.

use axum::{Json, extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Fields, Form, Frame, Outcome,
    dialog::form::EmptyForm,
    page, see_other,
    settings::{
        form,
        view::{self, Settings},
    },
};
use portcullis_domain::admin::Right;
use portcullis_http::{
    Problem, Strict,
    admin::{ChangeSettings, Permitted, ReadSettings, SignedIn},
    wire::admin::{FindingView, SettingsView, TestRequest},
};

use super::stays;
use crate::{AppState, if_match::IfMatch, settings};

async fn shown(state: &AppState, admin: &SignedIn, form: &Form) -> Result<Settings, Problem> {
    let (stored, etag) = settings::with_etag(&state.context).await?;
    let settings = SettingsView::from(&stored);
    Ok(Settings {
        frame: Frame::of("Settings", admin, form),
        fields: form::fill(&settings, etag),
        settings,
        may_change: admin.role.has(Right::ChangeSettings),
        checked: None,
        findings: vec![],
    })
}

/// The settings as they are.
pub(crate) async fn show(
    State(state): State<AppState>,
    by: Permitted<ReadSettings>,
    form: Form,
) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &shown(&state, &by.admin, &form).await?))
}

/// Saves the settings, if the providers would take messages under them.
pub(crate) async fn save(
    state: State<AppState>,
    by: Permitted<ChangeSettings>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let shown = shown(&state, &by.admin, &form).await?;
    let (etag, request) = match form::read(&fields) {
        Ok(read) => read,
        Err(why) => return Ok(page(StatusCode::BAD_REQUEST, &again(shown, fields.refused(why)))),
    };
    match settings::replace(state.clone(), by, IfMatch::of(etag), Strict(request)).await {
        Ok((_, Json(saved))) if saved.findings.is_empty() => Ok(see_other("/console/settings")),
        Ok((_, Json(saved))) => {
            let text = "Saved. The providers would take messages, within these limits:";
            let lines = saved.findings.iter().map(view::finding).collect();
            let outcome = Outcome::new("The settings are saved", text, to_settings());
            outcome.with_lines(lines).redirect(&state.context, &form).await
        }
        Err(problem) => refused(Settings { fields, ..shown }, problem),
    }
}

fn to_settings() -> (String, &'static str) {
    ("/console/settings".to_owned(), "To the settings")
}

/// The page with the form as it was filled in.
fn again(shown: Settings, fields: Fields) -> Settings {
    Settings { frame: shown.frame.around(&fields), fields, ..shown }
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

/// Asks the providers whether they would take messages now, which changes nothing.
pub(crate) async fn check(
    state: State<AppState>,
    by: Permitted<ChangeSettings>,
    form: Form,
    _: EmptyForm,
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

/// Sends a test message to whoever is signed in.
pub(crate) async fn test(
    state: State<AppState>,
    by: Permitted<ChangeSettings>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let shown = shown(&state, &by.admin, &form).await?;
    let channel = match form::read_channel(&fields) {
        Ok(channel) => channel,
        Err(why) => {
            let frame = shown.frame.around(&fields.refused(why));
            return Ok(page(StatusCode::BAD_REQUEST, &Settings { frame, ..shown }));
        }
    };
    let context = state.context.clone();
    match settings::test(state, by, Strict(TestRequest { channel })).await {
        Ok(Json(sent)) => {
            let text = match sent.outcome {
                "sent" => format!("The provider took a test message to {}.", sent.to),
                _ => format!(
                    "The provider did not say whether it took a test message to {}. Check if it arrives.",
                    sent.to
                ),
            };
            Outcome::new("A test message", text, to_settings()).redirect(&context, &form).await
        }
        Err(problem) => refused(shown, problem),
    }
}
