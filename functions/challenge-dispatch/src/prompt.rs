//! The prompt's page of a sign-in, and its forms that send a code or the link to enrol again.

use axum::{extract::State, response::Response};
use portcullis_http::wire::MethodName;
use portcullis_prompt::{Next, PromptForm, PromptVisit};
use serde::Deserialize;

use crate::AppState;

/// The form that sends a code by a method; without one, the link to enrol again.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendForm {
    method: Option<MethodName>,
}

/// Shows the state of a sign-in, and sends the code that needs no asking; once the user is in,
/// leads back to the portal.
pub(crate) async fn show(
    State(AppState { context, sender }): State<AppState>,
    visit: PromptVisit,
) -> Response {
    visit.show(&context, &sender).await
}

pub(crate) async fn send_code(
    State(state): State<AppState>,
    PromptForm { from, fields }: PromptForm<SendForm>,
) -> Response {
    let sent = match fields.method {
        Some(method) => state.send(&from, &from.visit.id, method.into()).await.map(drop),
        None => from.mail_link_again(&state.context, &state.sender).await,
    };
    from.visit.after(&state.context, sent.map(|()| Next::Step)).await
}
