use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Fields, Form, Frame, Upload,
    logo::{form, view::LogoForm},
    page, see_other,
};
use portcullis_domain::portal::Logo;
use portcullis_http::{
    Problem,
    admin::{ChangePortals, PermittedOn},
};

use super::belongs_on_form;
use crate::{AppState, if_match::IfMatch, logo};

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ChangePortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?;
    let frame = Frame::of(form.say("console-logo"), &by.admin, &form);
    let fields = form::fill(stored.etag());
    Ok(page(StatusCode::OK, &LogoForm::of(frame, &stored.value, fields)))
}

/// Takes the file of the form, or removes the logo.
pub(crate) async fn save(
    state: State<AppState>,
    by: PermittedOn<ChangePortals>,
    form: Form,
    Upload(file): Upload,
    fields: Fields,
) -> Result<Response, Problem> {
    let frame = Frame::of(form.say("console-logo"), &by.admin, &form);
    let portal = state.context.portal(&by.portal).await?.value;
    let read = form::read(&fields, file).and_then(|(etag, file)| {
        let logo = file.map(Logo::parse).transpose();
        Ok((etag, logo.map_err(form::refused)?))
    });
    let (etag, picture) = match read {
        Ok(read) => read,
        Err(refused) => {
            let fields = fields.refused(refused);
            let frame = frame.with_form_error(&fields);
            return Ok(page(StatusCode::BAD_REQUEST, &LogoForm::of(frame, &portal, fields)));
        }
    };
    match logo::change(state, by, IfMatch::of(etag), picture).await {
        Ok(_) => Ok(see_other(&format!("/console/portals/{}", portal.id))),
        Err(problem) if belongs_on_form(problem.code()) => {
            let frame = frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &LogoForm::of(frame, &portal, fields)))
        }
        Err(problem) => Err(problem),
    }
}
