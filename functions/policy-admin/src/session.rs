//! Signing admins in through the product itself: the password here, the second step as a user of
//! the portal `console`.

use axum::{Json, extract::State};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_domain::{
    BrowserToken, ContactUpdate, DecisionContext, PortalId, Refusal, SignInId, User,
    admin::{Admin, AdminId, Stage, Visitor},
    sign_in::{
        Acr, Event, SignInView, Status,
        challenge::SendOutcome,
        enrol::{self, Enrol, Enrolling},
        open::{self, Open},
        second_step,
        verify::Typed,
    },
    user::{By, EntryKind},
};
use portcullis_http::{
    Problem, Strict,
    admin::{ActiveSession, AnySession, BeforeSecondStep, Console},
    answers::{PasswordProblems, SecondStepProblems},
    view,
    wire::{
        AppEnrolment, CodeRequest,
        admin::{
            ChangePassword, PasswordChanged, SessionActive, SessionOpened, SessionStatusName,
            SessionView, SignInWithPassword, SignedOut,
        },
    },
};
use portcullis_keys::SessionSecret;

use crate::{AppState, origin::Origin, password, strength};

/// Sign in with name and password. The session then awaits the second step.
#[utoipa::path(
    post, path = "/v1/admin/session",
    operation_id = "openSession", tag = "admin session", request_body = SignInWithPassword,
    responses((status = 201, description = "A session that awaits its second step", body = SessionOpened), PasswordProblems),
)]
pub(crate) async fn open(
    State(state): State<AppState>,
    origin: Origin,
    Strict(request): Strict<SignInWithPassword>,
) -> Result<(StatusCode, Json<SessionOpened>), Problem> {
    let origin = origin.with_token(request.browser_token.as_deref());
    let (secret, waiting) = begin(&state, &origin, &request, None).await?;
    let waiting = second_step::for_calls(waiting);
    let shown = view(&waiting, SendOutcome::Sent);
    Ok((
        StatusCode::CREATED,
        Json(SessionOpened {
            session: secret.expose().to_owned(),
            status: shown.status,
            message: shown.message,
            links: shown.links,
            expires_at: waiting.expires_at.unix(),
        }),
    ))
}

/// Checks name and password, and begins a session that awaits its second step: by calls, or at the
/// prompt, which sends the browser back to `return_url`.
pub(crate) async fn begin(
    state: &AppState,
    origin: &Origin,
    given: &SignInWithPassword,
    return_url: Option<&str>,
) -> Result<(SessionSecret, SignInView), Problem> {
    let context = &state.context;
    let id = AdminId::parse(&given.name)?;
    let token = password::own_token(context, origin, &id).await?;
    let visitor = match token {
        Some(token) => Visitor::Known(token.id),
        None => Visitor::Stranger(origin.address),
    };
    let checked = password::check_password(state, &visitor, &id, &given.password).await?;
    let locator = checked.locator;
    checked.admin.may_begin(context.now())?;
    let secret = SessionSecret::new(locator, context.random()?);
    let open = Open {
        user: id.as_user().clone(),
        contact: ContactUpdate::default(),
        event: Event::Login,
        acr: Acr::default(),
        max_age: None,
        oidc: None,
        nonce: secret.hash().nonce()?,
        ticket: None,
        return_url: return_url.map(str::to_owned),
        browser_token: token,
        code: None,
        device: None,
    };
    let decide =
        |context: &DecisionContext<'_>, user| open::open_sign_in(context, user, locator, &open);
    let (opened, _) = context.command(&Console::default(), locator, None, decide).await?;
    let waiting = opened.view;
    context.note_sign_in(&waiting.id).await?;
    let begin = |admin: &mut Admin| {
        admin.still_has(&checked.admin.password)?;
        admin.may_begin(context.now())?;
        admin.begin_session(secret.hash(), waiting.id.key, origin.device, context.now());
        Ok(None)
    };
    context.change_admin(locator, begin).await?;
    Ok((secret, waiting))
}

/// Shows who is signed in, and the stage of the session.
#[utoipa::path(
    get, path = "/v1/admin/session",
    operation_id = "readSession", tag = "admin session",
    responses((status = 200, description = "The session", body = SessionView)),
)]
pub(crate) async fn look(session: AnySession) -> Json<SessionView> {
    Json(view_of(&session.admin.value, session.stage, session.ends_at.unix()))
}

/// Sign out: the session ends.
#[utoipa::path(
    delete, path = "/v1/admin/session",
    operation_id = "closeSession", tag = "admin session",
    responses((status = 200, description = "The session has ended", body = SignedOut)),
)]
pub(crate) async fn sign_out(
    State(AppState { context, .. }): State<AppState>,
    session: AnySession,
) -> Result<Json<SignedOut>, Problem> {
    let end = |admin: &mut Admin| {
        admin.end_session(&session.hash);
        Ok(None)
    };
    context.change_admin(session.locator, end).await?;
    Ok(Json(SignedOut { signed_out: true }))
}

