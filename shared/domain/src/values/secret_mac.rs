//! Keyed hashes of secrets.

use subtle::ConstantTimeEq;

use super::id::byte_id;

byte_id!(
    /// A keyed hash of a secret with enough randomness of its own.
    SecretMac, 16, "the keyed hash"
);

impl SecretMac {
    /// Returns true if both are the same, in constant time.
    pub fn is(&self, other: &Self) -> bool {
        self.as_bytes().ct_eq(other.as_bytes()).into()
    }
}
