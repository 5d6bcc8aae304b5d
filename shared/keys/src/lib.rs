//! Everything made from keys: root keys and what is derived from them, sealed secrets, delivered codes, TOTP, signed
//! assertions, and API keys.

mod api_key;
mod assertion;
mod key_uri;
mod keyring;
mod kms;
mod password;
mod portal_keys;
mod purpose;
mod root;
mod seal;
mod session;
mod signing;
mod truncation;
mod wrapped_keyring;

pub use api_key::{ApiKeySecret, ClaimedKey, PresentedKey, secret_hash};
pub use assertion::{Assertion, Jwk, Jwks, SignedAssertion};
pub use key_uri::key_uri;
pub use keyring::Keyring;
pub use password::{Hasher, Password};
pub use portal_keys::PortalKeyring;
pub use purpose::{KeyPurpose, Purposes};
pub use session::SessionSecret;
pub use wrapped_keyring::WrappedKeyring;

use portcullis_domain::Unreadable;
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
    #[error("KMS did not make or unwrap the root key for {purpose}")]
    Kms {
        /// The purpose of the key.
        purpose: KeyPurpose,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The keys that are needed are not open in this process, or the version is unknown.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// A cryptographic operation failed.
    #[error("a cryptographic operation failed: {0}")]
    Crypto(&'static str),
    /// The claims of an assertion could not be written.
    #[error("the assertion could not be written")]
    Claims(#[source] serde_json::Error),
}

impl KeyError {
    fn kms<E: std::error::Error + Send + Sync + 'static>(purpose: KeyPurpose, error: E) -> Self {
        Self::Kms { purpose, source: Box::new(error) }
    }
}
