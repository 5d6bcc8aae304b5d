//! Changes of admins, and of the roster of operators.

use portcullis_domain::{
    Locator, RandomBytes, Refusal, WriteId,
    admin::{Admin, Roster},
    user::{By, Entry, EntryKind},
};
use portcullis_store::{
    AdminRecord, AuditEntries, Record, Replacement, RosterChange, RosterRecord, RosterSnapshot,
    Versioned,
};

use crate::{
    AppContext, Cause, CommandError,
    update::{Stopped, Update},
};

impl AppContext {
    pub fn entry(&self, kind: EntryKind, by: &By) -> Entry {
        kind.at(self.now()).done_by(by.clone())
    }

    /// Changes an admin whose role stays.
    ///
    /// # Errors
    /// [`Refusal::UnknownAdmin`], and those of the change.
    pub async fn change_admin(
        &self,
        locator: Locator,
        change: impl Fn(&mut Admin) -> Result<Option<Entry>, Refusal>,
    ) -> Result<Admin, CommandError> {
        let decide = |stored: &Option<Versioned<Admin>>| {
            let mut admin = stored.clone().ok_or(Refusal::UnknownAdmin)?.value;
            let entry = change(&mut admin)?;
            let entries = entry.map(|entry| AuditEntries::about(locator, entry));
            Ok(Replacement { value: admin, entries })
        };
        let after = self.update_by_admin(&AdminRecord(locator), None, decide).await?;
        Ok(after.ok_or(Refusal::UnknownAdmin)?.value)
    }

    /// Changes an admin, unless `change` returns no entry. Returns true if anything was written.
    pub async fn change_admin_if(
        &self,
        locator: Locator,
        change: impl Fn(&mut Admin) -> Result<Option<Entry>, Refusal>,
    ) -> Result<bool, CommandError> {
        let decide = |stored: &Option<Versioned<Admin>>, _: &RandomBytes| {
            let mut value = stored.clone().ok_or(Refusal::UnknownAdmin)?.value;
            let change = change(&mut value)?.map(|entry| {
                let entries = Some(AuditEntries::about(locator, entry));
                Replacement { value, entries }
            });
            Ok(Update { answer: change.is_some(), change })
        };
        let done = self.update(&AdminRecord(locator), None, decide).await;
        done.map(|(changed, _)| changed).map_err(Stopped::for_admin)
    }

    /// Writes down that an admin's session was used. If another write comes first, that one took
    /// note as well, or ended the session for the next request.
    pub async fn note_use(
        &self,
        locator: Locator,
        before: Versioned<Admin>,
        after: Admin,
    ) -> Result<(), CommandError> {
        let (write, change) =
            (WriteId::new(self.random()?), Replacement { value: after, entries: None });
        AdminRecord(locator).write(self.store(), &Some(before), change, write).await?;
        Ok(())
    }

    /// Makes an admin or changes one, together with the roster of operators. `held` is what was
    /// read of both before.
    pub async fn change_roster(
        &self,
        locator: Locator,
        held: Option<RosterSnapshot>,
        change: impl Fn(&RosterSnapshot) -> Result<(Admin, Roster, Entry), Cause>,
    ) -> Result<Admin, CommandError> {
        let decide = |stored: &RosterSnapshot| {
            let (admin, roster, entry) = change(stored)?;
            let entries = AuditEntries::about(locator, entry);
            Ok(RosterChange { admin, roster, entries })
        };
        let after = self.update_by_admin(&RosterRecord(locator), held, decide).await?;
        Ok(after.admin.ok_or(Refusal::UnknownAdmin)?.value)
    }
}
