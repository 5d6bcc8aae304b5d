use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    FieldRefused, Fields, Form,
    bulk::form::{CHANGED, SELECTION, selection},
    bulk_reset::{form, view},
    page, see_other,
};
use portcullis_http::{
    Problem,
    admin::{PermittedOn, ResetManyUsers, ResetUsers},
    wire::admin::BulkStageName,
};

use super::belongs_on_form;
use crate::{AppState, bulk_reset};

/// Shows the bulk reset that is open, or asks for the users of another one.
pub(crate) async fn show(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ResetUsers>,
    form: Form,
) -> Result<Response, Problem> {
    let last = bulk_reset::last(&context, &on).await?.bulk_reset;
    let open = last.filter(|last| last.stage != BulkStageName::Over);
    let shown = match &open {
        Some(open) => view::of_open(&on.admin, &form, &on.portal, open, Fields::default()),
        None => {
            let fields = Fields::default().or(SELECTION);
            view::to_select(&on.admin, &form, &on.portal, fields)
        }
    };
    Ok(page(StatusCode::OK, &shown))
}

pub(crate) async fn count(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ResetUsers>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let counted = match selection(&fields) {
        Ok(selection) => bulk_reset::foresee(&context, &on, &selection.parse()?)
            .await
            .map(|count| (selection, count))
            .map_err(|problem| on_form(problem, "users")),
        Err(refused) => Err(Ok(refused)),
    };
    let (status, shown) = match counted {
        Ok((selection, count)) => {
            let counted = (&selection, count);
            let fields = Fields::default().or([("reason", "")]);
            let shown = view::of_count(&on.admin, &form, &on.portal, counted, fields);
            (StatusCode::OK, shown)
        }
        Err(refused) => {
            let fields = fields.refused(refused?);
            let shown = view::to_select(&on.admin, &form, &on.portal, fields);
            (StatusCode::BAD_REQUEST, shown)
        }
    };
    Ok(page(status, &shown))
}

/// Returns a problem as the error in a field, if it is about the form.
fn on_form(problem: Problem, field: &'static str) -> Result<FieldRefused, Problem> {
    if belongs_on_form(problem.code()) {
        Ok(FieldRefused::said(field, problem.detail()))
    } else {
        Err(problem)
    }
}

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ResetManyUsers>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let asked = match form::request(&fields) {
        Ok(request) => bulk_reset::asked(&context, &on, &request)
            .await
            .map_err(|problem| on_form(problem, "reason")),
        Err(refused) => Err(Ok(refused)),
    };
    let refused = match asked {
        Ok(_) => return Ok(see_other(&url(&on))),
        Err(refused) => refused?,
    };
    let selection = selection(&Fields::of(fields.all_but(&["reason", "confirm"])));
    let selection = selection.unwrap_or_default();
    let count = bulk_reset::foresee(&context, &on, &selection.parse()?).await?;
    let fields = Fields::of([("reason", fields.value("reason"))]).refused(refused);
    let counted = (&selection, count);
    let shown = view::of_count(&on.admin, &form, &on.portal, counted, fields);
    Ok(page(StatusCode::BAD_REQUEST, &shown))
}

fn url<P>(on: &PermittedOn<P>) -> String {
    format!("/console/portals/{}/bulk-reset", on.portal)
}

/// Approves the bulk reset, and leads to its page, which continues it.
pub(crate) async fn approve(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ResetManyUsers>,
    fields: Fields,
) -> Result<Response, Problem> {
    let named = form::named(&fields).map_err(|_| Problem::bad_request(CHANGED))?;
    bulk_reset::approved(&context, &on, named.parse()?).await?;
    Ok(see_other(&url(&on)))
}

pub(crate) async fn withdraw(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ResetUsers>,
    fields: Fields,
) -> Result<Response, Problem> {
    let named = form::named(&fields).map_err(|_| Problem::bad_request(CHANGED))?;
    bulk_reset::withdrawn(&context, &on, named.parse()?).await?;
    Ok(see_other(&url(&on)))
}
