//! The second step again, between a form and its act.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Fields, Form,
    proof::{form, view::proof_page},
};
use portcullis_http::{
    Problem, ProblemCode,
    admin::AnySession,
    page::{Reachable, send_again},
};

use crate::{AppState, origin::Origin, proof};

/// Checks the code, and has the browser send the form again that asked for it.
pub(crate) async fn prove(
    State(AppState { context, .. }): State<AppState>,
    origin: Origin,
    form: Form,
    session: AnySession,
    fields: Fields,
) -> Result<Response, Problem> {
    let (code, to) = match form::read(&fields) {
        Ok(read) => read,
        Err(refused) => {
            let fields = fields.refused(refused);
            return Ok(proof_page(StatusCode::BAD_REQUEST, &form, fields, None));
        }
    };
    match proof::again(&context, &origin, &session, code).await {
        Ok(_) => Ok(send_again(&to, &Reachable::default())),
        Err(problem) if problem.status().is_server_error() => Err(problem),
        Err(problem) if problem.code() == ProblemCode::SessionRefused => Err(problem),
        Err(problem) => {
            let alert = Some(problem.detail().to_owned());
            Ok(proof_page(problem.status(), &form, fields, alert))
        }
    }
}
