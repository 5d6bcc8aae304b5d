//! Where this service is reached, as the request that is being answered reached it.

use axum::extract::FromRequestParts;
use http::{header, request::Parts};
use lambda_http::request::RequestContext;
use portcullis_domain::SignInId;
use std::convert::Infallible;

/// The address a portal called, without a path: `https://` and the domain, or `http://` on this very machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceUrl(String);

impl ServiceUrl {
    fn of(domain: &str) -> Self {
        let host = domain.rsplit_once(':').map_or(domain, |(host, _)| host);
        let scheme = if matches!(host, "127.0.0.1" | "localhost") { "http" } else { "https" };
        Self(format!("{scheme}://{domain}"))
    }

    /// Where the prompt of a sign-in is.
    pub fn prompt(&self, id: &SignInId) -> String {
        format!("{}/prompt/{id}", self.0)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ServiceUrl {
    type Rejection = Infallible;

    /// The domain the gateway was reached by; what the caller says where there is no gateway to tell.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let gateway = match parts.extensions.get::<RequestContext>() {
            Some(RequestContext::ApiGatewayV2(context)) => context.domain_name.clone(),
            _ => None,
        };
        let host = || parts.headers.get(header::HOST)?.to_str().ok().map(str::to_owned);
        Ok(Self::of(&gateway.or_else(host).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_reached_without_tls() {
        for (domain, url) in [
            ("mfa.example.com", "https://mfa.example.com"),
            ("127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("localhost", "http://localhost"),
            ("localhost.example.com", "https://localhost.example.com"),
        ] {
            assert_eq!(ServiceUrl::of(domain).0, url);
        }
    }
}
