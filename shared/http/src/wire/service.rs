use portcullis_keys::{Jwk, Jwks};
use serde::Serialize;
use utoipa::ToSchema;

/// The health of the service.
#[derive(Debug, Serialize, ToSchema)]
pub struct HealthView {
    /// Always `ok`: anything else is a problem.
    pub status: HealthName,
    /// The version of the release that answers.
    pub version: &'static str,
}

impl HealthView {
    pub const OK: Self = Self { status: HealthName::Ok, version: env!("CARGO_PKG_VERSION") };
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthName {
    Ok,
}

/// The public keys that assertions are checked with (RFC 7517).
#[derive(Debug, Serialize, ToSchema)]
pub struct KeySetView {
    /// The keys; those of earlier assertions stay as long as the assertions hold.
    pub keys: Vec<SigningKeyView>,
}

/// A public key on P-256 (RFC 7518, section 6.2.1).
#[derive(Debug, Serialize, ToSchema)]
pub struct SigningKeyView {
    #[schema(example = "EC")]
    pub kty: &'static str,
    #[schema(example = "P-256")]
    pub crv: &'static str,
    #[schema(example = "ES256")]
    pub alg: &'static str,
    #[serde(rename = "use")]
    #[schema(example = "sig")]
    pub usage: &'static str,
    /// Its id, as in the header of an assertion.
    pub kid: String,
    /// The x coordinate, base64url.
    pub x: String,
    /// The y coordinate, base64url.
    pub y: String,
}

impl From<&Jwks> for KeySetView {
    fn from(set: &Jwks) -> Self {
        Self { keys: set.keys.iter().map(SigningKeyView::from).collect() }
    }
}

impl From<&Jwk> for SigningKeyView {
    fn from(key: &Jwk) -> Self {
        let Jwk { kty, crv, alg, usage, kid, x, y } = key.clone();
        Self { kty, crv, alg, usage, kid, x, y }
    }
}
