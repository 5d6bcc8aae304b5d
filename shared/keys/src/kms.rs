//! Root keys, wrapped by KMS.

use aws_sdk_kms::{
    Client,
    error::SdkError,
    operation::decrypt::{DecryptError, DecryptOutput},
    primitives::Blob,
    types::DataKeySpec,
};
use zeroize::Zeroizing;

use crate::{KeyError, KeyPurpose, root::RootKey};

/// The key of the encryption context. Its value is the purpose, bound into the wrapping, so that a
/// root key is never unwrapped for another purpose than its own.
const CONTEXT: &str = "portcullis";

/// A root key that KMS made.
pub(crate) struct MadeKey {
    pub(crate) key: RootKey,
    pub(crate) wrapped: Vec<u8>,
    /// The ARN of the key of KMS that wraps it.
    pub(crate) wrapped_by: Option<String>,
}

pub(crate) async fn generate(
    client: &Client,
    key_id: &str,
    purpose: KeyPurpose,
) -> Result<MadeKey, KeyError> {
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
    Ok(MadeKey { key: RootKey::new(&plain)?, wrapped, wrapped_by: made.key_id })
}

/// Wraps a root key, and returns it with the ARN of the key of KMS that wraps it.
pub(crate) async fn wrap(
    client: &Client,
    key_id: &str,
    purpose: KeyPurpose,
    key: &RootKey,
) -> Result<(Vec<u8>, Option<String>), KeyError> {
    let call = client
        .encrypt()
        .key_id(key_id)
        .plaintext(Blob::new(key.expose().to_vec()))
        .encryption_context(CONTEXT, purpose.as_str());
    let made = call.send().await.map_err(|error| KeyError::kms(purpose, error))?;
    let wrapped = made.ciphertext_blob.map(Blob::into_inner).ok_or(KeyError::Damaged)?;
    Ok((wrapped, made.key_id))
}

/// Unwraps a root key, and returns it with the ARN of the key of KMS that wraps it.
pub(crate) async fn unwrap_with_arn(
    client: &Client,
    purpose: KeyPurpose,
    wrapped: Vec<u8>,
) -> Result<(RootKey, Option<String>), KeyError> {
    let opened = decrypt(client, purpose, wrapped).await?;
    let plain = Zeroizing::new(opened.plaintext.map(Blob::into_inner).unwrap_or_default());
    Ok((RootKey::new(&plain)?, opened.key_id))
}

pub(crate) async fn unwrap(
    client: &Client,
    purpose: KeyPurpose,
    wrapped: Vec<u8>,
) -> Result<RootKey, KeyError> {
    unwrap_with_arn(client, purpose, wrapped).await.map(|(key, _)| key)
}

/// Returns true if KMS has said that a wrapping is not of the purpose that it was opened for ("AWS
/// KMS API Reference: Decrypt", errors: `InvalidCiphertextException`). A call without an answer has
/// not said so.
pub(crate) fn is_of_another_purpose(error: &KeyError) -> bool {
    let KeyError::Kms { source, .. } = error else { return false };
    let answered = source.downcast_ref::<SdkError<DecryptError>>();
    let refusal = answered.and_then(SdkError::as_service_error);
    refusal.is_some_and(DecryptError::is_invalid_ciphertext_exception)
}

async fn decrypt(
    client: &Client,
    purpose: KeyPurpose,
    wrapped: Vec<u8>,
) -> Result<DecryptOutput, KeyError> {
    let call = client
        .decrypt()
        .ciphertext_blob(Blob::new(wrapped))
        .encryption_context(CONTEXT, purpose.as_str());
    call.send().await.map_err(|error| KeyError::kms(purpose, error))
}
