//! Portals' back ends as callers, by their API keys.

use axum::extract::{FromRef, FromRequestParts};
use http::{header, request::Parts};
use portcullis_app::AppContext;
use portcullis_keys::{ClaimedKey, PresentedKey};

use crate::{Problem, ProblemCode, words};

/// The API key of a request, which the handler of a portal's call cannot do without. A made-up key
/// is refused before the table is read.
#[derive(Debug)]
pub struct WithKey(pub PresentedKey);

impl<S> FromRequestParts<S> for WithKey
where
    AppContext: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let refused = || Problem::new(ProblemCode::KeyRefused, words::KEY_MISSING);
        let claimed = bearer(parts).and_then(|text| ClaimedKey::parse(text).ok());
        let claimed = claimed.ok_or_else(refused)?;
        let context = AppContext::from_ref(state);
        claimed.check(context.keyring().await?).map(Self).map_err(|_| refused())
    }
}

/// Returns the one `Authorization: Bearer` token of a request (RFC 6750, section 2.1).
pub fn bearer(parts: &Parts) -> Option<&str> {
    let mut values = parts.headers.get_all(header::AUTHORIZATION).iter();
    let (value, more) = (values.next()?, values.next());
    let text = value.to_str().ok().filter(|_| more.is_none())?;
    let (scheme, credential) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| credential.trim())
}
