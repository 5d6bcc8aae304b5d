//! The one table, and the only crate that knows DynamoDB. A command reads once, decides, and writes once under the
//! condition that nothing was written in between.

mod admins;
#[cfg(test)]
mod bounds;
mod command;
mod counter;
mod error;
mod item;
mod key;
mod list;
mod log;
mod portals;
mod read;
mod stored;
mod system;
mod write;

pub use command::{Committed, Stop, Stopped};
pub use counter::{Counted, Counter};
pub use error::StoreError;
pub use item::{Listed, StreamEntries, Trail, stream_entries, stream_user};
pub use key::Place;
pub use list::{ListedPortal, Page};
pub use log::{LogLine, LogPlace};
pub use portals::CreatePortal;
pub use read::Read;
pub use system::Document;

use aws_sdk_dynamodb::Client;

/// The table.
#[derive(Clone, Debug)]
pub struct Store {
    client: Client,
    table: String,
}

impl Store {
    /// The table of this name, through this client.
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }
}