/// Set up an authenticator app, the first time and after a reset.
///
/// The answer is the same until the app is confirmed.
#[utoipa::path(
    post, path = "/v1/admin/session/enrolment",
    operation_id = "setUpApp", tag = "admin session",
    responses((status = 201, description = "What the app is given", body = AppEnrolment), SecondStepProblems),
)]
pub(crate) async fn enrol(
    State(AppState { context, .. }): State<AppState>,
    session: BeforeSecondStep,
) -> Result<(StatusCode, Json<AppEnrolment>), Problem> {
    let id = sign_in(&context, &session).await?;
    let decide = |context: &DecisionContext<'_>, user: Option<User>| {
        second_step::by_calls(SignInView::find(context, user.as_ref(), &id)?.1)?;
        enrol::start_enrolment(context, user, &id, &Enrol::App)
    };
    match context.on_sign_in(&Console::default(), &id, decide).await?.0 {
        Enrolling::Shown(view) => {
            let key = view.app_key().ok_or(Refusal::AnotherStep)?;
            Ok((StatusCode::CREATED, Json(AppEnrolment::of(key)?)))
        }
        Enrolling::Delivered(_) => Err(Refusal::AnotherStep.into()),
    }
}

/// Complete the second step with a code of the app, or with a bypass code of another operator.
///
/// The code also confirms an app that is being set up. The answer has another secret for the
/// session, and the one before is void. Send the same code again if the answer was lost.
#[utoipa::path(
    post, path = "/v1/admin/session/verify",
    operation_id = "completeSecondStep", tag = "admin session", request_body = CodeRequest,
    responses((status = 200, description = "The admin is in", body = SessionActive), SecondStepProblems),
)]
pub(crate) async fn verify(
    State(AppState { context, .. }): State<AppState>,
    session: BeforeSecondStep,
    Strict(request): Strict<CodeRequest>,
) -> Result<Json<SessionActive>, Problem> {
    let id = sign_in(&context, &session).await?;
    let typed = Typed::parse(&request.code)?;
    let decide = |context: &DecisionContext<'_>, user| {
        second_step::verify_second_step(context, user, &id, &typed)
    };
    let (waiting, _) = context.on_sign_in(&Console::default(), &id, decide).await?;
    match waiting.status {
        Status::Allowed(acceptance) => second_step::was_done(acceptance.mfa)?,
        Status::Waiting(_) | Status::Dead => return Err(Refusal::SecondStepMissing.into()),
    }
    let (secret, view) = activate(&context, &session).await?;
    let browser_token = waiting.browser_token.as_ref().map(BrowserToken::expose);
    Ok(Json(SessionActive { session: secret.expose().to_owned(), browser_token, view }))
}

/// Lets an admin in whose second step is done, with another secret for the session.
pub(crate) async fn activate(
    context: &AppContext,
    session: &BeforeSecondStep,
) -> Result<(SessionSecret, SessionView), Problem> {
    let secret = SessionSecret::new(session.locator, context.random()?);
    let activate = |admin: &mut Admin| {
        admin.activate_session(&session.awaiting, secret.hash(), context.now())?;
        Ok(None)
    };
    let admin = context.change_admin(session.locator, activate).await?;
    let active = admin.session(&secret.hash(), context.now())?;
    let view = view_of(&admin, active.stage, active.ends_at().unix());
    Ok((secret, view))
}

/// Change your password. Every session ends, this one included, unless it replaces a first one.
#[utoipa::path(
    put, path = "/v1/admin/session/password",
    operation_id = "changePassword", tag = "admin session", request_body = ChangePassword,
    responses((status = 200, description = "The password is changed", body = PasswordChanged), PasswordProblems),
)]
pub(crate) async fn change_password(
    State(state): State<AppState>,
    session: ActiveSession,
    Strict(request): Strict<ChangePassword>,
) -> Result<Json<PasswordChanged>, Problem> {
    let context = &state.context;
    let admin = &session.admin.value;
    let portals = admin.role.portals();
    let portals: Vec<&str> = portals.into_iter().map(PortalId::as_str).collect();
    let new = strength::choose(&request.new, &admin.id, &portals)?;
    if request.new == request.current {
        return Err(Problem::bad_request("new must be another password than the current one."));
    }
    let id = &session.admin.value.id;
    let visitor = Visitor::Session(session.hash);
    let checked = password::check_password(&state, &visitor, id, &request.current).await?;
    let hash = state.hasher.hash(&new, context.random()?)?;
    let change = |admin: &mut Admin| {
        admin.still_has(&checked.admin.password)?;
        admin.session(&session.hash, context.now())?;
        admin.choose_password(hash.clone(), &session.hash);
        Ok(Some(context.entry(EntryKind::PasswordChanged, &By::Admin(id.clone()))))
    };
    let admin = context.change_admin(session.locator, change).await?;
    let sign_in_again = admin.session(&session.hash, context.now()).is_err();
    Ok(Json(PasswordChanged { sign_in_again }))
}

/// The sign-in a session awaits.
pub(crate) async fn sign_in(
    context: &AppContext,
    session: &BeforeSecondStep,
) -> Result<SignInId, Problem> {
    let (console, keyring) = (PortalId::console(), context.keyring().await?);
    Ok(SignInId::new(console, session.locator, session.awaiting.sign_in, &*keyring))
}

fn view_of(admin: &Admin, stage: Stage, expires_at: i64) -> SessionView {
    let status = match stage {
        Stage::AwaitsMfa(_) => SessionStatusName::SecondStep,
        Stage::Active if admin.must_choose_password() => SessionStatusName::PasswordMustChange,
        Stage::Active => SessionStatusName::Active,
    };
    SessionView { name: admin.id.to_string(), status, role: admin.role.clone(), expires_at }
}
