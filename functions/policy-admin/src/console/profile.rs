use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Fields, Form, Frame, page,
    profile::{form, view::ProfileForm},
    see_other,
};
use portcullis_domain::Portal;
use portcullis_http::{
    Problem,
    admin::{ChangePortals, PermittedOn},
};

use super::belongs_on_form;
use crate::{AppState, if_match::IfMatch, portals};

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ChangePortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?;
    let fields = form::fill(&stored.value.profile, stored.etag());
    let frame = Frame::of(form.say("console-profile-title"), &by.admin, &form);
    let portal = by.portal.to_string();
    Ok(page(StatusCode::OK, &ProfileForm { frame, portal, fields }))
}

pub(crate) async fn save(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ChangePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let portal = by.portal.to_string();
    let frame = Frame::of(form.say("console-profile-title"), &by.admin, &form);
    let (etag, profile) = match form::read(&fields) {
        Ok(read) => read,
        Err(refused) => {
            let fields = fields.refused(refused);
            let frame = frame.with_form_error(&fields);
            return Ok(page(StatusCode::BAD_REQUEST, &ProfileForm { frame, portal, fields }));
        }
    };
    let profile = |_: &Portal| Ok(profile.clone());
    match portals::save_profile(&context, &by, IfMatch::of(etag), profile).await {
        Ok(_) => Ok(see_other(&format!("/console/portals/{portal}"))),
        Err(problem) if belongs_on_form(problem.code()) => {
            let frame = frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &ProfileForm { frame, portal, fields }))
        }
        Err(problem) => Err(problem),
    }
}
