//! The version of a document that a request wants to replace (RFC 9110, section 13.1.1).

use axum::extract::FromRequestParts;
use http::{header, request::Parts};
use portcullis_app::{Conditions, Expected};
use portcullis_domain::FormId;
use std::convert::Infallible;

/// The header `If-Match` of a request, or the version that a form was made with.
#[derive(Debug)]
pub(crate) struct IfMatch(Expected);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let value = parts.headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
        Ok(Self(value.map_or(Expected::Unnamed, |etag| Expected::Etag(etag.to_owned()))))
    }
}

impl IfMatch {
    /// The entity tag that a form was made with.
    pub(crate) const fn of(etag: String) -> Self {
        Self(Expected::Etag(etag))
    }

    /// The conditions of a change that replaces this version, by this form of the console.
    pub(crate) fn with(self, form: Option<FormId>) -> Conditions {
        Conditions { form, expected: self.0 }
    }
}
