//! Changes of the bulk reset of a portal.

use portcullis_domain::{
    Locator, Portal, PortalId, RandomBytes, Refusal, Settings, UserId,
    admin::Reach,
    decision::{BulkReset, Selection},
    limits,
    user::Entry,
};
use portcullis_store::{
    AuditEntries, BulkResetRecord, Listed, Record as _, Replacement, StoreError, Versioned,
};

use crate::{
    AppContext, CommandError,
    update::{Stopped, Update},
};

const PAGE: usize = 1_000;

/// A part of the users of a selection, as the list of users has them.
#[derive(Debug, Default)]
pub struct SelectedUsers {
    /// Each with the place in the list.
    pub users: Vec<(Locator, Listed)>,
    /// Those who were named and are not there, or not within reach.
    pub missing: Vec<UserId>,
    /// The place after which the next part begins, if there may be more.
    pub next: Option<String>,
}

/// The users of a portal that a bulk reset is about.
#[derive(Clone, Copy, Debug)]
pub struct SelectedFrom<'a> {
    pub portal: &'a Portal,
    pub settings: &'a Settings,
    pub selection: &'a Selection,
    pub reach: &'a Reach,
}

impl SelectedFrom<'_> {
    fn has(&self, listed: &Listed) -> bool {
        let organisation = listed.organisation.as_ref();
        let state = listed.mfa_state.state(self.portal, self.settings);
        self.reach.covers(organisation) && self.selection.has(&listed.id, organisation, state)
    }

    fn is_everyone(&self) -> bool {
        let all = Selection::Filtered { state: None, organisation: None };
        *self.selection == all && *self.reach == Reach::Portal
    }
}

impl AppContext {
    /// Reads at most `most` users of a selection after a place in the list.
    pub async fn selected_users(
        &self,
        from: SelectedFrom<'_>,
        after: Option<String>,
        most: usize,
    ) -> Result<SelectedUsers, CommandError> {
        if let Selection::Named(users) = from.selection {
            return self.named_users(from, users).await;
        }
        // If everyone is wanted, no more is read than is taken.
        let limit = if from.is_everyone() { PAGE.min(most) } else { PAGE };
        let (mut users, mut seen, mut place) = (vec![], 0, after);
        loop {
            let page = self.store().users_page(&from.portal.id, place.as_deref(), limit).await?;
            let last = page.items.len();
            for (n, (at, listed)) in page.items.into_iter().enumerate() {
                if from.has(&listed) {
                    let damaged = |_| StoreError::Undecodable { kind: "user", source: None };
                    users.push((Locator::parse(&at).map_err(damaged)?, listed));
                }
                if users.len() == most && (n + 1 < last || page.next.is_some()) {
                    return Ok(SelectedUsers { users, missing: vec![], next: Some(at) });
                }
            }
            seen += last;
            place = page.next;
            if place.is_none() || seen >= limits::LISTED_PER_CALL {
                return Ok(SelectedUsers { users, missing: vec![], next: place });
            }
        }
    }

    async fn named_users(
        &self,
        from: SelectedFrom<'_>,
        named: &[UserId],
    ) -> Result<SelectedUsers, CommandError> {
        let (keyring, portal) = (self.keyring().await?, &from.portal.id);
        let locators: Vec<_> = named.iter().map(|id| keyring.locator(portal, id)).collect();
        let mut users = self.store().listed(portal, &locators).await?;
        users.retain(|(_, listed)| from.has(listed));
        let is_there = |id: &&UserId| users.iter().any(|(_, listed)| listed.id == **id);
        let missing = named.iter().filter(|id| !is_there(id)).cloned().collect();
        Ok(SelectedUsers { users, missing, next: None })
    }

    /// Reads the last bulk reset of a portal, if there ever was one.
    pub async fn bulk_reset(&self, portal: &PortalId) -> Result<Option<BulkReset>, CommandError> {
        let stored = BulkResetRecord(portal).read(self.store()).await?;
        Ok(stored.map(|stored| stored.value))
    }

    /// Changes the bulk reset of a portal, unless `change` returns no entry.
    pub async fn change_bulk_reset(
        &self,
        portal: &PortalId,
        change: impl Fn(Option<BulkReset>) -> Result<(BulkReset, Option<Entry>), Refusal>,
    ) -> Result<BulkReset, CommandError> {
        let decide = |stored: &Option<Versioned<BulkReset>>, _: &RandomBytes| {
            let (after, entry) = change(stored.clone().map(|stored| stored.value))?;
            let change = entry.map(|entry| {
                let entries = Some(AuditEntries::of(portal, entry));
                Replacement { value: after.clone(), entries }
            });
            Ok(Update { change, answer: after })
        };
        let done = self.update(&BulkResetRecord(portal), None, decide).await;
        done.map(|(after, _)| after).map_err(Stopped::for_admin)
    }
}
