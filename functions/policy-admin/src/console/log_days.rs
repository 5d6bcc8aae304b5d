use axum::{extract::State, response::Response};
use portcullis_console::{Fields, Form, log_days::form, see_other};
use portcullis_http::{
    Problem, Strict,
    admin::{MakePortals, PermittedOn},
    wire::admin::LogDaysRequest,
};

use super::portal_form::{Sent, ShortForm, with_problem};
use crate::{AppState, log_days};

const LOG_DAYS: ShortForm<LogDaysRequest> = ShortForm {
    action: "log-days",
    title: "console-log-days-change",
    lines: ["console-log-days-what", "console-log-days-from-now"],
    inputs: form::inputs,
    read: form::read,
};

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?.value;
    Ok(LOG_DAYS.ask(&by, &form, form::fields_of(stored.log_days)))
}

pub(crate) async fn save(
    state: State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let (request, shown) = match LOG_DAYS.read(&by, &form, fields) {
        Sent::Request(request, shown) => (request, shown),
        Sent::Refused(page) => return Ok(page),
    };
    match log_days::set(state, by, Strict(request)).await {
        Ok(_) => Ok(see_other(&shown.back())),
        Err(problem) => with_problem(*shown, problem),
    }
}
