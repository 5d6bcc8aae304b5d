//! The actions of admins on one user, each for a reason.

use axum::{Json, extract::State};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_domain::{
    AuthenticatorId, Channel, Decision, DecisionContext, Refusal, User, UserId,
    account::{self, Actor, WhoAsks},
    user::Untrusted,
};
use portcullis_http::{
    Problem, ProblemCode, Strict, UserName,
    admin::{ChangeUsers, EraseUsers, IssueBypassCodes, Permission, PermittedOn, ResetUsers},
    answers::{
        BypassProblems, CheckProblems, GuardedUserProblems, OptInProblems, RemovalProblems,
        ResetProblems, UnlockProblems, UserProblems,
    },
    wire::{
        ResetDone, UserErased,
        admin::{
            BypassIssued, CheckSent, Done, EndUserTrustRequest, ExportedUser, ReasonedRequest,
            RemoveAuthenticatorRequest, ResetCodeRequest, UserActionRequest, UserResetRequest,
        },
    },
};

use crate::AppState;

/// Send the user a code, to read out to you before a reset.
///
/// It goes to what the user enrolled for this channel, else to the contact record. It lets nobody
/// in. Send what the user reads out as `code` with the reset, within 10 minutes.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/user/reset-code",
    operation_id = "sendResetCode", tag = "portal users", request_body = ResetCodeRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 202, description = "The code is on its way", body = CheckSent), CheckProblems),
)]
pub(crate) async fn send_reset_code(
    State(state): State<AppState>,
    on: PermittedOn<ResetUsers>,
    Strict(request): Strict<ResetCodeRequest>,
) -> Result<(StatusCode, Json<CheckSent>), Problem> {
    let (user, channel, why) = request.split();
    Ok((StatusCode::ACCEPTED, Json(reset_code(&state, &on, &user, channel, why).await?)))
}

/// Reset a user: what is bound is removed, and sign-ins under way end.
///
/// Check first who asks for it, because whoever has the password can enrol then.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/user/reset",
    operation_id = "resetUserOfPortal", tag = "portal users", request_body = UserResetRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The user is reset", body = ResetDone), ResetProblems),
)]
pub(crate) async fn reset_user(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ResetUsers>,
    Strict(request): Strict<UserResetRequest>,
) -> Result<Json<ResetDone>, Problem> {
    let (user, who_asks, why) = request.split()?;
    reset(&context, &on, &user, who_asks, why).await.map(Json)
}

/// Unlock a user who has to wait; at most twice within 30 days.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/user/unlock",
    operation_id = "unlockUser", tag = "portal users", request_body = UserActionRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "Whether there was anything to unlock", body = Done), UnlockProblems),
)]
pub(crate) async fn unlock(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangeUsers>,
    Strict(request): Strict<UserActionRequest>,
) -> Result<Json<Done>, Problem> {
    let (user, why) = request.split();
    change(&context, &on, &user, why, account::unlock).await.map(Json)
}

/// Clear a remembered skip, so that the next sign-in asks again.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/user/clear-skip",
    operation_id = "clearSkip", tag = "portal users", request_body = UserActionRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "Whether there was a skip", body = Done), OptInProblems),
)]
pub(crate) async fn clear_skip(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangeUsers>,
    Strict(request): Strict<UserActionRequest>,
) -> Result<Json<Done>, Problem> {
    let (user, why) = request.split();
    change(&context, &on, &user, why, account::clear_skip).await.map(Json)
}

/// Remove one of a user's authenticators.
///
/// The last one is removed by a reset alone.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/user/remove-authenticator",
    operation_id = "removeAuthenticator", tag = "portal users",
    request_body = RemoveAuthenticatorRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "It is removed", body = Done), RemovalProblems),
)]
pub(crate) async fn remove_authenticator(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangeUsers>,
    Strict(request): Strict<RemoveAuthenticatorRequest>,
) -> Result<Json<Done>, Problem> {
    let (user, removed, why) = request.split()?;
    remove(&context, &on, &user, removed, why).await.map(Json)
}

/// End trust in one of a user's browsers, or in all of them.
///
/// The next sign-in there asks for the second step. What is bound stays.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/user/end-trust",
    operation_id = "endUserTrust", tag = "portal users", request_body = EndUserTrustRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "True if there was a trusted browser", body = Done), UserProblems),
)]
pub(crate) async fn end_user_trust(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangeUsers>,
    Strict(request): Strict<EndUserTrustRequest>,
) -> Result<Json<Done>, Problem> {
    let (user, untrusted, why) = request.split()?;
    end_trust(&context, &on, &user, untrusted, why).await.map(Json)
}

/// Issue a bypass code.
///
/// It lets the user in once, or opens the enrolment if that waits for a mailed link.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/user/bypass-code",
    operation_id = "issueBypassCode", tag = "portal users", request_body = UserActionRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 201, description = "The code, which is shown only once", body = BypassIssued), BypassProblems),
)]
pub(crate) async fn issue_bypass(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<IssueBypassCodes>,
    Strict(request): Strict<UserActionRequest>,
) -> Result<(StatusCode, Json<BypassIssued>), Problem> {
    let (user, why) = request.split();
    let issued = bypass_code(&context, &on, &user, why).await?;
    Ok((StatusCode::CREATED, Json(issued)))
}

