//! The gateway: the routes of template.yaml, each to its function; anything else is not found, as behind API Gateway.

use axum::{
    Router,
    extract::{ConnectInfo, Request},
    http::StatusCode,
    routing::{MethodFilter, on},
};
use lambda_http::{
    aws_lambda_events::apigw::ApiGatewayV2httpRequestContext, request::RequestContext,
};
use std::{collections::HashMap, net::SocketAddr};
use tower::ServiceExt as _;

use crate::{LocalError, Route};

/// The functions by the name of their folder.
pub(crate) type Functions = HashMap<&'static str, Router>;

/// A router for these routes.
pub(crate) fn router(routes: &[Route], functions: &Functions) -> Result<Router, LocalError> {
    let mut gateway = Router::new();
    for Route { method, path, function } in routes {
        let function = functions
            .get(function.as_str())
            .ok_or_else(|| LocalError::NoFunction(function.clone()))?
            .clone();
        let verb = method
            .parse::<axum::http::Method>()
            .ok()
            .and_then(|method| MethodFilter::try_from(method).ok());
        let verb = verb.ok_or_else(|| LocalError::NoFunction(method.clone()))?;
        // The function matches the path again by itself; what this router matched must not be in its way.
        let call = move |ConnectInfo(peer): ConnectInfo<SocketAddr>, mut request: Request| {
            request.extensions_mut().clear();
            request.extensions_mut().insert(context(peer));
            function.oneshot(request)
        };
        gateway = gateway.route(path, on(verb, call));
    }
    let not_found = || async { (StatusCode::NOT_FOUND, "{\"message\":\"Not Found\"}") };
    Ok(gateway.method_not_allowed_fallback(not_found).fallback(not_found))
}

/// What API Gateway tells a function of a request: where it came from.
fn context(peer: SocketAddr) -> RequestContext {
    let mut context = ApiGatewayV2httpRequestContext::default();
    context.http.source_ip = Some(peer.ip().to_string());
    context.request_id = Some("local".to_owned());
    RequestContext::ApiGatewayV2(context)
}
