use axum::{
    extract::{Path, State},
    response::Response,
};
use http::StatusCode;
use portcullis_app::AppContext;
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
    wire::admin::PortalView,
};

use super::belongs_on_form;
use crate::{AppState, keys, portals};

/// Shows the keys of the portal, with the form that creates another.
async fn keys_page<P>(
    context: &AppContext,
    by: &PermittedOn<P>,
    form: &Form,
    fields: Fields,
    problem: Option<&Problem>,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?.value;
    let PortalView { id: portal, keys, .. } = portals::view(context, &stored).await?;
    let status = problem.map_or(fields.status(), Problem::status);
    let frame = Frame::of(form.say("console-keys"), &by.admin, form)
        .with_alert(problem.map(|problem| problem.detail().to_owned()))
        .with_form_error(&fields);
    Ok(page(status, &NewKeyForm { frame, portal, keys, fields }))
}

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ChangePortals>,
    form: Form,
) -> Result<Response, Problem> {
    keys_page(&context, &by, &form, form::blank(), None).await
}

/// Creates an API key, and shows it once.
pub(crate) async fn make(
    state: State<AppState>,
    by: PermittedOn<IssueKeys>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let (context, on) = (state.context.clone(), by.clone());
    let request = match form::read(&fields, context.now()) {
        Ok(request) => request,
        Err(refused) => {
            return keys_page(&context, &on, &form, fields.refused(refused), None).await;
        }
    };
    match keys::make(state, by, Strict(request)).await {
        Ok((_, made)) => {
            let next =
                (format!("/console/portals/{}/keys", on.portal), form.say("console-to-keys"));
            let text = form.say("console-key-done-next");
            let outcome = Outcome::new(form.say("console-key-done"), text, next);
            outcome.with_secret(made.0.api_key).redirect(&context, &form).await
        }
        Err(problem) if belongs_on_form(problem.code()) => {
            keys_page(&context, &on, &form, fields, Some(&problem)).await
        }
        Err(problem) => Err(problem),
    }
}

pub(crate) async fn ask_revoke(
    by: PermittedOn<ChangePortals>,
    form: Form,
    Path((_, key)): Path<(String, String)>,
) -> Response {
    let back = format!("/console/portals/{}/keys", by.portal);
    let title = form.words.fill("console-key-revoke-title").with("key", &key);
    let dialog = Dialog {
        frame: Frame::of(title, &by.admin, &form),
        consequences: vec![form.say("console-key-revoke-line")],
        reason: None,
        asked: ExtraFields::default(),
        hidden: vec![],
        action: format!("{back}/{key}"),
        cancel: back,
        effect: Effect::TakesAway,
        verb: form.say("console-key-revoke-verb"),
    };
    page(StatusCode::OK, &dialog)
}

pub(crate) async fn revoke(
    state: State<AppState>,
    by: PermittedOn<ChangePortals>,
    path: Path<(String, String)>,
    _: EmptyForm,
) -> Result<Response, Problem> {
    let back = format!("/console/portals/{}/keys", by.portal);
    keys::revoke(state, by, path).await.map(drop)?;
    Ok(see_other(&back))
}
