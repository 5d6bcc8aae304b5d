//! One user, with everything that is known.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{Form, Frame, page, portal::view::Rights, user::view::User};
use portcullis_http::{
    PageUser, Problem,
    admin::{PermittedOn, ReadUsers},
};

use crate::{AppState, users};

/// One user.
pub(crate) async fn show(
    State(state): State<AppState>,
    by: PermittedOn<ReadUsers>,
    form: Form,
    wanted: PageUser,
) -> Result<Response, Problem> {
    let context = &state.context;
    let stored = context.portal(&by.portal).await?.value;
    let rights = Rights::of(&by.admin, &by.portal, stored.policy.switched_by);
    let user = users::detail(context, &by, &wanted.name()).await?;
    let frame = Frame::of(user.id.clone(), &by.admin, &form);
    let (portal, locator) = (by.portal.to_string(), wanted.0.to_string());
    Ok(page(StatusCode::OK, &User { frame, portal, user, locator, rights }))
}
