//! Changes of portals by admins.

use portcullis_domain::{
    Portal, PortalId, Refusal, WriteId, change,
    portal::Logo,
    user::{By, Entry, EntryKind},
};
use portcullis_store::{
    AuditEntries, LogoChange, PortalChange, PortalRecord, PortalState, Record, StoredPortal,
    Versioned,
};

use crate::{AppContext, CommandError, Conditions};

impl AppContext {
    /// Reads a portal.
    ///
    /// # Errors
    /// [`Refusal::UnknownPortal`], also for one that was deleted.
    pub async fn portal(&self, id: &PortalId) -> Result<Versioned<Portal>, CommandError> {
        Ok(self.store().portal(id).await?.ok_or(Refusal::UnknownPortal)?)
    }

    /// Creates a portal.
    ///
    /// # Errors
    /// [`Refusal::PortalIdTaken`] if there is, or was, one of that id; [`Refusal::FormUsed`] if
    /// this form made it.
    pub async fn create_portal(
        &self,
        portal: Portal,
        conditions: &Conditions,
        by: &By,
    ) -> Result<Portal, CommandError> {
        let decide = |stored: &StoredPortal| match stored {
            StoredPortal::Unused => {
                let mut made = portal.clone();
                made.acted.note(conditions.form, self.now())?;
                Ok(self.created(made, by))
            }
            StoredPortal::Active(taken) => {
                taken.value.acted.check(conditions.form)?;
                Err(Refusal::PortalIdTaken.into())
            }
            StoredPortal::Deleted { .. } => Err(Refusal::PortalIdTaken.into()),
        };
        // The first try takes the id for unused: the write's condition says if it is.
        let unused = Some(StoredPortal::Unused);
        let after = self.update_by_admin(&PortalRecord(&portal.id), unused, decide).await?;
        Ok(after.active().ok_or(Refusal::UnknownPortal)?.value)
    }

    /// Creates a portal, unless another process was faster: its portal counts then.
    pub async fn found_portal(&self, portal: Portal, by: &By) -> Result<(), CommandError> {
        let write = WriteId::new(self.random()?);
        let (id, unused) = (portal.id.clone(), StoredPortal::Unused);
        PortalRecord(&id).write(self.store(), &unused, self.created(portal, by), write).await?;
        Ok(())
    }

    fn created(&self, portal: Portal, by: &By) -> PortalChange {
        let entry = self.entry(EntryKind::PortalCreated, by);
        let entry = entry.changing(change::of_portal(None, &portal));
        let entries = Some(AuditEntries::of(&portal.id, entry));
        let state = PortalState::Active(Box::new(portal));
        PortalChange { state, logo: LogoChange::Stays, entries }
    }

    /// Changes a portal; the entry tells each field that is different. `held` is the portal, if it
    /// was read before.
    ///
    /// # Errors
    /// [`Refusal::UnknownPortal`], and those of the conditions and the change.
    pub async fn change_portal(
        &self,
        id: &PortalId,
        held: Option<Versioned<Portal>>,
        conditions: &Conditions,
        change: impl Fn(Portal) -> Result<(Portal, Entry), Refusal>,
    ) -> Result<Versioned<Portal>, CommandError> {
        self.change_with_logo(id, held, conditions, LogoChange::Stays, change).await
    }

    /// Replaces or removes a portal's logo.
    ///
    /// # Errors
    /// [`Refusal::UnknownPortal`], and those of the conditions.
    pub async fn change_logo(
        &self,
        id: &PortalId,
        conditions: &Conditions,
        logo: Option<Logo>,
        by: &By,
    ) -> Result<Versioned<Portal>, CommandError> {
        let (logo_id, logo) = match logo {
            Some(logo) => {
                let id = self.keyring().await?.logo_id(id, self.random()?);
                (Some(id), LogoChange::Replaced { id, logo })
            }
            None => (None, LogoChange::Removed),
        };
        let change = |portal: Portal| {
            Ok((portal.with_logo(logo_id), self.entry(EntryKind::PortalChanged, by)))
        };
        self.change_with_logo(id, None, conditions, logo, change).await
    }

    async fn change_with_logo(
        &self,
        id: &PortalId,
        held: Option<Versioned<Portal>>,
        conditions: &Conditions,
        logo: LogoChange,
        change: impl Fn(Portal) -> Result<(Portal, Entry), Refusal>,
    ) -> Result<Versioned<Portal>, CommandError> {
        let decide = |stored: &StoredPortal| {
            let stored = stored.clone().active().ok_or(Refusal::UnknownPortal)?;
            let (after, entry) = change(self.admit_to(&stored, conditions)?)?;
            let changes = change::of_portal(Some(&stored.value), &after);
            let entries = Some(AuditEntries::of(id, entry.changing(changes)));
            let state = PortalState::Active(Box::new(after));
            Ok(PortalChange { state, logo: logo.clone(), entries })
        };
        let held = held.map(|held| StoredPortal::Active(Box::new(held)));
        let after = self.update_by_admin(&PortalRecord(id), held, decide).await?;
        Ok(after.active().ok_or(Refusal::UnknownPortal)?)
    }

    /// Returns the portal with the form of a change taken down, if the change meets its conditions.
    pub fn admit_to(
        &self,
        stored: &Versioned<Portal>,
        conditions: &Conditions,
    ) -> Result<Portal, Refusal> {
        let mut portal = stored.value.clone();
        portal.acted = conditions.meet(portal.acted, &stored.etag(), self.now())?;
        Ok(portal)
    }

    /// Deletes a portal: its salt and keys go at once, its id stays taken.
    ///
    /// # Errors
    /// [`Refusal::UnknownPortal`].
    pub async fn delete_portal(&self, id: &PortalId, entry: Entry) -> Result<(), CommandError> {
        let decide = |stored: &StoredPortal| match stored {
            StoredPortal::Active(portal) => {
                let entries = Some(AuditEntries::of(id, entry.clone()));
                let has_logo = portal.value.profile.logo.is_some();
                let logo = if has_logo { LogoChange::Removed } else { LogoChange::Stays };
                let state = PortalState::Deleted { at: self.now() };
                Ok(PortalChange { state, logo, entries })
            }
            StoredPortal::Unused | StoredPortal::Deleted { .. } => {
                Err(Refusal::UnknownPortal.into())
            }
        };
        self.update_by_admin(&PortalRecord(id), None, decide).await?;
        Ok(())
    }
}
