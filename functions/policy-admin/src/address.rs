//! The address at which admins are told of changes to their own account. A code that was sent there
//! confirms it.

use axum::{Json, extract::State};
use http::StatusCode;
use portcullis_app::{About, AppContext};
use portcullis_domain::{
    Code, Decision, DecisionContext, Email, Method, Refusal, User,
    account::{self, Actor},
    admin::Reach,
};
use portcullis_http::{
    Problem, ProblemCode, Strict,
    admin::{Console, OwnAccount, SignedIn},
    answers::{AddressProblems, CheckProblems},
    wire::{
        CodeRequest,
        admin::{AddressRequest, AddressView, CheckSent},
    },
};

use crate::AppState;

const NO_SENDER: &str = "Emails cannot be sent yet, because no sender is set. Ask an operator to set email_from in the settings, and try again.";

/// Show the address at which you are told of changes to your account.
#[utoipa::path(
    get, path = "/v1/admin/session/address",
    operation_id = "readAddress", tag = "admin session",
    responses((status = 200, description = "The address, and the code that is under way to another one", body = AddressView)),
)]
pub(crate) async fn look(
    State(AppState { context, .. }): State<AppState>,
    admin: SignedIn,
) -> Result<Json<AddressView>, Problem> {
    let look = |context: &DecisionContext<'_>, user: Option<User>| {
        Ok(Decision::unchanged(AddressView::of(user.as_ref(), context.now)))
    };
    let (view, _) = context.command(&Console::default(), admin.locator, None, look).await?;
    Ok(Json(view))
}

/// Have a code sent to the address at which you want to be told of changes to your account.
#[utoipa::path(
    put, path = "/v1/admin/session/address",
    operation_id = "changeAddress", tag = "admin session", request_body = AddressRequest,
    responses((status = 202, description = "The code is on its way", body = CheckSent), CheckProblems),
)]
pub(crate) async fn enter(
    State(AppState { context, sender, .. }): State<AppState>,
    own: OwnAccount,
    Strict(request): Strict<AddressRequest>,
) -> Result<(StatusCode, Json<CheckSent>), Problem> {
    let address = Email::parse(&request.address)?;
    address.deliverable()?;
    let (actor, locator, console) = (actor(&own), own.admin.locator, Console::default());
    let decide = |context: &DecisionContext<'_>, user: Option<User>| {
        let id = own.admin.id.as_user();
        account::send_address_code(context, user, id, &address, &actor)
    };
    let sent = context.command_that_sends(&console, locator, About::NoSignIn, decide).await;
    let (dispatch, charged) = match sent {
        Err(error) if error.is_refused(&Refusal::NotOffered(Method::Email)) => {
            return Err(Problem::new(ProblemCode::SettingsRefused, NO_SENDER));
        }
        sent => sent?,
    };
    let outcome = sender.send_check(&context, &console, locator, charged, &dispatch).await?;
    Ok((StatusCode::ACCEPTED, Json(CheckSent::of(&dispatch, outcome))))
}

/// Confirm the address with the code that was sent there. The previous address is told.
///
/// If the answer was lost, look at the address: the code works once.
#[utoipa::path(
    post, path = "/v1/admin/session/address/verify",
    operation_id = "confirmAddress", tag = "admin session", request_body = CodeRequest,
    responses((status = 200, description = "The address is yours", body = AddressView), AddressProblems),
)]
pub(crate) async fn verify(
    State(AppState { context, .. }): State<AppState>,
    own: OwnAccount,
    Strict(request): Strict<CodeRequest>,
) -> Result<Json<AddressView>, Problem> {
    confirm(&context, &own, &Code::parse(&request.code)?).await.map(Json)
}

/// Compares the code, for a call or a page.
pub(crate) async fn confirm(
    context: &AppContext,
    own: &OwnAccount,
    code: &Code,
) -> Result<AddressView, Problem> {
    let actor = actor(own);
    let decide = |context: &DecisionContext<'_>, user: Option<User>| {
        account::confirm_address(context, user, own.admin.id.as_user(), code, &actor)
    };
    let (_, after) = context.command(&Console::default(), own.admin.locator, None, decide).await?;
    Ok(AddressView::of(after.user.as_ref(), context.now()))
}

fn actor(own: &OwnAccount) -> Actor {
    let (by, reach) = (Some(own.admin.by()), Reach::Portal);
    Actor { by, reach, reason: None, form: own.form }
}
