//! The second step again, between a form and its act.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Fields, Form,
    proof::{
        form::{self, Given},
        view::proof_page,
    },
};
use portcullis_http::{
    Problem, ProblemCode,
    admin::ActiveSession,
    page::{Reachable, send_again},
};

use crate::{AppState, origin::Origin, proof};

/// Checks the code or the passkey, and has the browser send the form again that asked for it.
pub(crate) async fn prove(
    State(AppState { context, .. }): State<AppState>,
    origin: Origin,
    form: Form,
    session: ActiveSession,
    fields: Fields,
) -> Result<Response, Problem> {
    let (given, to) = match form::read(&fields) {
        Ok(read) => read,
        Err(refused) => {
            let fields = fields.refused(refused);
            return Ok(proof_page(&context, StatusCode::BAD_REQUEST, &form, fields, None).await);
        }
    };
    let proved = match given {
        Given::Code(code) => proof::again(&context, &origin, &session, code).await,
        Given::Passkey(used) => {
            let posted = form.posted().ok_or_else(Problem::form_refused)?;
            proof::by_passkey(&context, &session, posted, &used).await
        }
    };
    match proved {
        Ok(_) => Ok(send_again(&to, &Reachable::default())),
        Err(problem) if problem.status().is_server_error() => Err(problem),
        Err(problem) if problem.code() == ProblemCode::SessionRefused => Err(problem),
        Err(problem) => {
            let alert = Some(problem.detail().to_owned());
            Ok(proof_page(&context, problem.status(), &form, fields, alert).await)
        }
    }
}
