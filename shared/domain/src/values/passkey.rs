//! The values of passkeys, and the questions that their rules ask of whoever can check a
//! signature (W3C Web Authentication Level 3).

mod authenticator_data;
mod challenge;
mod client_data;
mod credential_id;
mod key;
mod not_met;
mod relying_party;
mod rp_id_mark;
mod user_handle;

pub use authenticator_data::{AttestedCredential, AuthenticatorData, Backup};
pub use challenge::PasskeyChallenge;
pub use client_data::ClientData;
pub use credential_id::CredentialId;
pub use key::{PasskeyAlgorithm, PasskeyKey};
pub use not_met::NotMet;
pub use relying_party::{Origin, RelyingParty, RpId, ServiceAddress};
pub use rp_id_mark::RpIdMark;
pub use user_handle::UserHandle;

/// The cryptography of passkeys, as the rules see it.
pub trait Signatures {
    /// Returns the SHA-256 hash.
    fn hash(&self, bytes: &[u8]) -> [u8; 32];

    /// Returns true if signatures can be checked with the key: its point lies on the curve, its
    /// modulus is one.
    fn is_usable(&self, key: &PasskeyKey) -> bool;

    /// Returns true if the signature of the message was made with the key's private half, in the
    /// format of section 6.5.5.
    fn is_signed(&self, key: &PasskeyKey, message: &[u8], signature: &[u8]) -> bool;
}
