//! The version of the stored forms, which stands in every item.

use aws_sdk_dynamodb::types::AttributeValue;
use thiserror::Error;

use crate::{StoreError, item::Item};

/// The version that this release knows best.
const OWN: u32 = 1;

/// The version that is written: the one of the oldest release that still runs. The deployment says
/// it, because a release cannot know which others run beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StoredFormat {
    #[default]
    First,
}

/// A version that this release does not write.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("this release writes format {OWN}, and STORED_FORMAT asks for {0:?}")]
pub struct FormatRefused(String);

impl StoredFormat {
    /// Takes the version that the deployment says.
    ///
    /// # Errors
    /// [`FormatRefused`] for any that this release does not write.
    pub fn parse(text: &str) -> Result<Self, FormatRefused> {
        let own = Self::default();
        if text == own.to_string() { Ok(own) } else { Err(FormatRefused(text.to_owned())) }
    }

    const fn number(self) -> u32 {
        match self {
            Self::First => OWN,
        }
    }
}

impl std::fmt::Display for StoredFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.number().fmt(f)
    }
}

/// The release whose form an item has. A release reads its own, the one before and the one after;
/// before the first there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Own,
    Next,
}

impl Form {
    /// Reads it off an item. An item without one was not written by us.
    ///
    /// # Errors
    /// [`StoreError::Undecodable`] if it has none, [`StoreError::NewerRelease`] if it is too new.
    pub(crate) fn of(kind: &'static str, item: &Item) -> Result<Self, StoreError> {
        let format = item.get("format").and_then(|format| format.as_n().ok());
        match format.and_then(|format| format.parse::<u32>().ok()) {
            Some(OWN) => Ok(Self::Own),
            Some(format) if format == OWN + 1 => Ok(Self::Next),
            Some(format) if format > OWN => Err(StoreError::NewerRelease { kind }),
            Some(_) | None => Err(StoreError::Undecodable { kind, source: None }),
        }
    }

    /// Returns the failure to read an item of this form: what is of the next one may be well, and
    /// not understood here.
    pub(crate) fn unread(
        self,
        kind: &'static str,
        source: Option<serde_json::Error>,
    ) -> StoreError {
        match self {
            Self::Own => StoreError::Undecodable { kind, source },
            Self::Next => StoreError::NewerRelease { kind },
        }
    }
}

/// Marks an item with the version it is written in. There is one to write yet: the next release
/// takes the deployment's choice here.
pub(crate) fn mark(item: &mut Item) {
    item.insert("format".to_owned(), AttributeValue::N(StoredFormat::First.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s23_a_release_starts_only_with_the_format_that_it_writes() {
        assert_eq!(StoredFormat::parse("1"), Ok(StoredFormat::First));
        for other in ["", "0", "2", "01", "1 ", "newest"] {
            assert_eq!(StoredFormat::parse(other), Err(FormatRefused(other.to_owned())));
        }
    }
}
