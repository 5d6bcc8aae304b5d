//! What people see of a destination.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A destination shortened for people; the only form that is logged or shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    /// Takes a text that is shortened already.
    pub(super) const fn new(shortened: String) -> Self {
        Self(shortened)
    }

    /// A name shortened for people: its first letters, and stars.
    pub fn name(name: &str) -> Self {
        let shown = name.chars().count().saturating_sub(1).min(4);
        let start: String = name.chars().take(shown).collect();
        Self(format!("{start}*****"))
    }

    /// The shortened text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
