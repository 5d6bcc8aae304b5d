//! The URL of this service, as the request reached it.

use axum::extract::FromRequestParts;
use http::{header, request::Parts};
use portcullis_domain::SignInId;
use std::convert::Infallible;

use crate::base_path::BasePath;

/// The URL that a portal called, up to the paths of routes: `https://` and the domain, or `http://`
/// on the local machine, with the base path behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceUrl(String);

impl ServiceUrl {
    fn of(domain: &str, base: &str) -> Self {
        let host = domain.rsplit_once(':').map_or(domain, |(host, _)| host);
        let scheme = if matches!(host, "127.0.0.1" | "localhost") { "http" } else { "https" };
        Self(format!("{scheme}://{domain}{base}"))
    }

    /// Returns the host, unless it is this machine.
    pub fn host(&self) -> Option<&str> {
        let domain = self.0.strip_prefix("https://")?;
        let host = domain.split([':', '/']).next()?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
        (!host.is_empty() && host.bytes().all(is_plain)).then_some(host)
    }

    pub fn prompt(&self, id: &SignInId) -> String {
        format!("{}/prompt/{id}", self.0)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ServiceUrl {
    type Rejection = Infallible;

    /// API Gateway routes by the `Host` header, so it is one of the deployment's domains.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let base = parts.extensions.get::<BasePath>().map(BasePath::as_str);
        Ok(Self::of(host.unwrap_or_default(), base.unwrap_or_default()))
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
            let service = ServiceUrl::of(domain, "");
            assert_eq!(service.0, url);
            assert_eq!(ServiceUrl::of(domain, "/mfa").0, format!("{url}/mfa"));
            for service in [service, ServiceUrl::of(domain, "/mfa")] {
                assert_eq!(service.host(), url.strip_prefix("https://"));
            }
        }
    }
}
