//! The prompt's form for a code.

use axum::{extract::State, response::Response};
use portcullis_app::AppContext;
use portcullis_http::wire::VerifyRequest;
use portcullis_prompt::{Next, PromptForm};

use crate::check_code;

pub(crate) async fn verify(
    State(context): State<AppContext>,
    PromptForm { from, fields }: PromptForm<VerifyRequest>,
) -> Response {
    let checked = check_code(&context, &from, &from.visit.id, fields).await;
    from.visit.after(&context, checked.map(|_| Next::Step)).await
}
