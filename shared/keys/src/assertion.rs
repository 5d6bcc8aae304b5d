//! Our signed answer to a portal: a JWT (RFC 7519) with ES256 (RFC 7518, section 3.4), and the keys to check it with.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use portcullis_domain::{
    Method, Timestamp, budget,
    sign_in::{Acceptance, Mfa, Picture, Role},
};
use serde::Serialize;

use crate::KeyError;

/// What an assertion says. Standard claims are those of RFC 7519, section 4.1, and OpenID Connect Core, section 2.
#[derive(Debug, Serialize)]
pub struct Assertion<'a> {
    /// Who signed it: the URL of the service.
    pub iss: &'a str,
    /// For which portal.
    pub aud: &'a str,
    /// The portal's id of the user.
    pub sub: &'a str,
    /// What the portal sent along.
    pub nonce: &'a str,
    /// The sign-in: one sign-in, one assertion.
    pub jti: String,
    /// When it was issued, in seconds since the Unix epoch.
    pub iat: i64,
    /// When it begins to count.
    pub nbf: i64,
    /// When it stops to count.
    pub exp: i64,
    /// When the user proved it.
    pub auth_time: i64,
    /// What brought the user here.
    pub event: &'static str,
    /// How, in the words of RFC 8176.
    pub amr: &'static [&'static str],
    /// How strongly: a fallback ranks below what was enrolled.
    pub acr: &'static str,
    /// Whether a second step was done.
    pub mfa: Mfa,
    /// By which method; absent where none was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// On what ground.
    pub reason: &'static str,
    /// The portal's generation.
    pub generation: u32,
}

/// A signed assertion and when it ends.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedAssertion {
    /// The JWT in compact form.
    pub jwt: String,
    /// When it stops to count.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for SignedAssertion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignedAssertion")
    }
}

impl<'a> Assertion<'a> {
    /// What is said of a sign-in that ended with this acceptance, issued at this moment.
    pub fn of(
        issuer: &'a str,
        picture: &'a Picture,
        acceptance: &Acceptance,
        issued_at: Timestamp,
    ) -> Self {
        let at = issued_at.unix();
        Self {
            iss: issuer,
            aud: picture.id.portal.as_str(),
            sub: picture.user.as_str(),
            nonce: picture.nonce.as_str(),
            jti: picture.id.to_string(),
            iat: at,
            nbf: at,
            exp: at + budget::ASSERTION_SECONDS,
            auth_time: acceptance.at.unix(),
            event: picture.event.as_str(),
            amr: amr(acceptance.method),
            acr: acr(acceptance),
            mfa: acceptance.mfa,
            method: acceptance.method,
            reason: reason(acceptance),
            generation: acceptance.generation,
        }
    }

    /// Signs it.
    pub(crate) fn sign(&self, kid: &str, key: &EncodingKey) -> Result<SignedAssertion, KeyError> {
        let header = Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::ES256) };
        let jwt = jsonwebtoken::encode(&header, self, key).map_err(KeyError::Signing)?;
        Ok(SignedAssertion { jwt, expires_at: Timestamp::from_unix(self.exp) })
    }
}

/// RFC 8176, section 2. Email has no value of its own there.
const fn amr(method: Option<Method>) -> &'static [&'static str] {
    match method {
        Some(Method::AuthenticatorApp | Method::Email) => &["otp", "mfa"],
        Some(Method::Sms) => &["otp", "sms", "mfa"],
        None => &[],
    }
}

const fn acr(acceptance: &Acceptance) -> &'static str {
    match (acceptance.method, acceptance.role) {
        (None, _) if matches!(acceptance.mfa, Mfa::Bypass) => "urn:portcullis:acr:bypass",
        (None, _) => "urn:portcullis:acr:none",
        (Some(_), Some(Role::Fallback)) => "urn:portcullis:acr:fallback",
        (Some(Method::Email | Method::Sms), _) => "urn:portcullis:acr:delivered",
        (Some(Method::AuthenticatorApp), _) => "urn:portcullis:acr:app",
    }
}

const fn reason(acceptance: &Acceptance) -> &'static str {
    match (acceptance.mfa, acceptance.role) {
        (Mfa::NotRequired, _) => "policy_off",
        (Mfa::Skipped, _) => "opted_out",
        (Mfa::Bypass, _) => "bypass_code",
        (Mfa::Done, Some(Role::Bound)) => "enrolled_method",
        (Mfa::Done, Some(Role::Old)) => "method_left_policy",
        (Mfa::Done, Some(Role::Directory)) => "contact_record",
        (Mfa::Done, Some(Role::Fallback)) => "fallback",
        (Mfa::Done, Some(Role::Enrol)) => "just_enrolled",
        (Mfa::Done, None) => "code",
    }
}

/// The public keys assertions are checked with (RFC 7517, section 5).
#[derive(Clone, Debug, Serialize)]
pub struct Jwks {
    /// The keys, newest first.
    pub keys: Vec<Jwk>,
}

/// One public key on P-256 (RFC 7518, section 6.2.1).
#[derive(Clone, Debug, Serialize)]
pub struct Jwk {
    /// `EC`.
    pub kty: &'static str,
    /// `P-256`.
    pub crv: &'static str,
    /// `ES256`.
    pub alg: &'static str,
    /// `sig`.
    #[serde(rename = "use")]
    pub usage: &'static str,
    /// Which key.
    pub kid: String,
    /// The x coordinate, base64url.
    pub x: String,
    /// The y coordinate, base64url.
    pub y: String,
}
