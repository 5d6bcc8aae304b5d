//! The error of an event without an answer.

use thiserror::Error;

/// No answer came.
#[derive(Debug, Error)]
pub(crate) enum InvokeError {
    /// The event or the answer has another form.
    #[error("the event or its answer has another form than Lambda's")]
    Json(#[from] serde_json::Error),
    /// The function reported an error.
    #[error("the function reported {0}")]
    Reported(String),
    /// The function's process has ended, or does not answer in time.
    #[error("the function's process does not answer")]
    Ended,
}
