//! The one thing a portal checks: the assertion.

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde::Deserialize;

/// The values that an assertion has to agree with.
pub struct Expected<'a> {
    pub issuer: &'a str,
    pub portal: &'a str,
    pub user: &'a str,
    pub nonce: &'a str,
    pub event: &'a str,
    /// The moment, in seconds since the Unix epoch.
    pub now: i64,
}

#[derive(Debug, Deserialize)]
pub struct Claims {
    pub sub: String,
    pub nonce: String,
    pub event: String,
    pub mfa: String,
    pub method: Option<String>,
    pub sessions_not_before: Option<i64>,
    /// The SHA-256 of the text of a step-up, if there was one.
    pub text_sha256: Option<String>,
    /// True if the proof was of this text and of no other.
    pub text_bound: Option<bool>,
    exp: i64,
    nbf: i64,
}

impl Claims {
    /// Returns false for a session of this user's own that began before the last reset or erasure:
    /// end it.
    pub fn counts(&self, began: i64) -> bool {
        self.sessions_not_before.is_none_or(|moment| began >= moment)
    }
}

/// The seconds by which two clocks may differ.
const LEEWAY: i64 = 5;

/// Checks signature, `iss`, `aud`, `exp`, `nbf`, `sub`, `nonce` and `event`. `keys` is what
/// `/.well-known/jwks.json` answers; fetch it again for a key id that is new, and trust no key from
/// elsewhere.
pub fn check(jwt: &str, keys: &JwkSet, expected: &Expected<'_>) -> Option<Claims> {
    let kid = decode_header(jwt).ok()?.kid?;
    let key = DecodingKey::from_jwk(keys.find(&kid)?).ok()?;
    let mut rules = Validation::new(Algorithm::ES256);
    rules.set_issuer(&[expected.issuer]);
    rules.set_audience(&[expected.portal]);
    rules.set_required_spec_claims(&["iss", "aud", "exp", "nbf", "sub"]);
    // The moment is compared below: the library would ask the system's clock.
    rules.validate_exp = false;
    let claims = decode::<Claims>(jwt, &key, &rules).ok()?.claims;
    let in_time = claims.nbf <= expected.now + LEEWAY && expected.now < claims.exp + LEEWAY;
    let ours = claims.sub == expected.user
        && claims.nonce == expected.nonce
        && claims.event == expected.event;
    (in_time && ours).then_some(claims)
}
