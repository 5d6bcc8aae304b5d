//! The prompt's pages around a sign-in: where it stands, and sending a code.

use axum::{extract::State, response::Response};
use portcullis_http::wire::ChallengeRequest;
use portcullis_prompt::{Next, Posted, Visit};

use crate::Dispatcher;

/// Shows where a sign-in stands; once the user is in, leads back to the portal.
pub(crate) async fn show(
    State(Dispatcher { context, .. }): State<Dispatcher>,
    visit: Visit,
) -> Response {
    visit.show(&context).await
}

/// Sends a code by the way that was chosen.
pub(crate) async fn send_code(
    State(dispatcher): State<Dispatcher>,
    Posted { from, fields }: Posted<ChallengeRequest>,
) -> Response {
    let sent = dispatcher.send(&from, &from.visit.id, fields.method.into()).await;
    from.visit.after(&dispatcher.context, sent.map(|_| Next::Step)).await
}
