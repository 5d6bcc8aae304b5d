//! The reminder of many users to set up a second step. Each user is a command of its own, whose
//! entry is mailed.

use axum::{
    Json, Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use http::StatusCode;
use portcullis_app::{AppContext, SelectedFrom};
use portcullis_console::{
    FieldRefused, Fields, Form,
    bulk::form::{self, SELECTION},
    bulk_reminder::{form as own_form, view},
    page,
};
use portcullis_domain::{
    DecisionContext, Locator, MfaState, User, UserId,
    account::{self, Actor, ReminderOutcome},
    decision::{Reminder, Selection},
};
use portcullis_http::{
    Cursor, Problem, Strict, UserName,
    admin::{ChangeUsers, PermittedOn},
    wire::admin::{BulkReminderProgress, BulkReminderRequest, BulkReminderStep, name_user},
};

use crate::{
    AppState,
    walk::{self, Step, Walk},
};

/// Remind the next users to set up a second step, at most 100, or count them.
///
/// Users get an email if the policy asks them to set something up, they have not, and they were not
/// reminded within the last day. Repeat it with the `next_cursor` until there is none. A step that
/// is repeated reminds nobody twice. A dry run counts from the list of users, which is late by
/// moments, and changes nothing.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/user/bulk-reminder",
    operation_id = "remindUsers", tag = "portal users", request_body = BulkReminderRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The step is done", body = BulkReminderStep)),
)]
pub(crate) async fn remind(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangeUsers>,
    Strict(request): Strict<BulkReminderRequest>,
) -> Result<Json<BulkReminderStep>, Problem> {
    next_step(&context, &on, &request).await.map(Json)
}

async fn next_step(
    context: &AppContext,
    on: &PermittedOn<ChangeUsers>,
    request: &BulkReminderRequest,
) -> Result<BulkReminderStep, Problem> {
    let (selection, cursor) = (request.selection.parse()?, request.cursor.as_deref());
    let portal = context.portal(&on.portal).await?.value;
    let settings = walk::settings(context).await?;
    let from = SelectedFrom {
        portal: &portal,
        settings: &settings,
        selection: &selection,
        reach: &on.reach,
    };
    let walk = Walk { context, from, cursors: cursors(on, request)? };
    let Step { progress, unknown_users, next_cursor } = if request.dry_run {
        let now = context.now();
        let count = |progress: &mut BulkReminderProgress, id: &UserId, state: &MfaState| {
            foresee(progress, id, state.reminder(&portal, &settings, now));
        };
        walk.count(cursor, count).await?
    } else {
        let actor = Actor { form: None, ..on.actor(None) };
        let remind = |locator, _| remind_one(context, on, locator, &actor, &selection);
        walk.step(cursor, remind, note).await?
    };
    let unknown_users = unknown_users.iter().map(ToString::to_string).collect();
    Ok(BulkReminderStep { progress, unknown_users, next_cursor })
}

/// A cursor names users, so it is good for the admin who got it, and for the same selection.
fn cursors(
    on: &PermittedOn<ChangeUsers>,
    request: &BulkReminderRequest,
) -> Result<Cursor, Problem> {
    let of_what = if request.dry_run { "bulk-reminder-count" } else { "bulk-reminder" };
    let users = serde_json::to_string(&request.selection).map_err(|_| Problem::unavailable())?;
    Ok(Cursor::of(&format!("{of_what}:{}:{}:{users}", on.portal, on.admin.id)))
}

async fn remind_one(
    context: &AppContext,
    on: &PermittedOn<ChangeUsers>,
    locator: Locator,
    actor: &Actor,
    selection: &Selection,
) -> Result<ReminderOutcome, Problem> {
    let decide = |context: &DecisionContext<'_>, known: Option<User>, id: &UserId| {
        account::remind_to_enrol(context, known, id, actor, selection)
    };
    UserName::Locator(locator).command(context, on, decide).await
}

fn foresee(progress: &mut BulkReminderProgress, id: &UserId, reminder: Reminder) {
    let outcome = match reminder {
        Reminder::Due => ReminderOutcome::Reminded,
        Reminder::NotNeeded => ReminderOutcome::NotNeeded,
        Reminder::NoAddress => ReminderOutcome::NoAddress,
        Reminder::RemindedBefore => ReminderOutcome::RemindedBefore,
    };
    note(progress, id, Ok(outcome));
}

fn note(progress: &mut BulkReminderProgress, id: &UserId, done: Result<ReminderOutcome, Problem>) {
    match done {
        Ok(ReminderOutcome::Reminded) => progress.reminded += 1,
        Ok(ReminderOutcome::RemindedBefore) => progress.reminded_before += 1,
        Ok(ReminderOutcome::NotNeeded) => progress.not_needed += 1,
        Ok(ReminderOutcome::NotSelected) => {}
        Ok(ReminderOutcome::NoAddress) => {
            progress.no_address += 1;
            name_user(id, &mut progress.no_address_users);
        }
        Err(problem) => {
            let failed = (&mut progress.failed, &mut progress.failures);
            walk::note_failure(&problem, id, failed);
        }
    }
}

/// The pages. No user has a locator of this form, so they stand beside the dialogs.
pub(crate) fn page_routes() -> Router<AppState> {
    Router::new()
        .route("/console/portals/{portal}/users/bulk/reminder", get(select).post(count))
        .route("/console/portals/{portal}/users/bulk/remind", post(step_page))
}

/// Asks for the users.
async fn select(on: PermittedOn<ChangeUsers>, form: Form) -> Response {
    let fields = Fields::default().or(SELECTION);
    page(StatusCode::OK, &view::to_select(&on.admin, &form, &on.portal, fields))
}

/// Counts the users, and shows the button that reminds them.
async fn count(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangeUsers>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let selection = match form::selection(&fields) {
        Ok(selection) => selection,
        Err(refused) => return Ok(select_again(&on, &form, fields.refused(refused))),
    };
    let request = BulkReminderRequest { selection, dry_run: true, cursor: None };
    let counted = next_step(&context, &on, &request).await?;
    let shown = view::of_count(&on.admin, &form, &on.portal, &request.selection, counted);
    Ok(page(StatusCode::OK, &shown))
}

fn select_again(on: &PermittedOn<ChangeUsers>, form: &Form, fields: Fields) -> Response {
    page(StatusCode::BAD_REQUEST, &view::to_select(&on.admin, form, &on.portal, fields))
}

/// Does the next step, and shows the progress with the button that continues.
async fn step_page(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangeUsers>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let changed = |_: FieldRefused| Problem::bad_request(form::CHANGED);
    let request = own_form::step(&fields).map_err(changed)?;
    let step = next_step(&context, &on, &request).await?;
    let shown = view::of_step(&on.admin, &form, &on.portal, &request.selection, step);
    Ok(page(StatusCode::OK, &shown))
}
