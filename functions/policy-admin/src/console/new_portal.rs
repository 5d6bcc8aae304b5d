use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Fields, Form, Frame, Outcome,
    new_portal::{form, view::MakePortal},
    page,
    policy::view::presets,
};
use portcullis_domain::policy::Preset;
use portcullis_http::{
    Problem, Strict,
    admin::{CreatePortals, MakePortals, Permitted},
};

use super::belongs_on_form;
use crate::{AppState, portals};

fn form_page(frame: Frame, fields: Fields, status: StatusCode) -> Response {
    let presets = presets(&frame.words).into_iter().map(|preset| (preset.id, preset.name));
    let presets = presets.collect();
    page(status, &MakePortal { frame: frame.with_form_error(&fields), presets, fields })
}

pub(crate) async fn ask(by: Permitted<MakePortals>, form: Form) -> Response {
    let frame = Frame::of(form.say("console-portals-create"), &by.admin, &form);
    let first = Preset::ALL.first().map(|preset| ("preset", preset.as_str()));
    form_page(frame, Fields::of(first), StatusCode::OK)
}

/// Creates a portal, and shows its API key once.
pub(crate) async fn make(
    state: State<AppState>,
    by: Permitted<CreatePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let context = state.context.clone();
    let again = Frame::of(form.say("console-portals-create"), &by.admin, &form);
    let request = match form::read(&fields) {
        Ok(request) => request,
        Err(refused) => {
            return Ok(form_page(again, fields.refused(refused), StatusCode::BAD_REQUEST));
        }
    };
    match portals::create(state, by, Strict(request)).await {
        Ok((_, created)) => {
            let next = (format!("/console/portals/{}", created.id), form.say("console-to-portal"));
            let text = form.say("console-new-portal-key");
            let made = Outcome::new(form.say("console-new-portal-done"), text, next);
            made.with_secret(created.0.api_key).redirect(&context, &form).await
        }
        Err(problem) if belongs_on_form(problem.code()) => {
            let again = again.with_alert(Some(problem.detail().to_owned()));
            Ok(form_page(again, fields, problem.status()))
        }
        Err(problem) => Err(problem),
    }
}
