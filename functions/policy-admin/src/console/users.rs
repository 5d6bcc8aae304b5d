use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_console::{
    Fields, Form, Frame, QueryFields,
    export::view::Export,
    page,
    people::form::{TOO_SHORT, read as read_find},
    see_other,
    users::{form, view::Users},
    word,
};
use portcullis_domain::{ListedState, Named, PortalId, admin::Right};
use portcullis_http::{
    Cursor, Problem, StrictQuery,
    admin::{PermittedOn, ReadUsers},
    wire::admin::{FormatName, UserList, UserListQuery},
};

use super::files_page;
use crate::{AppState, export, users};

fn sealed_find(portal: &PortalId) -> Cursor {
    Cursor::of(&format!("found:{portal}"))
}

fn list_page(by: &PermittedOn<ReadUsers>, form: &Form, fields: Fields, find: Fields) -> Users {
    let state = |state: &ListedState| (word(state), form.words.word("state", state.name()));
    let locked = ("locked".to_owned(), form.words.word("state", "locked"));
    let states = [(String::new(), form.say("console-any")), locked];
    let frame = Frame::of(form.say("console-users"), &by.admin, form)
        .with_form_error(&fields)
        .with_form_error(&find);
    Users {
        frame,
        portal: by.portal.to_string(),
        may_reset: by.admin.role.reach(Right::ResetUsers, &by.portal).is_ok(),
        may_remind: by.admin.role.reach(Right::ChangeUsers, &by.portal).is_ok(),
        list: UserList::default(),
        states: states.into_iter().chain(ListedState::ALL.iter().map(state)).collect(),
        fields,
        find,
        found: String::new(),
    }
}

pub(crate) async fn list(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadUsers>,
    form: Form,
    QueryFields(fields): QueryFields,
) -> Result<Response, Problem> {
    let fields = fields.or([("state", ""), ("organization", "")]);
    let (found, query) = match form::read(&fields) {
        Ok(read) => read,
        Err(refused) => {
            let shown = list_page(&by, &form, fields.refused(refused), Fields::default());
            return Ok(page(StatusCode::BAD_REQUEST, &shown));
        }
    };
    let find = match &found {
        Some(sealed) => Some(sealed_find(&by.portal).open(&context, sealed).await?),
        None => None,
    };
    let typed = Fields::of(find.clone().map(|text| ("find", text)));
    let query = UserListQuery { find, ..query };
    let list = users::page(&context, &by, &query).await?;
    let shown = list_page(&by, &form, fields, typed);
    let found = found.unwrap_or_default();
    Ok(page(StatusCode::OK, &Users { list, found, ..shown }))
}

/// Shows how many users of the list are in which files, of which none is made yet.
pub(crate) async fn export(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadUsers>,
    form: Form,
    StrictQuery(query): StrictQuery<UserListQuery>,
) -> Result<Response, Problem> {
    let query = UserListQuery { format: FormatName::Csv, ..query };
    let list = users::exported(&context, &by, &query).await?;
    let range = list.range(&query).await?;
    let frame = Frame::of(form.say("console-export"), &by.admin, &form);
    let url = format!("/console/portals/{}/users-export", by.portal);
    let shown = Export::of_users(frame, &url, &query.filter_in_url());
    let shown = Export { is_continued: query.cursor.is_some(), ..shown };
    files_page(&list, export::files(&list, range).await?, shown).await
}

/// Answers one file of the list.
pub(crate) async fn file(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadUsers>,
    StrictQuery(query): StrictQuery<UserListQuery>,
) -> Result<Response, Problem> {
    let query = UserListQuery { format: FormatName::Csv, ..query };
    let list = users::exported(&context, &by, &query).await?;
    export::file(&list, &list.range(&query).await?).await
}

/// Redirects to the page of the one user who is found, or to the list of those who are. No URL
/// contains what was typed.
pub(crate) async fn find(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadUsers>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let refused = match read_find(&fields) {
        Ok(text) => match found_at(&context, &by, text).await {
            Ok(place) => return Ok(see_other(&place)),
            Err(problem) if problem.status() != StatusCode::BAD_REQUEST => return Err(problem),
            Err(_) => TOO_SHORT,
        },
        Err(refused) => refused,
    };
    let shown = list_page(&by, &form, Fields::default(), fields.refused(refused));
    Ok(page(StatusCode::BAD_REQUEST, &shown))
}

/// Returns the page of whom a text finds.
async fn found_at(
    context: &AppContext,
    by: &PermittedOn<ReadUsers>,
    text: String,
) -> Result<String, Problem> {
    let sealed = sealed_find(&by.portal).seal(context, &text).await?;
    let query = UserListQuery { find: Some(text), ..UserListQuery::default() };
    let list = users::page(context, by, &query).await?;
    let at = format!("/console/portals/{}/users", by.portal);
    Ok(match list.users.as_slice() {
        [one] if list.next_cursor.is_none() => format!("{at}/{}", one.locator),
        _ => format!("{at}?found={sealed}"),
    })
}
