//! The outermost layer: a request id in problems, one log line for each request, no caching.

use axum::{
    Router,
    extract::{FromRequestParts as _, MatchedPath, Request},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use lambda_http::request::RequestContext;
use portcullis_app::{RequestNotes, Stopwatch};
use std::{sync::Arc, time::Duration};

use crate::{Problem, ProblemCode, ServiceUrl, answered::Answered, latencies::Latencies};

/// Adds problem documents for all other paths and methods, and this function's outermost layer.
pub fn finished<S: Clone + Send + Sync + 'static>(
    function: &'static str,
    routes: Router<S>,
    state: S,
) -> Router {
    let latencies = Arc::new(Latencies::default());
    let finish =
        move |request: Request, next: Next| finish(function, Arc::clone(&latencies), request, next);
    routes
        .fallback(async || Problem::unknown_route())
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(middleware::from_fn(finish))
        .with_state(state)
}

/// Logs a request by route and outcome, never by content.
async fn finish(
    function: &'static str,
    latencies: Arc<Latencies>,
    request: Request,
    next: Next,
) -> Response {
    let stopwatch = Stopwatch::start();
    let id = request_id(&request);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let (mut parts, body) = request.into_parts();
    let service = match ServiceUrl::from_request_parts(&mut parts, &()).await {
        Ok(service) => service,
        Err(never) => match never {},
    };
    let (mut response, notes) = RequestNotes::of(next.run(Request::from_parts(parts, body))).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response.extensions_mut().insert(problem.with_service(&service));
    }
    let route = route.unwrap_or_default();
    let answered = Answered {
        request_id: &id,
        function: Some((function, &*latencies)),
        method: method.as_str(),
        route: &route,
        notes,
        took: stopwatch.elapsed(),
    };
    finish_response(response, &answered)
}

/// Finishes the answer to an event that never became a request.
pub(crate) fn finish_unrouted(response: Response, id: &str) -> Response {
    let (notes, took) = (RequestNotes::default(), Duration::ZERO);
    let answered = Answered { request_id: id, function: None, method: "", route: "", notes, took };
    finish_response(response, &answered)
}

fn finish_response(mut response: Response, answered: &Answered<'_>) -> Response {
    let problem = response.extensions_mut().remove::<Problem>();
    // A page that shows a problem leaves the code here.
    let shown = response.extensions_mut().remove::<ProblemCode>();
    let code = problem.as_ref().map(Problem::code).or(shown);
    if let Some(problem) = problem {
        response = problem.with_request_id(answered.request_id).into_response();
    }
    answered.write(response.status().as_u16(), code);
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
