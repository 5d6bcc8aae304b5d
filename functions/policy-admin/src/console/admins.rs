use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_console::{
    Fields, Form, Frame, Outcome,
    admins::{form, view::Admins},
    page,
    role::form::with_ticked,
};
use portcullis_domain::admin::Right;
use portcullis_http::{
    Problem, Strict,
    admin::{AppointAdmins, Permitted, ReadAdmins},
    wire::admin::AdminMade,
};

use super::{belongs_on_form, role};
use crate::{AppState, admins};

async fn admins_page(
    state: State<AppState>,
    by: Permitted<ReadAdmins>,
    form: &Form,
    fields: Fields,
) -> Result<Admins, Problem> {
    let frame = Frame::of(form.say("console-admins"), &by.admin, form).with_form_error(&fields);
    let may_change = by.admin.role.has(Right::ChangeAdmins);
    let portals = if may_change { role::choices(&state.context).await? } else { vec![] };
    let portals = with_ticked(portals, &fields, &form.words);
    let admins = admins::list(state, by).await?.0;
    Ok(Admins { frame, admins, may_change, portals, fields })
}

pub(crate) async fn list(
    state: State<AppState>,
    by: Permitted<ReadAdmins>,
    form: Form,
) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &admins_page(state, by, &form, Fields::default()).await?))
}

pub(super) async fn first_password(
    context: &AppContext,
    form: &Form,
    title: &str,
    made: AdminMade,
) -> Result<Response, Problem> {
    let text = form.words.fill("console-admin-first-password").with("name", made.name);
    let next = ("/console/admins".to_owned(), form.say("console-to-admins"));
    let outcome = Outcome::new(form.say(title), text, next);
    outcome.with_secret(made.password).redirect(context, form).await
}

/// Creates an admin, and shows the first password once.
pub(crate) async fn make(
    state: State<AppState>,
    by: Permitted<AppointAdmins>,
    reader: Permitted<ReadAdmins>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let context = state.context.clone();
    let request = match form::read(&fields, &role::choices(&state.context).await?) {
        Ok(request) => request,
        Err(refused) => {
            let again = admins_page(state, reader, &form, fields.refused(refused)).await?;
            return Ok(page(StatusCode::BAD_REQUEST, &again));
        }
    };
    match admins::create(State(state.0.clone()), by, Strict(request)).await {
        Ok((_, made)) => first_password(&context, &form, "console-admin-created", made.0).await,
        Err(problem) if belongs_on_form(problem.code()) => {
            let list = admins_page(state, reader, &form, fields).await?;
            let frame = list.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &Admins { frame, ..list }))
        }
        Err(problem) => Err(problem),
    }
}
