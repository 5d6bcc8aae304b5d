//! Root keys, and keys derived from them by HKDF-SHA-256 (RFC 5869), one for each use.

use aws_lc_rs::{hkdf, hmac};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::{KeyError, KeyPurpose};

/// 32 bytes from which the keys of one purpose come.
#[derive(Clone)]
pub(crate) struct RootKey(Zeroizing<[u8; 32]>);

/// The use of a derived key within its purpose: the `info` of HKDF.
#[derive(Clone, Copy)]
pub(crate) enum SubPurpose {
    Locator,
    Destination,
    Find,
    SignInId,
    ApiKey,
    Logo,
    Secret,
    Code,
    SecretMac,
    ShownOnce,
    Signing,
    System,
    Notice,
    FreezeLink,
    SentMessage,
    PasskeyChallenge,
    UserHandle,
    SignInMark,
    Journal,
    TransactionText,
    IdTokens,
    PushedRequest,
}

impl SubPurpose {
    /// The purpose whose root keys it is derived from.
    pub(crate) const fn purpose(self) -> KeyPurpose {
        match self {
            Self::Locator
            | Self::Destination
            | Self::Find
            | Self::SignInId
            | Self::ApiKey
            | Self::Logo
            | Self::UserHandle
            | Self::SignInMark
            | Self::Journal => KeyPurpose::Lookup,
            Self::Secret => KeyPurpose::Seal,
            Self::Code
            | Self::SecretMac
            | Self::ShownOnce
            | Self::PasskeyChallenge
            | Self::TransactionText
            | Self::PushedRequest => KeyPurpose::Codes,
            Self::Signing | Self::IdTokens => KeyPurpose::Signing,
            Self::System | Self::Notice | Self::FreezeLink | Self::SentMessage => {
                KeyPurpose::Settings
            }
        }
    }

    /// The salt of the key that seals a text for this owner. What every sign-in seals has a key for
    /// each of them: under one key, random nonces would do for 2^32 texts (NIST SP 800-38D, section
    /// 8.3).
    pub(crate) const fn salt(self, owner: &str) -> &[u8] {
        match self {
            Self::TransactionText | Self::PushedRequest => owner.as_bytes(),
            Self::Locator
            | Self::Destination
            | Self::Find
            | Self::SignInId
            | Self::ApiKey
            | Self::Logo
            | Self::Secret
            | Self::Code
            | Self::SecretMac
            | Self::ShownOnce
            | Self::Signing
            | Self::System
            | Self::Notice
            | Self::FreezeLink
            | Self::SentMessage
            | Self::PasskeyChallenge
            | Self::UserHandle
            | Self::SignInMark
            | Self::Journal
            | Self::IdTokens => b"",
        }
    }

    const fn info(self) -> &'static [u8] {
        match self {
            Self::Locator => b"portcullis/v1/locator",
            Self::Destination => b"portcullis/v1/destination",
            Self::Find => b"portcullis/v1/find",
            Self::SignInId => b"portcullis/v1/sign-in-id",
            Self::ApiKey => b"portcullis/v1/api-key",
            Self::Logo => b"portcullis/v1/logo",
            Self::Secret => b"portcullis/v1/secret",
            Self::Code => b"portcullis/v1/code",
            Self::SecretMac => b"portcullis/v1/secret-mac",
            Self::ShownOnce => b"portcullis/v1/shown-once",
            Self::Signing => b"portcullis/v1/signing",
            Self::System => b"portcullis/v1/system",
            Self::Notice => b"portcullis/v1/notice",
            Self::FreezeLink => b"portcullis/v1/freeze-link",
            Self::SentMessage => b"portcullis/v1/sent-message",
            Self::PasskeyChallenge => b"portcullis/v1/passkey-challenge",
            Self::UserHandle => b"portcullis/v1/user-handle",
            Self::SignInMark => b"portcullis/v1/sign-in-mark",
            Self::Journal => b"portcullis/v1/journal",
            Self::TransactionText => b"portcullis/v1/transaction-text",
            Self::IdTokens => b"portcullis/v1/id-tokens",
            Self::PushedRequest => b"portcullis/v1/pushed-request",
        }
    }
}

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

    /// Returns the bytes themselves, to be wrapped by KMS.
    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        self.0.as_slice().ct_eq(other.0.as_slice()).into()
    }

    /// Derives the key for a use; `salt` makes it one portal's own.
    pub(crate) fn derive(
        &self,
        purpose: SubPurpose,
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
    pub(crate) fn hmac(&self, purpose: SubPurpose, salt: &[u8]) -> Result<hmac::Key, KeyError> {
        Ok(hmac::Key::new(hmac::HMAC_SHA256, self.derive(purpose, salt)?.as_slice()))
    }
}

/// Feeds fields to a MAC or a seal, each with its length before it, so that no two lists of fields
/// read the same.
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
            SubPurpose::Locator,
            SubPurpose::Destination,
            SubPurpose::SignInId,
            SubPurpose::ApiKey,
            SubPurpose::Logo,
            SubPurpose::Secret,
            SubPurpose::Code,
            SubPurpose::SecretMac,
            SubPurpose::ShownOnce,
            SubPurpose::Signing,
            SubPurpose::System,
            SubPurpose::Notice,
            SubPurpose::FreezeLink,
            SubPurpose::SentMessage,
            SubPurpose::PasskeyChallenge,
            SubPurpose::UserHandle,
            SubPurpose::Journal,
            SubPurpose::TransactionText,
        ];
        let derived = |salt: &'static [u8]| all.map(|purpose| *root.derive(purpose, salt).unwrap());
        let mut keys = [derived(b""), derived(b"salt")].concat();
        let made = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), made);
    }
}
