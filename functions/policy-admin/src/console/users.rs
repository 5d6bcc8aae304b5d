//! Users: the list, finding one, and one with everything that is known.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_api::{
    PageUser, Problem, StrictQuery,
    admin::{On, ReadUsers},
    wire::admin::UserListQuery,
};
use portcullis_domain::{ListedState, UserId, admin::Right};
use portcullis_pages::{
    Filled,
    console::{
        Form, Frame, page,
        view::{self, User, Users},
    },
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
    StrictQuery(filter): StrictQuery<Filter>,
) -> Result<Response, Problem> {
    let frame = Frame::of("Users", &by.admin, &form);
    let portal = by.portal.to_string();
    let may_go_up = by.admin.role.reach(Right::ReadPortals, &by.portal).is_ok();
    let chosen = ListedState::ALL.into_iter().find(|state| word(*state) == filter.state);
    let organization = filled(&filter.organization);
    let query = UserListQuery { state: chosen, organization, cursor: filter.cursor };
    let list = users::list(state, by, StrictQuery(query)).await?.0;
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
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    user: String,
}

/// On to a user of an exact id, whose page has an address that tells nobody the id.
pub(crate) async fn find(
    State(administration): State<Administration>,
    by: On<ReadUsers>,
    Filled(wanted): Filled<Wanted>,
) -> Result<Response, Problem> {
    let id = UserId::parse(wanted.user.trim())?;
    let locator = administration.desk.ring().await?.locator(&by.portal, &id);
    Ok(on(&format!("/console/portals/{}/users/{locator}", by.portal)))
}

/// One user.
pub(crate) async fn show(
    State(administration): State<Administration>,
    by: On<ReadUsers>,
    form: Form,
    wanted: PageUser,
) -> Result<Response, Problem> {
    let desk = &administration.desk;
    let stored = portal(desk, &by.portal).await?.value;
    let rights = rights(&by.admin, &by.portal, stored.policy.switched_by);
    let user = users::detail(desk, &by, &wanted.name()).await?;
    let frame = Frame::of(user.id.clone(), &by.admin, &form);
    let (portal, locator) = (by.portal.to_string(), wanted.0.to_string());
    Ok(page(StatusCode::OK, &User { frame, portal, user, locator, rights }))
}
