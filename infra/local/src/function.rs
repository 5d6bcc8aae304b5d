//! A function and what answers its events: the production code in this process, or the function's own binary.

use aws_lambda_events::event::{dynamodb::Event, streams::DynamoDbEventResponse};
use axum::Router;
use portcullis_activity::Clerk;
use thiserror::Error;

use crate::{running_function::within, runtime_api::Environment};

/// A function, by what answers its events.
#[derive(Clone, Debug)]
pub(crate) enum Function {
    /// The function's name and its routes, in this process.
    InProcess(&'static str, Router),
    /// The function's binary.
    Binary(Environment),
}

/// The function `activity`, by what takes its stream records.
#[derive(Clone)]
pub(crate) enum StreamFunction {
    /// In this process.
    InProcess(Clerk),
    /// The function's binary.
    Binary(Environment),
}

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

impl Function {
    /// Delivers an event, and returns the function's answer, both as JSON.
    ///
    /// # Errors
    /// [`InvokeError`] if there is no answer.
    pub(crate) async fn invoke(&self, event: &str) -> Result<String, InvokeError> {
        match self {
            Self::InProcess(name, router) => {
                let answer = portcullis_http::answer(router.clone(), event, "local");
                let answer = within(name, answer).await;
                Ok(serde_json::to_string(&answer)?)
            }
            Self::Binary(environment) => environment.invoke(event).await,
        }
    }
}

impl StreamFunction {
    /// Delivers a batch of records, and returns which of them failed.
    ///
    /// # Errors
    /// [`InvokeError`] if there is no answer.
    pub(crate) async fn invoke(
        &self,
        event: serde_json::Value,
    ) -> Result<DynamoDbEventResponse, InvokeError> {
        match self {
            Self::InProcess(clerk) => {
                let event: Event = serde_json::from_value(event)?;
                let handled = portcullis_activity::handle(clerk, event);
                Ok(within("activity", handled).await)
            }
            Self::Binary(environment) => {
                Ok(serde_json::from_str(&environment.invoke(&event.to_string()).await?)?)
            }
        }
    }
}
