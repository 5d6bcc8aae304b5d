//! Signatures of passkeys.

use aws_lc_rs::{
    digest,
    signature::{
        ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
        VerificationAlgorithm,
    },
};
use portcullis_domain::passkey::{PasskeyAlgorithm, PasskeyKey, Signatures};

/// The cryptography of passkeys; it holds no key of ours.
#[derive(Clone, Copy, Debug)]
pub struct PasskeySignatures;

impl Signatures for PasskeySignatures {
    fn hash(&self, bytes: &[u8]) -> [u8; 32] {
        let digest = digest::digest(&digest::SHA256, bytes);
        digest.as_ref().first_chunk().copied().unwrap_or_default()
    }

    fn is_usable(&self, key: &PasskeyKey) -> bool {
        unparsed(key).parse().is_ok()
    }

    fn is_signed(&self, key: &PasskeyKey, message: &[u8], signature: &[u8]) -> bool {
        unparsed(key).verify(message, signature).is_ok()
    }
}

/// The key beside its algorithm; a [`PasskeyKey`] was read as one of it.
fn unparsed(key: &PasskeyKey) -> UnparsedPublicKey<&[u8]> {
    let algorithm: &'static dyn VerificationAlgorithm = match key.algorithm() {
        PasskeyAlgorithm::Es256 => &ECDSA_P256_SHA256_ASN1,
        PasskeyAlgorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
        PasskeyAlgorithm::EdDsa => &ED25519,
    };
    UnparsedPublicKey::new(algorithm, key.spki())
}
