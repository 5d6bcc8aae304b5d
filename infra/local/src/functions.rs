//! The functions behind the gateway, and behind the table's stream, queues and schedules. Each runs
//! in this process, or as its own binary.

pub(crate) mod binaries;
pub(crate) mod environment;
mod execution_environment;
pub(crate) mod in_process;
mod invoke_error;
mod running_function;

pub use running_function::running_function;

use axum::Router;
use portcullis_activity::ActivityHandler;
use portcullis_app::AppContext;
use serde_json::Value;
use std::collections::HashMap;

use self::{
    execution_environment::ExecutionEnvironment, invoke_error::InvokeError,
    running_function::within,
};

pub(crate) type Functions = HashMap<String, Function>;

#[derive(Clone, Debug)]
pub(crate) enum Function {
    InProcess(&'static str, Router),
    Binary(ExecutionEnvironment),
}

#[derive(Clone)]
pub(crate) enum StreamFunction {
    InProcess(&'static str, Box<ActivityHandler>),
    Binary(ExecutionEnvironment),
}

/// The two deployments of `activity`: behind the table's stream, and behind queues and a schedule.
pub(crate) struct StreamFunctions {
    pub(crate) activity: StreamFunction,
    pub(crate) notices: StreamFunction,
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
    /// Delivers an event, and returns the function's answer.
    ///
    /// # Errors
    /// [`InvokeError`] if there is no answer.
    pub(crate) async fn invoke(&self, event: Value) -> Result<Value, InvokeError> {
        match self {
            Self::InProcess(name, handler) => {
                let answer = within(name, portcullis_activity::answer(handler, event)).await;
                answer.map_err(|error| InvokeError::Reported(error.to_string()))
            }
            Self::Binary(environment) => {
                Ok(serde_json::from_str(&environment.invoke(&event.to_string()).await?)?)
            }
        }
    }
}
