//! The forms of the console that an item was changed by.

use portcullis_domain::{Acted, FormId};
use serde::{Deserialize, Serialize};

use super::value::{Distances, Text};

/// Each form, and the seconds since the one before, oldest first.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct StoredActed(Vec<(Text<FormId>, i64)>);

impl From<&Acted> for StoredActed {
    fn from(acted: &Acted) -> Self {
        let mut distances = Distances::default();
        let form = |(form, at): &(FormId, _)| (Text(*form), distances.to(*at));
        Self(acted.kept().iter().map(form).collect())
    }
}

impl From<StoredActed> for Acted {
    fn from(stored: StoredActed) -> Self {
        let mut distances = Distances::default();
        let form = |(form, seconds): (Text<FormId>, _)| (form.value(), distances.after(seconds));
        Self::from_kept(stored.0.into_iter().map(form).collect())
    }
}
