//! The second step again, within a session that is open: for acts that let others in or cannot be
//! undone. It is a sign-in of the portal `console` like the one that began the session, so its
//! guesses are counted with all others.

use axum::{Json, extract::State};
use portcullis_app::AppContext;
use portcullis_domain::{
    BrowserToken, Code, ContactUpdate, DecisionContext, FormId, Nonce, Refusal, Timestamp,
    admin::Admin,
    limits,
    sign_in::{
        Acr, Event, Status,
        open::{self, Open},
        second_step,
        within_session::{self, OwnSession},
    },
};
use portcullis_http::{
    Problem, Strict,
    admin::{ActiveSession, Console},
    answers::SecondStepProblems,
    wire::{
        PasskeyProof,
        admin::{ProofRequest, Proved},
    },
};

use crate::{AppState, origin::Origin, password};

/// Do the second step again.
///
/// Some acts ask for it within the last 5 minutes: issuing API keys, creating or deleting a portal,
/// the settings, admins and their roles, bypass codes, and erasing a user.
#[utoipa::path(
    post, path = "/v1/admin/session/proof",
    operation_id = "repeatSecondStep", tag = "admin session", request_body = ProofRequest,
    responses((status = 200, description = "The second step is fresh again", body = Proved), SecondStepProblems),
)]
pub(crate) async fn prove(
    State(AppState { context, .. }): State<AppState>,
    origin: Origin,
    session: ActiveSession,
    Strict(request): Strict<ProofRequest>,
) -> Result<Json<Proved>, Problem> {
    let code = Code::parse(&request.code)?;
    let origin = origin.with_token(request.browser_token.as_deref());
    let proved_at = again(&context, &origin, &session, code).await?;
    Ok(Json(Proved { fresh_until: proved_at.plus(limits::FRESH_PROOF_SECONDS).unix() }))
}

/// Checks the code, and takes down that the second step was done; returns the moment.
pub(crate) async fn again(
    context: &AppContext,
    origin: &Origin,
    session: &ActiveSession,
    code: Code,
) -> Result<Timestamp, Problem> {
    let (id, locator) = (&session.admin.value.id, session.locator);
    let browser_token: Option<BrowserToken> = password::own_token(context, origin, id).await?;
    let open = Open {
        user: id.as_user().clone(),
        contact: ContactUpdate::default(),
        event: Event::Login,
        acr: Acr::default(),
        max_age: None,
        oidc: None,
        nonce: Nonce::parse(&hex::encode(context.random::<16>()?))?,
        ticket: None,
        return_url: None,
        browser_token,
        device: None,
        code: Some(code),
    };
    let decide =
        |context: &DecisionContext<'_>, user| open::open_sign_in(context, user, locator, &open);
    let (opened, _) = context.command(&Console::default(), locator, None, decide).await?;
    match opened.view.status {
        Status::Allowed(acceptance) => second_step::was_done(acceptance.mfa)?,
        Status::Waiting(_) | Status::Dead => return Err(Refusal::SecondStepMissing.into()),
    }
    note(context, session, context.now()).await
}

/// Checks the passkey that a form of this session asked for, and takes down that the second step
/// was done; returns the moment.
pub(crate) async fn by_passkey(
    context: &AppContext,
    session: &ActiveSession,
    form: FormId,
    used: &PasskeyProof,
) -> Result<Timestamp, Problem> {
    let own = OwnSession { locator: session.locator, hash: &session.hash };
    let decide = |context: &DecisionContext<'_>, user| {
        let client_data = used.client_data()?;
        own.prove_by_passkey(context, user, form, &used.response(&client_data))
    };
    let (view, _) = context.command(&Console::default(), session.locator, None, decide).await?;
    note(context, session, within_session::proven(&view.status)?.at).await
}

async fn note(
    context: &AppContext,
    session: &ActiveSession,
    proved_at: Timestamp,
) -> Result<Timestamp, Problem> {
    let prove = |admin: &mut Admin| {
        admin.prove_session(&session.hash, proved_at)?;
        Ok(None)
    };
    context.change_admin(session.locator, prove).await?;
    Ok(proved_at)
}
