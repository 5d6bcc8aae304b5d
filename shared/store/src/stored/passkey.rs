//! A passkey that is bound.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{
    Malformed,
    passkey::{Backup, CredentialId, PasskeyAlgorithm, PasskeyKey, RpId},
    user::Passkey,
};
use serde::{Deserialize, Serialize};

use super::number::Number;

/// The credential id, the algorithm, the key as its `SubjectPublicKeyInfo`, the RP id, the counter,
/// and its copies.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredPasskey(
    String,
    Number<PasskeyAlgorithm>,
    String,
    String,
    u32,
    Number<Backup>,
);

impl From<&Passkey> for StoredPasskey {
    fn from(Passkey { credential, key, rp_id, counter, backup }: &Passkey) -> Self {
        Self(
            credential.to_string(),
            Number(key.algorithm()),
            BASE64URL.encode(key.spki()),
            rp_id.as_str().to_owned(),
            *counter,
            Number(*backup),
        )
    }
}

impl TryFrom<StoredPasskey> for Passkey {
    type Error = Malformed;

    fn try_from(stored: StoredPasskey) -> Result<Self, Malformed> {
        let StoredPasskey(credential, algorithm, spki, rp_id, counter, backup) = stored;
        let damaged = Malformed { what: "a passkey", why: "has a key that is damaged" };
        let spki = BASE64URL.decode(spki).map_err(|_| damaged)?;
        Ok(Self {
            credential: CredentialId::parse(&credential)?,
            key: PasskeyKey::parse(algorithm.value(), &spki)?,
            rp_id: RpId::stored(rp_id)?,
            counter,
            backup: backup.value(),
        })
    }
}
