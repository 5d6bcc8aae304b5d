use axum::Router;
use lambda_http::Error;
use portcullis_app::{AppContext, SdkConfig, setting};
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
    let edge = Edge::parse(&setting(Edge::SETTING)?)?;
    let (context, aws) = portcullis_app::context(purposes).await?;
    let deadline = context.deadline().clone();
    serve(edge, routes(context, &aws)?, deadline).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn s23_a_function_that_is_not_told_of_an_edge_does_not_start() {
        assert!(std::env::var_os(Edge::SETTING).is_none(), "the tests' environment has none");
        let routes = |_: AppContext, _: &SdkConfig| Ok(Router::new());
        let refused = run(Purposes::lookup_and(&[]), routes).await.unwrap_err();
        let wanted = "the environment variable EDGE_SECRET_SHA256 is not set";
        assert_eq!(refused.to_string(), wanted);
    }
}
