//! Users: the list, finding one, and one with everything that is known.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_domain::{ListedState, OrganisationId, UserId, admin::Right};
use portcullis_http::{
    PageUser, Problem, StrictQuery,
    admin::{On, ReadUsers},
    wire::admin::{StateName, UserList, UserListQuery},
};
use portcullis_pages::console::{
    FieldRefused, Fields, Form, Frame, QueryFields, page,
    view::{self, User, Users},
};

use super::{on, portal::rights};
use crate::{Administration, concurrency::portal, users};

/// Reads the filter of the list; an address without it, as links have, is everybody.
fn query(fields: &Fields) -> Result<UserListQuery, FieldRefused> {
    let mut form = fields.read();
    let state = form.filled_choice::<StateName>("state")?.map(ListedState::from);
    let organization = form.parsed("organization", OrganisationId::parse)?;
    let organization = organization.map(|organisation| organisation.to_string());
    let cursor = form.ticked("cursor").pop();
    form.end().map(|()| UserListQuery { state, organization, cursor })
}

fn list_page(
    by: &On<ReadUsers>,
    form: &Form,
    list: UserList,
    fields: Fields,
    find: Fields,
) -> Users {
    let states = ListedState::ALL.iter().map(|state| (view::word(state), view::state(state)));
    let states = states.map(|(word, label)| (word, label.to_owned()));
    let frame = Frame::of("Users", &by.admin, form).around(&fields).around(&find);
    Users {
        frame,
        portal: by.portal.to_string(),
        may_go_up: by.admin.role.reach(Right::ReadPortals, &by.portal).is_ok(),
        list,
        states: std::iter::once((String::new(), "any".to_owned())).chain(states).collect(),
        fields,
        find,
    }
}

/// Users of a portal.
pub(crate) async fn list(
    state: State<Administration>,
    by: On<ReadUsers>,
    form: Form,
    QueryFields(fields): QueryFields,
) -> Result<Response, Problem> {
    let fields = fields.or([("state", ""), ("organization", "")]);
    match query(&fields) {
        Ok(query) => {
            let (by_again, nobody) = (by.clone(), Fields::default());
            let list = users::list(state, by, StrictQuery(query)).await?.0;
            let shown = list_page(&by_again, &form, list, fields, nobody);
            Ok(page(StatusCode::OK, &shown))
        }
        Err(refused) => {
            let nobody = UserList { users: vec![], next_cursor: None };
            let fields = fields.refused(refused);
            let shown = list_page(&by, &form, nobody, fields, Fields::default());
            Ok(page(StatusCode::BAD_REQUEST, &shown))
        }
    }
}

fn wanted(fields: &Fields) -> Result<UserId, FieldRefused> {
    let mut form = fields.read();
    let user = form.parsed("user", UserId::parse)?;
    form.end()?;
    user.ok_or_else(|| FieldRefused::at("user", "Enter the id of a user."))
}

/// On to a user of an exact id, whose page has an address that tells nobody the id.
pub(crate) async fn find(
    State(administration): State<Administration>,
    by: On<ReadUsers>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let id = match wanted(&fields) {
        Ok(id) => id,
        Err(refused) => {
            let nobody = UserList { users: vec![], next_cursor: None };
            let everybody = Fields::default();
            let shown = list_page(&by, &form, nobody, everybody, fields.refused(refused));
            return Ok(page(StatusCode::BAD_REQUEST, &shown));
        }
    };
    let locator = administration.context.ring().await?.locator(&by.portal, &id);
    Ok(on(&format!("/console/portals/{}/users/{locator}", by.portal)))
}

/// One user.
pub(crate) async fn show(
    State(administration): State<Administration>,
    by: On<ReadUsers>,
    form: Form,
    wanted: PageUser,
) -> Result<Response, Problem> {
    let context = &administration.context;
    let stored = portal(context, &by.portal).await?.value;
    let rights = rights(&by.admin, &by.portal, stored.policy.switched_by);
    let user = users::detail(context, &by, &wanted.name()).await?;
    let frame = Frame::of(user.id.clone(), &by.admin, &form);
    let (portal, locator) = (by.portal.to_string(), wanted.0.to_string());
    Ok(page(StatusCode::OK, &User { frame, portal, user, locator, rights }))
}
