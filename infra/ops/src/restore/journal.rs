//! The journal in a folder, sorted by what it is about.

use portcullis_domain::{
    Locator, Named as _, Portal, PortalId, Settings, Timestamp,
    account::journal::replayed_from,
    admin::{Admin, Roster},
    user::{EntryKind, InForce},
};
use portcullis_keys::Keyring;
use portcullis_store::{JournalLine, JournalSubject, UserKey};
use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    OpsError,
    redrive::{files_in, unreadable},
};

/// The records since a backup.
#[derive(Default)]
pub(super) struct Journal {
    pub(super) objects: usize,
    pub(super) records: usize,
    kinds: BTreeMap<&'static str, usize>,
    /// The records of each user, oldest first.
    pub(super) users: BTreeMap<String, (UserKey, Vec<InForce>)>,
    /// Each portal as it was last written.
    pub(super) portals: BTreeMap<String, JournalledPortal>,
    pub(super) admins: BTreeMap<String, (Locator, Admin)>,
    pub(super) rosters: Vec<Roster>,
    pub(super) settings: Option<Settings>,
    pub(super) keyring: Vec<KeyringChange>,
    /// The records that are not of users.
    pub(super) documents: usize,
}

/// A change of the keyring, in words: its keys open what is in a backup, so it is not replayed.
pub(super) struct KeyringChange {
    pub(super) kinds: Vec<EntryKind>,
    /// The key of each entry, as the log has it.
    pub(super) words: Vec<String>,
}

impl KeyringChange {
    /// Returns what the operator may have to do again once. Keys that were withdrawn are looked for
    /// in the keyring itself.
    pub(super) fn to_do_again(&self) -> Option<String> {
        let is_rewrapped = self.kinds.contains(&EntryKind::KeysRewrapped);
        let what = || format!("do this again: cargo ops rewrap, {}", self.words.join(", "));
        is_rewrapped.then(what)
    }
}

pub(super) struct JournalledPortal {
    pub(super) id: PortalId,
    pub(super) at: Timestamp,
    /// None if it was deleted.
    pub(super) portal: Option<Box<Portal>>,
    pub(super) kinds: Vec<&'static str>,
}

impl Journal {
    /// Reads every object of a folder.
    ///
    /// # Errors
    /// [`OpsError::Refused`] if there are none, or if a line of one is not of the journal, or was
    /// not written by this service.
    pub(super) fn read(
        from: &Path,
        backup: Timestamp,
        keyring: &Keyring,
    ) -> Result<Self, OpsError> {
        let (since, mut lines, mut objects) = (replayed_from(backup), vec![], 0);
        for file in files_in(from)? {
            if file.extension().is_none_or(|extension| extension != "ndjson") {
                continue;
            }
            objects += 1;
            let text = fs::read_to_string(&file).map_err(|source| unreadable(&file, source))?;
            for (place, line) in text.lines().enumerate() {
                let refused = |why: String| {
                    OpsError::Refused(format!(
                        "{}: line {} is no line of the journal ({why}); nothing was written",
                        file.display(),
                        place + 1,
                    ))
                };
                if !keyring.has_journal_mac(line) {
                    return Err(refused("this service did not write it".to_owned()));
                }
                let line = JournalLine::parse(line).map_err(|error| {
                    let cause = std::error::Error::source(&error).map(ToString::to_string);
                    refused(cause.unwrap_or_default())
                })?;
                if line.at >= since {
                    lines.push(line);
                }
            }
        }
        if objects == 0 {
            return Err(OpsError::Refused(format!(
                "there are no objects of the journal in {}: copy them with `aws s3 sync`",
                from.display()
            )));
        }
        lines.sort_by(|one, other| one.order().cmp(&other.order()));
        // A batch that was delivered again in parts has its lines twice.
        lines.dedup();
        let mut journal = Self { objects, records: lines.len(), ..Self::default() };
        lines.into_iter().for_each(|line| journal.add(line));
        Ok(journal)
    }

    /// Adds a line; the later one about a portal, an admin or the settings holds.
    fn add(&mut self, JournalLine { at, sequence: _, kinds: of, subject }: JournalLine) {
        let kinds: Vec<&'static str> = of.iter().map(|kind| kind.name()).collect();
        for kind in &kinds {
            *self.kinds.entry(kind).or_default() += 1;
        }
        self.documents += 1;
        match subject {
            JournalSubject::User(user_key, in_force) => {
                self.documents -= 1;
                let name = format!("{} {}", user_key.portal, user_key.locator);
                self.users.entry(name).or_insert((user_key, vec![])).1.push(*in_force);
            }
            JournalSubject::Portal(id, portal) => {
                let before = self.portals.remove(id.as_str()).map(|before| before.kinds);
                let kinds = before.unwrap_or_default().into_iter().chain(kinds).collect();
                let name = id.to_string();
                self.portals.insert(name, JournalledPortal { id, at, portal, kinds });
            }
            JournalSubject::Settings(settings) => self.settings = Some(*settings),
            JournalSubject::Admin(locator, admin, roster) => {
                self.rosters.extend(roster);
                self.admins.insert(locator.to_string(), (locator, *admin));
            }
            JournalSubject::Keyring(words) => {
                self.keyring.push(KeyringChange { kinds: of, words });
            }
        }
    }

    /// The numbers of entries by kind, for people.
    pub(super) fn kinds(&self) -> String {
        let words = self.kinds.iter().map(|(kind, count)| format!("{count} {kind}"));
        words.collect::<Vec<_>>().join(", ")
    }
}
