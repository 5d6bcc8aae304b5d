//! The origin of a request, as the gateway saw it.

use http::{header, request::Parts};
use lambda_http::request::RequestContext;
use portcullis_domain::Device;

/// Returns the caller's address, if there is a gateway to tell.
pub fn source_address(parts: &Parts) -> Option<&str> {
    match parts.extensions.get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => context.http.source_ip.as_deref(),
        _ => None,
    }
}

/// Returns the device that a browser's own request came from.
pub fn device(parts: &Parts) -> Option<Device> {
    let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    Device::seen(agent, source_address(parts))
}
