//! What every answer gets on its way out: a request id in problems, one line in the log, no caching.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use lambda_http::request::RequestContext;

use crate::{Problem, ProblemCode};

/// Finishes a request: names it, logs it by route and outcome (never by content), and forbids caching.
pub async fn finish(request: Request, next: Next) -> Response {
    let id = request_id(&request);
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<axum::extract::MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let mut response = next.run(request).await;
    let problem = response.extensions_mut().remove::<Problem>();
    // A page that tells a problem to a person leaves its code here.
    let shown = response.extensions_mut().remove::<ProblemCode>();
    let code = problem.as_ref().map(Problem::code).or(shown);
    let code = code.map_or_else(|| "ok".to_owned(), |code| code.to_string());
    if let Some(problem) = problem {
        response = problem.with_request_id(&id).into_response();
    }
    let route = route.unwrap_or_default();
    tracing::info!(request_id = %id, %method, %route, status = response.status().as_u16(), code, "answered");
    let headers = response.headers_mut();
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// The id the gateway gave the request; a plain one where there is no gateway.
fn request_id(request: &Request) -> String {
    match request.extensions().get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => {
            context.request_id.clone().unwrap_or_default()
        }
        _ => "local".to_owned(),
    }
}

/// The answer for an address that is none.
pub async fn unknown_route() -> Problem {
    Problem::unknown_route()
}
