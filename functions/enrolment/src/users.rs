//! Users between sign-ins, as the portal's back end sees and keeps them.

use axum::{
    Json,
    extract::{Path, State},
};
use portcullis_api::{
    AnyProblem, Caller, Desk, Problem, Strict,
    wire::{ActivityView, ContactKept, ContactRecord, OptInDone, OptInRequest, UserView},
};
use portcullis_domain::{Decided, Malformed, Refusal, Scene, User, UserId, upkeep};

use crate::Enroller;

/// Runs a command on the user whose id stands in the path.
async fn on_user<T>(
    desk: &Desk,
    caller: &Caller,
    id: &str,
    decide: impl Fn(&Scene<'_>, Option<User>, &UserId) -> Result<Decided<T>, Refusal>,
) -> Result<T, Problem> {
    let id = UserId::parse(id)?;
    let locator = desk.ring().await?.locator(caller.0.portal(), &id);
    let (answer, _) =
        desk.command(&caller.0, locator, None, |scene, user| decide(scene, user, &id)).await?;
    Ok(answer)
}

/// What a user has bound, and what would happen at the next sign-in.
#[utoipa::path(
    get, path = "/v1/users/{id}", tag = "users",
    params(("id" = String, Path, description = "The portal's id of the user, percent-encoded")),
    responses((status = 200, description = "The user", body = UserView), AnyProblem),
)]
pub(crate) async fn posture(
    State(Enroller { desk, .. }): State<Enroller>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<UserView>, Problem> {
    let view = on_user(&desk, &caller, &id, |scene, user, id| {
        Ok(Decided::unchanged(UserView::of(scene, &upkeep::own(user, id)?)))
    });
    Ok(Json(view.await?))
}

/// Replace a user's contact record: promotion to a portal user, and every later change.
#[utoipa::path(
    put, path = "/v1/users/{id}", tag = "users", request_body = ContactRecord,
    params(("id" = String, Path, description = "The portal's id of the user, percent-encoded")),
    responses((status = 200, description = "What was kept", body = ContactKept), AnyProblem),
)]
pub(crate) async fn replace_contact(
    State(Enroller { desk, .. }): State<Enroller>,
    caller: Caller,
    Path(id): Path<String>,
    Strict(record): Strict<ContactRecord>,
) -> Result<Json<ContactKept>, Problem> {
    let update = record.into_update()?;
    let kept = on_user(&desk, &caller, &id, |scene, user, id| {
        upkeep::replace_contact(scene, user, id, &update)
    });
    Ok(Json(ContactKept::from(&kept.await?)))
}

/// Enable MFA after a skip; the portal signs the user out.
#[utoipa::path(
    post, path = "/v1/users/{id}/opt-in", tag = "users", request_body = OptInRequest,
    params(("id" = String, Path, description = "The portal's id of the user, percent-encoded")),
    responses((status = 200, description = "The skip is cleared", body = OptInDone), AnyProblem),
)]
pub(crate) async fn opt_in(
    State(Enroller { desk, .. }): State<Enroller>,
    caller: Caller,
    Path(id): Path<String>,
    Strict(request): Strict<OptInRequest>,
) -> Result<Json<OptInDone>, Problem> {
    if !request.confirm {
        return Err(Malformed { what: "confirm", why: "must be true" }.into());
    }
    on_user(&desk, &caller, &id, upkeep::opt_in).await?;
    Ok(Json(OptInDone { sign_out: true }))
}

/// Un-set the saved default.
#[utoipa::path(
    delete, path = "/v1/users/{id}/default", tag = "users",
    params(("id" = String, Path, description = "The portal's id of the user, percent-encoded")),
    responses((status = 200, description = "There is no saved default now", body = UserView), AnyProblem),
)]
pub(crate) async fn unset_default(
    State(Enroller { desk, .. }): State<Enroller>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<UserView>, Problem> {
    let view = on_user(&desk, &caller, &id, |scene, user, id| {
        upkeep::unset_default(scene, user, id)
            .map(|decided| decided.map(|user| UserView::of(scene, &user)))
    });
    Ok(Json(view.await?))
}

/// The last entries of a user's activity, newest first.
#[utoipa::path(
    get, path = "/v1/users/{id}/activity", tag = "users",
    params(("id" = String, Path, description = "The portal's id of the user, percent-encoded")),
    responses((status = 200, description = "The entries", body = [ActivityView]), AnyProblem),
)]
pub(crate) async fn activity(
    State(Enroller { desk, .. }): State<Enroller>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Vec<ActivityView>>, Problem> {
    let entries = on_user(&desk, &caller, &id, |scene, user, id| {
        let user = upkeep::own(user, id)?;
        Ok(Decided::unchanged(
            user.activity.iter().rev().map(|entry| ActivityView::of(scene, entry)).collect(),
        ))
    });
    Ok(Json(entries.await?))
}
