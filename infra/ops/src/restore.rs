//! `restore`: puts the journal in force again in a table that AWS restored to a moment, before the
//! stack takes the table over. It may be stopped and run again.

mod journal;
mod keys;

use portcullis_domain::{
    Locator, PortalId, StateChange, Timestamp, UserState, WriteKind,
    account::journal::{replay_admin, replay_portal, replay_roster, replay_settings, replay_user},
    admin::Admin,
    user::InForce,
};
use portcullis_keys::{Keyring, Purposes};
use portcullis_store::{
    AdminRecord, LogoChange, PortalChange, PortalRecord, PortalState, Record, Replacement,
    RestoreMark, SettingsRecord, Snapshot, StoreError, StoredPortal, UserChange, UserKey,
    Versioned, WriteOutcome,
};
use std::{collections::BTreeMap, path::Path};

use self::{
    journal::{Journal, JournalledPortal, KeyringChange},
    keys::withdrawn_keys,
};
use crate::{Operator, OpsError, Run, error::at};

/// The times that a user is read and written before it gives way to the user's own writes.
const TRIES: u32 = 5;

/// Users between two lines about progress.
const PROGRESS: usize = 500;

/// The outcomes for all users.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    users: usize,
    changed: usize,
    /// Of those, the ones of whom counters and locks are left, and nothing else.
    erased: usize,
    /// Users of deleted portals, or of portals that are not in the backup.
    gone: usize,
    failed: usize,
}

impl Operator {
    /// Replays the journal in a folder onto a table that was restored to the moment `backup`.
    ///
    /// # Errors
    /// [`OpsError::Refused`] if the folder has no journal, if a line of it is not one, and, after
    /// everything else is done, if something is left for the operator.
    pub async fn restore(&self, from: &Path, backup: Timestamp) -> Result<(), OpsError> {
        if self.now() < backup {
            return Err(OpsError::Refused("the moment of the backup is yet to come".to_owned()));
        }
        let stored = self.keyring().await?;
        let keyring =
            Keyring::open(&self.kms, &stored.value, Purposes::lookup_and(&[]), self.now()).await?;
        let journal = Journal::read(from, backup, &keyring)?;
        self.print(format!(
            "The journal has {} records since {}, in {} objects: {}.",
            journal.records,
            at(backup),
            journal.objects,
            journal.kinds()
        ));
        let mark = self.begin(backup, &journal).await?;
        // In each run: an attacker may have a key that leaked for as long as it is there.
        let leaked = withdrawn_keys(&journal.keyring, &stored.value, backup, self.now());
        let mut left = vec![];
        match mark.done_at() {
            None => {
                self.restore_portals(&journal, &mut left).await?;
                self.restore_admins(&journal, &keyring).await?;
                self.restore_settings(&journal, mark.number).await?;
                left.extend(journal.keyring.iter().filter_map(KeyringChange::to_do_again));
            }
            Some(done) => {
                self.print(format!("Portals, settings and admins were restored {}.", at(done)));
                let late = journal.documents.saturating_sub(mark.documents);
                if late > 0 {
                    left.push(format!(
                        "{late} records of portals, settings and admins came into the journal \
                         after that and are not replayed: make these changes by hand"
                    ));
                }
            }
        }
        let sum = self.restore_users(&journal, &keyring).await?;
        if self.run == Run::Real && sum.failed == 0 && mark.done_at().is_none() {
            let mark = mark.done(self.now(), journal.documents);
            self.store.mark_restored(mark, self.write_id()?).await?;
        }
        self.print(match self.run {
            Run::Dry => "Dry run: nothing was written.",
            Run::Real if leaked.is_empty() => "Next: deploy with this table as ExistingTableName.",
            Run::Real => "Next: withdraw the keys that are named below, before you deploy.",
        });
        left.extend(leaked);
        if sum.failed > 0 {
            left.push(format!(
                "{} users were not restored; run the command again for them",
                sum.failed
            ));
        }
        if left.is_empty() { Ok(()) } else { Err(OpsError::Refused(left.join("\n"))) }
    }

