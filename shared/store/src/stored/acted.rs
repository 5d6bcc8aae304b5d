//! The forms of the console that an item was changed by.

use portcullis_domain::{Acted, FormId, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::Text;

/// Each form with its moment, oldest first.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct StoredActed(Vec<(Text<FormId>, i64)>);

impl From<&Acted> for StoredActed {
    fn from(acted: &Acted) -> Self {
        Self(acted.kept().iter().map(|(form, at)| (Text(*form), at.unix())).collect())
    }
}

impl From<StoredActed> for Acted {
    fn from(stored: StoredActed) -> Self {
        let kept = stored.0.into_iter().map(|(form, at)| (form.value(), Timestamp::from_unix(at)));
        Self::from_kept(kept.collect())
    }
}
