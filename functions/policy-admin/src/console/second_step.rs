//! An admin's own second step. It is changed at the prompt, in a sign-in of this session, as users
//! change theirs.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Form, Frame, dialog::form::EmptyForm, page, second_step::view::SecondStep, see_other,
};
use portcullis_domain::{DecisionContext, Nonce, sign_in::within_session::OwnSession};
use portcullis_http::{
    Problem, StrictQuery,
    admin::{Console, SignedIn},
    wire::ResultRequest,
};
use serde::Deserialize;

use crate::AppState;

const PAGE: &str = "/console/second-step";

const fn own(admin: &SignedIn) -> OwnSession<'_> {
    OwnSession { locator: admin.locator, hash: &admin.session }
}

pub(crate) async fn show(
    State(AppState { context, .. }): State<AppState>,
    admin: SignedIn,
    form: Form,
) -> Result<Response, Problem> {
    let frame = Frame::of(form.say("console-second-step-title"), &admin, &form);
    let look = |context: &DecisionContext<'_>, user| Ok(own(&admin).look(context, user));
    let (own, _) = context.command(&Console::default(), admin.locator, None, look).await?;
    Ok(page(StatusCode::OK, &SecondStep { frame, own }))
}

/// Redirects to the settings at the prompt, which asks for the second step first.
pub(crate) async fn change(
    State(AppState { context, .. }): State<AppState>,
    admin: SignedIn,
    form: Form,
    _: EmptyForm,
) -> Result<Response, Problem> {
    let posted = form.posted().ok_or_else(Problem::form_refused)?;
    let open = |context: &DecisionContext<'_>, user| {
        own(&admin).open_settings(context, user, &admin.id, posted)
    };
    let (opened, _) = context.command(&Console::default(), admin.locator, None, open).await?;
    Ok(see_other(&format!("/prompt/{}", opened.id)))
}

#[derive(Deserialize)]
pub(crate) struct SettingsReturn {
    result_code: Option<String>,
    state: Option<String>,
}

/// Takes the prompt's result, which ends the right to change the settings; it proves nothing else.
pub(crate) async fn back(
    State(AppState { context, .. }): State<AppState>,
    admin: SignedIn,
    StrictQuery(SettingsReturn { result_code, state }): StrictQuery<SettingsReturn>,
) -> Result<Response, Problem> {
    let (Some(result_code), Some(state)) = (result_code, state) else {
        return Ok(see_other(PAGE));
    };
    let (code, nonce) = (ResultRequest { result_code }.into_code()?, Nonce::parse(&state)?);
    let close = |context: &DecisionContext<'_>, user| {
        own(&admin).close_settings(context, user, &nonce, &code)
    };
    context.command(&Console::default(), admin.locator, None, close).await?;
    Ok(see_other(PAGE))
}
