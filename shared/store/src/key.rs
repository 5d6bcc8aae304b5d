//! The keys of the table's items. No personal data is ever part of a key.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{Locator, PortalId};
use std::collections::HashMap;

/// A primary key.
pub(crate) type Key = HashMap<String, AttributeValue>;

/// The sort key of an item that is alone under its partition key.
const ALONE: &str = "#";

/// The key of a user's item.
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

pub(crate) fn portal(id: &PortalId) -> String {
    format!("PORTAL#{id}")
}

/// All admins lie under one partition key, each under the locator of the name: a list of them needs
/// no index.
pub(crate) const ADMINS: &str = "ADMIN#";
/// In the index of users, what stands where a user's portal does: the portals themselves.
pub(crate) const PORTALS: &str = "PORTAL#";

/// In the index of users, what stands where a user's portal does: notices that somebody has to send.
pub(crate) const UNSENT: &str = "NOTICE#";

pub(crate) fn admin(locator: Locator) -> Key {
    pair(ADMINS, locator.to_string())
}

pub(crate) const ROSTER: &str = "SYSTEM#roster";
pub(crate) const SETTINGS: &str = "SYSTEM#settings";
pub(crate) const KEYRING: &str = "SYSTEM#keyring";

pub(crate) fn alone(pk: impl Into<String>) -> Key {
    pair(pk, ALONE)
}

pub(crate) fn pair(pk: impl Into<String>, sk: impl Into<String>) -> Key {
    HashMap::from([
        ("pk".to_owned(), AttributeValue::S(pk.into())),
        ("sk".to_owned(), AttributeValue::S(sk.into())),
    ])
}
