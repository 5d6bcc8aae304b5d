//! Root keys, wrapped by KMS.

use aws_sdk_kms::{Client, primitives::Blob, types::DataKeySpec};
use zeroize::Zeroizing;

use crate::{KeyError, KeyPurpose, root::RootKey};

/// The key of the encryption context. Its value is the purpose, bound into the wrapping, so that a
/// root key is never unwrapped for another purpose than its own.
const CONTEXT: &str = "portcullis";

pub(crate) async fn generate(
    client: &Client,
    key_id: &str,
    purpose: KeyPurpose,
) -> Result<(RootKey, Vec<u8>), KeyError> {
    let made = client
        .generate_data_key()
        .key_id(key_id)
        .key_spec(DataKeySpec::Aes256)
        .encryption_context(CONTEXT, purpose.as_str())
        .send()
        .await
        .map_err(|error| KeyError::kms(purpose, error))?;
    let plain = Zeroizing::new(made.plaintext.map(Blob::into_inner).unwrap_or_default());
    let wrapped = made.ciphertext_blob.map(Blob::into_inner).ok_or(KeyError::Damaged)?;
    Ok((RootKey::new(&plain)?, wrapped))
}

pub(crate) async fn unwrap(
    client: &Client,
    purpose: KeyPurpose,
    wrapped: Vec<u8>,
) -> Result<RootKey, KeyError> {
    let opened = client
        .decrypt()
        .ciphertext_blob(Blob::new(wrapped))
        .encryption_context(CONTEXT, purpose.as_str())
        .send()
        .await
        .map_err(|error| KeyError::kms(purpose, error))?;
    let plain = Zeroizing::new(opened.plaintext.map(Blob::into_inner).unwrap_or_default());
    RootKey::new(&plain)
}
