//! The prompt's page of a sign-in, and its form that sends a code.

use axum::{extract::State, response::Response};
use portcullis_http::wire::ChallengeRequest;
use portcullis_prompt::{Next, PromptForm, PromptVisit};

use crate::AppState;

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
    PromptForm { from, fields }: PromptForm<ChallengeRequest>,
) -> Response {
    let sent = state.send(&from, &from.visit.id, fields.method.into()).await;
    from.visit.after(&state.context, sent.map(|_| Next::Step)).await
}
