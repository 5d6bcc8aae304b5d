use axum::{
    extract::{Path, State},
    response::Response,
};
use http::StatusCode;
use portcullis_console::{
    Fields, Form, Frame, Outcome,
    dialog::{
        form::EmptyForm,
        view::{Dialog, Effect, ExtraFields},
    },
    new_key::{form, view::NewKeyForm},
    page, see_other,
};
use portcullis_http::{
    Problem, Strict,
    admin::{ChangePortals, IssueKeys, PermittedOn},
};

use super::belongs_on_form;
use crate::{AppState, keys};

fn form_page(frame: Frame, portal: String, fields: Fields, status: StatusCode) -> Response {
    page(status, &NewKeyForm { frame: frame.with_form_error(&fields), portal, fields })
}

pub(crate) async fn ask(by: PermittedOn<ChangePortals>, form: Form) -> Response {
    let frame = Frame::of(form.say("console-keys-create"), &by.admin, &form);
    form_page(frame, by.portal.to_string(), form::blank(), StatusCode::OK)
}

/// Creates an API key, and shows it once.
pub(crate) async fn make(
    state: State<AppState>,
    by: PermittedOn<IssueKeys>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let (context, portal) = (state.context.clone(), by.portal.to_string());
    let again = Frame::of(form.say("console-keys-create"), &by.admin, &form);
    let request = match form::read(&fields, context.now()) {
        Ok(request) => request,
        Err(refused) => {
            let fields = fields.refused(refused);
            return Ok(form_page(again, portal, fields, StatusCode::BAD_REQUEST));
        }
    };
    match keys::make(state, by, Strict(request)).await {
        Ok((_, made)) => {
            let next = (format!("/console/portals/{portal}"), form.say("console-to-portal"));
            let text = form.say("console-key-done-next");
            let outcome = Outcome::new(form.say("console-key-done"), text, next);
            outcome.with_secret(made.0.api_key).redirect(&context, &form).await
        }
        Err(problem) if belongs_on_form(problem.code()) => {
            let again = again.with_alert(Some(problem.detail().to_owned()));
            Ok(form_page(again, portal, fields, problem.status()))
        }
        Err(problem) => Err(problem),
    }
}

pub(crate) async fn ask_revoke(
    by: PermittedOn<ChangePortals>,
    form: Form,
    Path((_, key)): Path<(String, String)>,
) -> Response {
    let back = format!("/console/portals/{}", by.portal);
    let title = form.words.fill("console-key-revoke-title").with("key", &key);
    let dialog = Dialog {
        frame: Frame::of(title, &by.admin, &form),
        consequences: vec![form.say("console-key-revoke-line")],
        reason: None,
        asked: ExtraFields::default(),
        hidden: vec![],
        action: format!("{back}/keys/{key}"),
        cancel: back,
        effect: Effect::TakesAway,
    };
    page(StatusCode::OK, &dialog)
}

pub(crate) async fn revoke(
    state: State<AppState>,
    by: PermittedOn<ChangePortals>,
    path: Path<(String, String)>,
    _: EmptyForm,
) -> Result<Response, Problem> {
    let back = format!("/console/portals/{}", by.portal);
    keys::revoke(state, by, path).await.map(drop)?;
    Ok(see_other(&back))
}
