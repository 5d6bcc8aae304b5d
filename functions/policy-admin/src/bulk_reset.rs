//! The reset of many users of a portal: counted, asked for, and approved by another admin. The
//! function `reset` resets the users.

use axum::{Json, extract::State};
use http::StatusCode;
use portcullis_app::{AppContext, SelectedFrom};
use portcullis_domain::{
    BulkRefusal, ListedState, Refusal, Settings,
    admin::Admin,
    decision::{Approver, BulkReset, BulkResetId, BulkStage, Foreseen, Selection, can_mail_links},
    user::EntryKind,
};
use portcullis_http::{
    Problem, Strict,
    admin::{PermittedOn, ResetManyUsers, ResetUsers},
    answers::BulkResetProblems,
    wire::admin::{
        BulkResetCount, BulkResetCountRequest, BulkResetNamed, BulkResetRequest, BulkResetView,
        LastBulkReset, StateCount,
    },
};

use crate::AppState;

const NAMED: usize = 100;

/// Read the last bulk reset of a portal.
#[utoipa::path(
    get, path = "/v1/admin/portals/{portal}/bulk-reset",
    operation_id = "readBulkReset", tag = "portal users",
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The bulk reset, if there ever was one", body = LastBulkReset)),
)]
pub(crate) async fn look(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ResetUsers>,
) -> Result<Json<LastBulkReset>, Problem> {
    last(&context, &on).await.map(Json)
}

pub(crate) async fn last(
    context: &AppContext,
    on: &PermittedOn<ResetUsers>,
) -> Result<LastBulkReset, Problem> {
    context.portal(&on.portal).await?;
    let known = context.bulk_reset(&on.portal).await?;
    let known = known.filter(|known| on.reach.includes(&known.reach));
    let bulk_reset = known.map(|known| BulkResetView::of(&known, context.now()));
    Ok(LastBulkReset { bulk_reset })
}

/// Count the users whom a bulk reset would reset.
///
/// Nothing is changed. The count comes from the list of users, which is late by moments.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/bulk-reset/count",
    operation_id = "countBulkReset", tag = "portal users", request_body = BulkResetCountRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The users, by what would be done", body = BulkResetCount), BulkResetProblems),
)]
pub(crate) async fn count(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ResetUsers>,
    Strict(request): Strict<BulkResetCountRequest>,
) -> Result<Json<BulkResetCount>, Problem> {
    foresee(&context, &on, &request.selection.parse()?).await.map(Json)
}

pub(crate) async fn foresee<P>(
    context: &AppContext,
    on: &PermittedOn<P>,
    selection: &Selection,
) -> Result<BulkResetCount, Problem> {
    let portal = context.portal(&on.portal).await?.value;
    let settings: Settings =
        context.store().settings().await?.map(|stored| stored.value).unwrap_or_default();
    if !can_mail_links(&portal, &settings) {
        return Err(Refusal::from(BulkRefusal::NoLinks).into());
    }
    let reach = &on.reach;
    let from = SelectedFrom { portal: &portal, settings: &settings, selection, reach };
    let selected = context.selected_users(from, None, usize::MAX).await?;
    let mut counted = BulkResetCount {
        more: selected.next.is_some(),
        unknown_users: selected.missing.iter().map(ToString::to_string).collect(),
        ..BulkResetCount::default()
    };
    let mut states = [0_u32; ListedState::ALL.len()];
    for (_, listed) in &selected.users {
        let state = &listed.mfa_state;
        match Foreseen::of(state.is_guarded(), state.verified_email) {
            Foreseen::Reset => counted.to_reset += 1,
            Foreseen::NothingSetUp => counted.nothing_set_up += 1,
            Foreseen::NoLink => {
                counted.no_link += 1;
                if counted.no_link_users.len() < NAMED {
                    counted.no_link_users.push(listed.id.to_string());
                }
            }
        }
        let in_list = state.state(&portal, &settings);
        for (known, users) in ListedState::ALL.iter().zip(&mut states) {
            *users += u32::from(*known == in_list);
        }
    }
    let by_state = ListedState::ALL.into_iter().zip(states).filter(|(_, users)| *users > 0);
    counted.by_state = by_state.map(|(state, users)| StateCount { state, users }).collect();
    Ok(counted)
}

/// Ask for a bulk reset.
///
/// Nothing happens until another admin approves it, within a day. The users who are reset enrol
/// again with a link that is mailed to them; those who have no address for it are left out.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/bulk-reset",
    operation_id = "askForBulkReset", tag = "portal users", request_body = BulkResetRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 201, description = "The request, which awaits its approval", body = BulkResetView), BulkResetProblems),
)]
pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ResetManyUsers>,
    Strict(request): Strict<BulkResetRequest>,
) -> Result<(StatusCode, Json<BulkResetView>), Problem> {
    Ok((StatusCode::CREATED, Json(asked(&context, &on, &request).await?)))
}

