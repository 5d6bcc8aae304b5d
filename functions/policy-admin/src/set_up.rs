//! The set-up secret: what whoever deploys signs in with before there is any admin.

use axum::extract::{FromRef, FromRequestParts};
use http::{StatusCode, header, request::Parts};
use portcullis_api::Problem;
use portcullis_keys::secret_hash;
use subtle::ConstantTimeEq;

/// SHA-256 of the set-up secret; the secret itself is nowhere in the deployment.
#[derive(Clone, Copy)]
pub struct SetUpHash([u8; 32]);

/// The setting is not a SHA-256 in hexadecimal.
#[derive(Clone, Copy, Debug)]
pub struct SetUpHashError;

impl std::fmt::Display for SetUpHashError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(
            "SET_UP_SECRET_SHA256 must be 64 hexadecimal digits: printf %s SECRET | sha256sum",
        )
    }
}

impl std::error::Error for SetUpHashError {}

impl SetUpHash {
    /// Reads 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`SetUpHashError`] for anything else.
    pub fn parse(hex: &str) -> Result<Self, SetUpHashError> {
        let digits: Option<Vec<u8>> =
            hex.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
        let digits = digits.filter(|digits| digits.len() == 64).ok_or(SetUpHashError)?;
        let mut hash = [0; 32];
        for (byte, pair) in hash.iter_mut().zip(digits.chunks(2)) {
            *byte = pair.iter().fold(0, |byte, digit| byte << 4 | digit);
        }
        Ok(Self(hash))
    }

    /// The hash of this secret.
    pub fn of(secret: &str) -> Self {
        Self(*secret_hash(secret).as_bytes())
    }
}

/// Proof that the request came with the set-up secret; no handler of this function can be written without it.
#[derive(Debug)]
pub struct WhoeverDeploys(());

impl<S> FromRequestParts<S> for WhoeverDeploys
where
    SetUpHash: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        const DETAIL: &str =
            "Send the set-up secret of the deployment as \"Authorization: Bearer ...\".";
        let refused = || Problem::new(StatusCode::UNAUTHORIZED, "set_up_secret_refused", DETAIL);
        let value = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .ok_or_else(refused)?;
        let secret = value.strip_prefix("Bearer ").ok_or_else(refused)?;
        let hash = secret_hash(secret);
        let right: bool = hash.as_bytes().ct_eq(&SetUpHash::from_ref(state).0).into();
        if right { Ok(Self(())) } else { Err(refused()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s23_only_a_whole_hash_is_taken() {
        assert!(SetUpHash::parse(&"a0".repeat(32)).is_ok());
        for wrong in ["", "a0", &"a".repeat(63), &"g0".repeat(32), &"a0".repeat(33)] {
            assert!(SetUpHash::parse(wrong).is_err());
        }
    }
}
