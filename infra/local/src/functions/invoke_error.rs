//! The error of an event without an answer.

use thiserror::Error;

/// No answer came.
#[derive(Debug, Error)]
pub(crate) enum InvokeError {
    #[error("the event or its answer has another form than Lambda's")]
    Json(#[from] serde_json::Error),
    #[error("the function reported {0}")]
    Reported(String),
    #[error("the function's process does not answer")]
    Ended,
}