    /// Returns the mark of this restore, which an earlier run may have begun or done.
    async fn begin(&self, backup: Timestamp, journal: &Journal) -> Result<RestoreMark, OpsError> {
        let known = self.store.restore_mark().await?;
        if let Some(mark) = known.filter(|mark| mark.backup() == backup) {
            return Ok(mark);
        }
        let stored = self.store.settings().await?.map_or(0, |known| known.value.restore_number);
        let journalled = journal.settings.as_ref().map_or(0, |settings| settings.restore_number);
        let mark = RestoreMark::begun(backup, stored.max(journalled).saturating_add(1));
        if self.run == Run::Real {
            self.store.mark_restored(mark, self.write_id()?).await?;
        }
        Ok(mark)
    }

    async fn restore_portals(
        &self,
        journal: &Journal,
        left: &mut Vec<String>,
    ) -> Result<(), OpsError> {
        for (name, journalled) in &journal.portals {
            let JournalledPortal { id, at: last, portal, kinds } = journalled;
            let record = PortalRecord(id);
            let before = record.read(&self.store).await?;
            let (state, logo) = match (&before, portal) {
                (StoredPortal::Active(known), Some(portal)) => {
                    let portal = replay_portal(&known.value, (**portal).clone());
                    if portal == known.value {
                        continue;
                    }
                    (PortalState::Active(Box::new(portal)), LogoChange::Stays)
                }
                (StoredPortal::Active(_) | StoredPortal::Unused, None) => {
                    (PortalState::Deleted { at: *last }, LogoChange::Removed)
                }
                (StoredPortal::Unused, Some(_)) => {
                    left.push(format!("portal {name} was made after the backup: make it again"));
                    continue;
                }
                (StoredPortal::Deleted { .. }, Some(_) | None) => continue,
            };
            self.print(format!("Portal {name}: as of {} ({}).", at(*last), kinds.join(", ")));
            if self.run == Run::Real {
                let change = PortalChange { state, logo, entries: None };
                let written = record.write(&self.store, &before, change, self.write_id()?).await?;
                refuse_conflict(&written)?;
            }
        }
        Ok(())
    }

    /// Restores the admins, signs all of them out, and makes the roster of them.
    async fn restore_admins(&self, journal: &Journal, keyring: &Keyring) -> Result<(), OpsError> {
        let console = PortalId::console();
        let mut known = BTreeMap::new();
        for stored in self.store.admins().await? {
            let locator = keyring.locator(&console, stored.value.id.as_user());
            known.insert(locator.to_string(), (locator, Some(stored)));
        }
        for (name, (locator, _)) in &journal.admins {
            known.entry(name.clone()).or_insert((*locator, None));
        }
        let (mut admins, mut sessions) = (vec![], 0);
        for (name, (locator, before)) in known {
            let admin = journal.admins.get(&name).map(|(_, admin)| admin.clone());
            let Some(stored) = before.as_ref().map(|stored| stored.value.clone()).or(admin.clone())
            else {
                continue;
            };
            sessions += stored.sessions.len();
            let is_journalled = admin.is_some();
            let after = replay_admin(stored, admin);
            if before.as_ref().is_none_or(|before| before.value != after) {
                if is_journalled {
                    let state = match (after.is_active(), self.run) {
                        (true, _) => "as last changed",
                        (false, Run::Real) => "removed",
                        (false, Run::Dry) => "would be removed",
                    };
                    self.print(format!("Admin {}: {state}.", after.id));
                }
                self.write_admin(locator, &before, after.clone()).await?;
            }
            admins.push((locator, after));
        }
        self.print_outcome(
            [format!("{sessions} sessions of admins ended.")],
            format!("{sessions} sessions of admins would end."),
        );
        let before = self.store.roster().await?;
        let roster = before.as_ref().map(|before| before.value.clone()).unwrap_or_default();
        let after = replay_roster(roster, &admins, journal.rosters.clone());
        let is_changed = before.as_ref().is_none_or(|before| before.value != after);
        if is_changed && self.run == Run::Real {
            let write = self.write_id()?;
            let written = self.store.replace_roster(&after, before.as_ref(), write).await?;
            refuse_conflict(&written)?;
        }
        Ok(())
    }

