use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{Form, Frame, page, portal::view::Rights, user::view::User};
use portcullis_http::{
    PageUser, Problem,
    admin::{PermittedOn, ReadUsers},
};

use crate::{AppState, users};

pub(crate) async fn show(
    State(state): State<AppState>,
    by: PermittedOn<ReadUsers>,
    form: Form,
    page_user: PageUser,
) -> Result<Response, Problem> {
    let context = &state.context;
    let stored = context.portal(&by.portal).await?.value;
    let rights = Rights::of(&by.admin, &by.portal, stored.policy.switched_by);
    let user = users::detail(context, &by, &page_user.name()).await?;
    let frame = Frame::of(user.id.clone(), &by.admin, &form);
    let (portal, locator) = (by.portal.to_string(), page_user.0.to_string());
    Ok(page(StatusCode::OK, &User { frame, portal, user, locator, rights }))
}
