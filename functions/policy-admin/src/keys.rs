//! API keys of a portal's back end: several can work at once, so that each part of the back end has
//! one of its own, and one can take another's place.

use axum::{
    Json,
    extract::{Path, State},
};
use http::StatusCode;
use portcullis_app::Conditions;
use portcullis_domain::{Portal, Timestamp, portal::KeyTerms, user::EntryKind};
use portcullis_http::{
    Problem, Strict,
    admin::{ChangePortals, IssueKeys, PermittedOn},
    answers::KeyProblems,
    wire::admin::{Done, KeyMade, NewKey},
};
use portcullis_keys::ApiKeySecret;

use crate::AppState;

/// Create an API key.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/keys",
    operation_id = "createKey", tag = "portals", request_body = NewKey,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 201, description = "The key, which is shown only once", body = KeyMade), KeyProblems),
)]
pub(crate) async fn make(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<IssueKeys>,
    Strict(request): Strict<NewKey>,
) -> Result<(StatusCode, Json<KeyMade>), Problem> {
    let terms = request.into_terms(context.now())?;
    let (keyring, random) = (context.keyring().await?, context.random()?);
    let (key, stored) = ApiKeySecret::issue(&keyring, &on.portal, &random, context.now(), terms);
    let change = |portal: Portal| {
        let entry = context.entry(EntryKind::KeyAdded, &on.admin.by()).because(stored.id.clone());
        Ok((portal.with_key(stored.clone(), context.now())?, entry))
    };
    context.change_portal(&on.portal, None, &Conditions::of_any(on.form), change).await?;
    let KeyTerms { scopes, expires_at, .. } = stored.terms;
    let made = KeyMade {
        id: stored.id,
        api_key: key.expose().to_owned(),
        scopes: scopes.as_slice().iter().map(|scope| (*scope).into()).collect(),
        expires_at: expires_at.map(Timestamp::unix),
    };
    Ok((StatusCode::CREATED, Json(made)))
}

/// Revoke an API key; it is refused from the next call on.
#[utoipa::path(
    delete, path = "/v1/admin/portals/{portal}/keys/{key}",
    operation_id = "revokeKey", tag = "portals",
    params(("portal" = String, Path, description = "The portal's id"), ("key" = String, Path, description = "The key's id")),
    responses((status = 200, description = "The key is revoked", body = Done), KeyProblems),
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
