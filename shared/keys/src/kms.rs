//! The one thing KMS does here: wrapping the root key.

use aws_sdk_kms::{Client, primitives::Blob, types::DataKeySpec};
use zeroize::Zeroizing;

use crate::{KeyError, root::RootKey};

/// Bound into the wrapping, so that the root key is never unwrapped as something else.
const CONTEXT: (&str, &str) = ("portcullis", "root-key");

/// A new root key, and its wrapped form.
pub(crate) async fn generate(
    client: &Client,
    key_id: &str,
) -> Result<(RootKey, Vec<u8>), KeyError> {
    let made = client
        .generate_data_key()
        .key_id(key_id)
        .key_spec(DataKeySpec::Aes256)
        .encryption_context(CONTEXT.0, CONTEXT.1)
        .send()
        .await
        .map_err(|error| KeyError::Kms(Box::new(error)))?;
    let plain = Zeroizing::new(made.plaintext.map(Blob::into_inner).unwrap_or_default());
    let wrapped = made.ciphertext_blob.map(Blob::into_inner).ok_or(KeyError::Damaged)?;
    Ok((RootKey::new(&plain)?, wrapped))
}

/// The root key in a wrapped form.
pub(crate) async fn unwrap(client: &Client, wrapped: &[u8]) -> Result<RootKey, KeyError> {
    let opened = client
        .decrypt()
        .ciphertext_blob(Blob::new(wrapped))
        .encryption_context(CONTEXT.0, CONTEXT.1)
        .send()
        .await
        .map_err(|error| KeyError::Kms(Box::new(error)))?;
    let plain = Zeroizing::new(opened.plaintext.map(Blob::into_inner).unwrap_or_default());
    RootKey::new(&plain)
}
