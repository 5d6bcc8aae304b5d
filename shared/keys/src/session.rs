//! The secret of an admin's session: `pcs_` and 64 characters that begin with the admin's locator.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{Locator, Malformed, admin::SessionHash};
use std::fmt;
use zeroize::Zeroizing;

use crate::secret_hash;

/// A session's secret as it was sent, or was just made. Well formed, and not yet known to be right.
pub struct SessionSecret {
    locator: Locator,
    text: Zeroizing<String>,
}

impl SessionSecret {
    pub const RANDOM: usize = 32;

    pub fn new(locator: Locator, random: [u8; Self::RANDOM]) -> Self {
        let bytes = [locator.as_bytes().as_slice(), &random].concat();
        let text = Zeroizing::new(format!("pcs_{}", BASE64URL.encode(bytes)));
        Self { locator, text }
    }

    /// Reads a secret.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let unknown = Malformed { what: "the session", why: "is not one of ours" };
        let tail = text.strip_prefix("pcs_").ok_or(unknown)?;
        let bytes = BASE64URL.decode(tail).map_err(|_| unknown)?;
        let (locator, rest) = bytes.split_first_chunk::<16>().ok_or(unknown)?;
        if rest.len() != Self::RANDOM {
            return Err(unknown);
        }
        Ok(Self { locator: Locator::new(*locator), text: Zeroizing::new(text.to_owned()) })
    }

    pub const fn locator(&self) -> Locator {
        self.locator
    }

    pub fn hash(&self) -> SessionHash {
        SessionHash::new(*secret_hash(&self.text).as_bytes())
    }

    /// Returns the token of this session's forms, so that no other site can post them. It reveals
    /// nothing of the secret.
    pub fn form(&self) -> String {
        let hash = secret_hash(&format!("form {}", self.text.as_str()));
        BASE64URL.encode(hash.as_bytes())
    }

    pub fn expose(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for SessionSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionSecret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_reads_back_and_other_texts_do_not() {
        let made = SessionSecret::new(Locator::new([1; 16]), [0xff; 32]);
        let read = SessionSecret::parse(made.expose()).unwrap();
        assert_eq!((read.locator(), read.hash()), (made.locator(), made.hash()));
        for wrong in ["", "pcs_", "pcl_acme", &made.expose()[..60], &format!("{}A", made.expose())]
        {
            assert!(SessionSecret::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_a_form_carries_is_the_sessions_own_and_tells_nothing_of_it() {
        let secret = |byte| SessionSecret::new(Locator::new([1; 16]), [byte; 32]);
        let (one, other) = (secret(1), secret(2));
        assert_eq!(one.form(), SessionSecret::parse(one.expose()).unwrap().form());
        assert_ne!(one.form(), other.form());
        assert_ne!(one.hash(), other.hash());
        assert_ne!(one.form(), BASE64URL.encode(one.hash().as_bytes()));
        assert_eq!(format!("{one:?}"), "SessionSecret");
    }
}
