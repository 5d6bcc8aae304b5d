//! The keys that answers are signed with, the private halves sealed under the purpose `signing`:
//! ECDSA on P-256 for assertions, and RSA for the ID tokens of OpenID Connect, whose libraries
//! expect it (OpenID Connect Core, section 15.1).

use aws_lc_rs::{
    encoding::AsDer as _,
    rand::SystemRandom,
    rsa::{KeyPair as RsaKeyPair, KeySize},
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{KeyVersion, Timestamp};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    Jwk, KeyError, RsaJwk,
    root::{RootKey, SubPurpose},
    seal,
    wrapped_keyring::OpenRoot,
};

/// The keys answers are signed with: the private halves sealed, the public halves for the key sets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SigningKey {
    kid: String,
    private: SealedPrivate,
    x: String,
    y: String,
    rsa: SigningRsaKey,
    published_at: i64,
}

/// The key for ID tokens. Its `kid` is the start of its modulus.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct SigningRsaKey {
    private: SealedPrivate,
    /// The modulus in base64url; the exponent is 65,537.
    n: String,
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
        let kid = kid(&x);
        let private = SealedPrivate::seal(root, SubPurpose::Signing, nonce, &kid, pkcs8.as_ref())?;
        // The nonce is used under another key there.
        let rsa = SigningRsaKey::make(root, nonce)?;
        Ok(Self { kid, private, x, y, rsa, published_at: now.unix() })
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
        vec![self.kid.clone(), kid(&self.rsa.n)]
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

    pub(crate) fn public_rsa(&self) -> RsaJwk {
        let n = self.rsa.n.clone();
        RsaJwk { kty: "RSA", alg: "RS256", usage: "sig", kid: kid(&n), n, e: EXPONENT }
    }
}

/// 65,537 in base64url, the public exponent of every key that is made here.
const EXPONENT: &str = "AQAB";

/// Returns the name of a key: the start of its public half.
fn kid(public: &str) -> String {
    public.chars().take(12).collect()
}

impl SigningRsaKey {
    fn make(root: &OpenRoot, nonce: [u8; 12]) -> Result<Self, KeyError> {
        let failed = |_| KeyError::Crypto("RSA key");
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(failed)?;
        let public = modulus(pair.public_key().as_ref()).ok_or(KeyError::Crypto("RSA modulus"))?;
        let n = BASE64URL.encode(public);
        let pkcs8 = pair.as_der().map_err(failed)?;
        let private =
            SealedPrivate::seal(root, SubPurpose::IdTokens, nonce, &kid(&n), pkcs8.as_ref())?;
        Ok(Self { private, n })
    }
}

/// Returns the modulus of a public key of 2,048 bits whose exponent is 65,537, from its
/// `RSAPublicKey` (RFC 8017, appendix A.1.1).
fn modulus(der: &[u8]) -> Option<&[u8]> {
    let integers = der.strip_prefix(&[0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0x00])?;
    let (modulus, exponent) = integers.split_at_checked(256)?;
    (exponent == [0x02, 0x03, 0x01, 0x00, 0x01]).then_some(modulus)
}

impl SealedPrivate {
    fn seal(
        root: &OpenRoot,
        wanted: SubPurpose,
        nonce: [u8; 12],
        kid: &str,
        pkcs8: &[u8],
    ) -> Result<Self, KeyError> {
        let key = root.key.derive(wanted, b"")?;
        let bytes = seal::seal(&key, nonce, kid.as_bytes(), pkcs8)?;
        Ok(Self { version: root.version.0, bytes: BASE64URL.encode(bytes) })
    }

    fn open(
        &self,
        roots: &[OpenRoot],
        wanted: SubPurpose,
        kid: &str,
    ) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let is_its =
            |root: &&OpenRoot| root.purpose == wanted.purpose() && root.version.0 == self.version;
        let root: &RootKey =
            roots.iter().find(is_its).map(|root| &root.key).ok_or(KeyError::Damaged)?;
        let key = root.derive(wanted, b"")?;
        let bytes = BASE64URL.decode(&self.bytes).map_err(|_| KeyError::Damaged)?;
        seal::open(&key, kid.as_bytes(), &bytes)
    }
}

/// The header of an assertion (RFC 7515, section 4.1).
#[derive(Serialize)]
struct Header<'a> {
    typ: &'static str,
    alg: &'static str,
    kid: &'a str,
}

/// The signing key in use, opened. The private key is parsed and the header encoded once: they took
/// most of the time of signing an assertion. Few processes sign ID tokens, so that key is parsed
/// for each.
pub(crate) struct Signer {
    pair: EcdsaKeyPair,
    header: String,
    rsa: Zeroizing<Vec<u8>>,
    rsa_kid: String,
}

impl Signer {
    pub(crate) fn open(sealed: &SigningKey, roots: &[OpenRoot]) -> Result<Self, KeyError> {
        let private = sealed.private.open(roots, SubPurpose::Signing, &sealed.kid)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &private)
            .map_err(|_| KeyError::Damaged)?;
        let header = encoded(&Header { typ: "JWT", alg: "ES256", kid: &sealed.kid })?;
        let rsa_kid = kid(&sealed.rsa.n);
        let rsa = sealed.rsa.private.open(roots, SubPurpose::IdTokens, &rsa_kid)?;
        Ok(Self { pair, header, rsa, rsa_kid })
    }

    /// Signs claims: the compact form of a JWS (RFC 7515, section 7.1) with ES256 (RFC 7518,
    /// section 3.4), whose signature is the two numbers one after the other.
    pub(crate) fn sign(&self, claims: &impl Serialize) -> Result<String, KeyError> {
        let message = format!("{}.{}", self.header, encoded(claims)?);
        let signature = self.pair.sign(&SystemRandom::new(), message.as_bytes());
        let signature = signature.map_err(|_| KeyError::Crypto("ES256 signature"))?;
        Ok(format!("{message}.{}", BASE64URL.encode(signature)))
    }

    /// Signs claims with RS256 (RFC 7518, section 3.3).
    pub(crate) fn sign_rs256(&self, claims: &impl Serialize) -> Result<String, KeyError> {
        let pair = RsaKeyPair::from_pkcs8(&self.rsa).map_err(|_| KeyError::Damaged)?;
        let header = encoded(&Header { typ: "JWT", alg: "RS256", kid: &self.rsa_kid })?;
        let message = format!("{header}.{}", encoded(claims)?);
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature)
            .map_err(|_| KeyError::Crypto("RS256 signature"))?;
        Ok(format!("{message}.{}", BASE64URL.encode(signature)))
    }
}

fn encoded(part: &impl Serialize) -> Result<String, KeyError> {
    serde_json::to_vec(part).map(|json| BASE64URL.encode(json)).map_err(KeyError::Claims)
}
