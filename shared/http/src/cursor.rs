//! Cursors: where the next page of a list begins, sealed, so that they reveal nothing and fit one
//! list only.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_app::AppContext;
use portcullis_domain::{KeyVersion, Malformed, Sealed, Unreadable};
use portcullis_keys::KeyError;

use crate::Problem;

/// Seals and opens the cursors of one list.
#[derive(Debug)]
pub struct Cursor(String);

impl Cursor {
    /// The cursors of the list of this name.
    pub fn of(list: &str) -> Self {
        Self(format!("cursor:{list}"))
    }

    /// A place in the list, sealed.
    ///
    /// # Errors
    /// 503 when it cannot be sealed.
    pub async fn seal(&self, context: &AppContext, place: &str) -> Result<String, Problem> {
        let sealed = context.keyring().await?.seal_setting(&self.0, place, context.random()?)?;
        Ok(written(&sealed))
    }

    /// The place a cursor stands for.
    pub async fn open(&self, context: &AppContext, cursor: &str) -> Result<String, Problem> {
        let refused = Malformed { what: "cursor", why: "is not one of this list; begin without" };
        let sealed = read(cursor).ok_or(refused)?;
        match context.keyring().await?.open_setting(&self.0, &sealed) {
            Ok(place) => Ok(place.to_string()),
            Err(error @ KeyError::Unreadable(Unreadable::NotOpened(_))) => Err(error.into()),
            Err(_) => Err(refused.into()),
        }
    }
}

/// A sealed text as it stands in an address or a cookie.
pub(crate) fn written(sealed: &Sealed) -> String {
    BASE64URL.encode([sealed.version.0.to_be_bytes().as_slice(), &sealed.bytes].concat())
}

/// Reads what [`written`] wrote.
pub(crate) fn read(text: &str) -> Option<Sealed> {
    let bytes = BASE64URL.decode(text).ok()?;
    let (version, sealed) = bytes.split_first_chunk::<4>()?;
    let version = KeyVersion(u32::from_be_bytes(*version));
    Some(Sealed { version, bytes: sealed.to_vec() })
}
