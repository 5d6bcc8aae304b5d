use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Form, Frame, page,
    portals::view::{PortalRow, Portals},
};
use portcullis_domain::admin::Right;
use portcullis_http::{
    Problem, StrictQuery,
    admin::{Permitted, ReadPortals},
    wire::admin::{ListQuery, PortalSummary},
};

use crate::{AppState, portals};

pub(crate) async fn list(
    state: State<AppState>,
    by: Permitted<ReadPortals>,
    form: Form,
    StrictQuery(query): StrictQuery<ListQuery>,
) -> Result<Response, Problem> {
    let admin = by.admin.clone();
    let list = portals::list(state, by, StrictQuery(query)).await?.0;
    let row = |summary: PortalSummary| PortalRow {
        enabled: summary.policy.enabled,
        policy: form.words.policy_in_short(&summary.policy),
        id: summary.id,
        description: summary.description,
    };
    let rows = list.portals.into_iter().map(row).collect();
    let may_make = admin.role.has(Right::MakePortals);
    let frame = Frame::of(form.say("console-portals"), &admin, &form);
    let (portals, next) = (rows, list.next_cursor);
    Ok(page(StatusCode::OK, &Portals { frame, portals, next, may_make }))
}
