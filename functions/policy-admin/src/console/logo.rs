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
use crate::{AppState, if_match::IfMatch};

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
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ChangePortals>,
    form: Form,
    Upload(file): Upload,
    fields: Fields,
) -> Result<Response, Problem> {
    let frame = Frame::of(form.say("console-logo"), &by.admin, &form);
    let again = async |status, frame, fields| {
        let portal = context.portal(&by.portal).await?.value;
        Ok::<_, Problem>(page(status, &LogoForm::of(frame, &portal, fields)))
    };
    let read = form::read(&fields, file).and_then(|(etag, file)| {
        let logo = file.map(Logo::parse).transpose();
        Ok((etag, logo.map_err(form::refused)?))
    });
    let (etag, logo) = match read {
        Ok(read) => read,
        Err(refused) => {
            let fields = fields.refused(refused);
            let frame = frame.with_form_error(&fields);
            return again(StatusCode::BAD_REQUEST, frame, fields).await;
        }
    };
    let conditions = IfMatch::of(etag).with(by.form);
    let changed = context.change_logo(&by.portal, &conditions, logo, &by.admin.by()).await;
    match changed.map_err(Problem::from) {
        Ok(_) => Ok(see_other(&format!("/console/portals/{}", by.portal))),
        Err(problem) if belongs_on_form(problem.code()) => {
            let frame = frame.with_alert(Some(problem.detail().to_owned()));
            again(problem.status(), frame, fields).await
        }
        Err(problem) => Err(problem),
    }
}
