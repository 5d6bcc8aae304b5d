use axum::{extract::State, response::Response};
use portcullis_console::{Fields, Form, see_other, share::form};
use portcullis_http::{
    Problem, Strict,
    admin::{MakePortals, PermittedOn},
    wire::admin::ShareRequest,
};

use super::portal_form::{Sent, ShortForm, with_problem};
use crate::{AppState, share};

const SHARE: ShortForm<ShareRequest> = ShortForm {
    action: "share",
    title: "console-share-title",
    lines: ["console-share-what", "console-share-over"],
    inputs: form::inputs,
    read: form::read,
};

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?.value;
    Ok(SHARE.ask(&by, &form, form::fields_of(stored.share)))
}

pub(crate) async fn save(
    state: State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let (request, shown) = match SHARE.read(&by, &form, fields) {
        Sent::Request(request, shown) => (request, shown),
        Sent::Refused(page) => return Ok(page),
    };
    match share::set(state, by, Strict(request)).await {
        Ok(_) => Ok(see_other(&shown.back())),
        Err(problem) => with_problem(*shown, problem),
    }
}
