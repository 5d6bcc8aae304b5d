//! The origin of a request: the network, as the gateway saw it, and what its browser keeps.

use axum::extract::FromRequestParts;
use http::request::Parts;
use portcullis_domain::{BrowserToken, admin::Network};
use portcullis_http::{known_browsers, source_address};
use std::convert::Infallible;

/// The network that a request came from, and the tokens of users that its browser is known to.
#[derive(Debug)]
pub(crate) struct Origin {
    pub(crate) network: Network,
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
        Ok(Self { network: Network::of(source_address(parts)), known })
    }
}
