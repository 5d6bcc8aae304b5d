//! The name of a sign-in in the log.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use std::fmt;

/// A keyed hash of a sign-in's id, in twelve characters of base64url. It joins the log lines of one
/// sign-in, and nothing else: it is not accepted anywhere, the id cannot be found from it, and
/// another sign-in of the same user has another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInMark([u8; 9]);

impl SignInMark {
    pub(crate) const fn new(bytes: [u8; 9]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for SignInMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64URL.encode(self.0))
    }
}
