//! The parameters of a request (RFC 6749, sections 3.1 and 3.2).

use axum::body::{Body, to_bytes};
use http::{HeaderMap, header};
use std::collections::BTreeSet;

use super::OauthError;

const MAX_BYTES: usize = 16 * 1024;

/// The parameters of a request. One without a value counts as left out, and none comes twice.
#[derive(Clone)]
pub struct OauthForm(Vec<(String, String)>);

impl std::fmt::Debug for OauthForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OauthForm")
    }
}

impl OauthForm {
    /// Reads the body of a POST.
    ///
    /// # Errors
    /// `invalid_request`.
    pub async fn read(headers: &HeaderMap, body: Body) -> Result<Self, OauthError> {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let is_form = kind.is_some_and(|kind| {
            kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded")
        });
        if !is_form {
            let why = "Send the parameters as application/x-www-form-urlencoded.";
            return Err(OauthError::invalid_request(why));
        }
        let too_large = |_| OauthError::invalid_request("The body is larger than 16 KiB.");
        let body = to_bytes(body, MAX_BYTES).await.map_err(too_large)?;
        let text = std::str::from_utf8(&body)
            .map_err(|_| OauthError::invalid_request("The body must be UTF-8."))?;
        Self::parse(text)
    }

    /// Reads parameters as they stand in a query or a body.
    ///
    /// # Errors
    /// `invalid_request`.
    pub fn parse(text: &str) -> Result<Self, OauthError> {
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decoded(name)?, decoded(value)?))
        };
        let pairs: Option<Vec<(String, String)>> =
            text.split('&').filter(|text| !text.is_empty()).map(pair).collect();
        let pairs = pairs.ok_or_else(|| {
            OauthError::invalid_request("The parameters must be form-encoded UTF-8.")
        })?;
        let names: BTreeSet<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        if names.len() < pairs.len() {
            let why = "A parameter comes twice. Send each once.";
            return Err(OauthError::invalid_request(why));
        }
        Ok(Self(pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()))
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns a parameter that has to be there.
    ///
    /// # Errors
    /// `invalid_request`, with the parameter's name.
    pub fn need(&self, name: &str) -> Result<&str, OauthError> {
        let missing = || OauthError::invalid_request(&format!("The parameter {name} is missing."));
        self.get(name).ok_or_else(missing)
    }

    /// Returns the parameters as they stand in a query.
    pub fn encoded(&self) -> String {
        serde_urlencoded::to_string(&self.0).unwrap_or_default()
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

/// Reads a form-encoded text. Bytes that are no UTF-8 make none: to replace them would make one id
/// of two.
pub(super) fn decoded(text: &str) -> Option<String> {
    let spaces = text.replace('+', " ");
    let decoded = percent_encoding::percent_decode_str(&spaces).decode_utf8().ok()?;
    Some(decoded.into_owned())
}
