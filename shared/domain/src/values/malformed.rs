//! Why a value from outside is not what it should be.

use thiserror::Error;

/// A value that cannot be accepted: which one, and the reason in words for the person who sent it.
/// It never carries the value itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{what} {why}")]
pub struct Malformed {
    /// The name of the value, in the words of the API.
    pub what: &'static str,
    /// What it must be, ready to follow the name.
    pub why: &'static str,
}

impl Malformed {
    pub(crate) const fn new(what: &'static str, why: &'static str) -> Self {
        Self { what, why }
    }
}
