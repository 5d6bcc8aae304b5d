//! The keys of the table's items. No personal data is ever part of a key.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{FindHash, Locator, PortalId, portal::LogPartitions};
use std::collections::HashMap;

pub(crate) type Key = HashMap<String, AttributeValue>;

/// The sort key of an item that is alone under its partition key.
const ALONE: &str = "#";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserKey {
    /// The portal, always the one of the caller's key or of the sign-in id.
    pub portal: PortalId,
    pub locator: Locator,
}

impl UserKey {
    pub(crate) fn pk(&self) -> String {
        format!("USER#{}#{}", self.portal, self.locator)
    }
}

/// A document that lies in several copies, because every sign-in reads it: one partition of the
/// table answers 3,000 strong reads in a second. The numbers of copies are part of the stored form;
/// infra/docs/decisions/keys-of-the-table.md says how they grow.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Copied<'a> {
    Settings,
    Portal(&'a PortalId),
}

impl Copied<'_> {
    const fn copies(self) -> u8 {
        match self {
            Self::Settings => 16,
            Self::Portal(_) => 4,
        }
    }

    fn pk(self, copy: u8) -> String {
        match self {
            Self::Settings => format!("SYSTEM#settings#{copy}"),
            Self::Portal(id) => format!("PORTAL#{id}#{copy}"),
        }
    }

    /// The copy that admins read. It alone carries the entries for the log and the projection for
    /// the list, so that a change is logged and listed once.
    pub(crate) fn first(self) -> Key {
        alone(self.pk(0))
    }

    /// The partition key of the copy that the commands of a user read.
    pub(crate) fn of_user(self, locator: Locator) -> String {
        self.pk(share(locator, self.copies()))
    }

    /// Every copy but the first.
    pub(crate) fn others(self) -> impl Iterator<Item = Key> {
        (1..self.copies()).map(move |copy| alone(self.pk(copy)))
    }
}

/// The partition of the log that holds a user's lines; lines of no user lie in the first. One
/// partition takes 1,000 writes a second, so a portal's day has several.
pub(crate) fn log_of(
    portal: &PortalId,
    partitions: LogPartitions,
    day: i64,
    locator: Option<Locator>,
) -> String {
    log(portal, day, locator.map_or(0, |locator| share(locator, partitions.on(day))))
}

pub(crate) fn log(portal: &PortalId, day: i64, partition: u8) -> String {
    format!("LOG#{portal}#{day}#{partition}")
}

/// Returns the one of `n` parts that a user belongs to. A locator is a keyed hash, so users are
/// spread evenly, and nobody chooses the own part.
fn share(locator: Locator, n: u8) -> u8 {
    let [first, ..] = locator.as_bytes();
    first % n
}

/// All admins lie under one partition key, each under the locator of the name: a list of them needs
/// no index.
pub(crate) const ADMINS: &str = "ADMIN#";
/// In the index of users, what stands where a user's portal does: the portals themselves.
pub(crate) const PORTALS: &str = "PORTAL#";

/// In the index of users, what stands where a user's portal does: notices that somebody has to
/// send.
pub(crate) const UNSENT: &str = "NOTICE#";

pub(crate) fn admin(locator: Locator) -> Key {
    pair(ADMINS, locator.to_string())
}

/// The partition of the users of a portal who are found by one value. It has their locators alone.
pub(crate) fn find(portal: &PortalId, hash: FindHash) -> String {
    format!("FIND#{portal}#{hash}")
}

/// The item with the days on which a portal's API keys were used.
pub(crate) fn key_days(portal: &PortalId) -> String {
    format!("STAT#{portal}#keys")
}

/// The item with the numbers of a portal's day.
pub(crate) fn numbers(portal: &PortalId, day: i64) -> String {
    format!("STAT#{portal}#{day}")
}

/// The item with the users of a portal on the last days.
pub(crate) fn enrolled(portal: &PortalId) -> String {
    format!("STAT#{portal}#enrolled")
}

/// The item with the numbers of partitions that a portal's log has, if it was ever changed.
pub(crate) fn log_partitions(portal: &PortalId) -> String {
    format!("STAT#{portal}#log")
}

/// The item with the last bulk reset of a portal.
pub(crate) fn bulk_reset(portal: &PortalId) -> String {
    format!("BULK#{portal}")
}

/// The item with the picture of a portal.
pub(crate) fn logo(portal: &PortalId) -> String {
    format!("LOGO#{portal}")
}

pub(crate) const ROSTER: &str = "SYSTEM#roster";
pub(crate) const KEYRING: &str = "SYSTEM#keyring";
/// The item that a restored table has once the journal was replayed.
pub(crate) const RESTORED: &str = "SYSTEM#restored";

pub(crate) fn alone(pk: impl Into<String>) -> Key {
    pair(pk, ALONE)
}

pub(crate) fn pair(pk: impl Into<String>, sk: impl Into<String>) -> Key {
    HashMap::from([
        ("pk".to_owned(), AttributeValue::S(pk.into())),
        ("sk".to_owned(), AttributeValue::S(sk.into())),
    ])
}
