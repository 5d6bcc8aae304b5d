//! Users: the list, finding one, and one with everything that is known.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use http::StatusCode;
use portcullis_api::{
    Problem,
    admin::{On, ReadUsers},
    wire::admin::UserListQuery,
};
use portcullis_domain::{ListedState, admin::Right};
use portcullis_pages::{
    console::{
        Form, Frame, page,
        view::{self, User, Users},
    },
    encoded,
};
use serde::Deserialize;

use super::{filled, on, portal::rights};
use crate::{Administration, concurrency::portal, users};

/// The filter of the list, as a form has it: blank is everybody.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Filter {
    state: String,
    organization: String,
    cursor: Option<String>,
}

/// The word of a state on the wire.
fn word(state: ListedState) -> String {
    serde_json::to_value(state)
        .ok()
        .and_then(|word| word.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Users of a portal.
pub(crate) async fn list(
    state: State<Administration>,
    by: On<ReadUsers>,
    form: Form,
    Query(filter): Query<Filter>,
) -> Result<Response, Problem> {
    let frame = Frame::of("Users", &by.admin, &form);
    let portal = by.portal.to_string();
    let may_go_up = by.admin.role.reach(Right::ReadPortals, &by.portal).is_ok();
    let chosen = ListedState::ALL.into_iter().find(|state| word(*state) == filter.state);
    let organization = filled(&filter.organization);
    let query = UserListQuery { state: chosen, organization, cursor: filter.cursor };
    let list = users::list(state, by, Ok(Query(query))).await?.0;
    let states = ListedState::ALL.map(|state| (word(state), view::state(&state).to_owned()));
    let shown = Users {
        frame,
        portal,
        may_go_up,
        list,
        states: states.into(),
        state: filter.state,
        organization: filter.organization,
    };
    Ok(page(StatusCode::OK, &shown))
}

/// Whom to find.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    user: String,
}

/// On to a user of an exact id.
pub(crate) async fn find(by: On<ReadUsers>, Query(wanted): Query<Wanted>) -> Response {
    on(&format!("/console/portals/{}/users/{}", by.portal, encoded(wanted.user.trim())))
}

/// One user.
pub(crate) async fn show(
    state: State<Administration>,
    by: On<ReadUsers>,
    form: Form,
    path: Path<(String, String)>,
) -> Result<Response, Problem> {
    let stored = portal(&state.desk, &by.portal).await?.value;
    let rights = rights(&by.admin, &by.portal, stored.policy.switched_by);
    let frame = Frame::of(path.1.clone(), &by.admin, &form);
    let (portal, encoded) = (by.portal.to_string(), encoded(&path.1));
    let user = users::look(state, by, path).await?.0;
    Ok(page(StatusCode::OK, &User { frame, portal, user, encoded, rights }))
}
