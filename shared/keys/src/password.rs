//! Passwords of admins: argon2id (RFC 9106) with 19 MiB, two passes and one lane, as OWASP
//! recommends.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc},
};
use portcullis_domain::{Malformed, admin::PasswordHash, limits};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use zeroize::Zeroizing;

use crate::KeyError;

/// The hash of no password, compared if there is no admin of a name, so that both take as long.
const DUMMY_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Computes hashes and counts them: an unknown name must cost as many as a wrong password.
#[derive(Clone, Debug, Default)]
pub struct Hasher(Arc<AtomicU64>);

impl Hasher {
    pub fn hash(&self, password: &Password, salt: [u8; 16]) -> Result<PasswordHash, KeyError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let hash: Result<phc::PasswordHash, _> =
            Argon2::default().hash_password_with_salt(password.0.as_bytes(), &salt);
        hash.map(|hash| PasswordHash::new(hash.to_string()))
            .map_err(|_| KeyError::Crypto("argon2id"))
    }

    /// Returns true if it is the password of this hash. Without a hash it does the same work.
    pub fn is(&self, password: &Password, hash: Option<&PasswordHash>) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed);
        let stored = hash.map_or(DUMMY_HASH, PasswordHash::expose);
        let Ok(parsed) = phc::PasswordHash::new(stored) else { return false };
        let same = Argon2::default().verify_password(password.0.as_bytes(), &parsed).is_ok();
        same && hash.is_some()
    }

    pub fn computed(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A password in the clear, on its way to the hash.
pub struct Password(Zeroizing<String>);

impl Password {
    pub fn choose(text: &str) -> Result<Self, Malformed> {
        let why = "must be 12 to 128 characters; a sentence of a few words is best";
        let length = text.chars().count();
        if (limits::PASSWORD_MIN_CHARS..=128).contains(&length) {
            Ok(Self::given(text))
        } else {
            Err(Malformed { what: "password", why })
        }
    }

    pub fn given(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_no_other_is() {
        let hasher = Hasher::default();
        let password = Password::choose("correct horse battery").unwrap();
        let hash = hasher.hash(&password, [7; 16]).unwrap();
        assert!(hash.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(hasher.is(&password, Some(&hash)));
        assert!(!hasher.is(&Password::given("correct horse batterz"), Some(&hash)));
        assert_ne!(hash, hasher.hash(&password, [8; 16]).unwrap());
        assert_eq!(hasher.computed(), 4);
    }

    #[test]
    fn the_dummy_hash_is_computed_and_never_right() {
        assert!(phc::PasswordHash::new(DUMMY_HASH).is_ok());
        for guess in ["", "password"] {
            assert!(!Hasher::default().is(&Password::given(guess), None));
        }
    }

    #[test]
    fn short_passwords_are_refused_by_characters_not_bytes() {
        assert!(Password::choose("elf zeichen").is_err());
        assert!(Password::choose(&"ü".repeat(12)).is_ok());
        assert!(Password::choose(&"x".repeat(129)).is_err());
        assert_eq!(format!("{:?}", Password::given("secret")), "Password");
    }
}
