//! What admins do for one user, each for a reason.

use axum::{
    Json,
    extract::{Path, State},
};
use http::StatusCode;
use portcullis_api::{
    AnyProblem, Problem, Strict,
    admin::{ChangeUsers, On, ResetUsers},
    wire::{
        ResetDone, UserErased,
        admin::{BypassIssued, Done, ExportedUser, ReasonedRequest},
    },
};
use portcullis_domain::{Decided, Refusal, Scene, SignIn, SignInId, User, UserId, care, reset};

use crate::Resetter;

/// Portal and user of the path.
type Names = Path<(String, String)>;

/// Reset a user: what is bound is removed, and sign-ins under way end.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/users/{user}/reset", tag = "portal users", request_body = ReasonedRequest,
    params(("portal" = String, Path, description = "The portal's id"), ("user" = String, Path, description = "The portal's id of the user, percent-encoded")),
    responses((status = 200, description = "The user is reset", body = ResetDone), AnyProblem),
)]
pub(crate) async fn reset_user(
    State(Resetter { desk }): State<Resetter>,
    on: On<ResetUsers>,
    Path((_, user)): Names,
    Strict(request): Strict<ReasonedRequest>,
) -> Result<Json<ResetDone>, Problem> {
    let actor = on.actor(Some(request.into_reason()?));
    let decide = |scene: &Scene<'_>, known: Option<User>, id: &UserId| {
        reset::decide(scene, known, id, &actor)
    };
    let done = desk.on_user(&on, &user, decide).await?;
    Ok(Json(done.into()))
}

/// Let a user who has to wait try again at once; at most twice within 30 days.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/users/{user}/unlock", tag = "portal users", request_body = ReasonedRequest,
    params(("portal" = String, Path, description = "The portal's id"), ("user" = String, Path, description = "The portal's id of the user, percent-encoded")),
    responses((status = 200, description = "Whether there was anything to unlock", body = Done), AnyProblem),
)]
pub(crate) async fn unlock(
    State(resetter): State<Resetter>,
    on: On<ChangeUsers>,
    Path((_, user)): Names,
    Strict(request): Strict<ReasonedRequest>,
) -> Result<Json<Done>, Problem> {
    resetter.change(&on, &user, request, care::unlock).await
}

/// Clear a remembered skip, so that the next sign-in asks again.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/users/{user}/clear-skip", tag = "portal users", request_body = ReasonedRequest,
    params(("portal" = String, Path, description = "The portal's id"), ("user" = String, Path, description = "The portal's id of the user, percent-encoded")),
    responses((status = 200, description = "Whether there was a skip", body = Done), AnyProblem),
)]
pub(crate) async fn clear_skip(
    State(resetter): State<Resetter>,
    on: On<ChangeUsers>,
    Path((_, user)): Names,
    Strict(request): Strict<ReasonedRequest>,
) -> Result<Json<Done>, Problem> {
    resetter.change(&on, &user, request, care::clear_skip).await
}

/// Issue a bypass code: it lets the user in once, or opens the enrolment where that waits for a mailed link.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/users/{user}/bypass-code", tag = "portal users", request_body = ReasonedRequest,
    params(("portal" = String, Path, description = "The portal's id"), ("user" = String, Path, description = "The portal's id of the user, percent-encoded")),
    responses((status = 201, description = "The code, shown this once", body = BypassIssued), AnyProblem),
)]
pub(crate) async fn issue_bypass(
    State(Resetter { desk }): State<Resetter>,
    on: On<ChangeUsers>,
    Path((_, user)): Names,
    Strict(request): Strict<ReasonedRequest>,
) -> Result<(StatusCode, Json<BypassIssued>), Problem> {
    let actor = on.actor(Some(request.into_reason()?));
    let decide = |scene: &Scene<'_>, known: Option<User>, id: &UserId| {
        care::issue_bypass(scene, known, id, &actor)
    };
    let (code, bypass) = desk.on_user(&on, &user, decide).await?;
    let (expires_at, attempts) = (bypass.expires_at.unix(), bypass.attempts_left());
    Ok((StatusCode::CREATED, Json(BypassIssued { code: code.grouped(), expires_at, attempts })))
}

/// Erase everything known of a user. Counters and locks stay for 35 days, and nothing personal with them.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/users/{user}/erase", tag = "portal users", request_body = ReasonedRequest,
    params(("portal" = String, Path, description = "The portal's id"), ("user" = String, Path, description = "The portal's id of the user, percent-encoded")),
    responses((status = 200, description = "The user is erased", body = UserErased), AnyProblem),
)]
pub(crate) async fn erase(
    State(Resetter { desk }): State<Resetter>,
    on: On<ChangeUsers>,
    Path((_, user)): Names,
    Strict(request): Strict<ReasonedRequest>,
) -> Result<Json<UserErased>, Problem> {
    let actor = on.actor(Some(request.into_reason()?));
    let decide =
        |scene: &Scene<'_>, known: Option<User>, id: &UserId| care::erase(scene, known, id, &actor);
    desk.on_user(&on, &user, decide).await?;
    Ok(Json(UserErased { erased: true }))
}

/// Export everything known of a user, for the user: unmasked, and without secrets. That it was is in the log.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/users/{user}/export", tag = "portal users", request_body = ReasonedRequest,
    params(("portal" = String, Path, description = "The portal's id"), ("user" = String, Path, description = "The portal's id of the user, percent-encoded")),
    responses((status = 200, description = "Everything known", body = ExportedUser), AnyProblem),
)]
pub(crate) async fn export(
    State(Resetter { desk }): State<Resetter>,
    on: On<ChangeUsers>,
    Path((_, user)): Names,
    Strict(request): Strict<ReasonedRequest>,
) -> Result<Json<ExportedUser>, Problem> {
    let actor = on.actor(Some(request.into_reason()?));
    let ring = desk.ring().await?;
    let decide = |scene: &Scene<'_>, known: Option<User>, id: &UserId| {
        let locator = ring.locator(&on.portal, id);
        let sign_in = |s: &SignIn| SignInId::new(on.portal.clone(), locator, s.key, ring);
        let decided = care::export(scene, known, id, &actor)?;
        Ok(decided.map(|user| ExportedUser::of(scene, &user, sign_in)))
    };
    Ok(Json(desk.on_user(&on, &user, decide).await?))
}

/// A change that says whether there was anything to do.
type Change =
    fn(&Scene<'_>, Option<User>, &UserId, &reset::Actor) -> Result<Decided<bool>, Refusal>;

impl Resetter {
    async fn change(
        &self,
        on: &On<ChangeUsers>,
        user: &str,
        request: ReasonedRequest,
        change: Change,
    ) -> Result<Json<Done>, Problem> {
        let actor = on.actor(Some(request.into_reason()?));
        let decide =
            |scene: &Scene<'_>, known: Option<User>, id: &UserId| change(scene, known, id, &actor);
        let changed = self.desk.on_user(on, user, decide).await?;
        Ok(Json(Done { changed }))
    }
}
