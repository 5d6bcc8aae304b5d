//! The outermost layer: a request id in problems, one log line for each request, no caching.

use axum::{
    Router,
    extract::{FromRequestParts as _, MatchedPath, Request},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, header};
use lambda_http::request::RequestContext;

use crate::{Problem, ProblemCode, ServiceUrl};

/// Adds problem documents for all other paths and methods, and the outermost layer.
pub fn finished<S: Clone + Send + Sync + 'static>(routes: Router<S>, state: S) -> Router {
    routes
        .fallback(async || Problem::unknown_route())
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(middleware::from_fn(finish))
        .with_state(state)
}

/// Logs a request by route and outcome, never by content.
async fn finish(request: Request, next: Next) -> Response {
    let id = request_id(&request);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let (mut parts, body) = request.into_parts();
    let service = match ServiceUrl::from_request_parts(&mut parts, &()).await {
        Ok(service) => service,
        Err(never) => match never {},
    };
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response.extensions_mut().insert(problem.with_service(&service));
    }
    finish_response(response, &id, Some(&method), &route.unwrap_or_default())
}

/// Finishes the answer to an event that never became a request.
pub(crate) fn finish_unrouted(response: Response, id: &str) -> Response {
    finish_response(response, id, None, "")
}

fn finish_response(
    mut response: Response,
    id: &str,
    method: Option<&Method>,
    route: &str,
) -> Response {
    let problem = response.extensions_mut().remove::<Problem>();
    // A page that shows a problem leaves the code here.
    let shown = response.extensions_mut().remove::<ProblemCode>();
    let code = problem.as_ref().map(Problem::code).or(shown);
    let code = code.map_or_else(|| "ok".to_owned(), |code| code.to_string());
    if let Some(problem) = problem {
        response = problem.with_request_id(id).into_response();
    }
    let method = method.map_or("", Method::as_str);
    tracing::info!(request_id = %id, %method, %route, status = response.status().as_u16(), code, "answered");
    let headers = response.headers_mut();
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Returns the id of a request from API Gateway, or "local" without one.
fn request_id(request: &Request) -> String {
    match request.extensions().get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => {
            context.request_id.clone().unwrap_or_default()
        }
        _ => "local".to_owned(),
    }
}
