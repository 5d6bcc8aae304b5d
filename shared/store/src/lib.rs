//! The one table, and the only crate that knows DynamoDB. A command reads once, decides, and writes
//! once under the condition that nothing was written in between.

mod admins;
#[cfg(test)]
mod bounds;
mod bulk_resets;
mod conditional_put;
mod counter;
mod error;
mod find;
mod format;
mod item;
mod journal;
mod key;
mod key_uses;
mod list;
mod log;
mod log_partitions;
mod logo;
mod notices;
mod portals;
mod queued;
mod read;
mod recent_writes;
mod record;
mod replica;
mod restore;
mod roll_ups;
mod scan;
mod share;
mod stored;
mod system;
mod torn;
mod user;
mod user_days;

pub use admins::{AdminRecord, RosterChange, RosterRecord, RosterSnapshot};
pub use bulk_resets::BulkResetRecord;
pub use counter::{Counted, Counter, Tally};
pub use error::StoreError;
pub use find::{Found, found_otherwise};
pub use format::{FormatRefused, StoredFormat};
pub use item::{AuditEntries, Listed, StreamEntries, stream_entries, stream_user};
pub use journal::{JournalLine, JournalSubject};
pub use key::UserKey;
pub use key_uses::KeyDays;
pub use list::{ListedPortal, Page};
pub use log::{LogLine, LogPage, LogPlace, LogPlan};
pub use log_partitions::LogPartitionsRecord;
pub use logo::LogoChange;
pub use notices::{DuePlace, NoticesChange, NoticesKey};
pub use portals::{PortalChange, PortalRecord, PortalState, StoredPortal};
pub use queued::{Addressee, QueuedNotice, QueuedNotices, Told};
pub use read::Snapshot;
pub use record::{Record, WriteOutcome};
pub use replica::{ReplicaItem, ReplicaPart, ReplicaPlace};
pub use restore::RestoreMark;
pub use roll_ups::RollUps;
pub use scan::ScannedUsers;
pub use system::{Replacement, SettingsRecord, Versioned};
pub use torn::{CopyWrite, MendedDocument, NotMended, TornDocument};
pub use user::UserChange;
pub use user_days::PortalFigures;

use aws_sdk_dynamodb::Client;

#[derive(Clone, Debug)]
pub struct Store {
    client: Client,
    table: String,
}

impl Store {
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }
}
