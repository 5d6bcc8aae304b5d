//! The help of another operator for an admin who cannot get in, or whose session somebody else may
//! have: unlocking, ending sessions, and a bypass code. The reset is beside the rest of the admins,
//! because it makes a password.

use axum::{
    Json,
    extract::{Path, State},
};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_domain::{
    DecisionContext, Locator, Refusal,
    account::{self, Actor},
    admin::{Admin, AdminId, Reach},
    user::EntryKind,
};
use portcullis_http::{
    Problem, Strict,
    admin::{AppointAdmins, ChangeAdmins, Console, Permitted},
    answers::AdminProblems,
    wire::admin::{BypassIssued, Done, ReasonedRequest},
};

use crate::{AppState, admins::named, password};

/// An admin whom another one helps.
struct Helped {
    id: AdminId,
    locator: Locator,
    admin: Admin,
    by: Actor,
}

impl Helped {
    async fn find<P>(
        context: &AppContext,
        by: &Permitted<P>,
        name: &str,
        reason: String,
    ) -> Result<Self, Problem> {
        let (id, locator) = named(context, name).await?;
        let stored = context.store().admin(locator).await?.ok_or(Refusal::UnknownAdmin)?;
        stored.value.helped_by(&id, &by.admin.id)?;
        let (reach, form) = (Reach::Portal, by.form);
        let by = Actor { by: Some(by.admin.by()), reach, reason: Some(reason), form };
        Ok(Self { id, locator, admin: stored.value, by })
    }
}

/// Let an admin who has to wait try passwords and codes again at once; at most twice within 30
/// days.
#[utoipa::path(
    post, path = "/v1/admin/admins/{name}/unlock",
    operation_id = "unlockAdmin", tag = "admins", request_body = ReasonedRequest,
    params(("name" = String, Path, description = "The admin's name")),
    responses((status = 200, description = "Whether there was anything to unlock", body = Done), AdminProblems),
)]
pub(crate) async fn unlock(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<ChangeAdmins>,
    Path(name): Path<String>,
    Strict(request): Strict<ReasonedRequest>,
) -> Result<Json<Done>, Problem> {
    let helped = Helped::find(&context, &by, &name, request.into_reason()?).await?;
    let Helped { id, locator, admin, by: actor } = &helped;
    let closed = password::is_closed(&context, admin).await?;
    if closed {
        let unlock = |admin: &mut Admin| {
            admin.acted.note(by.form, context.now())?;
            admin.helped_by(id, &by.admin.id)?;
            admin.unlock(context.now())?;
            let why = actor.reason.as_deref().unwrap_or_default();
            let entry = context.entry(EntryKind::AdminUnlocked, &by.admin.by());
            Ok(Some(entry.because(format!("{id}: {why}"))))
        };
        context.change_admin(*locator, unlock).await?;
    }
    let decide =
        |context: &DecisionContext<'_>, user| account::unlock(context, user, id.as_user(), actor);
    let was_locked = match context.command(&Console::default(), *locator, None, decide).await {
        Ok((was_locked, _)) => was_locked,
        // An admin who never signed in has no wrong codes.
        Err(error) if error.is_refused(&Refusal::UnknownUser) => false,
        Err(error) => return Err(error.into()),
    };
    Ok(Json(Done { changed: closed || was_locked }))
}

/// End every session of another admin, also those that await their second step.
#[utoipa::path(
    post, path = "/v1/admin/admins/{name}/end-sessions",
    operation_id = "endAdminSessions", tag = "admins", request_body = ReasonedRequest,
    params(("name" = String, Path, description = "The admin's name")),
    responses((status = 200, description = "Whether there were any", body = Done), AdminProblems),
)]
pub(crate) async fn end_sessions(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<ChangeAdmins>,
    Path(name): Path<String>,
    Strict(request): Strict<ReasonedRequest>,
) -> Result<Json<Done>, Problem> {
    let reason = request.into_reason()?;
    let (id, locator) = named(&context, &name).await?;
    let end = |admin: &mut Admin| {
        admin.acted.note(by.form, context.now())?;
        let any = admin.end_every_session(&id, &by.admin.id, context.now())?;
        let entry = context.entry(EntryKind::AdminSessionsEnded, &by.admin.by());
        Ok(any.then(|| entry.because(format!("{id}: {reason}"))))
    };
    let changed = context.change_admin_if(locator, end).await?;
    Ok(Json(Done { changed }))
}

/// Issue a bypass code for an admin. It takes the place of the app's code once.
#[utoipa::path(
    post, path = "/v1/admin/admins/{name}/bypass-code",
    operation_id = "issueAdminBypassCode", tag = "admins", request_body = ReasonedRequest,
    params(("name" = String, Path, description = "The admin's name")),
    responses((status = 201, description = "The code, shown this once", body = BypassIssued), AdminProblems),
)]
pub(crate) async fn bypass_code(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<AppointAdmins>,
    Path(name): Path<String>,
    Strict(request): Strict<ReasonedRequest>,
) -> Result<(StatusCode, Json<BypassIssued>), Problem> {
    let Helped { id, locator, by, .. } =
        Helped::find(&context, &by, &name, request.into_reason()?).await?;
    let decide = |context: &DecisionContext<'_>, user| {
        account::issue_bypass(context, user, id.as_user(), &by)
    };
    let ((code, bypass), _) = context.command(&Console::default(), locator, None, decide).await?;
    let issued = BypassIssued { code: code.grouped(), expires_at: bypass.expires_at.unix() };
    Ok((StatusCode::CREATED, Json(issued)))
}
