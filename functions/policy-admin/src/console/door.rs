//! In and out: the password here, the second step at the prompt, which the console uses as any portal does.

use axum::{
    extract::{FromRequest, Request, State},
    response::Response,
};
use http::{HeaderValue, StatusCode, header};
use portcullis_domain::{
    Refusal, Scene,
    admin::Role,
    portal::CONSOLE_RETURN,
    sign_in::{Mfa, result},
};
use portcullis_http::{
    Problem, ProblemCode, Strict, StrictQuery,
    admin::{AnySession, BeforeSecondStep, Console, SignedIn},
    wire::{
        ResultRequest,
        admin::{ChangePassword, SignInWithPassword},
    },
};
use portcullis_pages::console::{
    FieldRefused, Fields, Form, Frame, page, signed_in_cookie, signed_out_cookie,
    view::{ChoosePassword, SignIn},
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

fn sign_in_page(status: StatusCode, fields: Fields, alert: Option<String>) -> Response {
    let frame = Frame::outside("Sign in", &Form::default()).with_alert(alert).around(&fields);
    page(status, &SignIn { frame, fields })
}

/// Why somebody has to sign in again.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Why {
    PasswordChanged,
}

/// What the address of the first page says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    why: Option<Why>,
}

/// Asks for name and password.
pub(crate) async fn ask(StrictQuery(Asked { why }): StrictQuery<Asked>) -> Response {
    let said = why.map(|why| match why {
        Why::PasswordChanged => "The password is changed. Sign in with the new one.".to_owned(),
    });
    sign_in_page(StatusCode::OK, Fields::default(), said)
}

fn given(fields: &Fields) -> Result<SignInWithPassword, FieldRefused> {
    let mut form = fields.read();
    let (name, password) = (form.text("name")?, form.text("password")?);
    form.end().map(|()| SignInWithPassword { name, password })
}

/// Judges name and password, and sends the browser to the prompt.
pub(crate) async fn sign_in(
    State(administration): State<Administration>,
    origin: Origin,
    fields: Fields,
) -> Result<Response, Problem> {
    let given = match given(&fields) {
        Ok(given) => given,
        Err(refused) => {
            return Ok(sign_in_page(StatusCode::BAD_REQUEST, fields.refused(refused), None));
        }
    };
    let opened = session::begin(&administration, &origin, &given, Some(CONSOLE_RETURN)).await;
    let (secret, picture) = match opened {
        Ok(opened) => opened,
        Err(problem) if problem.status().is_server_error() => return Err(problem),
        Err(problem) => {
            let alert = Some(problem.detail().to_owned());
            return Ok(sign_in_page(problem.status(), fields, alert));
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
    State(Administration { context, .. }): State<Administration>,
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
    let id = session::sign_in(&context, &session).await?;
    let code = ResultRequest { result_code }.into_code()?;
    let key = session.awaiting.hash.to_string();
    let decide = |scene: &Scene<'_>, user| result::decide(scene, user, &id, &code, &key);
    let (redeemed, _) = context.on_sign_in(&Console::default(), &id, decide).await?;
    if redeemed.acceptance.mfa != Mfa::Done {
        return Err(Problem::refused(&Refusal::SecondStepMissing, context.now()));
    }
    let (secret, _) = session::activate(&context, &session).await?;
    Ok(with_cookie(on("/console"), &signed_in_cookie(&secret)))
}

/// A form with nothing to fill in.
pub(crate) struct Nothing;

impl<S: Send + Sync> FromRequest<S> for Nothing {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let fields = Fields::from_request(request, state).await?;
        let wrong =
            |_| Problem::bad_request("This form has nothing to fill in. Open the page again.");
        fields.read().end().map(|()| Self).map_err(wrong)
    }
}

/// Ends the session.
pub(crate) async fn sign_out(
    state: State<Administration>,
    session: AnySession,
    _: Nothing,
) -> Result<Response, Problem> {
    session::sign_out(state, session).await.map(drop)?;
    Ok(with_cookie(on("/console/sign-in"), &signed_out_cookie()))
}

/// Asks for a password of the admin's own.
pub(crate) async fn ask_password(form: Form, _: AnySession) -> Response {
    password_page(StatusCode::OK, &form, Fields::default(), None)
}

fn password_page(
    status: StatusCode,
    form: &Form,
    fields: Fields,
    alert: Option<String>,
) -> Response {
    let frame = Frame::outside("Change your password", form).with_alert(alert).around(&fields);
    page(status, &ChoosePassword { frame, fields })
}

fn change(fields: &Fields) -> Result<ChangePassword, FieldRefused> {
    let mut form = fields.read();
    let (current, new) = (form.text("current")?, form.text("new")?);
    form.end().map(|()| ChangePassword { current, new })
}

/// Changes the password; everybody signs in again.
pub(crate) async fn change_password(
    state: State<Administration>,
    origin: Origin,
    form: Form,
    session: AnySession,
    fields: Fields,
) -> Result<Response, Problem> {
    let change = match change(&fields) {
        Ok(change) => change,
        Err(refused) => {
            let fields = fields.refused(refused);
            return Ok(password_page(StatusCode::BAD_REQUEST, &form, fields, None));
        }
    };
    match session::change_password(state, origin, session, Strict(change)).await {
        Ok(_) => {
            let answer = on("/console/sign-in?why=password_changed");
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
            let alert = Some(problem.detail().to_owned());
            Ok(password_page(problem.status(), &form, fields, alert))
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
