//! A table that was restored from a backup: the mark of what was done to it, and the roster.

use portcullis_domain::{Timestamp, WriteId, admin::Roster};
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError, Versioned, WriteOutcome,
    item::{decode, encode, formatted},
    key,
    system::{document_item, note_write, version},
};

/// The mark of a restore. It lies in the restored table, so that a second run knows the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreMark {
    /// The moment of the backup, in Unix seconds.
    backup: i64,
    /// The restore number from then on.
    pub number: u32,
    /// The moment at which everything was done, in Unix seconds; none while it is under way.
    done: Option<i64>,
    /// The records of portals, settings and admins that were replayed by then.
    pub documents: usize,
}

impl RestoreMark {
    pub const fn begun(backup: Timestamp, number: u32) -> Self {
        Self { backup: backup.unix(), number, done: None, documents: 0 }
    }

    #[must_use]
    pub const fn done(self, at: Timestamp, documents: usize) -> Self {
        Self { done: Some(at.unix()), documents, ..self }
    }

    pub const fn backup(&self) -> Timestamp {
        Timestamp::from_unix(self.backup)
    }

    pub fn done_at(&self) -> Option<Timestamp> {
        self.done.map(Timestamp::from_unix)
    }
}

impl Store {
    pub async fn restore_mark(&self) -> Result<Option<RestoreMark>, StoreError> {
        let item = self.item("restore mark", key::alone(key::RESTORED)).await?;
        item.map(|item| decode("restore mark", &item, "state")).transpose()
    }

    /// Writes the mark. Nobody but the operator who restores writes it.
    pub async fn mark_restored(&self, mark: RestoreMark, write: WriteId) -> Result<(), StoreError> {
        let mut item = formatted(key::alone(key::RESTORED));
        item.insert("state".to_owned(), encode("restore mark", &mark)?);
        note_write(&mut item, write);
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        put.send().await.map_err(StoreError::unavailable("PutItem"))?;
        Ok(())
    }

    /// Puts a roster in the place of the one that was read.
    pub async fn replace_roster(
        &self,
        roster: &Roster,
        before: Option<&Versioned<Roster>>,
        write: WriteId,
    ) -> Result<WriteOutcome, StoreError> {
        let item = document_item("roster", key::alone(key::ROSTER), roster, write, None)?;
        self.put_if(item, version(before), write).await
    }
}
