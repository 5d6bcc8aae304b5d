use axum::Router;
use lambda_http::Error;
use portcullis_app::{AppContext, SdkConfig};
use portcullis_keys::Purposes;

use crate::{Edge, serve, start_tracing};

/// Makes the context and the routes of a function, and serves them until the execution environment
/// ends.
///
/// # Errors
/// If a setting is missing, or the Runtime API cannot be reached.
pub async fn run(
    purposes: Purposes,
    routes: impl FnOnce(AppContext, &SdkConfig) -> Result<Router, Error>,
) -> Result<(), Error> {
    start_tracing();
    let edge = Edge::parse(&std::env::var("EDGE_SECRET_SHA256").unwrap_or_default())?;
    let (context, aws) = portcullis_app::context(purposes).await?;
    let deadline = context.deadline().clone();
    serve(edge, routes(context, &aws)?, deadline).await
}
