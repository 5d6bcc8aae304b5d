//! The system's settings, which are saved only if the providers accept them.

use axum::{Json, extract::State, response::Response};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_console::{
    FieldRefused, Fields, Form, Frame, Outcome,
    dialog::form::EmptyForm,
    page, see_other,
    settings::{
        form,
        view::{self, Readiness, Settings, Sharing},
    },
};
use portcullis_domain::{admin::Right, passkey::RpId};
use portcullis_http::{
    Problem, Strict,
    admin::{ChangeSettings, Permitted, ReadSettings, ReplaceSettings, SignedIn},
    wire::admin::{FindingView, OutcomeName, PasskeyDomainAnswer, SettingsView, TestRequest},
};

use super::belongs_on_form;
use crate::{AppState, if_match::IfMatch, settings};

async fn shown(state: &AppState, admin: &SignedIn, form: &Form) -> Result<Settings, Problem> {
    let (stored, etag) = settings::with_etag(&state.context).await?;
    let settings = SettingsView::from(&stored);
    Ok(Settings {
        frame: Frame::of(form.say("console-settings"), admin, form),
        fields: form::fill(&settings, etag),
        settings,
        may_change: admin.role.has(Right::ChangeSettings),
        checked: None,
        findings: vec![],
        dry_run: None,
        shared_codes: Sharing::of(&stored.countries, &form.words),
    })
}

pub(crate) async fn show(
    State(state): State<AppState>,
    by: Permitted<ReadSettings>,
    form: Form,
) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &shown(&state, &by.admin, &form).await?))
}

/// Shows line by line whether messages can be sent.
pub(crate) async fn readiness(
    state: State<AppState>,
    by: Permitted<ReadSettings>,
    form: Form,
) -> Result<Response, Problem> {
    let frame = Frame::of(form.say("console-ready"), &by.admin, &form);
    let Json(readiness) = settings::readiness(state, by).await?;
    Ok(page(StatusCode::OK, &Readiness { frame, readiness }))
}

pub(crate) async fn save(
    state: State<AppState>,
    by: Permitted<ReplaceSettings>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let shown = shown(&state, &by.admin, &form).await?;
    let draft = match form::read(&fields) {
        Ok(draft) => draft,
        Err(error) => {
            return Ok(page(StatusCode::BAD_REQUEST, &again(shown, fields.refused(error))));
        }
    };
    match lost(&state.context, &draft).await {
        Ok(None) => {}
        Ok(Some(dry_run)) => return Ok(confirmation(shown, fields, &draft, dry_run)),
        Err(problem) => return with_problem(Settings { fields, ..shown }, problem),
    }
    let form::SettingsDraft { etag, settings: request, .. } = draft;
    match settings::replace(state.clone(), by, IfMatch::of(etag), Strict(request)).await {
        Ok((_, Json(saved))) if saved.findings.is_empty() => Ok(see_other("/console/settings")),
        Ok((_, Json(saved))) => {
            let text = form.say("console-settings-within");
            let lines =
                saved.findings.iter().map(|finding| view::finding(&form.words, finding)).collect();
            let outcome =
                Outcome::new(form.say("console-settings-saved"), text, to_settings(&form));
            outcome.with_lines(lines).redirect(&state.context, &form).await
        }
        Err(problem) => with_problem(Settings { fields, ..shown }, problem),
    }
}

/// Returns the dry run of another domain of passkeys, unless nobody would lose anything by it, or
/// the admin has seen it.
async fn lost(
    context: &AppContext,
    draft: &form::SettingsDraft,
) -> Result<Option<PasskeyDomainAnswer>, Problem> {
    let (stored, _) = settings::with_etag(context).await?;
    let before = stored.passkey_domain.as_ref().map(RpId::as_str);
    let after = draft.settings.passkey_domain.as_deref();
    if draft.was_counted() || before == after {
        return Ok(None);
    }
    let dry_run = settings::would_move(context, &stored, after, None).await?;
    Ok((!dry_run.spares_passkeys()).then_some(dry_run))
}

/// Shows the losses, with the form to save it all the same. A secret is not shown again, so that it
/// cannot be changed by the same form.
fn confirmation(
    shown: Settings,
    fields: Fields,
    draft: &form::SettingsDraft,
    dry_run: PasskeyDomainAnswer,
) -> Response {
    if !fields.value("client_secret").is_empty() {
        let refused = FieldRefused::at("client_secret", "console-settings-secret-apart");
        return page(StatusCode::BAD_REQUEST, &again(shown, fields.refused(refused)));
    }
    let counted = form::counted(draft.settings.passkey_domain.as_deref());
    let fields = fields.with("counted", counted);
    page(StatusCode::OK, &Settings { fields, dry_run: Some(dry_run), ..shown })
}

fn to_settings(form: &Form) -> (String, String) {
    ("/console/settings".to_owned(), form.say("console-to-settings"))
}

fn again(shown: Settings, fields: Fields) -> Settings {
    Settings { frame: shown.frame.with_form_error(&fields), fields, ..shown }
}

/// Shows a problem above the form.
fn with_problem(shown: Settings, problem: Problem) -> Result<Response, Problem> {
    if !belongs_on_form(problem.code()) {
        return Err(problem);
    }
    let findings: Vec<FindingView> = problem.findings().to_vec();
    // The first finding repeats the problem's detail, so the detail is left out.
    let alert = match findings.as_slice() {
        [] => problem.detail().to_owned(),
        _ => shown.frame.words.say("console-settings-refused"),
    };
    let frame = shown.frame.with_alert(Some(alert));
    Ok(page(problem.status(), &Settings { frame, findings, ..shown }))
}

/// Asks the providers if they would accept messages now, without a change.
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
                [] => "console-settings-accept",
                _ => "console-settings-within",
            };
            let (checked, findings) = (Some(form.say(checked)), answer.findings);
            Ok(page(StatusCode::OK, &Settings { checked, findings, ..shown }))
        }
        Err(problem) => with_problem(shown, problem),
    }
}

/// Sends a test message to the admin who is signed in.
pub(crate) async fn test(
    state: State<AppState>,
    by: Permitted<ChangeSettings>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let shown = shown(&state, &by.admin, &form).await?;
    let channel = match form::read_channel(&fields) {
        Ok(channel) => channel,
        Err(error) => {
            let frame = shown.frame.with_form_error(&fields.refused(error));
            return Ok(page(StatusCode::BAD_REQUEST, &Settings { frame, ..shown }));
        }
    };
    let context = state.context.clone();
    match settings::test(state, by, Strict(TestRequest { channel })).await {
        Ok(Json(sent)) => {
            let key = match sent.outcome {
                OutcomeName::Sent => "console-settings-test-sent",
                OutcomeName::Unknown => "console-settings-test-unknown",
            };
            let text = form.words.fill(key).with("to", sent.to);
            let outcome = Outcome::new(form.say("console-settings-test"), text, to_settings(&form));
            outcome.redirect(&context, &form).await
        }
        Err(problem) => with_problem(shown, problem),
    }
}