    async fn write_admin(
        &self,
        locator: Locator,
        before: &Option<Versioned<Admin>>,
        value: Admin,
    ) -> Result<(), OpsError> {
        if self.run == Run::Dry {
            return Ok(());
        }
        let change = Replacement { value, entries: None };
        let record = AdminRecord(locator);
        let written = record.write(&self.store, before, change, self.write_id()?).await?;
        refuse_conflict(&written)
    }

    async fn restore_settings(&self, journal: &Journal, number: u32) -> Result<(), OpsError> {
        let before = self.store.settings().await?;
        let known = before.as_ref().map(|before| before.value.clone()).unwrap_or_default();
        let value = replay_settings(known, journal.settings.clone(), number);
        let is_changed = before.as_ref().is_none_or(|before| before.value != value);
        if is_changed && self.run == Run::Real {
            let change = Replacement { value, entries: None };
            let write = self.write_id()?;
            let written = SettingsRecord.write(&self.store, &before, change, write).await?;
            refuse_conflict(&written)?;
        }
        let what =
            format!("Restore number {number}: recovery codes and trusted browsers of before");
        self.print_outcome(
            [format!("{what} no longer count.")],
            format!("{what} would no longer count."),
        );
        Ok(())
    }

    async fn restore_users(&self, journal: &Journal, keyring: &Keyring) -> Result<Sum, OpsError> {
        let mut sum = Sum::default();
        for (user_key, records) in journal.users.values() {
            sum.users += 1;
            match self.restore_user(user_key, records, keyring, &mut sum).await {
                Ok(()) => {}
                Err(error) => {
                    sum.failed += 1;
                    self.progress(format!("{user_key:?}: {error}"));
                }
            }
            if sum.users.is_multiple_of(PROGRESS) {
                self.progress(format!("{} users were read", sum.users));
            }
        }
        let Sum { users, changed, erased, gone, failed } = sum;
        let change = match self.run {
            Run::Real => "changed",
            Run::Dry => "would change",
        };
        self.print(format!(
            "{users} users have records: {changed} {change}, of whom {erased} are erased or not \
             in the backup; {gone} of portals that are gone, {failed} failed."
        ));
        Ok(sum)
    }

    /// Restores one user, from what is there now.
    async fn restore_user(
        &self,
        user_key: &UserKey,
        records: &[InForce],
        keyring: &Keyring,
        sum: &mut Sum,
    ) -> Result<(), OpsError> {
        for _ in 0..TRIES {
            let read = user_key.read(&self.store).await?;
            if read.portal.is_none() {
                sum.gone += 1;
                return Ok(());
            }
            let hash = |to: &_| keyring.destination_hash(to);
            let replay = |state, record| Some(replay_user(state, record, &hash));
            let state = records.iter().fold(state_of(&read), replay);
            let Some(state) = state.filter(|state| !is_same(state, &read)) else { return Ok(()) };
            let is_erased = match state {
                UserState::Erased(_) => 1,
                UserState::Known(_) => 0,
            };
            if self.run == Run::Real {
                let change = StateChange { state, entries: vec![], kind: WriteKind::Restored };
                let change = UserChange { change, key: None };
                match user_key.write(&self.store, &read, change, self.write_id()?).await? {
                    WriteOutcome::Written(_) => {}
                    WriteOutcome::Conflict => continue,
                }
            }
            sum.changed += 1;
            sum.erased += is_erased;
            return Ok(());
        }
        Err(StoreError::Contended.into())
    }
}

fn state_of(read: &Snapshot) -> Option<UserState> {
    let user = read.user.clone().map(|user| UserState::Known(Box::new(user)));
    user.or_else(|| read.tombstone.clone().map(|erased| UserState::Erased(Box::new(erased))))
}

fn is_same(state: &UserState, read: &Snapshot) -> bool {
    match state {
        UserState::Known(user) => read.user.as_ref() == Some(user),
        UserState::Erased(tombstone) => read.tombstone.as_ref() == Some(tombstone),
    }
}

fn refuse_conflict<S>(outcome: &WriteOutcome<S>) -> Result<(), OpsError> {
    match outcome {
        WriteOutcome::Written(_) => Ok(()),
        WriteOutcome::Conflict => Err(OpsError::Refused(
            "the table is in use already: restore it before the stack takes it over".to_owned(),
        )),
    }
}
