//! In and out: the password here, the second step at the prompt, which the console uses as any portal does.

use axum::{extract::State, response::Response};
use http::{HeaderValue, StatusCode, header};
use portcullis_api::{
    Problem, ProblemCode, Strict, StrictQuery,
    admin::{AnySession, BeforeSecondStep, Console, SignedIn},
    wire::{
        ResultRequest,
        admin::{ChangePassword, SignInWithPassword},
    },
};
use portcullis_domain::{
    Refusal, Scene,
    admin::Role,
    portal::CONSOLE_RETURN,
    sign_in::{Mfa, result},
};
use portcullis_pages::{
    Filled,
    console::{
        Form, Frame, page, signed_in_cookie, signed_out_cookie,
        view::{ChoosePassword, SignIn},
    },
};
use serde::Deserialize;

use super::on;
use crate::{Administration, origin::Origin, session};

/// The first page of whoever is signed in.
pub(crate) async fn enter(admin: SignedIn) -> Response {
    match &admin.role {
        Role::OrgAdmin { portal, .. } => on(&format!("/console/portals/{portal}/users")),
        Role::Operator | Role::Technician { .. } | Role::PortalAdmin { .. } | Role::Auditor => {
            on("/console/portals")
        }
    }
}

fn sign_in_page(status: StatusCode, name: String, alert: Option<String>) -> Response {
    let frame = Frame::outside("Sign in", &Form::default()).with_alert(alert);
    page(status, &SignIn { frame, name })
}

/// Asks for name and password.
pub(crate) async fn ask() -> Response {
    sign_in_page(StatusCode::OK, String::new(), None)
}

/// Judges name and password, and sends the browser to the prompt.
pub(crate) async fn sign_in(
    State(administration): State<Administration>,
    origin: Origin,
    Filled(given): Filled<SignInWithPassword>,
) -> Result<Response, Problem> {
    let opened = session::begin(&administration, &origin, &given, Some(CONSOLE_RETURN)).await;
    let (secret, picture) = match opened {
        Ok(opened) => opened,
        Err(problem) if problem.status().is_server_error() => return Err(problem),
        Err(problem) => {
            let alert = Some(problem.detail().to_owned());
            return Ok(sign_in_page(problem.status(), given.name, alert));
        }
    };
    Ok(with_cookie(on(&format!("/prompt/{}", picture.id)), &signed_in_cookie(&secret)))
}

/// What the prompt sends back with.
#[derive(Deserialize)]
pub(crate) struct Returned {
    result_code: Option<String>,
}

/// Back from the prompt: the result makes the session of this browser active, and the browser gets its new secret.
pub(crate) async fn back(
    State(Administration { desk, .. }): State<Administration>,
    session: Result<BeforeSecondStep, Problem>,
    StrictQuery(Returned { result_code }): StrictQuery<Returned>,
) -> Result<Response, Problem> {
    let Some(result_code) = result_code else { return Ok(on("/console/sign-in")) };
    let session = match session {
        Ok(session) => session,
        Err(problem) if problem.status().is_server_error() => return Err(problem),
        // Signed in already, or not at all.
        Err(_) => return Ok(on("/console")),
    };
    let id = session::sign_in(&desk, &session).await?;
    let code = ResultRequest { result_code }.into_code()?;
    let key = session.awaiting.hash.to_string();
    let decide = |scene: &Scene<'_>, user| result::decide(scene, user, &id, &code, &key);
    let (redeemed, _) = desk.on_sign_in(&Console::default(), &id, decide).await?;
    if redeemed.acceptance.mfa != Mfa::Done {
        return Err(Problem::refused(&Refusal::SecondStepMissing, desk.now()));
    }
    let (secret, _) = session::activate(&desk, &session).await?;
    Ok(with_cookie(on("/console"), &signed_in_cookie(&secret)))
}

/// A form with nothing to fill in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// Ends the session.
pub(crate) async fn sign_out(
    state: State<Administration>,
    session: AnySession,
    Filled(Nothing {}): Filled<Nothing>,
) -> Result<Response, Problem> {
    session::sign_out(state, session).await.map(drop)?;
    Ok(with_cookie(on("/console/sign-in"), &signed_out_cookie()))
}

/// Asks for a password of the admin's own.
pub(crate) async fn ask_password(form: Form, _: AnySession) -> Response {
    page(StatusCode::OK, &ChoosePassword { frame: Frame::outside("Change your password", &form) })
}

/// Changes the password; everybody signs in again.
pub(crate) async fn change_password(
    state: State<Administration>,
    origin: Origin,
    form: Form,
    session: AnySession,
    Filled(change): Filled<ChangePassword>,
) -> Result<Response, Problem> {
    match session::change_password(state, origin, session, Strict(change)).await {
        Ok(_) => {
            let text = "The password is changed. Sign in with the new one.".to_owned();
            let answer = sign_in_page(StatusCode::OK, String::new(), Some(text));
            Ok(with_cookie(answer, &signed_out_cookie()))
        }
        Err(problem)
            if matches!(
                problem.code(),
                ProblemCode::BadRequest
                    | ProblemCode::PasswordRefused
                    | ProblemCode::TooManyPasswords
            ) =>
        {
            let frame = Frame::outside("Change your password", &form);
            let frame = frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &ChoosePassword { frame }))
        }
        Err(problem) => Err(problem),
    }
}

fn with_cookie(mut answer: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}
