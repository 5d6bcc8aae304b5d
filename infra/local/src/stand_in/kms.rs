//! KMS, as far as it is used: GenerateDataKey and Decrypt, under a key in a file.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use std::{fs, io, path::Path};

use super::StandIn;
use crate::{LocalError, start::random};

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

    fn wrap(&self, context: &str, plain: &[u8]) -> Option<Vec<u8>> {
        let nonce: [u8; NONCE_LEN] = random().ok()?;
        let mut wrapped = plain.to_vec();
        self.cipher()?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(context),
                &mut wrapped,
            )
            .ok()?;
        Some([nonce.as_slice(), &wrapped].concat())
    }

    fn unwrap(&self, context: &str, wrapped: &[u8]) -> Option<Vec<u8>> {
        let (nonce, rest) = wrapped.split_first_chunk::<NONCE_LEN>()?;
        let mut plain = rest.to_vec();
        let opened = self
            .cipher()?
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(context), &mut plain)
            .ok()?;
        Some(opened.to_vec())
    }
}

pub(super) async fn answer(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let target =
        headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let request: Value = serde_json::from_str(&body).unwrap_or_default();
    let context = request.get("EncryptionContext").map(Value::to_string).unwrap_or_default();
    let answer = match target {
        "TrentService.GenerateDataKey" => random::<32>().ok().and_then(|plain| {
            let wrapped = stand_in.master.wrap(&context, &plain)?;
            Some(json!({ "KeyId": "local", "Plaintext": BASE64_STANDARD.encode(plain), "CiphertextBlob": BASE64_STANDARD.encode(wrapped) }))
        }),
        "TrentService.Decrypt" => request.get("CiphertextBlob").and_then(Value::as_str).and_then(|blob| {
            let plain = stand_in.master.unwrap(&context, &BASE64_STANDARD.decode(blob).ok()?)?;
            Some(json!({ "KeyId": "local", "Plaintext": BASE64_STANDARD.encode(plain) }))
        }),
        _ => None,
    };
    match answer {
        Some(answer) => Json(answer).into_response(),
        None => (StatusCode::BAD_REQUEST, Json(json!({ "__type": "InvalidCiphertextException" })))
            .into_response(),
    }
}
