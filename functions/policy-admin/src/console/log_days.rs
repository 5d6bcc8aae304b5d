use axum::{extract::State, response::Response};
use portcullis_console::{
    Fields, Form, Frame, log_days::form, portal_form::view::PortalForm, see_other,
};
use portcullis_http::{
    Problem, Strict,
    admin::{MakePortals, PermittedOn},
};

use super::portal_form::{show, with_problem};
use crate::{AppState, log_days};

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?.value;
    Ok(show(log_days_form(&by, &form, form::fields_of(stored.log_days))))
}

fn log_days_form(by: &PermittedOn<MakePortals>, form: &Form, fields: Fields) -> PortalForm {
    PortalForm {
        frame: Frame::of(form.say("console-log-days-change"), &by.admin, form),
        fields,
        portal: by.portal.to_string(),
        action: "log-days",
        lines: vec![form.say("console-log-days-what"), form.say("console-log-days-from-now")],
        inputs: form::inputs(&form.words),
    }
}

pub(crate) async fn save(
    state: State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let request = match form::read(&fields) {
        Ok(request) => request,
        Err(refused) => return Ok(show(log_days_form(&by, &form, fields.refused(refused)))),
    };
    let shown = log_days_form(&by, &form, fields);
    match log_days::set(state, by, Strict(request)).await {
        Ok(_) => Ok(see_other(&shown.back())),
        Err(problem) => with_problem(shown, problem),
    }
}
