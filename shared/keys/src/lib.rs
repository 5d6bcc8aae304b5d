//! Root keys and everything made from them: sealed secrets, delivered codes, TOTP, signed
//! assertions and API keys. Passkeys are here too, though their keys are the users' own.

mod api_key;
mod assertion;
mod client_data;
mod in_use;
mod key_uri;
mod keyring;
mod kms;
mod password;
mod portal_keys;
mod purpose;
mod rewrap;
mod root;
mod rotation;
mod seal;
mod session;
mod sign_in_mark;
mod signatures;
mod signing;
mod truncation;
mod twilio_signature;
mod withdraw;
mod wrapped_keyring;

pub use api_key::{ApiKeySecret, ClaimedKey, PresentedKey, secret_hash};
pub use assertion::{Assertion, Jwk, Jwks, RsaJwk, RsaJwks, SignedAssertion};
pub use client_data::client_data;
pub use in_use::{HELD_FOR, READ_AGAIN_AFTER, USED_AFTER, used_from};
pub use key_uri::key_uri;
pub use keyring::{Keyring, PushedState};
pub use password::{Hasher, Password};
pub use portal_keys::PortalKeyring;
pub use purpose::{KeyPurpose, Purposes};
pub use rewrap::{KmsKey, Rewrapped, RewrappedKeyring, Wrapping};
pub use rotation::{
    RootVersion, RotationError, RotationRefused, SigningVersion, VersionState, dead_from,
};
pub use session::SessionSecret;
pub use sign_in_mark::SignInMark;
pub use signatures::PasskeySignatures;
pub use twilio_signature::{is_signed_by_twilio, twilio_signature};
pub use wrapped_keyring::WrappedKeyring;

use portcullis_domain::{KeyVersion, Unreadable};
use thiserror::Error;

/// A failure to get or use keys. Every one of them ends in "no acceptance".
#[derive(Debug, Error)]
pub enum KeyError {
    /// The keyring was never made; the first portal makes it.
    #[error("there is no keyring yet")]
    NoKeyring,
    #[error("the keyring does not decode")]
    Damaged,
    #[error("KMS did not do what was asked for the keys for {purpose}")]
    Kms { purpose: KeyPurpose, source: Box<dyn std::error::Error + Send + Sync> },
    /// A root key of the keyring: KMS did not open it, or what it opened is no root key.
    // The alarm on KMS looks for how it begins.
    #[error("KMS did not open version {} of the root key for {purpose}", .version.0)]
    RootNotOpened { purpose: KeyPurpose, version: KeyVersion, source: Box<KeyError> },
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error("a cryptographic operation failed: {0}")]
    Crypto(&'static str),
    #[error("the assertion could not be written")]
    Claims(#[source] serde_json::Error),
}

impl KeyError {
    fn kms<E: std::error::Error + Send + Sync + 'static>(purpose: KeyPurpose, error: E) -> Self {
        Self::Kms { purpose, source: Box::new(error) }
    }
}
