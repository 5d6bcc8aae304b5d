use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{Form, Frame, numbers::view::Numbers, page};
use portcullis_http::{
    Problem, StrictQuery,
    admin::{PermittedOn, ReadActivity},
    wire::admin::NumbersQuery,
};

use crate::{AppState, numbers};

pub(crate) async fn show(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadActivity>,
    form: Form,
    StrictQuery(query): StrictQuery<NumbersQuery>,
) -> Result<Response, Problem> {
    let numbers = numbers::numbers(&context, &by.portal, query.days).await?;
    let frame = Frame::of(form.say("console-numbers"), &by.admin, &form);
    let view = Numbers::of(frame, by.portal.to_string(), query.days, &numbers);
    Ok(page(StatusCode::OK, &view))
}
