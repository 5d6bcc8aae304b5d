//! Signing in and out: the password here, and the second step at the prompt, which the console uses
//! like any portal.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Fields, Form, Frame,
    dialog::form::EmptyForm,
    login::{form, view::SignIn},
    page, see_other,
};
use portcullis_domain::{
    DecisionContext,
    admin::Role,
    portal::CONSOLE_RETURN,
    sign_in::{result, second_step},
};
use portcullis_http::{
    Problem, StrictQuery,
    admin::{AnySession, BeforeSecondStep, Console, SignedIn, signed_in_cookie, signed_out_cookie},
    page::with_cookie,
    wire::ResultRequest,
};
use serde::Deserialize;

use crate::{AppState, origin::Origin, session};

/// Leads to the first page that the admin may open.
pub(crate) async fn enter(admin: SignedIn) -> Response {
    match &admin.role {
        Role::OrgAdmin { portal, .. } => see_other(&format!("/console/portals/{portal}/users")),
        Role::Operator | Role::Technician { .. } | Role::PortalAdmin { .. } | Role::Auditor => {
            see_other("/console/portals")
        }
    }
}

fn sign_in_page(
    status: StatusCode,
    form: &Form,
    fields: Fields,
    alert: Option<String>,
) -> Response {
    let frame = Frame::signed_out(form.say("console-sign-in"), form)
        .with_alert(alert)
        .with_form_error(&fields);
    page(status, &SignIn { frame, fields })
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum LoginReason {
    PasswordChanged,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LoginQuery {
    why: Option<LoginReason>,
}

pub(crate) async fn ask(
    form: Form,
    StrictQuery(LoginQuery { why }): StrictQuery<LoginQuery>,
) -> Response {
    let alert = why.map(|why| match why {
        LoginReason::PasswordChanged => form.say("console-sign-in-password-changed"),
    });
    sign_in_page(StatusCode::OK, &form, Fields::default(), alert)
}

/// Checks name and password, and redirects to the prompt.
pub(crate) async fn sign_in(
    State(state): State<AppState>,
    origin: Origin,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let given = match form::read(&fields) {
        Ok(given) => given,
        Err(refused) => {
            return Ok(sign_in_page(StatusCode::BAD_REQUEST, &form, fields.refused(refused), None));
        }
    };
    let opened = session::begin(&state, &origin, &given, Some(CONSOLE_RETURN)).await;
    let (secret, view) = match opened {
        Ok(opened) => opened,
        Err(problem) if problem.status().is_server_error() => return Err(problem),
        Err(problem) => {
            let alert = Some(problem.detail().to_owned());
            let mut page = sign_in_page(problem.status(), &form, fields, alert);
            // The log line of the request takes its code from here.
            page.extensions_mut().insert(problem.code());
            return Ok(page);
        }
    };
    Ok(with_cookie(see_other(&format!("/prompt/{}", view.id)), &signed_in_cookie(&secret)))
}

#[derive(Deserialize)]
pub(crate) struct PromptReturn {
    result_code: Option<String>,
}

/// Redeems the prompt's result: the session becomes active, and the browser gets its new secret.
pub(crate) async fn back(
    State(AppState { context, .. }): State<AppState>,
    session: Result<BeforeSecondStep, Problem>,
    StrictQuery(PromptReturn { result_code }): StrictQuery<PromptReturn>,
) -> Result<Response, Problem> {
    let Some(result_code) = result_code else { return Ok(see_other("/console/sign-in")) };
    let session = match session {
        Ok(session) => session,
        Err(problem) if problem.status().is_server_error() => return Err(problem),
        // The browser is signed in already, or not at all.
        Err(_) => return Ok(see_other("/console")),
    };
    let id = session::sign_in(&context, &session).await?;
    let code = ResultRequest { result_code }.into_code()?;
    let key = session.awaiting.hash.to_string();
    let decide = |context: &DecisionContext<'_>, user| {
        result::redeem_result(context, user, &id, &code, &key)
    };
    let (redeemed, _) = context.on_sign_in(&Console::default(), &id, decide).await?;
    second_step::was_done(redeemed.acceptance.mfa)?;
    let (secret, _) = session::activate(&context, &session).await?;
    Ok(with_cookie(see_other("/console"), &signed_in_cookie(&secret)))
}

pub(crate) async fn sign_out(
    state: State<AppState>,
    session: AnySession,
    _: EmptyForm,
) -> Result<Response, Problem> {
    session::sign_out(state, session).await.map(drop)?;
    Ok(with_cookie(see_other("/console/sign-in"), &signed_out_cookie()))
}
