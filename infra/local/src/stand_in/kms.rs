//! KMS, as far as it is used: keys are made, replicated and disabled, and wrap and unwrap in their
//! Regions. The first one is in a file. What it refuses, KMS refuses in these words; the pages
//! named are those of AWS's documentation.

mod keys;
#[cfg(test)]
mod tests;

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

pub(crate) use self::keys::MasterKey;
use self::keys::{Keys, Place};
use crate::random::random;

/// The id of the first key, which everything is wrapped under. It is a multi-Region key, as the
/// template makes it, so its id begins with `mrk-` ("AWS KMS Developer Guide: Multi-Region keys").
pub const ROOT_KEY_ID: &str = "mrk-0ca1c0de000040008000000000000001";

/// The longest ciphertext that Decrypt takes ("AWS KMS API Reference: Decrypt", CiphertextBlob).
const LONGEST_BLOB: usize = 6144;

/// The longest text that Encrypt takes under a symmetric key ("AWS KMS API Reference: Encrypt").
const LONGEST_PLAIN: usize = 4096;

/// Why a call is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KmsError {
    /// "AWS KMS API Reference: Decrypt", errors: the ciphertext or its encryption context is
    /// corrupted, missing or otherwise invalid.
    InvalidCiphertext,
    /// "AWS KMS API Reference: Decrypt", errors: the key named is not the one that encrypted.
    IncorrectKey,
    /// "AWS KMS API Reference: GenerateDataKey", errors: there is no such key in this Region.
    NotFound,
    /// "AWS KMS API Reference: Decrypt", errors: the key is not enabled.
    Disabled,
    /// "AWS KMS API Reference: Common Errors". Decrypt without a key id answers so if the key that
    /// the ciphertext names does not exist in this Region ("The ciphertext refers to a customer
    /// master key that does not exist, does not exist in this region, or you are not allowed to
    /// access", public reports of Decrypt in another Region).
    AccessDenied,
    /// "AWS KMS API Reference: ReplicateKey", errors: it is no multi-Region key.
    UnsupportedOperation,
    /// "AWS KMS API Reference: ReplicateKey", errors: the Region has a replica.
    AlreadyExists,
    /// "AWS KMS API Reference: Common Errors": the input breaks a constraint.
    Validation,
    /// "Smithy: AWS JSON 1.1 protocol": the body does not have the types of the operation.
    Serialization,
    /// "AWS KMS API Reference: Common Errors" (InvalidAction), by its name in the AWS JSON 1.1
    /// protocol.
    UnknownOperation,
    /// "AWS KMS API Reference: GenerateDataKey", errors: something inside failed, and the call may
    /// be repeated.
    KmsInternal,
}

