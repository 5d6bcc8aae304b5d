use axum::{
    extract::{Path, State},
    response::Response,
};
use http::StatusCode;
use portcullis_console::{
    Form, Frame, dialog::form::EmptyForm, page, see_other, sessions::view::Sessions,
};
use portcullis_http::{Problem, admin::SignedIn};

use crate::{AppState, sessions};

const PAGE: &str = "/console/sessions";

pub(crate) async fn list(
    state: State<AppState>,
    admin: SignedIn,
    form: Form,
) -> Result<Response, Problem> {
    let frame = Frame::of(form.say("console-sessions-title"), &admin, &form);
    let list = sessions::list(state, admin).await?.0;
    Ok(page(StatusCode::OK, &Sessions { frame, list }))
}

pub(crate) async fn end(
    state: State<AppState>,
    admin: SignedIn,
    session: Path<String>,
    _: EmptyForm,
) -> Result<Response, Problem> {
    sessions::end(state, admin, session).await.map(drop)?;
    Ok(see_other(PAGE))
}

pub(crate) async fn end_others(
    state: State<AppState>,
    admin: SignedIn,
    _: EmptyForm,
) -> Result<Response, Problem> {
    sessions::end_others(state, admin).await.map(drop)?;
    Ok(see_other(PAGE))
}