/// Erase everything known about a user.
///
/// Counters and locks are kept for 400 days, without anything personal.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/user/erase",
    operation_id = "eraseUserOfPortal", tag = "portal users", request_body = UserActionRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The user is erased", body = UserErased), GuardedUserProblems),
)]
pub(crate) async fn erase_user(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<EraseUsers>,
    Strict(request): Strict<UserActionRequest>,
) -> Result<Json<UserErased>, Problem> {
    let (user, why) = request.split();
    erase(&context, &on, &user, why).await.map(Json)
}

/// Export everything known about a user, for the user to have (GDPR, article 15).
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/user/export",
    operation_id = "exportUser", tag = "portal users", request_body = UserActionRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "Everything known", body = ExportedUser), UserProblems),
)]
pub(crate) async fn export(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangeUsers>,
    Strict(request): Strict<UserActionRequest>,
) -> Result<Json<ExportedUser>, Problem> {
    let (user, why) = request.split();
    let export = |context: &DecisionContext<'_>, known: Option<User>, id: &UserId, by: &Actor| {
        let decided = account::export(context, known, id, by)?;
        Ok(decided.map(|user| ExportedUser::of(context, &user)))
    };
    act(&context, &on, &user, why, export).await.map(Json)
}

const NOT_REACHED: &str = "No message can be sent to this user through this channel. Use the other one, or check in another way.";

type Decided<T> = Result<Decision<T>, Refusal>;

/// Acts on a user, for a call or a page.
async fn act<P: Permission, T>(
    context: &AppContext,
    on: &PermittedOn<P>,
    user: &UserName,
    why: ReasonedRequest,
    action: impl Fn(&DecisionContext<'_>, Option<User>, &UserId, &Actor) -> Decided<T>,
) -> Result<T, Problem> {
    let actor = on.actor(Some(why.into_reason()?));
    let decide = |context: &DecisionContext<'_>, known: Option<User>, id: &UserId| {
        action(context, known, id, &actor)
    };
    user.command(context, on, decide).await
}

/// Sends a user a code to read out.
pub(crate) async fn reset_code(
    AppState { context, sender }: &AppState,
    on: &PermittedOn<ResetUsers>,
    user: &UserName,
    channel: Channel,
    why: ReasonedRequest,
) -> Result<CheckSent, Problem> {
    let actor = on.actor(Some(why.into_reason()?));
    let decide = |context: &DecisionContext<'_>, known: Option<User>, id: &UserId| {
        account::send_reset_code(context, known, id, channel, &actor)
    };
    let sent = user.command_that_sends(context, on, decide).await;
    let not_reached = |problem: Problem| match problem.code() == ProblemCode::MethodNotOffered {
        true => Problem::new(ProblemCode::NoDestination, NOT_REACHED),
        false => problem,
    };
    let (dispatch, locator, charged) = sent.map_err(not_reached)?;
    let outcome = sender.send_check(context, on, locator, charged, &dispatch).await?;
    Ok(CheckSent::of(&dispatch, outcome))
}

/// Resets a user.
pub(crate) async fn reset(
    context: &AppContext,
    on: &PermittedOn<ResetUsers>,
    user: &UserName,
    who_asks: WhoAsks,
    why: ReasonedRequest,
) -> Result<ResetDone, Problem> {
    let reset = |context: &DecisionContext<'_>, known: Option<User>, id: &UserId, by: &Actor| {
        account::reset(context, known, id, by, &who_asks)
    };
    Ok(act(context, on, user, why, reset).await?.into())
}

/// A change that says whether there was anything to do.
pub(crate) type Change = fn(&DecisionContext<'_>, Option<User>, &UserId, &Actor) -> Decided<bool>;

pub(crate) async fn change(
    context: &AppContext,
    on: &PermittedOn<ChangeUsers>,
    user: &UserName,
    why: ReasonedRequest,
    change: Change,
) -> Result<Done, Problem> {
    Ok(Done { changed: act(context, on, user, why, change).await? })
}

/// Removes one of a user's authenticators.
pub(crate) async fn remove(
    context: &AppContext,
    on: &PermittedOn<ChangeUsers>,
    user: &UserName,
    removed: AuthenticatorId,
    why: ReasonedRequest,
) -> Result<Done, Problem> {
    let remove = |context: &DecisionContext<'_>, known: Option<User>, id: &UserId, by: &Actor| {
        account::remove_authenticator(context, known, id, removed, by)
    };
    act(context, on, user, why, remove).await?;
    Ok(Done { changed: true })
}

/// Ends trust in browsers of a user.
pub(crate) async fn end_trust(
    context: &AppContext,
    on: &PermittedOn<ChangeUsers>,
    user: &UserName,
    untrusted: Untrusted,
    why: ReasonedRequest,
) -> Result<Done, Problem> {
    let end = |context: &DecisionContext<'_>, known: Option<User>, id: &UserId, by: &Actor| {
        account::end_trust(context, known, id, untrusted, by)
    };
    Ok(Done { changed: act(context, on, user, why, end).await?.changed })
}

pub(crate) async fn bypass_code(
    context: &AppContext,
    on: &PermittedOn<IssueBypassCodes>,
    user: &UserName,
    why: ReasonedRequest,
) -> Result<BypassIssued, Problem> {
    let (code, bypass) = act(context, on, user, why, account::issue_bypass).await?;
    Ok(BypassIssued { code: code.grouped(), expires_at: bypass.expires_at.unix() })
}

pub(crate) async fn erase(
    context: &AppContext,
    on: &PermittedOn<EraseUsers>,
    user: &UserName,
    why: ReasonedRequest,
) -> Result<UserErased, Problem> {
    act(context, on, user, why, account::erase).await?;
    Ok(UserErased { erased: true })
}
