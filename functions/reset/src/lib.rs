//! Takes away what a user has bound, so that the user can enrol again.

use axum::{
    Json, Router,
    extract::{Path, State},
    middleware,
    routing::post,
};
use portcullis_api::{
    AnyProblem, Caller, Desk, Problem, Strict,
    wire::{ResetDone, ResetRequest},
};
use portcullis_domain::{Scene, UserId, reset};
use utoipa::OpenApi;

/// The routes of this function.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .route("/v1/users/{id}/reset", post(reset_user))
        .fallback(portcullis_api::unknown_route)
        .layer(middleware::from_fn(portcullis_api::finish))
        .with_state(desk)
}

/// What this function adds to the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(reset_user))]
pub struct Document;

/// Reset a user; the portal vouches for an admin of its own.
#[utoipa::path(
    post, path = "/v1/users/{id}/reset", tag = "users", request_body = ResetRequest,
    params(("id" = String, Path, description = "The portal's id of the user, percent-encoded")),
    responses((status = 200, description = "The user is reset", body = ResetDone), AnyProblem),
)]
async fn reset_user(
    State(desk): State<Desk>,
    Caller(caller): Caller,
    Path(id): Path<String>,
    Strict(request): Strict<ResetRequest>,
) -> Result<Json<ResetDone>, Problem> {
    let (actor, reason) = request.into_command()?;
    let user = UserId::parse(&id)?;
    let locator = desk.ring().await?.locator(caller.portal(), &user);
    let decide = |scene: &Scene<'_>, known| reset::decide(scene, known, &user, &actor, &reason);
    let (done, _) = desk.command(&caller, locator, None, decide).await?;
    Ok(Json(ResetDone { had_bound: done.had_bound }))
}
