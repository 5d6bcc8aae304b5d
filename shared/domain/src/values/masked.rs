//! A destination shortened for people.

use std::fmt;

use crate::{CallingCode, Malformed, values::id::text_outside};

/// They stand for what is left out.
const STARS: &str = "*****";

/// A destination shortened for people; the only form that is logged or shown.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        Self(format!("{start}{STARS}"))
    }

    /// Takes a text that was shortened before.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.contains(STARS) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Malformed::new("the shortened text", "must have its stars"))
        }
    }

    /// Returns the calling code that a shortened number begins with; none if it is no number.
    pub fn calling_code(&self) -> Option<CallingCode> {
        CallingCode::parse(self.0.split('*').next()?).ok()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_outside!(Masked, |masked| masked.0);
