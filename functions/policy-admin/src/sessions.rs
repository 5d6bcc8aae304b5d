//! The sessions of the admin who is signed in, ended from another one of them.

use axum::{
    Json,
    extract::{Path, State},
};
use portcullis_app::AppContext;
use portcullis_domain::{
    Refusal,
    admin::{Admin, Ended, SessionId},
    user::EntryKind,
};
use portcullis_http::{
    Problem,
    admin::SignedIn,
    wire::admin::{Done, SessionList},
};

use crate::AppState;

/// List your sessions.
#[utoipa::path(
    get, path = "/v1/admin/sessions",
    operation_id = "listSessions", tag = "admin session",
    responses((status = 200, description = "Your sessions that have not ended", body = SessionList)),
)]
pub(crate) async fn list(
    State(AppState { context, .. }): State<AppState>,
    admin: SignedIn,
) -> Result<Json<SessionList>, Problem> {
    let stored = context.store().admin(admin.locator).await?.ok_or(Refusal::SessionRefused)?;
    Ok(Json(SessionList::of(&stored.value, &admin.session, context.now())))
}

/// End one of your sessions. It is refused from its next request.
#[utoipa::path(
    delete, path = "/v1/admin/sessions/{session}",
    operation_id = "endSession", tag = "admin session",
    params(("session" = String, Path, description = "The session's `id` in your list")),
    responses((status = 200, description = "Whether it was one of yours that had not ended", body = Done)),
)]
pub(crate) async fn end(
    State(AppState { context, .. }): State<AppState>,
    admin: SignedIn,
    Path(session): Path<String>,
) -> Result<Json<Done>, Problem> {
    match SessionId::parse(&session) {
        Ok(id) => end_some(&context, &admin, Ended::One(id)).await,
        Err(_) => Ok(Json(Done { changed: false })),
    }
}

/// End all of your other sessions, also those that await their second step.
#[utoipa::path(
    post, path = "/v1/admin/sessions/end-others",
    operation_id = "endOtherSessions", tag = "admin session",
    responses((status = 200, description = "Whether there were any", body = Done)),
)]
pub(crate) async fn end_others(
    State(AppState { context, .. }): State<AppState>,
    admin: SignedIn,
) -> Result<Json<Done>, Problem> {
    end_some(&context, &admin, Ended::Others).await
}

async fn end_some(
    context: &AppContext,
    admin: &SignedIn,
    ended: Ended,
) -> Result<Json<Done>, Problem> {
    let end = |stored: &mut Admin| {
        let any = stored.end_sessions(&admin.session, ended, context.now())?;
        Ok(any.then(|| context.entry(EntryKind::SessionsEnded, &admin.by())))
    };
    let changed = context.change_admin_if(admin.locator, end).await?;
    Ok(Json(Done { changed }))
}
