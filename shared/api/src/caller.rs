//! Who is calling: a portal's back end, by its API key.

use axum::extract::FromRequestParts;
use http::{StatusCode, header, request::Parts};
use portcullis_keys::PresentedKey;

use crate::{Problem, words};

/// The key a request came with; a handler that takes a portal's call cannot be written without it.
#[derive(Debug)]
pub struct Caller(pub PresentedKey);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let refused = || Problem::new(StatusCode::UNAUTHORIZED, "key_refused", words::KEY_MISSING);
        let mut values = parts.headers.get_all(header::AUTHORIZATION).iter();
        let (value, more) = (values.next().ok_or_else(refused)?, values.next());
        let text = value.to_str().ok().filter(|_| more.is_none()).ok_or_else(refused)?;
        let (scheme, key) = text.split_once(' ').ok_or_else(refused)?;
        if !scheme.eq_ignore_ascii_case("Bearer") {
            return Err(refused());
        }
        PresentedKey::parse(key.trim()).map(Self).map_err(|_| refused())
    }
}
