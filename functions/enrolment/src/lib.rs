//! Binds what a user signs in with: start, confirm, or skip if the policy lets users decline.

use portcullis_app::{AppContext, Caller, MessageSender};
mod prompt;
mod users;

use axum::{
    Json, Router,
    extract::{FromRef, State},
    http::StatusCode,
    routing::{get, post},
};
use portcullis_domain::{
    DecisionContext, Malformed, SignInId,
    sign_in::{
        SignInView,
        challenge::SendOutcome,
        confirm,
        enrol::{self, Enrolling, Start},
        manage, passkey, second_way, skip,
    },
};
use portcullis_http::{
    Problem, ServiceUrl, SignInPath, Strict, WithKey,
    answers::{ChangeProblems, ConfirmProblems, EnrolmentProblems, SkipProblems},
    scope, signed_view,
    wire::{
        ConfirmRequest, Confirmation, EnrolmentRequest, SettingsCommand, SettingsRequest,
        SignInAnswer,
    },
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
        .route("/prompt/{id}/enrolment", get(prompt::show).post(prompt::start))
        .route("/prompt/{id}/enrolment/confirm", post(prompt::confirm))
        .route("/prompt/{id}/skip", post(prompt::skip))
        .route("/prompt/{id}/settings", get(prompt::ask).post(prompt::change));
    portcullis_http::finished("enrolment", routes, state)
}

portcullis_http::api!(
    AppState,
    self::{start, confirm, skip, change_settings},
    users::{mfa_state, replace_contact, erase, opt_in, unset_default, end_trust, activity},
);

/// Start an enrolment: a secret for an app, options for a passkey, or a code to a destination of
/// the user's own.
#[utoipa::path(
    post, path = "/v1/sign-ins/{id}/enrolment",
    operation_id = "startEnrolment", tag = "enrolment", request_body = EnrolmentRequest,
    params(SignInPath),
    responses((status = 201, description = "What the user needs to continue", body = SignInAnswer), EnrolmentProblems),
)]
async fn start(
    State(state): State<AppState>,
    caller: WithKey<scope::SignIn>,
    service: ServiceUrl,
    SignInPath(id): SignInPath,
    Strict(request): Strict<EnrolmentRequest>,
) -> Result<(StatusCode, Json<SignInAnswer>), Problem> {
    let (outcome, view) = state.start(&caller, &id, &request.into_command()).await?;
    let answer = signed_view(&state.context, &service, &view, outcome).await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Confirm what is being enrolled: with a code from it, or the passkey that the browser made.
#[utoipa::path(
    post, path = "/v1/sign-ins/{id}/enrolment/confirm",
    operation_id = "confirmEnrolment", tag = "enrolment", request_body = ConfirmRequest,
    params(SignInPath),
    responses((status = 200, description = "It is bound, and the user is in", body = SignInAnswer), ConfirmProblems),
)]
async fn confirm(
    State(state): State<AppState>,
    caller: WithKey<scope::SignIn>,
    service: ServiceUrl,
    SignInPath(id): SignInPath,
    Strict(request): Strict<ConfirmRequest>,
) -> Result<Json<SignInAnswer>, Problem> {
    let view = state.confirm(&caller, &id, &request.into_confirmation()).await?;
    Ok(Json(signed_view(&state.context, &service, &view, SendOutcome::Sent).await?))
}

/// Skip enrolment for now, if the policy lets users decline.
#[utoipa::path(
    post, path = "/v1/sign-ins/{id}/skip",
    operation_id = "skipEnrolment", tag = "enrolment", params(SignInPath),
    responses((status = 200, description = "The user is in", body = SignInAnswer), SkipProblems),
)]
async fn skip(
    State(state): State<AppState>,
    caller: WithKey<scope::SignIn>,
    service: ServiceUrl,
    SignInPath(id): SignInPath,
) -> Result<Json<SignInAnswer>, Problem> {
    let view = state.skip(&caller, &id).await?;
    Ok(Json(signed_view(&state.context, &service, &view, SendOutcome::Sent).await?))
}

