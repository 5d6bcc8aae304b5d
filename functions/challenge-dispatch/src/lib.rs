//! Opens sign-ins, shows them again, and sends codes.

mod oidc;
mod prompt;
mod twilio;

use axum::{
    Json, Router,
    extract::{FromRef, State},
    http::StatusCode,
    routing::{get, post},
};
use portcullis_app::{About, AppContext, Caller, MessageSender, TWILIO_REPORTS, WithText};
use portcullis_domain::{
    DecisionContext, Method, SignInId,
    sign_in::{
        SignInView,
        challenge::{self, Asked, SendOutcome},
        open,
    },
};
use portcullis_http::{
    Problem, ServiceUrl, SignInPath, Strict, WithKey,
    answers::{OpenProblems, SendProblems, SignInProblems},
    scope, signed_view,
    wire::{ChallengeRequest, Parsed, SignInAnswer, SignInRequest},
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

/// The purposes whose keys this function opens.
pub const PURPOSES: Purposes = Purposes::lookup_and(&[
    KeyPurpose::Seal,
    KeyPurpose::Codes,
    KeyPurpose::Signing,
    KeyPurpose::Settings,
]);

/// The routes of this function.
pub fn router(state: AppState) -> Router {
    let routes = api_routes()
        .route("/prompt/{id}", get(prompt::show))
        .route("/prompt/{id}/challenge", post(prompt::send_code))
        .route(TWILIO_REPORTS, post(twilio::report))
        .route("/oidc/par", post(oidc::push))
        .route("/oidc/authorize", get(oidc::authorize).post(oidc::authorize_posted));
    portcullis_http::finished("challenge-dispatch", routes, state)
}

portcullis_http::api!(AppState, self::{open_sign_in, look, send_code});

/// Open a sign-in, after the portal has checked the password.
#[utoipa::path(
    post, path = "/v1/sign-ins",
    operation_id = "openSignIn", tag = "sign-ins", request_body = SignInRequest,
    responses((status = 201, description = "What the user must do now", body = SignInAnswer), OpenProblems),
)]
async fn open_sign_in(
    State(AppState { context, sender }): State<AppState>,
    caller: WithKey<scope::SignIn>,
    service: ServiceUrl,
    Strict(request): Strict<SignInRequest>,
) -> Result<(StatusCode, Json<SignInAnswer>), Problem> {
    let (command, text) = request.into_command()?;
    let caller = WithText { caller: &caller, text };
    let locator = context.keyring().await?.locator(caller.portal(), &command.user);
    let decide =
        |context: &DecisionContext<'_>, user| open::open_sign_in(context, user, locator, &command);
    let about = About::Opening(&command);
    let (opened, charged) = context.command_that_sends(&caller, locator, about, decide).await?;
    context.note_sign_in(&opened.view.id).await?;
    let (view, outcome) = match (&opened.dispatch, &opened.link) {
        (Some(dispatch), _) => {
            let sent = sender.send(&context, &caller, locator, charged, dispatch).await?;
            (sent.view.map_or(opened.view, |view| *view), sent.outcome)
        }
        (None, Some(link)) => {
            let outcome = sender.send_link(&context, &caller, locator, charged, link).await?;
            (opened.view, outcome)
        }
        (None, None) => (opened.view, SendOutcome::Sent),
    };
    Ok((StatusCode::CREATED, Json(signed_view(&context, &service, &view, outcome).await?)))
}

/// Look at a sign-in again: the way back after a lost reply.
#[utoipa::path(
    get, path = "/v1/sign-ins/{id}",
    operation_id = "readSignIn", tag = "sign-ins", params(SignInPath),
    responses((status = 200, description = "Where it stands", body = SignInAnswer), SignInProblems),
)]
async fn look(
    State(AppState { context, .. }): State<AppState>,
    caller: WithKey<scope::SignIn>,
    service: ServiceUrl,
    SignInPath(id): SignInPath,
) -> Result<Json<SignInAnswer>, Problem> {
    let (view, _) =
        context.on_sign_in(&caller, &id, |context, user| open::look(context, user, &id)).await?;
    Ok(Json(signed_view(&context, &service, &view, SendOutcome::Sent).await?))
}

/// Send a code by one of the ways on offer.
#[utoipa::path(
    post, path = "/v1/sign-ins/{id}/challenge",
    operation_id = "sendCode", tag = "sign-ins", request_body = ChallengeRequest,
    params(SignInPath),
    responses((status = 202, description = "A code is on its way", body = SignInAnswer), SendProblems),
)]
async fn send_code(
    State(state): State<AppState>,
    caller: WithKey<scope::SignIn>,
    service: ServiceUrl,
    SignInPath(id): SignInPath,
    Strict(request): Strict<ChallengeRequest>,
) -> Result<(StatusCode, Json<SignInAnswer>), Problem> {
    let caller = WithText { caller: &caller, text: request.text.map(Parsed::value) };
    let (outcome, view) = state.send(&caller, &id, request.method.into()).await?;
    let answer = signed_view(&state.context, &service, &view, outcome).await?;
    Ok((StatusCode::ACCEPTED, Json(answer)))
}

impl AppState {
    /// Sends a code, whoever asks for it.
    async fn send(
        &self,
        caller: &impl Caller,
        id: &SignInId,
        method: Method,
    ) -> Result<(SendOutcome, SignInView), Problem> {
        let Self { context, sender } = self;
        let decide = |context: &DecisionContext<'_>, user| {
            challenge::request_code(context, user, id, method)
        };
        let (asked, charged) = context.send_on_sign_in(caller, id, decide).await?;
        let dispatch = match asked {
            Asked::Code(dispatch) => dispatch,
            Asked::Chosen(view) => return Ok((SendOutcome::Sent, *view)),
        };
        let delivered = sender.send(context, caller, id.locator, charged, &dispatch).await?;
        Ok(delivered.or_error(&dispatch, context)?)
    }
}
