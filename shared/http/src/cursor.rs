//! Cursors, which are sealed so that they reveal nothing, and work for one list only.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_app::AppContext;
use portcullis_domain::{KeyVersion, Malformed, Sealed, Unreadable};
use portcullis_keys::KeyError;

use crate::Problem;

/// Seals and opens the cursors of one list.
#[derive(Debug)]
pub struct Cursor(String);

impl Cursor {
    pub fn of(list: &str) -> Self {
        Self(format!("cursor:{list}"))
    }

    /// Seals a position in the list.
    pub async fn seal(&self, context: &AppContext, position: &str) -> Result<String, Problem> {
        let sealed = context.keyring().await?.seal_setting(&self.0, position, context.random()?)?;
        Ok(encode(&sealed))
    }

    /// Returns the position in a cursor.
    pub async fn open(&self, context: &AppContext, cursor: &str) -> Result<String, Problem> {
        let refused = Malformed { what: "cursor", why: "is not one of this list; begin without" };
        let sealed = decode(cursor).ok_or(refused)?;
        match context.keyring().await?.open_setting(&self.0, &sealed) {
            Ok(position) => Ok(position.to_string()),
            Err(error @ KeyError::Unreadable(Unreadable::NotOpened(_))) => Err(error.into()),
            Err(_) => Err(refused.into()),
        }
    }
}

/// Encodes a sealed text for a URL or a cookie.
pub(crate) fn encode(sealed: &Sealed) -> String {
    BASE64URL.encode([sealed.version.0.to_be_bytes().as_slice(), &sealed.bytes].concat())
}

pub(crate) fn decode(text: &str) -> Option<Sealed> {
    let bytes = BASE64URL.decode(text).ok()?;
    let (version, sealed) = bytes.split_first_chunk::<4>()?;
    let version = KeyVersion(u32::from_be_bytes(*version));
    Some(Sealed { version, bytes: sealed.to_vec() })
}
