//! The steps of a bulk reset that another admin approved. Each user is a command of its own.

use axum::{Json, Router, extract::State, response::Response, routing::post};
use http::StatusCode;
use portcullis_app::{AppContext, SelectedFrom};
use portcullis_console::{
    Fields, Form,
    bulk::form::CHANGED,
    bulk_reset::{form, view},
    page,
};
use portcullis_domain::{
    BulkRefusal, DecisionContext, Locator, Refusal, User, UserId,
    account::{self, Actor, BulkOutcome},
    decision::{BulkApproval, BulkReset, BulkResetId},
    user::{By, EntryKind},
};
use portcullis_http::{
    Cursor, Problem, Strict, UserName,
    admin::{PermittedOn, ResetUsers},
    answers::BulkResetProblems,
    wire::admin::{BulkResetProgress, BulkResetStep, BulkResetStepRequest, name_user},
};

use crate::{
    AppState,
    walk::{self, Step, Walk},
};

/// Reset the next users of a bulk reset, at most 100.
///
/// Repeat it with the `next_cursor` until there is none. A step that is repeated resets nobody
/// twice. The admin who asked for it can, and the one who approved it.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/user/bulk-reset",
    operation_id = "continueBulkReset", tag = "portal users", request_body = BulkResetStepRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The step is done", body = BulkResetStep), BulkResetProblems),
)]
pub(crate) async fn step(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ResetUsers>,
    Strict(request): Strict<BulkResetStepRequest>,
) -> Result<Json<BulkResetStep>, Problem> {
    let id = BulkResetId::parse(&request.id)?;
    next_step(&context, &on, id, request.cursor.as_deref()).await.map(Json)
}

pub(crate) async fn next_step(
    context: &AppContext,
    on: &PermittedOn<ResetUsers>,
    id: BulkResetId,
    cursor: Option<&str>,
) -> Result<BulkResetStep, Problem> {
    let portal = context.portal(&on.portal).await?.value;
    let known = context.bulk_reset(&on.portal).await?.ok_or(Refusal::from(BulkRefusal::Unknown))?;
    let approval = known.check_step(id, &on.admin.id, context.now()).map_err(Refusal::from)?;
    let settings = walk::settings(context).await?;
    let (selection, reach) = (&known.selection, &known.reach);
    let walk = Walk {
        context,
        from: SelectedFrom { portal: &portal, settings: &settings, selection, reach },
        cursors: Cursor::of(&format!("bulk-reset:{}:{id}", on.portal)),
    };
    let actor = actor_of(&known, approval);
    let reset = |locator, _| reset_one(context, on, locator, &actor, &known);
    let Step { progress, next_cursor, .. } = walk.step(cursor, reset, note).await?;
    let ended = next_cursor.is_none() && progress.failed == 0;
    if ended {
        end(context, on, id, &progress).await?;
    }
    Ok(BulkResetStep { progress, about: known.about, ended, next_cursor })
}

/// The admin who approved it acts on each user, within the reach of the one who asked.
fn actor_of(bulk_reset: &BulkReset, approval: &BulkApproval) -> Actor {
    Actor {
        by: Some(By::Admin(approval.by.clone())),
        reach: bulk_reset.reach.clone(),
        reason: Some(bulk_reset.why()),
        form: None,
    }
}

async fn reset_one(
    context: &AppContext,
    on: &PermittedOn<ResetUsers>,
    locator: Locator,
    actor: &Actor,
    bulk_reset: &BulkReset,
) -> Result<BulkOutcome, Problem> {
    let decide = |context: &DecisionContext<'_>, known: Option<User>, id: &UserId| {
        account::reset_in_bulk(context, known, id, actor, bulk_reset)
    };
    UserName::Locator(locator).command(context, on, decide).await
}

fn note(progress: &mut BulkResetProgress, id: &UserId, done: Result<BulkOutcome, Problem>) {
    match done {
        Ok(BulkOutcome::Reset) => progress.reset += 1,
        Ok(BulkOutcome::ResetBefore) => progress.reset_before += 1,
        Ok(BulkOutcome::NothingSetUp) => progress.nothing_set_up += 1,
        Ok(BulkOutcome::NotSelected) => {}
        Ok(BulkOutcome::NoLink) => {
            progress.no_link += 1;
            name_user(id, &mut progress.no_link_users);
        }
        Err(problem) => {
            let failed = (&mut progress.failed, &mut progress.failures);
            walk::note_failure(&problem, id, failed);
        }
    }
}

/// Ends it after the last user. Another step may have ended it a moment before.
async fn end(
    context: &AppContext,
    on: &PermittedOn<ResetUsers>,
    id: BulkResetId,
    progress: &BulkResetProgress,
) -> Result<(), Problem> {
    let BulkResetProgress { reset, reset_before, nothing_set_up, no_link, .. } = progress;
    let why = format!(
        "{id}: {reset} reset, {reset_before} before, {nothing_set_up} with nothing set up, {no_link} without an address"
    );
    let change = |before: Option<BulkReset>| {
        let before = before.ok_or(BulkRefusal::Unknown)?;
        if before.id != id || before.begun_at().is_none() {
            return Ok((before, None));
        }
        let entry = context.entry(EntryKind::BulkResetEnded, &on.admin.by());
        Ok((before.ended(), Some(entry.because(why.clone()))))
    };
    context.change_bulk_reset(&on.portal, change).await?;
    Ok(())
}

/// The page of the steps. No user has a locator of this form, so it stands beside the dialogs.
pub(crate) fn page_routes() -> Router<AppState> {
    Router::new().route("/console/portals/{portal}/users/bulk/step", post(step_page))
}

/// Does the next step, and shows the progress with the button that continues.
async fn step_page(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ResetUsers>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let request = form::step(&fields).map_err(|_| Problem::bad_request(CHANGED))?;
    let id = BulkResetId::parse(&request.id)?;
    let step = next_step(&context, &on, id, request.cursor.as_deref()).await?;
    let shown = view::of_step(&on.admin, &form, &on.portal, &request.id, step);
    Ok(page(StatusCode::OK, &shown))
}
