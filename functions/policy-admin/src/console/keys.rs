use axum::{
    extract::{Path, State},
    response::Response,
};
use http::StatusCode;
use portcullis_console::{
    Form, Frame, Outcome,
    dialog::{form::EmptyForm, view::Dialog},
    page, see_other,
};
use portcullis_http::{
    Problem, Strict,
    admin::{ChangePortals, IssueKeys, PermittedOn},
    wire::admin::NewKey,
};

use crate::{AppState, keys};

/// Creates an API key, and shows it once.
pub(crate) async fn make(
    state: State<AppState>,
    by: PermittedOn<IssueKeys>,
    form: Form,
    _: EmptyForm,
) -> Result<Response, Problem> {
    let context = state.context.clone();
    let next = (format!("/console/portals/{}", by.portal), "To the portal");
    let made = keys::make(state, by, Strict(NewKey { expires_at: None })).await?.1;
    let text = "Give it to the portal's back end, and revoke the old one afterwards.";
    let outcome = Outcome::new("API key created", text, next);
    outcome.with_secret(made.0.api_key).redirect(&context, &form).await
}

pub(crate) async fn ask_revoke(
    by: PermittedOn<ChangePortals>,
    form: Form,
    Path((_, key)): Path<(String, String)>,
) -> Response {
    let back = format!("/console/portals/{}", by.portal);
    let dialog = Dialog {
        frame: Frame::of(format!("Revoke the API key {key}?"), &by.admin, &form),
        consequences: vec!["Requests with it are refused from then on.".to_owned()],
        reason: None,
        checks: &[],
        hidden: vec![],
        action: format!("{back}/keys/{key}"),
        cancel: back,
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
