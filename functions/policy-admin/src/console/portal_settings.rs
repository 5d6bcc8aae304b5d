//! The settings of one portal: what can be changed, and the way to its end.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Form, Frame, page, portal::view::Rights, portal_settings::view::PortalSettings,
};
use portcullis_http::{
    Problem,
    admin::{PermittedOn, ReadPortals},
    wire::admin::PortalView,
};

use crate::{AppState, portals};

pub(crate) async fn show(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadPortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?.value;
    let rights = Rights::of(&by.admin, &by.portal, stored.policy.switched_by);
    let frame = Frame::of(form.say("console-settings"), &by.admin, &form);
    let (share, log_days) = (stored.share().per_minute(), stored.log_days.days());
    let PortalView { id: portal, sending, .. } = portals::view(&context, &stored).await?;
    let settings = PortalSettings { frame, portal, rights, sending, share, log_days };
    Ok(page(StatusCode::OK, &settings))
}
