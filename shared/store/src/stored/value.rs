//! Values that are written as one text.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{KeyVersion, Malformed, Named, Sealed};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A value that is read by its own rules, such as an id or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text<T>(pub(super) T);

impl<T> Text<T> {
    /// Takes the value out.
    pub(super) fn value(self) -> T {
        self.0
    }
}

impl<T: Clone + Into<String>> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.clone().into())
    }
}

impl<'de, T: TryFrom<String, Error = Malformed>> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        T::try_from(text).map(Self).map_err(D::Error::custom)
    }
}

/// A choice, written as its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<T>(pub(super) T);

impl<T> Name<T> {
    /// Takes the choice out.
    pub(super) fn value(self) -> T {
        self.0
    }
}

impl<T: Named> Serialize for Name<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de, T: Named> Deserialize<'de> for Name<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        T::from_name(&name).map(Self).ok_or_else(|| D::Error::custom("a name is not known"))
    }
}

/// A sealed secret: the version of its key, and nonce, ciphertext and tag in base64url.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredSealed {
    #[serde(rename = "v")]
    version: u32,
    #[serde(rename = "c")]
    bytes: String,
}

impl From<&Sealed> for StoredSealed {
    fn from(sealed: &Sealed) -> Self {
        Self { version: sealed.version.0, bytes: BASE64URL.encode(&sealed.bytes) }
    }
}

impl TryFrom<StoredSealed> for Sealed {
    type Error = Malformed;

    fn try_from(stored: StoredSealed) -> Result<Self, Malformed> {
        let damaged = Malformed { what: "the sealed secret", why: "is damaged" };
        let bytes = BASE64URL.decode(stored.bytes).map_err(|_| damaged)?;
        Ok(Self { version: KeyVersion(stored.version), bytes })
    }
}
