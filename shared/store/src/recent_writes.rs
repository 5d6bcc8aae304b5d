//! The last writes of a user's item, by which a lost reply is told from a lost race.

use portcullis_domain::{WriteId, WriteKind, limits};
use serde::Deserialize;

use crate::{
    item::{Item, string},
    stored::letter,
};

/// The characters of an earlier write's id that are kept: 66 bits, of which no two writes share one
/// value by chance.
const KEPT: usize = 11;

/// The write an item was made by, and those before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RecentWrites {
    last: Option<String>,
    /// The letter of the last write's kind; then of each earlier write, newest first, the beginning
    /// of its id and the letter of its kind.
    kept: String,
}

/// The one member of a user's state that a failed condition looks at.
#[derive(Default, Deserialize)]
struct KeptWrites {
    #[serde(default)]
    w: String,
}

impl RecentWrites {
    /// Reads them off an item. One whose state does not read has the last write only.
    pub(crate) fn of(item: &Item) -> Self {
        let state = string(item, "state").or_else(|| string(item, "erased"));
        let read = state.and_then(|state| serde_json::from_str::<KeptWrites>(state).ok());
        let kept = read.unwrap_or_default().w;
        Self { last: string(item, "write").cloned(), kept }
    }

    /// Returns the id of the write that the next one replaces.
    pub(crate) fn last(&self) -> Option<&str> {
        self.last.as_deref()
    }

    pub(crate) fn contains(&self, id: WriteId) -> bool {
        let id = id.to_string();
        self.last.as_ref() == Some(&id) || self.earlier().any(|known| id.starts_with(known))
    }

    fn earlier(&self) -> impl Iterator<Item = &str> {
        let places = (1..self.kept.len()).step_by(KEPT + 1);
        places.filter_map(|place| self.kept.get(place..place + KEPT))
    }

    /// Returns what is kept once a write of this kind has landed.
    pub(crate) fn kept_after(&self, kind: WriteKind) -> String {
        let last = self.last.as_deref().and_then(|last| last.get(..KEPT)).unwrap_or_default();
        let all = format!("{}{last}{}", letter(kind), self.kept);
        let kept = 1 + (limits::WRITES_KEPT - 1) * (KEPT + 1);
        all.get(..kept).map(str::to_owned).unwrap_or(all)
    }
}
