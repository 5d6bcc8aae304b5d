//! Takes away what a user has bound, does what else an admin does for one user, and stops the
//! sign-in of a user who says that a change was somebody else's.

use portcullis_app::{AppContext, MessageSender};
mod admin;
mod bulk_reminder;
mod bulk_reset;
mod console;
mod freeze;
mod walk;

use axum::{
    Json, Router,
    extract::{FromRef, State},
};
use portcullis_domain::{
    DecisionContext, User, UserId,
    account::{self, WhoAsks},
};
use portcullis_http::{
    Problem, Strict, WithKey,
    admin::SessionTouch,
    answers::ResetProblems,
    scope,
    wire::{ResetDone, ResetRequest},
};
use portcullis_keys::{KeyPurpose, Purposes};

#[derive(Clone)]
pub struct AppState {
    pub context: AppContext,
    pub sender: MessageSender,
}

impl FromRef<AppState> for AppContext {
    fn from_ref(state: &AppState) -> Self {
        state.context.clone()
    }
}

impl FromRef<AppState> for SessionTouch {
    // This function may not write admins.
    fn from_ref(_: &AppState) -> Self {
        Self::No
    }
}

/// The purposes whose keys this function opens.
pub const PURPOSES: Purposes = Purposes::lookup_and(&[KeyPurpose::Codes, KeyPurpose::Settings]);

/// The routes of this function.
pub fn router(state: AppState) -> Router {
    let routes = api_routes().merge(console::routes(state.context.clone())).merge(freeze::routes());
    portcullis_http::finished("reset", routes, state)
}

portcullis_http::api!(
    AppState,
    self::{reset_user},
    admin::{
        send_reset_code, reset_user, unlock, issue_bypass, clear_skip, remove_authenticator,
        end_user_trust,
        erase_user, export,
    },
    bulk_reminder::{remind},
    bulk_reset::{step},
);

/// Reset a user; the portal vouches for an admin of its own.
#[utoipa::path(
    post, path = "/v1/user/reset",
    operation_id = "resetUser", tag = "users", request_body = ResetRequest,
    responses((status = 200, description = "The user is reset", body = ResetDone), ResetProblems),
)]
async fn reset_user(
    State(AppState { context, .. }): State<AppState>,
    caller: WithKey<scope::Reset>,
    Strict(request): Strict<ResetRequest>,
) -> Result<Json<ResetDone>, Problem> {
    let (name, actor) = request.into_actor()?;
    let decide = |context: &DecisionContext<'_>, user: Option<User>, id: &UserId| {
        account::reset(context, user, id, &actor, &WhoAsks::Unsaid)
    };
    let done = name.protect(&context, &caller, decide).await?;
    Ok(Json(done.into()))
}
