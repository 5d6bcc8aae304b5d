//! The root key, and keys derived from it by HKDF-SHA-256 (RFC 5869), one per purpose.

use aws_lc_rs::{hkdf, hmac};
use zeroize::Zeroizing;

use crate::KeyError;

/// 32 bytes from which every other key comes.
pub(crate) struct RootKey(Zeroizing<[u8; 32]>);

/// What a derived key is for; the `info` of HKDF.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    /// Where users' items lie.
    Locator,
    /// Hashes of destinations.
    Destination,
    /// Delivered codes of one portal.
    Code,
    /// Sealed secrets of one portal's users.
    Secret,
    /// The private key assertions are signed with.
    Signing,
    /// Secrets of the system's own settings.
    System,
    /// Hashes of random secrets of one portal's users.
    SecretMac,
}

impl Purpose {
    const fn info(self) -> &'static [u8] {
        match self {
            Self::Locator => b"portcullis/v1/locator",
            Self::Destination => b"portcullis/v1/destination",
            Self::Code => b"portcullis/v1/code",
            Self::Secret => b"portcullis/v1/secret",
            Self::Signing => b"portcullis/v1/signing",
            Self::System => b"portcullis/v1/system",
            Self::SecretMac => b"portcullis/v1/secret-mac",
        }
    }
}

/// The length of every derived key.
struct KeyLength;

impl hkdf::KeyType for KeyLength {
    fn len(&self) -> usize {
        32
    }
}

impl RootKey {
    pub(crate) fn new(bytes: &[u8]) -> Result<Self, KeyError> {
        bytes.try_into().map(|bytes| Self(Zeroizing::new(bytes))).map_err(|_| KeyError::Damaged)
    }

    /// The key for a purpose; `salt` makes it one portal's own.
    pub(crate) fn derive(
        &self,
        purpose: Purpose,
        salt: &[u8],
    ) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let failed = KeyError::Crypto("HKDF");
        let mut key = Zeroizing::new([0; 32]);
        let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(self.0.as_slice());
        match extracted
            .expand(&[purpose.info()], KeyLength)
            .and_then(|okm| okm.fill(key.as_mut_slice()))
        {
            Ok(()) => Ok(key),
            Err(_) => Err(failed),
        }
    }

    /// The derived key, ready for HMAC-SHA-256.
    pub(crate) fn hmac(&self, purpose: Purpose, salt: &[u8]) -> Result<hmac::Key, KeyError> {
        Ok(hmac::Key::new(hmac::HMAC_SHA256, self.derive(purpose, salt)?.as_slice()))
    }
}

/// Feeds fields to a MAC or a seal, each with its length before it, so that no two lists of fields read the same.
pub(crate) fn length_prefixed(fields: &[&[u8]]) -> Vec<u8> {
    let mut all = Vec::new();
    for field in fields {
        all.extend_from_slice(&u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
        all.extend_from_slice(field);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_cannot_be_moved_across_their_borders() {
        assert_ne!(length_prefixed(&[b"ab", b"c"]), length_prefixed(&[b"a", b"bc"]));
    }

    #[test]
    fn every_purpose_and_salt_has_a_key_of_its_own() {
        let root = RootKey::new(&[7; 32]).unwrap();
        let all = [
            Purpose::Locator,
            Purpose::Destination,
            Purpose::Code,
            Purpose::Secret,
            Purpose::Signing,
            Purpose::System,
            Purpose::SecretMac,
        ];
        let derived = |salt: &'static [u8]| all.map(|purpose| *root.derive(purpose, salt).unwrap());
        let mut keys = [derived(b""), derived(b"salt")].concat();
        let made = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), made);
    }
}
