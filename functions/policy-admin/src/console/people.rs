use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_console::{
    Fields, Form, Frame, QueryFields, page,
    people::{
        form::{self, TOO_SHORT},
        view::People,
    },
    see_other,
};
use portcullis_http::{
    Cursor, Problem,
    admin::{Permitted, ReadUsers, SignedIn},
    wire::admin::FindQuery,
};

use crate::{AppState, find::in_all_portals};

const PAGE: &str = "/console/find";

fn sealed_find() -> Cursor {
    Cursor::of("found")
}

fn people(admin: &SignedIn, form: &Form, fields: Fields) -> People {
    let frame = Frame::of(form.say("console-people"), admin, form).with_form_error(&fields);
    People { frame, fields, list: None, found: String::new() }
}

pub(crate) async fn show(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<ReadUsers>,
    form: Form,
    QueryFields(fields): QueryFields,
) -> Result<Response, Problem> {
    let (found, query) = match form::read_page(&fields) {
        Ok(read) => read,
        Err(refused) => {
            let shown = people(&by.admin, &form, Fields::default().refused(refused));
            return Ok(page(StatusCode::BAD_REQUEST, &shown));
        }
    };
    let Some(found) = found else {
        return Ok(page(StatusCode::OK, &people(&by.admin, &form, Fields::default())));
    };
    let find = sealed_find().open(&context, &found).await?;
    let fields = Fields::of([("find", find.clone())]);
    let list = in_all_portals(&context, &by.admin, &FindQuery { find, ..query }).await?;
    let shown = people(&by.admin, &form, fields);
    Ok(page(StatusCode::OK, &People { list: Some(list), found, ..shown }))
}

/// Redirects to whom a text finds. No URL contains what was typed.
pub(crate) async fn find(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<ReadUsers>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let refused = match form::read(&fields) {
        Ok(text) => match found_at(&context, &by.admin, text).await {
            Ok(place) => return Ok(see_other(&place)),
            Err(problem) if problem.status() != StatusCode::BAD_REQUEST => return Err(problem),
            Err(_) => TOO_SHORT,
        },
        Err(refused) => refused,
    };
    let shown = people(&by.admin, &form, fields.refused(refused));
    Ok(page(StatusCode::BAD_REQUEST, &shown))
}

/// Returns the page of whom a text finds: that of the user, if there is one alone.
async fn found_at(context: &AppContext, admin: &SignedIn, find: String) -> Result<String, Problem> {
    let sealed = sealed_find().seal(context, &find).await?;
    let list = in_all_portals(context, admin, &FindQuery { find, cursor: None }).await?;
    let is_all = list.more_in.is_empty() && list.next_cursor.is_none();
    Ok(match list.users.as_slice() {
        [one] if is_all => format!("/console/portals/{}/users/{}", one.portal, one.locator),
        _ => format!("{PAGE}?found={sealed}"),
    })
}
