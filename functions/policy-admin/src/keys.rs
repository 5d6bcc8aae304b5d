//! API keys of a portal's back end: two can work at once, so that one can take the other's place.

use axum::{
    Json,
    extract::{Path, State},
};
use http::StatusCode;
use portcullis_app::Conditions;
use portcullis_domain::{Malformed, Portal, Timestamp, user::EntryKind};
use portcullis_http::{
    AnyProblem, Problem, Strict,
    admin::{ChangePortals, IssueKeys, PermittedOn},
    wire::admin::{Done, KeyMade, NewKey},
};
use portcullis_keys::ApiKeySecret;

use crate::AppState;

/// Create an API key.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/keys", tag = "portals", request_body = NewKey,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 201, description = "The key, which is shown only once", body = KeyMade), AnyProblem),
)]
pub(crate) async fn make(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<IssueKeys>,
    Strict(request): Strict<NewKey>,
) -> Result<(StatusCode, Json<KeyMade>), Problem> {
    let expires_at = request.expires_at.map(Timestamp::from_unix);
    if expires_at.is_some_and(|at| at <= context.now()) {
        return Err(Malformed { what: "expires_at", why: "must be in the future" }.into());
    }
    let (keyring, random) = (context.keyring().await?, context.random()?);
    let (key, stored) =
        ApiKeySecret::issue(keyring, &on.portal, &random, context.now(), expires_at);
    let change = |portal: Portal| {
        let entry = context.entry(EntryKind::KeyAdded, &on.admin.by()).because(stored.id.clone());
        Ok((portal.with_key(stored.clone(), context.now())?, entry))
    };
    context.change_portal(&on.portal, None, &Conditions::of_any(on.form), change).await?;
    let (api_key, expires_at) = (key.expose().to_owned(), request.expires_at);
    Ok((StatusCode::CREATED, Json(KeyMade { id: stored.id, api_key, expires_at })))
}

/// Revoke an API key; it is refused from the next call on.
#[utoipa::path(
    delete, path = "/v1/admin/portals/{portal}/keys/{key}", tag = "portals",
    params(("portal" = String, Path, description = "The portal's id"), ("key" = String, Path, description = "The key's id")),
    responses((status = 200, description = "The key is revoked", body = Done), AnyProblem),
)]
pub(crate) async fn revoke(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangePortals>,
    Path((_, key)): Path<(String, String)>,
) -> Result<Json<Done>, Problem> {
    let change = |portal: Portal| {
        let entry = context.entry(EntryKind::KeyRevoked, &on.admin.by()).because(key.clone());
        Ok((portal.without_key(&key)?, entry))
    };
    context.change_portal(&on.portal, None, &Conditions::of_any(on.form), change).await?;
    Ok(Json(Done { changed: true }))
}
