//! The journal: lines outside the table, of what a restored backup must not bring back.

use portcullis_domain::{
    Destination, DestinationHash, Locator, Portal, PortalId, Settings, Timestamp, User,
    account::journal::{Written, is_journalled, journal},
    admin::{Admin, Roster},
    user::{EntryKind, InForce},
};

use crate::{
    StoreError, StreamEntries, UserKey,
    admins::ROSTER_BESIDE,
    item::{Item, parse, string, user_state},
    key, portals,
    stored::{JournalKey, Stored, StoredJournalLine},
};

/// The part of a write that the journal keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalLine {
    /// The moment of the write's last entry.
    pub at: Timestamp,
    /// The sequence number of the record in the stream: digits that grow with an item's writes.
    pub sequence: String,
    pub kinds: Vec<EntryKind>,
    pub subject: JournalSubject,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalSubject {
    User(UserKey, Box<InForce>),
    /// A portal without its salt; none if it was deleted.
    Portal(PortalId, Option<Box<Portal>>),
    Settings(Box<Settings>),
    /// An admin without sessions, and the roster if the write changed it.
    Admin(Locator, Box<Admin>, Option<Roster>),
    /// The changes of the keyring, in words.
    Keyring(Vec<String>),
}

impl JournalLine {
    /// Returns the line of a record of the stream, if the journal keeps anything of it.
    ///
    /// # Errors
    /// [`StoreError`] if an image does not decode.
    pub fn of(
        old: &Item,
        new: &Item,
        caused: &StreamEntries,
        sequence: &str,
        hash: &dyn Fn(&Destination) -> DestinationHash,
    ) -> Result<Option<Self>, StoreError> {
        let journalled = caused.entries.iter().filter(|entry| is_journalled(entry.kind));
        let Some(at) = journalled.map(|entry| entry.at).max() else { return Ok(None) };
        let Some((key, written)) = written(old, new, caused)? else { return Ok(None) };
        let subject = journal(written, &caused.entries, hash)
            .and_then(|record| JournalSubject::of(key, record));
        let kinds = caused.entries.iter().map(|entry| entry.kind).collect();
        Ok(subject.map(|subject| Self { at, sequence: sequence.to_owned(), kinds, subject }))
    }

    pub fn to_json(&self) -> Result<String, StoreError> {
        serde_json::to_string(&StoredJournalLine::from(self)).map_err(undecodable)
    }

    /// Reads a line.
    ///
    /// # Errors
    /// [`StoreError::Undecodable`] for anything else, also for a line of a newer release.
    pub fn parse(line: &str) -> Result<Self, StoreError> {
        let form: <Self as Stored>::Form = serde_json::from_str(line).map_err(undecodable)?;
        let custom = <serde_json::Error as serde::de::Error>::custom;
        form.try_into().map_err(|malformed| undecodable(custom(malformed)))
    }

    /// The place among the lines about one item: the later of two holds.
    pub fn order(&self) -> (Timestamp, usize, &str) {
        (self.at, self.sequence.len(), &self.sequence)
    }
}

fn undecodable(source: serde_json::Error) -> StoreError {
    StoreError::Undecodable { kind: "journal", source: Some(source) }
}

/// Reads from a record's images what its write changed, and of which item.
fn written(
    old: &Item,
    new: &Item,
    caused: &StreamEntries,
) -> Result<Option<(JournalKey, Written)>, StoreError> {
    let damaged = || StoreError::Undecodable { kind: "stream record", source: None };
    let pk = string(new, "pk").ok_or_else(damaged)?;
    let kind = pk.split_once('#').map(|(kind, _)| kind);
    Ok(match (kind, caused.locator) {
        (Some("USER"), Some(locator)) => {
            let user_key = UserKey { portal: caused.portal.clone(), locator };
            let before: Option<User> = crate::stream_user(old)?;
            let after = user_state(Some(new))?.ok_or_else(damaged)?;
            let written = Written::User { before: before.map(Box::new), after };
            Some((JournalKey::User(user_key), written))
        }
        (Some("PORTAL"), _) => {
            let id = pk.split('#').nth(1).ok_or_else(damaged)?;
            let id = PortalId::parse(id).map_err(|_| damaged())?;
            let portal = portals::read(new)?;
            let written =
                portal.map_or(Written::DeletedPortal, |portal| Written::Portal(Box::new(portal)));
            Some((JournalKey::Portal(id), written))
        }
        (Some("ADMIN"), _) => {
            let locator = string(new, "sk").ok_or_else(damaged)?;
            let locator = Locator::parse(locator).map_err(|_| damaged())?;
            let has_roster = new.contains_key(ROSTER_BESIDE);
            let roster = has_roster.then(|| parse("roster", new, ROSTER_BESIDE)).transpose()?;
            let admin = Box::new(parse("admin", new, "state")?);
            Some((JournalKey::Admin(locator), Written::Admin(admin, roster)))
        }
        (Some("SYSTEM"), _) if pk == key::KEYRING => Some((JournalKey::System, Written::Keyring)),
        (Some("SYSTEM"), _) if pk.starts_with("SYSTEM#settings#") => {
            let settings = Box::new(parse("settings", new, "state")?);
            Some((JournalKey::System, Written::Settings(settings)))
        }
        // Counters carry entries of the admins' door.
        _ => None,
    })
}
