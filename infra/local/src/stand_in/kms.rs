//! KMS, as far as it is used: GenerateDataKey and Decrypt, under a key in a file. What it refuses,
//! KMS refuses in these words; the pages named are those of AWS's documentation.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
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
use std::{collections::BTreeMap, fs, io, path::Path, sync::Arc};

use crate::{error::LocalError, random::random};

/// The id of the key everything is wrapped under, and its ARN.
pub const ROOT_KEY_ID: &str = "0ca1c0de-0000-4000-8000-000000000001";
const KEY_ARN: &str = "arn:aws:kms:eu-west-1:000000000000:key/0ca1c0de-0000-4000-8000-000000000001";

/// The longest ciphertext that Decrypt takes ("AWS KMS API Reference: Decrypt", CiphertextBlob).
const LONGEST_BLOB: usize = 6144;

/// Why a call is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KmsError {
    /// "AWS KMS API Reference: Decrypt", errors: the ciphertext or its encryption context is
    /// corrupted, missing or otherwise invalid.
    InvalidCiphertext,
    /// "AWS KMS API Reference: Decrypt", errors: the key named is not the one that encrypted.
    IncorrectKey,
    /// "AWS KMS API Reference: GenerateDataKey", errors: there is no such key.
    NotFound,
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
            Self::Validation => ("ValidationException", StatusCode::BAD_REQUEST),
            Self::Serialization => ("SerializationException", StatusCode::BAD_REQUEST),
            Self::UnknownOperation => ("UnknownOperationException", StatusCode::BAD_REQUEST),
            Self::KmsInternal => ("KMSInternalException", StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

/// The encryption context: pairs without an order, of which each must be the same to the letter
/// when decrypting ("AWS KMS Developer Guide: Encryption context").
type Context = BTreeMap<String, String>;

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
struct Decrypt {
    ciphertext_blob: String,
    key_id: Option<String>,
    #[serde(default)]
    encryption_context: Context,
}

/// The key everything is wrapped under.
pub(crate) struct MasterKey([u8; 32]);

impl MasterKey {
    /// The key in this file, made at the first start; or one that nothing outlives.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, LocalError> {
        let Some(file) = file else { return Ok(Self(random()?)) };
        match fs::read(file) {
            Ok(bytes) => {
                bytes.try_into().map(Self).map_err(|_| LocalError::KeyFile(file.to_owned()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = random()?;
                fs::write(file, key).map_err(LocalError::Folder)?;
                Ok(Self(key))
            }
            Err(error) => Err(LocalError::Folder(error)),
        }
    }

    fn cipher(&self) -> Option<LessSafeKey> {
        UnboundKey::new(&AES_256_GCM, &self.0).ok().map(LessSafeKey::new)
    }

    fn wrap(&self, context: &Context, plain: &[u8]) -> Option<Vec<u8>> {
        let nonce: [u8; NONCE_LEN] = random().ok()?;
        let mut wrapped = plain.to_vec();
        self.cipher()?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(bound(context)?),
                &mut wrapped,
            )
            .ok()?;
        Some([nonce.as_slice(), &wrapped].concat())
    }

    fn unwrap(&self, context: &Context, wrapped: &[u8]) -> Option<Vec<u8>> {
        let (nonce, rest) = wrapped.split_first_chunk::<NONCE_LEN>()?;
        let (nonce, bound) = (Nonce::assume_unique_for_key(*nonce), Aad::from(bound(context)?));
        let mut plain = rest.to_vec();
        let opened = self.cipher()?.open_in_place(nonce, bound, &mut plain).ok()?;
        Some(opened.to_vec())
    }

    fn call(&self, target: &str, body: &str) -> Result<Value, KmsError> {
        match target {
            "TrentService.GenerateDataKey" => self.generate(&read(body)?),
            "TrentService.Decrypt" => self.decrypt(read(body)?),
            _ => Err(KmsError::UnknownOperation),
        }
    }

    fn generate(&self, call: &GenerateDataKey) -> Result<Value, KmsError> {
        if !is_ours(&call.key_id) {
            return Err(KmsError::NotFound);
        }
        // "AWS KMS API Reference: GenerateDataKey": KeySpec or NumberOfBytes, and not both. The
        // other lengths are not used here.
        match (call.key_spec.as_deref(), call.number_of_bytes) {
            (Some("AES_256"), None) | (None, Some(32)) => {}
            _ => return Err(KmsError::Validation),
        }
        let failed = KmsError::KmsInternal;
        let plain = random::<32>().map_err(|_| failed)?;
        let wrapped = self.wrap(&call.encryption_context, &plain).ok_or(failed)?;
        Ok(json!({
            "KeyId": KEY_ARN,
            "Plaintext": BASE64_STANDARD.encode(plain),
            "CiphertextBlob": BASE64_STANDARD.encode(wrapped),
        }))
    }

    fn decrypt(&self, call: Decrypt) -> Result<Value, KmsError> {
        let wrapped =
            BASE64_STANDARD.decode(call.ciphertext_blob).map_err(|_| KmsError::Serialization)?;
        if !(1..=LONGEST_BLOB).contains(&wrapped.len()) {
            return Err(KmsError::Validation);
        }
        // Without a key id KMS finds the key by what stands in the ciphertext.
        if call.key_id.is_some_and(|id| !is_ours(&id)) {
            return Err(KmsError::IncorrectKey);
        }
        let plain = self.unwrap(&call.encryption_context, &wrapped);
        let plain = plain.ok_or(KmsError::InvalidCiphertext)?;
        Ok(json!({
            "KeyId": KEY_ARN,
            "Plaintext": BASE64_STANDARD.encode(plain),
            "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        }))
    }
}

/// A key is named by its id or its ARN ("AWS KMS API Reference: GenerateDataKey", KeyId); there is
/// no alias here.
fn is_ours(key_id: &str) -> bool {
    key_id == ROOT_KEY_ID || key_id == KEY_ARN
}

fn read<'a, T: Deserialize<'a>>(body: &'a str) -> Result<T, KmsError> {
    serde_json::from_str(body).map_err(|_| KmsError::Serialization)
}

/// The encryption context as bytes, the same for the same pairs in any order.
fn bound(context: &Context) -> Option<Vec<u8>> {
    serde_json::to_vec(context).ok()
}

pub(super) fn routes(master: MasterKey) -> Router {
    Router::new().route("/local/kms/", post(answer)).with_state(Arc::new(master))
}

async fn answer(
    State(master): State<Arc<MasterKey>>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let target =
        headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let (status, answer) = match master.call(target, &body) {
        Ok(answer) => (StatusCode::OK, answer),
        Err(error) => {
            let (name, status) = error.on_the_wire();
            (status, json!({ "__type": name }))
        }
    };
    let kind = [(header::CONTENT_TYPE, "application/x-amz-json-1.1")];
    (status, kind, answer.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENERATE: &str = "TrentService.GenerateDataKey";
    const DECRYPT: &str = "TrentService.Decrypt";

    fn call(key: &MasterKey, target: &str, body: &Value) -> Result<Value, KmsError> {
        key.call(target, &body.to_string())
    }

    fn generate(key: &MasterKey, context: Value) -> Value {
        let body =
            json!({ "KeyId": ROOT_KEY_ID, "KeySpec": "AES_256", "EncryptionContext": context });
        call(key, GENERATE, &body).unwrap()
    }

    fn decrypt(key: &MasterKey, blob: &Value, context: Value) -> Result<Value, KmsError> {
        call(key, DECRYPT, &json!({ "CiphertextBlob": blob, "EncryptionContext": context }))
    }

    #[test]
    fn a_data_key_opens_under_its_own_context_in_any_order_and_no_other() {
        let key = MasterKey([7; 32]);
        let made = generate(&key, json!({ "portcullis": "seal", "a": "b" }));
        let blob = &made["CiphertextBlob"];
        let opened = decrypt(&key, blob, json!({ "a": "b", "portcullis": "seal" })).unwrap();
        assert_eq!(opened["Plaintext"], made["Plaintext"]);
        for context in [
            json!({}),
            json!({ "portcullis": "seal" }),
            json!({ "portcullis": "codes", "a": "b" }),
            json!({ "portcullis": "Seal", "a": "b" }),
            json!({ "portcullis": "seal", "a": "b", "c": "d" }),
        ] {
            let refused = decrypt(&key, blob, context.clone());
            assert_eq!(refused, Err(KmsError::InvalidCiphertext), "{context}");
        }
        let without = call(&key, DECRYPT, &json!({ "CiphertextBlob": blob }));
        assert_eq!(without, Err(KmsError::InvalidCiphertext));
    }

    #[test]
    fn a_damaged_or_foreign_ciphertext_does_not_open() {
        let key = MasterKey([7; 32]);
        let context = json!({ "portcullis": "seal" });
        let foreign = generate(&MasterKey([8; 32]), context.clone())["CiphertextBlob"].clone();
        for (blob, error) in [
            (foreign, KmsError::InvalidCiphertext),
            (json!(BASE64_STANDARD.encode([1; 60])), KmsError::InvalidCiphertext),
            (json!(BASE64_STANDARD.encode([1; 3])), KmsError::InvalidCiphertext),
            (json!(""), KmsError::Validation),
            (json!(BASE64_STANDARD.encode([1; 6145])), KmsError::Validation),
            (json!("no base64!"), KmsError::Serialization),
            (json!(7), KmsError::Serialization),
        ] {
            assert_eq!(decrypt(&key, &blob, context.clone()), Err(error), "{blob}");
        }
    }

    #[test]
    fn a_key_that_is_not_ours_is_refused() {
        let key = MasterKey([7; 32]);
        let context = json!({ "portcullis": "seal" });
        let blob = generate(&key, context.clone())["CiphertextBlob"].clone();
        for (id, made, opened) in [
            (ROOT_KEY_ID, None, None),
            (KEY_ARN, None, None),
            ("other", Some(KmsError::NotFound), Some(KmsError::IncorrectKey)),
        ] {
            let body = json!({ "KeyId": id, "KeySpec": "AES_256" });
            assert_eq!(call(&key, GENERATE, &body).err(), made, "{id}");
            let body = json!({ "KeyId": id, "CiphertextBlob": blob, "EncryptionContext": context });
            assert_eq!(call(&key, DECRYPT, &body).err(), opened, "{id}");
        }
    }

    #[test]
    fn a_call_that_kms_does_not_know_or_cannot_read_is_refused() {
        let key = MasterKey([7; 32]);
        let ours = json!({ "KeyId": ROOT_KEY_ID });
        let with = |name: &str, value: Value| {
            let mut body = ours.clone();
            body[name] = value;
            body
        };
        let mut both = with("KeySpec", json!("AES_256"));
        both["NumberOfBytes"] = json!(32);
        for (target, body, error) in [
            ("TrentService.Encrypt", &ours, KmsError::UnknownOperation),
            ("", &ours, KmsError::UnknownOperation),
            (GENERATE, &ours, KmsError::Validation),
            (GENERATE, &both, KmsError::Validation),
            (GENERATE, &with("KeySpec", json!("AES_512")), KmsError::Validation),
            (GENERATE, &json!({ "KeySpec": "AES_256" }), KmsError::Serialization),
            (
                GENERATE,
                &with("EncryptionContext", json!({ "portcullis": 7 })),
                KmsError::Serialization,
            ),
            (DECRYPT, &json!([]), KmsError::Serialization),
        ] {
            assert_eq!(call(&key, target, body), Err(error), "{target} {body}");
        }
        assert!(call(&key, GENERATE, &with("NumberOfBytes", json!(32))).is_ok());
    }
}
