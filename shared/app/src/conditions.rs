//! The conditions of an admin's change: a form acts once, and what was read is what is replaced.

use portcullis_domain::{Acted, FormId, Refusal, Timestamp};

/// The version that a change may replace.
#[derive(Clone, Debug)]
pub enum Expected {
    /// Whichever there is. The change is decided again if another one comes first.
    Any,
    /// The one with this entity tag. A change of any other is refused.
    Etag(String),
    /// None was named, although it has to be.
    Unnamed,
}

/// The conditions of an admin's change.
#[derive(Clone, Debug)]
pub struct Conditions {
    pub form: Option<FormId>,
    pub expected: Expected,
}

impl Conditions {
    /// The conditions of a change of whatever there is.
    pub const fn of_any(form: Option<FormId>) -> Self {
        Self { form, expected: Expected::Any }
    }

    /// Takes down the form, and compares the version with the one that is stored.
    ///
    /// # Errors
    /// [`Refusal::FormUsed`], [`Refusal::ChangedMeanwhile`] or [`Refusal::VersionUnnamed`].
    pub fn meet(&self, mut acted: Acted, etag: &str, now: Timestamp) -> Result<Acted, Refusal> {
        acted.note(self.form, now)?;
        match &self.expected {
            Expected::Any => Ok(acted),
            Expected::Etag(expected) if expected == etag => Ok(acted),
            Expected::Etag(_) => Err(Refusal::ChangedMeanwhile),
            Expected::Unnamed => Err(Refusal::VersionUnnamed),
        }
    }
}
