//! The one thing a portal checks: the assertion.

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde::Deserialize;

/// What the portal knows, and the assertion has to agree with.
pub struct Expected<'a> {
    /// The `iss` of the deployment.
    pub issuer: &'a str,
    /// The portal's id.
    pub portal: &'a str,
    /// The user who gave the password.
    pub user: &'a str,
    /// What was sent along when the sign-in was opened.
    pub nonce: &'a str,
    /// The moment, in seconds since the Unix epoch.
    pub now: i64,
}

/// What an assertion says.
#[derive(Debug, Deserialize)]
pub struct Claims {
    /// Whose it is.
    pub sub: String,
    /// What the portal sent along.
    pub nonce: String,
    /// `done`, `skipped`, `not_required` or `bypass`.
    pub mfa: String,
    /// `authenticator_app`, `email` or `sms`, where a code was accepted.
    pub method: Option<String>,
    exp: i64,
    nbf: i64,
}

/// How far two clocks may be apart, in seconds.
const LEEWAY: i64 = 5;

/// Checks signature, `iss`, `aud`, `exp`, `nbf`, `sub` and `nonce`. `keys` is what `/.well-known/jwks.json` answers; fetch
/// it again for a key id that is new, and trust no key from elsewhere.
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
    (in_time && claims.sub == expected.user && claims.nonce == expected.nonce).then_some(claims)
}
