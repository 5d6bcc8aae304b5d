use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Fields, Form, Frame, QueryFields, page, see_other,
    users::{form, view::Users},
    word,
};
use portcullis_domain::{ListedState, Named, admin::Right};
use portcullis_http::{
    Problem, StrictQuery,
    admin::{PermittedOn, ReadUsers},
    wire::admin::UserList,
};

use crate::{AppState, users};

fn list_page(
    by: &PermittedOn<ReadUsers>,
    form: &Form,
    list: UserList,
    fields: Fields,
    find: Fields,
) -> Users {
    let states =
        ListedState::ALL.iter().map(|state| (word(state), form.words.word("state", state.name())));
    let frame = Frame::of(form.say("console-users"), &by.admin, form)
        .with_form_error(&fields)
        .with_form_error(&find);
    Users {
        frame,
        portal: by.portal.to_string(),
        may_open_portal: by.admin.role.reach(Right::ReadPortals, &by.portal).is_ok(),
        list,
        states: std::iter::once((String::new(), form.say("console-any"))).chain(states).collect(),
        fields,
        find,
    }
}

pub(crate) async fn list(
    state: State<AppState>,
    by: PermittedOn<ReadUsers>,
    form: Form,
    QueryFields(fields): QueryFields,
) -> Result<Response, Problem> {
    let fields = fields.or([("state", ""), ("organization", "")]);
    match form::read(&fields) {
        Ok(query) => {
            let (by_again, unfilled) = (by.clone(), Fields::default());
            let list = users::list(state, by, StrictQuery(query)).await?.0;
            let shown = list_page(&by_again, &form, list, fields, unfilled);
            Ok(page(StatusCode::OK, &shown))
        }
        Err(refused) => {
            let no_users = UserList { users: vec![], next_cursor: None };
            let fields = fields.refused(refused);
            let shown = list_page(&by, &form, no_users, fields, Fields::default());
            Ok(page(StatusCode::BAD_REQUEST, &shown))
        }
    }
}

/// Redirects to the page of the user with this exact id. Its URL does not contain the id.
pub(crate) async fn find(
    State(state): State<AppState>,
    by: PermittedOn<ReadUsers>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let id = match form::read_user(&fields) {
        Ok(id) => id,
        Err(refused) => {
            let no_users = UserList { users: vec![], next_cursor: None };
            let no_filter = Fields::default();
            let shown = list_page(&by, &form, no_users, no_filter, fields.refused(refused));
            return Ok(page(StatusCode::BAD_REQUEST, &shown));
        }
    };
    let locator = state.context.keyring().await?.locator(&by.portal, &id);
    Ok(see_other(&format!("/console/portals/{}/users/{locator}", by.portal)))
}