/// Change the user's own security settings: remove or rename an authenticator, un-set the default,
/// or end trust in browsers.
///
/// The sign-in's event is `manage`, and the user is in by a proof of the last ten minutes.
#[utoipa::path(
    post, path = "/v1/sign-ins/{id}/settings",
    operation_id = "changeSettings", tag = "enrolment", request_body = SettingsRequest,
    params(SignInPath),
    responses((status = 200, description = "The settings as they are now", body = SignInAnswer), ChangeProblems),
)]
async fn change_settings(
    State(state): State<AppState>,
    caller: WithKey<scope::SignIn>,
    service: ServiceUrl,
    SignInPath(id): SignInPath,
    Strict(request): Strict<SettingsRequest>,
) -> Result<Json<SignInAnswer>, Problem> {
    let view = state.change_settings(&caller, &id, &request.into_command()).await?;
    Ok(Json(signed_view(&state.context, &service, &view, SendOutcome::Sent).await?))
}

/// The commands that portals and the prompt's pages share.
impl AppState {
    async fn start(
        &self,
        caller: &impl Caller,
        id: &SignInId,
        command: &Result<Start, Malformed>,
    ) -> Result<(SendOutcome, SignInView), Problem> {
        let Self { context, sender } = self;
        let decide = |context: &DecisionContext<'_>, user| match command {
            Ok(command) => enrol::start_enrolment_in(context, user, id, command),
            Err(malformed) => Err((*malformed).into()),
        };
        let (enrolling, charged) = context.send_on_sign_in(caller, id, decide).await?;
        let dispatch = match enrolling {
            Enrolling::Shown(view) => return Ok((SendOutcome::Sent, *view)),
            Enrolling::Delivered(dispatch) => dispatch,
        };
        let delivered = sender.send(context, caller, id.locator, charged, &dispatch).await?;
        Ok(delivered.or_error(&dispatch, context)?)
    }

    async fn confirm(
        &self,
        caller: &impl Caller,
        id: &SignInId,
        given: &Result<Confirmation, Malformed>,
    ) -> Result<SignInView, Problem> {
        let decide = |context: &DecisionContext<'_>, user| match given {
            Ok(Confirmation::Code(code)) => confirm::confirm_enrolment(context, user, id, code),
            Ok(Confirmation::Passkey(made)) => {
                let client_data = made.client_data()?;
                let made = made.registration(&client_data);
                passkey::confirm_passkey(context, user, id, &made)
            }
            Err(malformed) => Err((*malformed).into()),
        };
        Ok(self.context.on_sign_in(caller, id, decide).await?.0)
    }

    async fn change_settings(
        &self,
        caller: &impl Caller,
        id: &SignInId,
        command: &Result<SettingsCommand, Malformed>,
    ) -> Result<SignInView, Problem> {
        let decide = |context: &DecisionContext<'_>, user| match command {
            Ok(SettingsCommand::Remove(removed)) => {
                manage::remove::remove(context, user, id, *removed)
            }
            Ok(SettingsCommand::Rename(renamed, name)) => {
                manage::rename::rename(context, user, id, *renamed, name.as_ref())
            }
            Ok(SettingsCommand::UnsetDefault) => {
                manage::unset_default::unset_default(context, user, id)
            }
            Ok(SettingsCommand::EndTrust(untrusted)) => {
                manage::end_trust::end_trust(context, user, id, *untrusted)
            }
            Ok(SettingsCommand::AddSecondWay) => second_way::accept(context, user, id),
            Ok(SettingsCommand::DeclineSecondWay) => second_way::decline(context, user, id),
            Ok(SettingsCommand::AddPasskey) => passkey::offer::accept(context, user, id),
            Ok(SettingsCommand::DeclinePasskey) => passkey::offer::decline(context, user, id),
            Ok(SettingsCommand::NewRecoveryCodes) => {
                manage::renew_codes::renew_codes(context, user, id)
            }
            Err(malformed) => Err((*malformed).into()),
        };
        Ok(self.context.on_sign_in(caller, id, decide).await?.0)
    }

    async fn skip(&self, caller: &impl Caller, id: &SignInId) -> Result<SignInView, Problem> {
        let decide = |context: &DecisionContext<'_>, user| skip::skip_enrolment(context, user, id);
        Ok(self.context.on_sign_in(caller, id, decide).await?.0)
    }
}
