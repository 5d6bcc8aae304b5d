//! The prompt's forms for a code, and for a passkey that was used.

use axum::{extract::State, response::Response};
use portcullis_app::AppContext;
use portcullis_http::wire::ProofForm;
use portcullis_prompt::{Next, PromptForm};

use crate::check_code;

pub(crate) async fn verify(
    State(context): State<AppContext>,
    PromptForm { from, fields }: PromptForm<ProofForm>,
) -> Response {
    let checked = check_code(&context, &from, &from.visit.id, fields.into_request()).await;
    from.visit.after(&context, checked.map(|_| Next::Step)).await
}
