//! The keys assertions are signed with: ECDSA on P-256, the private half sealed under the purpose
//! `signing`.

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{KeyVersion, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Jwk, KeyError,
    root::{RootKey, SubPurpose},
    seal,
    wrapped_keyring::OpenRoot,
};

/// A key assertions are signed with: the private half sealed, the public half for the JWKS.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SigningKey {
    kid: String,
    private: SealedPrivate,
    x: String,
    y: String,
    published_at: i64,
}

#[derive(Clone, Serialize, Deserialize)]
struct SealedPrivate {
    #[serde(rename = "v")]
    version: u32,
    /// Nonce, ciphertext and tag in base64url.
    #[serde(rename = "c")]
    bytes: String,
}

impl std::fmt::Debug for SealedPrivate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealedPrivate")
    }
}

impl SigningKey {
    pub(crate) fn make(root: &OpenRoot, nonce: [u8; 12], now: Timestamp) -> Result<Self, KeyError> {
        let failed = |_| KeyError::Crypto("P-256 key");
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(failed)?;
        let pkcs8 = pair.to_pkcs8v1().map_err(failed)?;
        // The uncompressed point: 4, then x, then y (SEC 1, section 2.3.3).
        let point = pair.public_key().as_ref();
        let x = BASE64URL.encode(point.get(1..33).ok_or(KeyError::Crypto("P-256 point"))?);
        let y = BASE64URL.encode(point.get(33..65).ok_or(KeyError::Crypto("P-256 point"))?);
        let kid: String = x.chars().take(12).collect();
        let key = root.key.derive(SubPurpose::Signing, b"")?;
        let bytes = seal::seal(&key, nonce, kid.as_bytes(), pkcs8.as_ref())?;
        let private = SealedPrivate { version: root.version.0, bytes: BASE64URL.encode(bytes) };
        Ok(Self { kid, private, x, y, published_at: now.unix() })
    }

    pub(crate) const fn published_at(&self) -> Timestamp {
        Timestamp::from_unix(self.published_at)
    }

    /// Returns the version of the root key that it is sealed under.
    pub(crate) const fn sealed_under(&self) -> KeyVersion {
        KeyVersion(self.private.version)
    }

    /// Returns the ids of its public keys.
    pub(crate) fn kids(&self) -> Vec<String> {
        vec![self.kid.clone()]
    }

    pub(crate) fn public(&self) -> Jwk {
        Jwk {
            kty: "EC",
            crv: "P-256",
            alg: "ES256",
            usage: "sig",
            kid: self.kid.clone(),
            x: self.x.clone(),
            y: self.y.clone(),
        }
    }
}

/// The header of an assertion (RFC 7515, section 4.1).
#[derive(Serialize)]
struct Header<'a> {
    typ: &'static str,
    alg: &'static str,
    kid: &'a str,
}

/// The newest signing key, opened. The private key is parsed and the header encoded once: they took
/// most of the time of signing an assertion.
pub(crate) struct Signer {
    pair: EcdsaKeyPair,
    header: String,
}

impl Signer {
    pub(crate) fn open(sealed: &SigningKey, roots: &[OpenRoot]) -> Result<Self, KeyError> {
        let root: &RootKey = roots
            .iter()
            .find(|root| {
                root.purpose == SubPurpose::Signing.purpose()
                    && root.version.0 == sealed.private.version
            })
            .map(|root| &root.key)
            .ok_or(KeyError::Damaged)?;
        let key = root.derive(SubPurpose::Signing, b"")?;
        let bytes = BASE64URL.decode(&sealed.private.bytes).map_err(|_| KeyError::Damaged)?;
        let private = seal::open(&key, sealed.kid.as_bytes(), &bytes)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &private)
            .map_err(|_| KeyError::Damaged)?;
        let header = encoded(&Header { typ: "JWT", alg: "ES256", kid: &sealed.kid })?;
        Ok(Self { pair, header })
    }

    /// Signs claims: the compact form of a JWS (RFC 7515, section 7.1) with ES256 (RFC 7518,
    /// section 3.4), whose signature is the two numbers one after the other.
    pub(crate) fn sign(&self, claims: &impl Serialize) -> Result<String, KeyError> {
        let message = format!("{}.{}", self.header, encoded(claims)?);
        let signature = self.pair.sign(&SystemRandom::new(), message.as_bytes());
        let signature = signature.map_err(|_| KeyError::Crypto("ES256 signature"))?;
        Ok(format!("{message}.{}", BASE64URL.encode(signature)))
    }
}

fn encoded(part: &impl Serialize) -> Result<String, KeyError> {
    serde_json::to_vec(part).map(|json| BASE64URL.encode(json)).map_err(KeyError::Claims)
}
