//! The functions behind the gateway and behind the table's stream. Each runs in this process, or as
//! its own binary.

pub(crate) mod binaries;
pub(crate) mod environment;
mod execution_environment;
pub(crate) mod in_process;
mod invoke_error;
mod running_function;

pub use running_function::running_function;

use aws_lambda_events::event::{dynamodb::Event, streams::DynamoDbEventResponse};
use axum::Router;
use portcullis_activity::ActivityHandler;
use portcullis_app::AppContext;
use std::collections::HashMap;

use self::{
    execution_environment::ExecutionEnvironment, invoke_error::InvokeError,
    running_function::within,
};

/// The functions by the name of their folder.
pub(crate) type Functions = HashMap<String, Function>;

/// A function, by what answers its events.
#[derive(Clone, Debug)]
pub(crate) enum Function {
    /// The function's name and its routes, in this process.
    InProcess(&'static str, Router),
    /// The function's binary.
    Binary(ExecutionEnvironment),
}

/// The function `activity`, by what takes its stream records.
#[derive(Clone)]
pub(crate) enum StreamFunction {
    /// In this process.
    InProcess(ActivityHandler),
    /// The function's binary.
    Binary(ExecutionEnvironment),
}

/// The functions behind the gateway, and the contexts of those that run in this process.
#[derive(Default)]
pub(crate) struct Started {
    pub(crate) functions: Functions,
    contexts: Vec<(&'static str, AppContext)>,
}

impl Started {
    /// Adds a function that runs in this process.
    fn add(
        &mut self,
        name: &'static str,
        context: AppContext,
        router: impl FnOnce(AppContext) -> Router,
    ) {
        self.contexts.push((name, context.clone()));
        self.functions.insert(name.to_owned(), Function::InProcess(name, router(context)));
    }

    /// Lets each function read its keys, as it does when it starts at AWS.
    pub(crate) async fn warm(&self) {
        for (name, context) in &self.contexts {
            within(name, context.warm()).await;
        }
    }
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