impl KmsError {
    /// Its name on the wire, and the status it comes with.
    const fn on_the_wire(self) -> (&'static str, StatusCode) {
        match self {
            Self::InvalidCiphertext => ("InvalidCiphertextException", StatusCode::BAD_REQUEST),
            Self::IncorrectKey => ("IncorrectKeyException", StatusCode::BAD_REQUEST),
            Self::NotFound => ("NotFoundException", StatusCode::BAD_REQUEST),
            Self::Disabled => ("DisabledException", StatusCode::BAD_REQUEST),
            Self::AccessDenied => ("AccessDeniedException", StatusCode::BAD_REQUEST),
            Self::UnsupportedOperation => {
                ("UnsupportedOperationException", StatusCode::BAD_REQUEST)
            }
            Self::AlreadyExists => ("AlreadyExistsException", StatusCode::BAD_REQUEST),
            Self::Validation => ("ValidationException", StatusCode::BAD_REQUEST),
            Self::Serialization => ("SerializationException", StatusCode::BAD_REQUEST),
            Self::UnknownOperation => ("UnknownOperationException", StatusCode::BAD_REQUEST),
            Self::KmsInternal => ("KMSInternalException", StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

/// The encryption context: pairs without an order, of which each must be the same to the letter
/// when decrypting ("AWS KMS Developer Guide: Encryption context").
pub(crate) type Context = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct GenerateDataKey {
    key_id: String,
    key_spec: Option<String>,
    number_of_bytes: Option<usize>,
    #[serde(default)]
    encryption_context: Context,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Encrypt {
    key_id: String,
    plaintext: String,
    #[serde(default)]
    encryption_context: Context,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Decrypt {
    ciphertext_blob: String,
    key_id: Option<String>,
    #[serde(default)]
    encryption_context: Context,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CreateKey {
    #[serde(default)]
    multi_region: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ReplicateKey {
    key_id: String,
    replica_region: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OnKey {
    key_id: String,
}

impl Keys {
    fn call(&self, region: &str, target: &str, body: &str) -> Result<Value, KmsError> {
        match target {
            "TrentService.GenerateDataKey" => self.generate(region, &read(body)?),
            "TrentService.Encrypt" => self.encrypt(region, read(body)?),
            "TrentService.Decrypt" => self.decrypt(region, read(body)?),
            "TrentService.CreateKey" => {
                let CreateKey { multi_region } = read(body)?;
                let place = self.make(region, multi_region)?;
                Ok(json!({ "KeyMetadata": metadata(&place) }))
            }
            "TrentService.ReplicateKey" => {
                let ReplicateKey { key_id, replica_region } = read(body)?;
                let place = self.replicate(&self.find(region, &key_id)?, &replica_region)?;
                Ok(json!({ "ReplicaKeyMetadata": metadata(&place) }))
            }
            "TrentService.DisableKey" | "TrentService.EnableKey" => {
                let OnKey { key_id } = read(body)?;
                self.enable(&self.find(region, &key_id)?, target.ends_with("EnableKey"))?;
                Ok(json!({}))
            }
            _ => Err(KmsError::UnknownOperation),
        }
    }

    fn generate(&self, region: &str, call: &GenerateDataKey) -> Result<Value, KmsError> {
        let place = self.find(region, &call.key_id)?;
        // "AWS KMS API Reference: GenerateDataKey": KeySpec or NumberOfBytes, and not both. The
        // other lengths are not used here.
        match (call.key_spec.as_deref(), call.number_of_bytes) {
            (Some("AES_256"), None) | (None, Some(32)) => {}
            _ => return Err(KmsError::Validation),
        }
        let plain = random::<32>().map_err(|_| KmsError::KmsInternal)?;
        let wrapped = self.wrap(&place, &call.encryption_context, &plain)?;
        Ok(json!({
            "KeyId": place.arn(),
            "Plaintext": BASE64_STANDARD.encode(plain),
            "CiphertextBlob": BASE64_STANDARD.encode(wrapped),
        }))
    }

    fn encrypt(&self, region: &str, call: Encrypt) -> Result<Value, KmsError> {
        let place = self.find(region, &call.key_id)?;
        let plain = BASE64_STANDARD.decode(call.plaintext).map_err(|_| KmsError::Serialization)?;
        if !(1..=LONGEST_PLAIN).contains(&plain.len()) {
            return Err(KmsError::Validation);
        }
        let wrapped = self.wrap(&place, &call.encryption_context, &plain)?;
        Ok(json!({
            "KeyId": place.arn(),
            "CiphertextBlob": BASE64_STANDARD.encode(wrapped),
            "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        }))
    }

    fn decrypt(&self, region: &str, call: Decrypt) -> Result<Value, KmsError> {
        let wrapped =
            BASE64_STANDARD.decode(call.ciphertext_blob).map_err(|_| KmsError::Serialization)?;
        if !(1..=LONGEST_BLOB).contains(&wrapped.len()) {
            return Err(KmsError::Validation);
        }
        let named = call.key_id.map(|id| self.find(region, &id)).transpose()?;
        let (place, plain) =
            self.unwrap(region, named.as_ref(), &call.encryption_context, &wrapped)?;
        Ok(json!({
            "KeyId": place.arn(),
            "Plaintext": BASE64_STANDARD.encode(plain),
            "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        }))
    }
}

fn metadata(place: &Place) -> Value {
    json!({ "KeyId": place.id, "Arn": place.arn() })
}

fn read<'a, T: Deserialize<'a>>(body: &'a str) -> Result<T, KmsError> {
    serde_json::from_str(body).map_err(|_| KmsError::Serialization)
}

/// Returns the Region that a call is signed for: the third part of the credential ("AWS Signature
/// Version 4 for API requests", elements of the signature).
fn region(headers: &HeaderMap) -> Option<&str> {
    let signed = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (_, credential) = signed.split_once("Credential=")?;
    credential.split([',', ' ']).next()?.split('/').nth(2)
}

pub(super) fn routes(master: MasterKey) -> Router {
    Router::new().route("/local/kms/", post(answer)).with_state(Arc::new(Keys::of(master)))
}

async fn answer(State(keys): State<Arc<Keys>>, headers: HeaderMap, body: String) -> Response {
    let target =
        headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let region = region(&headers).unwrap_or(keys::HOME);
    let (status, answer) = match keys.call(region, target, &body) {
        Ok(answer) => (StatusCode::OK, answer),
        Err(error) => {
            let (name, status) = error.on_the_wire();
            (status, json!({ "__type": name }))
        }
    };
    let kind = [(header::CONTENT_TYPE, "application/x-amz-json-1.1")];
    (status, kind, answer.to_string()).into_response()
}
