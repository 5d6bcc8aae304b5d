//! The prompt's form for a code.

use axum::{extract::State, response::Response};
use portcullis_api::{Desk, wire::VerifyRequest};
use portcullis_pages::prompt::{Next, Posted};

use crate::judged;

/// Judges the code that was entered.
pub(crate) async fn judge(
    State(desk): State<Desk>,
    Posted { from, fields }: Posted<VerifyRequest>,
) -> Response {
    let judged = judged(&desk, &from, &from.visit.id, fields).await;
    from.visit.after(&desk, judged.map(|_| Next::Step)).await
}
