//! Everything made from keys: the root key and what is derived from it, sealed secrets, delivered codes,
//! TOTP, signed assertions, and API keys.

mod api_key;
mod assertion;
mod key_uri;
mod kms;
mod password;
mod portal_keys;
mod ring;
mod root;
mod seal;
mod session;
mod truncation;

pub use api_key::{ApiKeySecret, PresentedKey, secret_hash};
pub use assertion::{Assertion, Jwk, Jwks, SignedAssertion};
pub use key_uri::key_uri;
pub use password::{Hasher, Password};
pub use portal_keys::PortalKeys;
pub use ring::{Keyring, Ring};
pub use session::SessionSecret;

use thiserror::Error;

/// Why keys cannot be had or used. Every one of them ends in "no acceptance".
#[derive(Debug, Error)]
pub enum KeyError {
    /// The keyring was never made; the first portal makes it.
    #[error("there is no keyring yet")]
    NoKeyring,
    /// The keyring is not what was written.
    #[error("the keyring does not decode")]
    Damaged,
    /// KMS refused, failed, or did not answer.
    #[error("KMS did not unwrap the root key")]
    Kms(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A cryptographic operation failed.
    #[error("a cryptographic operation failed: {0}")]
    Crypto(&'static str),
    /// An assertion could not be signed.
    #[error("the assertion could not be signed")]
    Signing(#[source] jsonwebtoken::errors::Error),
}
