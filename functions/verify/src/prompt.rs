//! The prompt's form for a code.

use axum::{extract::State, response::Response};
use portcullis_app::AppContext;
use portcullis_http::wire::VerifyRequest;
use portcullis_prompt::{Next, Posted};

use crate::judged;

/// Judges the code that was entered.
pub(crate) async fn judge(
    State(context): State<AppContext>,
    Posted { from, fields }: Posted<VerifyRequest>,
) -> Response {
    let judged = judged(&context, &from, &from.visit.id, fields).await;
    from.visit.after(&context, judged.map(|_| Next::Step)).await
}
