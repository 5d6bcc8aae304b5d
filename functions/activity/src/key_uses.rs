//! The last day on which each API key was used. A process notes a key once a day, so that a sign-in
//! costs no write for it.

use portcullis_domain::PortalId;
use portcullis_store::{Store, StreamEntries};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Keys whose day a process remembers. With more, it begins anew, and notes some of them again.
const REMEMBERED: usize = 10_000;

#[derive(Clone, Default)]
pub struct KeyUses(Arc<Mutex<HashMap<(PortalId, String), i64>>>);

impl KeyUses {
    /// Notes the use of the key of a write. A failure keeps no line of the log waiting: the next
    /// use of the key tries again.
    pub(crate) async fn note(&self, store: &Store, caused: &StreamEntries) {
        let (Some(id), Some(first)) = (&caused.key, caused.entries.first()) else { return };
        let (key, day) = ((caused.portal.clone(), id.clone()), first.at.day());
        if self.is_noted(&key, day) {
            return;
        }
        match store.note_key_use(&caused.portal, id, day).await {
            Ok(()) => self.remember(key, day),
            Err(error) => {
                let cause = std::error::Error::source(&error);
                tracing::warn!(%error, ?cause, "the use of an API key was not noted");
            }
        }
    }

    fn is_noted(&self, key: &(PortalId, String), day: i64) -> bool {
        let days = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        days.get(key).is_some_and(|noted| *noted >= day)
    }

    fn remember(&self, key: (PortalId, String), day: i64) {
        let mut days = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if days.len() >= REMEMBERED {
            days.clear();
        }
        days.insert(key, day);
    }
}
