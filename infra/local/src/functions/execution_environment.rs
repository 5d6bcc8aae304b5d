//! The stand-in for Lambda: a function's own binary in an execution environment, and the Runtime API that it asks for
//! events ("Using the Lambda runtime API for custom runtimes" and "Defined runtime environment variables" in Amazon's
//! developer guide).

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use std::{io, sync::Arc};
use tokio::{
    net::TcpListener,
    process::{Child, Command},
    sync::{Mutex, mpsc, oneshot},
};

use super::invoke_error::InvokeError;

/// What a function was given and what came of it.
type Outcome = Result<String, InvokeError>;

/// An event, and who waits for what comes of it.
struct Invocation {
    event: String,
    answer: oneshot::Sender<Outcome>,
}

/// What the Runtime API hands out and takes back. An environment has one event at a time.
struct Queue {
    waiting: Mutex<mpsc::Receiver<Invocation>>,
    current: Mutex<Option<oneshot::Sender<Outcome>>>,
}

/// An execution environment: the process of one function, started once and never again. If it ends, each invocation
/// fails, so that nobody can overlook it.
#[derive(Clone)]
pub(crate) struct ExecutionEnvironment {
    invocations: mpsc::Sender<Invocation>,
    _process: Arc<Child>,
}

impl std::fmt::Debug for ExecutionEnvironment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ExecutionEnvironment")
    }
}

impl ExecutionEnvironment {
    /// Serves the Runtime API, and spawns the command of a function that asks it for events.
    pub(super) async fn start(mut command: Command) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let (invocations, waiting) = mpsc::channel(1_000);
        let queue = Queue { waiting: Mutex::new(waiting), current: Mutex::new(None) };
        let routes = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(respond))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(fail))
            .route("/2018-06-01/runtime/init/error", post(fail_to_start))
            .with_state(Arc::new(queue));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let process = command.env("AWS_LAMBDA_RUNTIME_API", address.to_string()).spawn()?;
        Ok(Self { invocations, _process: Arc::new(process) })
    }

    /// Delivers an event, and returns the function's answer, both as JSON.
    ///
    /// # Errors
    /// [`InvokeError`] if the function reported an error, or its process has ended.
    pub(crate) async fn invoke(&self, event: &str) -> Outcome {
        let (answer, answered) = oneshot::channel();
        let invocation = Invocation { event: event.to_owned(), answer };
        self.invocations.send(invocation).await.map_err(|_| InvokeError::Ended)?;
        // The function's own time limit is 15 seconds; a process that has ended never answers.
        match tokio::time::timeout(std::time::Duration::from_secs(15), answered).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) | Err(_) => Err(InvokeError::Ended),
        }
    }
}

/// The next event, with what the function learns of it from headers.
async fn next(State(queue): State<Arc<Queue>>) -> Response {
    let Some(Invocation { event, answer }) = queue.waiting.lock().await.recv().await else {
        return StatusCode::GONE.into_response();
    };
    *queue.current.lock().await = Some(answer);
    let headers = [
        ("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"),
        // The deadline is far away: time stands still in tests.
        ("lambda-runtime-deadline-ms", "9999999999999"),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-west-1:000000000000:function:local",
        ),
        (
            "lambda-runtime-trace-id",
            "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0",
        ),
    ];
    (headers, event).into_response()
}

async fn respond(
    State(queue): State<Arc<Queue>>,
    Path(_): Path<String>,
    answer: Bytes,
) -> StatusCode {
    let answer = String::from_utf8_lossy(&answer).into_owned();
    finish(&queue, Ok(answer)).await
}

async fn fail(
    State(queue): State<Arc<Queue>>,
    Path(_): Path<String>,
    headers: HeaderMap,
) -> StatusCode {
    finish(&queue, Err(InvokeError::Reported(error_type(&headers)))).await
}

async fn fail_to_start(headers: HeaderMap) -> StatusCode {
    tracing::error!(error = error_type(&headers), "a function could not start");
    StatusCode::ACCEPTED
}

fn error_type(headers: &HeaderMap) -> String {
    let kind = headers.get("lambda-runtime-function-error-type");
    kind.and_then(|kind| kind.to_str().ok()).unwrap_or("unknown").to_owned()
}

async fn finish(queue: &Queue, outcome: Outcome) -> StatusCode {
    let waiting = queue.current.lock().await.take();
    // The gateway may have given up meanwhile.
    let _nobody_waits = waiting.map(|waiting| waiting.send(outcome));
    StatusCode::ACCEPTED
}