pub(crate) async fn asked(
    context: &AppContext,
    on: &PermittedOn<ResetManyUsers>,
    request: &BulkResetRequest,
) -> Result<BulkResetView, Problem> {
    let (selection, reason) = request.parse()?;
    let about = foresee(context, on, &selection).await?.to_reset;
    let admins = context.store().admins().await?;
    let could_approve =
        |admin: &Admin| BulkReset::could_approve(admin, &on.admin.id, &on.portal, &on.reach);
    if !admins.iter().any(|admin| could_approve(&admin.value)) {
        return Err(Refusal::from(BulkRefusal::NoSecondAdmin).into());
    }
    let new = BulkReset {
        id: BulkResetId::new(context.random()?),
        selection,
        reach: on.reach.clone(),
        reason,
        about,
        asked_by: on.admin.id.clone(),
        asked_at: context.now(),
        stage: BulkStage::Asked,
    };
    let change = |before: Option<BulkReset>| {
        let after = new.clone().after(before.as_ref(), context.now())?;
        let entry = context.entry(EntryKind::BulkResetAsked, &on.admin.by());
        let why = format!("{}: about {} users: {}", after.id, after.about, after.reason);
        Ok((after, Some(entry.because(why))))
    };
    let after = context.change_bulk_reset(&on.portal, change).await?;
    Ok(BulkResetView::of(&after, context.now()))
}

/// Approve a bulk reset that another admin asked for, which begins it.
///
/// Nobody is reset by this call. Reset the users with `POST
/// /v1/admin/portals/{portal}/user/bulk-reset`, at most 100 with each call.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/bulk-reset/approve",
    operation_id = "approveBulkReset", tag = "portal users", request_body = BulkResetNamed,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "It has begun", body = BulkResetView), BulkResetProblems),
)]
pub(crate) async fn approve(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ResetManyUsers>,
    Strict(request): Strict<BulkResetNamed>,
) -> Result<Json<BulkResetView>, Problem> {
    approved(&context, &on, request.parse()?).await.map(Json)
}

pub(crate) async fn approved(
    context: &AppContext,
    on: &PermittedOn<ResetManyUsers>,
    id: BulkResetId,
) -> Result<BulkResetView, Problem> {
    context.portal(&on.portal).await?;
    let stored = context.store().admin(on.admin.locator).await?;
    let admin = stored.ok_or(Refusal::SessionRefused)?.value;
    let approver = Approver { admin: &admin, reach: &on.reach };
    let change = |before: Option<BulkReset>| {
        let before = before.ok_or(BulkRefusal::Unknown)?;
        let was_asked = before.stage == BulkStage::Asked;
        let after = before.approve(id, approver, context.now())?;
        let entry = context.entry(EntryKind::BulkResetBegun, &on.admin.by());
        let entry = entry.because(format!("{id}, asked for by {}", after.asked_by));
        Ok((after, was_asked.then_some(entry)))
    };
    let after = context.change_bulk_reset(&on.portal, change).await?;
    tracing::warn!(portal = %on.portal, bulk_reset = %id, "a bulk reset was approved");
    Ok(BulkResetView::of(&after, context.now()))
}

/// Withdraw a bulk reset, or stop one that has begun.
///
/// The admin who asked for it can, and the one who approved it. Who was reset stays reset.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/bulk-reset/withdraw",
    operation_id = "withdrawBulkReset", tag = "portal users", request_body = BulkResetNamed,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "It is over", body = BulkResetView), BulkResetProblems),
)]
pub(crate) async fn withdraw(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ResetUsers>,
    Strict(request): Strict<BulkResetNamed>,
) -> Result<Json<BulkResetView>, Problem> {
    withdrawn(&context, &on, request.parse()?).await.map(Json)
}

pub(crate) async fn withdrawn(
    context: &AppContext,
    on: &PermittedOn<ResetUsers>,
    id: BulkResetId,
) -> Result<BulkResetView, Problem> {
    context.portal(&on.portal).await?;
    let change = |before: Option<BulkReset>| {
        let before = before.ok_or(BulkRefusal::Unknown)?;
        let after = before.withdraw(id, &on.admin.id, context.now())?;
        let entry = context.entry(EntryKind::BulkResetWithdrawn, &on.admin.by());
        Ok((after, Some(entry.because(id.to_string()))))
    };
    let after = context.change_bulk_reset(&on.portal, change).await?;
    Ok(BulkResetView::of(&after, context.now()))
}
