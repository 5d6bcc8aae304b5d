use axum::{Json, extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Fields, Form, Frame, page,
    password::{form, view::ChoosePassword},
    see_other,
};
use portcullis_http::{
    Problem, ProblemCode, Strict,
    admin::{ActiveSession, signed_out_cookie},
    page::with_cookie,
    wire::admin::PasswordChanged,
};

use crate::{AppState, session};

pub(crate) async fn ask(form: Form, _: ActiveSession) -> Response {
    password_page(StatusCode::OK, &form, Fields::default(), None)
}

fn password_page(
    status: StatusCode,
    form: &Form,
    fields: Fields,
    alert: Option<String>,
) -> Response {
    let frame = Frame::signed_out(form.say("console-password-title"), form)
        .with_alert(alert)
        .with_form_error(&fields);
    page(status, &ChoosePassword { frame, fields })
}

/// Changes the password. Only a session in which a first one is replaced goes on.
pub(crate) async fn change(
    state: State<AppState>,
    form: Form,
    session: ActiveSession,
    fields: Fields,
) -> Result<Response, Problem> {
    let change = match form::read(&fields) {
        Ok(change) => change,
        Err(refused) => {
            let fields = fields.refused(refused);
            return Ok(password_page(StatusCode::BAD_REQUEST, &form, fields, None));
        }
    };
    match session::change_password(state, session, Strict(change)).await {
        Ok(Json(PasswordChanged { sign_in_again: false })) => Ok(see_other("/console")),
        Ok(Json(PasswordChanged { sign_in_again: true })) => {
            let answer = see_other("/console/sign-in?why=password_changed");
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
