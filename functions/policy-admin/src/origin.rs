//! The origin of a request: its address and device, as the gateway saw them, and what its browser
//! keeps.

use axum::extract::FromRequestParts;
use http::request::Parts;
use portcullis_domain::{BrowserToken, Device, admin::SubscriberAddress};
use portcullis_http::{device, known_browsers, source_address};
use std::convert::Infallible;

#[derive(Debug)]
pub(crate) struct Origin {
    pub(crate) address: SubscriberAddress,
    pub(crate) device: Option<Device>,
    pub(crate) known: Vec<BrowserToken>,
}

impl Origin {
    /// The same origin with the token that a call brings in its body. One that is none makes a
    /// stranger.
    pub(crate) fn with_token(mut self, token: Option<&str>) -> Self {
        self.known.extend(token.and_then(|token| BrowserToken::parse(token).ok()));
        self
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let known = known_browsers::of(&parts.headers);
        let address = SubscriberAddress::of(source_address(parts));
        Ok(Self { address, device: device(parts), known })
    }
}
