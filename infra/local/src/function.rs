//! A function that answers events: in this process, by the production code.

use axum::Router;
use thiserror::Error;

/// A function, by what answers its events.
#[derive(Clone, Debug)]
pub(crate) enum Function {
    /// The function's routes, in this process.
    InProcess(Router),
}

/// No answer came.
#[derive(Debug, Error)]
pub(crate) enum InvokeError {
    /// The answer could not be written as JSON.
    #[error("the answer is no JSON")]
    Json(#[from] serde_json::Error),
}

impl Function {
    /// Delivers an event, and returns the function's answer, both as JSON.
    ///
    /// # Errors
    /// [`InvokeError`] if there is no answer.
    pub(crate) async fn invoke(&self, event: &str) -> Result<String, InvokeError> {
        match self {
            Self::InProcess(router) => {
                let answer = portcullis_api::answer(router.clone(), event, "local").await;
                Ok(serde_json::to_string(&answer)?)
            }
        }
    }
}
