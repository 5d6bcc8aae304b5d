//! The steps of a bulk reset that another admin approved. Each user is a command of its own.

use axum::{Json, Router, extract::State, response::Response, routing::post};
use futures_util::future::join_all;
use http::StatusCode;
use portcullis_app::{AppContext, SelectedFrom};
use portcullis_console::{
    Fields, Form,
    bulk_reset::{form, view::BulkResetPage},
    page,
};
use portcullis_domain::{
    BulkRefusal, DecisionContext, Locator, Refusal, Settings, User, UserId,
    account::{self, Actor, BulkOutcome},
    decision::{BulkApproval, BulkReset, BulkResetId},
    user::{By, EntryKind},
};
use portcullis_http::{
    Cursor, Problem, ProblemCode, Strict, UserName,
    admin::{PermittedOn, ResetUsers},
    answers::BulkResetProblems,
    wire::admin::{BulkResetFailure, BulkResetProgress, BulkResetStep, BulkResetStepRequest},
};
use serde::{Deserialize, Serialize};

use crate::AppState;

/// Users who are reset at the same time.
const AT_ONCE: usize = 10;
/// Seconds that the last of them, and the end of the step, may take.
const SPARE_SECONDS: u64 = 4;
/// The most bytes of user ids and reasons that the progress names: a cursor carries them.
const NAMED_BYTES: usize = 2_000;

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

/// The place in the list after a step, with the progress until then.
#[derive(Default, Deserialize, Serialize)]
struct Place {
    after: Option<String>,
    progress: BulkResetProgress,
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
    let cursors = Cursor::of(&format!("bulk-reset:{}:{id}", on.portal));
    let Place { after, mut progress } = match cursor {
        Some(cursor) => read(&cursors.open(context, cursor).await?)?,
        None => Place::default(),
    };
    let settings: Settings =
        context.store().settings().await?.map(|stored| stored.value).unwrap_or_default();
    let (selection, reach) = (&known.selection, &known.reach);
    let from = SelectedFrom { portal: &portal, settings: &settings, selection, reach };
    let selected = context.selected_users(from, after, BulkReset::STEP).await?;
    let actor = actor_of(&known, approval);
    let mut next = selected.next;
    for users in selected.users.chunks(AT_ONCE) {
        let resets = users.iter().map(|(locator, listed)| {
            reset_one(context, on, (*locator, &listed.id), &actor, &known)
        });
        join_all(resets).await.into_iter().for_each(|done| note(&mut progress, done));
        let [.., (last, _)] = users else { continue };
        if !context.deadline().leaves(SPARE_SECONDS, context.now()) {
            next = Some(last.to_string());
            break;
        }
    }
    let next_cursor = match next {
        Some(after) => {
            let place = Place { after: Some(after), progress: progress.clone() };
            let text = serde_json::to_string(&place).map_err(|_| Problem::unavailable())?;
            Some(cursors.seal(context, &text).await?)
        }
        None => None,
    };
    let ended = next_cursor.is_none() && progress.failed == 0;
    if ended {
        end(context, on, id, &progress).await?;
    }
    Ok(BulkResetStep { progress, about: known.about, ended, next_cursor })
}

fn read(place: &str) -> Result<Place, Problem> {
    serde_json::from_str(place).map_err(|_| Problem::unavailable())
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

type Done<'a> = (&'a UserId, Result<BulkOutcome, Problem>);

async fn reset_one<'a>(
    context: &AppContext,
    on: &PermittedOn<ResetUsers>,
    (locator, id): (Locator, &'a UserId),
    actor: &Actor,
    bulk_reset: &BulkReset,
) -> Done<'a> {
    let decide = |context: &DecisionContext<'_>, known: Option<User>, id: &UserId| {
        account::reset_in_bulk(context, known, id, actor, bulk_reset)
    };
    (id, UserName::Locator(locator).command(context, on, decide).await)
}

fn note(progress: &mut BulkResetProgress, (id, done): Done<'_>) {
    match done {
        Ok(BulkOutcome::Reset) => progress.reset += 1,
        Ok(BulkOutcome::ResetBefore) => progress.reset_before += 1,
        Ok(BulkOutcome::NothingSetUp) => progress.nothing_set_up += 1,
        Ok(BulkOutcome::NotSelected) => {}
        Ok(BulkOutcome::NoLink) => {
            progress.no_link += 1;
            let named: usize = progress.no_link_users.iter().map(String::len).sum();
            if named + id.as_str().len() <= NAMED_BYTES {
                progress.no_link_users.push(id.to_string());
            }
        }
        // Erased since the list was read, or moved out of reach.
        Err(problem) if problem.code() == ProblemCode::UserUnknown => {}
        Err(problem) => {
            progress.failed += 1;
            let one =
                BulkResetFailure { user: id.to_string(), reason: problem.detail().to_owned() };
            let bytes = |failure: &BulkResetFailure| failure.user.len() + failure.reason.len();
            let named: usize = progress.failures.iter().map(bytes).sum();
            if named + bytes(&one) <= NAMED_BYTES {
                progress.failures.push(one);
            }
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

const CHANGED: &str = "This form has other fields than its page. Open the page again.";

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
    let shown = BulkResetPage::of_step(&on.admin, &form, &on.portal, &request.id, step);
    Ok(page(StatusCode::OK, &shown))
}
