//! The password of an admin: at rest, and one that somebody else made.

use std::fmt;
use zeroize::Zeroize;

use crate::{Timestamp, limits};

/// A password at rest, as a PHC string of argon2id (RFC 9106).
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    pub const fn new(phc: String) -> Self {
        Self(phc)
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash")
    }
}

impl Drop for PasswordHash {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// A password that somebody else made. It opens one session, in which another one is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstPassword {
    /// The moment from which it opens none.
    pub until: Timestamp,
    /// It opened one.
    pub used: bool,
}

impl FirstPassword {
    /// A first password that is made now.
    pub const fn made_at(now: Timestamp) -> Self {
        Self { until: now.plus(limits::FIRST_PASSWORD_SECONDS), used: false }
    }
}

/// The password that a chosen one takes the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// One that somebody else made: the session goes on.
    First,
    /// One of the admin's own: the admin signs in again.
    Another,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_compared_and_never_printed() {
        assert_eq!(
            (
                PasswordHash::new("phc".to_owned()).expose(),
                format!("{:?}", PasswordHash::new("phc".to_owned())).as_str()
            ),
            ("phc", "PasswordHash")
        );
    }
}
