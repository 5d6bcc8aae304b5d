//! Signing in and out: the password here, and the second step at the prompt, which the console uses
//! like any portal.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use portcullis_console::{
    Fields, Form, Frame, Next, Words,
    dialog::form::EmptyForm,
    login::{form, view::SignIn},
    page, see_other,
};
use portcullis_domain::{
    DecisionContext, limits,
    portal::CONSOLE_RETURN,
    sign_in::{result, second_step},
};
use portcullis_http::{
    Problem, StrictQuery,
    admin::{AnySession, BeforeSecondStep, Console, signed_in_cookie, signed_out_cookie},
    page::with_cookie,
    wire::ResultRequest,
};
use serde::Deserialize;

use crate::{AppState, origin::Origin, session};

fn sign_in_page(
    status: StatusCode,
    form: &Form,
    fields: Fields,
    alert: Option<String>,
    query: &LoginQuery,
) -> Response {
    let frame = Frame::signed_out(form.say("console-sign-in"), form)
        .with_alert(alert)
        .with_form_error(&fields);
    let notice = query.why.map(|why| why.said(&form.words));
    let action = Next::login(query.next().as_ref());
    page(status, &SignIn { frame, fields, notice, action })
}

/// The reason for which an admin signs in again.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum LoginReason {
    PasswordChanged,
    Idle,
    Expired,
    Ended,
}

impl LoginReason {
    fn said(self, words: &Words) -> String {
        match self {
            Self::PasswordChanged => words.say("console-sign-in-password-changed"),
            Self::Idle => {
                let minutes = limits::ADMIN_IDLE_SECONDS / 60;
                words.fill("console-sign-in-idle").with("minutes", minutes).into()
            }
            Self::Expired => {
                let hours = limits::ADMIN_SESSION_SECONDS / limits::HOUR_SECONDS;
                words.fill("console-sign-in-expired").with("hours", hours).into()
            }
            Self::Ended => words.say("console-sign-in-ended"),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LoginQuery {
    why: Option<LoginReason>,
    next: Option<String>,
}

impl LoginQuery {
    /// Returns the page to return to; a foreign one is none.
    fn next(&self) -> Option<Next> {
        self.next.as_deref().and_then(Next::parse)
    }
}

pub(crate) async fn ask(form: Form, StrictQuery(query): StrictQuery<LoginQuery>) -> Response {
    sign_in_page(StatusCode::OK, &form, Fields::default(), None, &query)
}

/// Checks name and password, and redirects to the prompt.
pub(crate) async fn sign_in(
    State(state): State<AppState>,
    origin: Origin,
    form: Form,
    StrictQuery(query): StrictQuery<LoginQuery>,
    fields: Fields,
) -> Result<Response, Problem> {
    let given = match form::read(&fields) {
        Ok(given) => given,
        Err(refused) => {
            let fields = fields.refused(refused);
            return Ok(sign_in_page(StatusCode::BAD_REQUEST, &form, fields, None, &query));
        }
    };
    let opened = session::begin(&state, &origin, &given, Some(CONSOLE_RETURN)).await;
    let (secret, view) = match opened {
        Ok(opened) => opened,
        Err(problem) if problem.status().is_server_error() => return Err(problem),
        Err(problem) => {
            let alert = Some(problem.detail().to_owned());
            let mut page = sign_in_page(problem.status(), &form, fields, alert, &query);
            // The log line of the request takes its code from here.
            page.extensions_mut().insert(problem.code());
            return Ok(page);
        }
    };
    let prompt =
        with_cookie(see_other(&format!("/prompt/{}", view.id)), &signed_in_cookie(&secret));
    Ok(with_cookie(prompt, &Next::cookie(query.next().as_ref())))
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
    headers: HeaderMap,
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
    let next = Next::kept(&headers);
    let page = see_other(next.as_ref().map_or("/console", Next::as_str));
    let page = with_cookie(page, &signed_in_cookie(&secret));
    Ok(with_cookie(page, &Next::cookie(None)))
}

pub(crate) async fn sign_out(
    state: State<AppState>,
    session: AnySession,
    _: EmptyForm,
) -> Result<Response, Problem> {
    session::sign_out(state, session).await.map(drop)?;
    Ok(with_cookie(see_other("/console/sign-in"), &signed_out_cookie()))
}
