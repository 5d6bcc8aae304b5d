//! The prompt's pages around a sign-in: where it stands, and sending a code.

use axum::{extract::State, response::Response};
use portcullis_http::wire::ChallengeRequest;
use portcullis_prompt::{Next, Posted, Visit};

use crate::AppState;

/// Shows where a sign-in stands; once the user is in, leads back to the portal.
pub(crate) async fn show(
    State(AppState { context, .. }): State<AppState>,
    visit: Visit,
) -> Response {
    visit.show(&context).await
}

/// Sends a code by the way that was chosen.
pub(crate) async fn send_code(
    State(state): State<AppState>,
    Posted { from, fields }: Posted<ChallengeRequest>,
) -> Response {
    let sent = state.send(&from, &from.visit.id, fields.method.into()).await;
    from.visit.after(&state.context, sent.map(|_| Next::Step)).await
}
