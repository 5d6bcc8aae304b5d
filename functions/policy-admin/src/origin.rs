//! The origin of a request, as the gateway saw it.

use axum::extract::FromRequestParts;
use http::request::Parts;
use portcullis_http::source_address;
use std::convert::Infallible;

/// The caller's address; one and the same for all where there is no gateway to tell.
#[derive(Debug)]
pub(crate) struct Origin(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(source_address(parts).unwrap_or_default().to_owned()))
    }
}
