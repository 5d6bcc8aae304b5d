//! The users that an admin selects, as the list of users has them.

use portcullis_domain::{
    Locator, Portal, Settings, UserId, admin::Reach, decision::Selection, limits,
};
use portcullis_store::{Listed, StoreError};

use crate::{AppContext, CommandError};

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

/// The users of a portal that an admin does something for.
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
            return self.named_users(from, users, after.as_deref()).await;
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
        after: Option<&str>,
    ) -> Result<SelectedUsers, CommandError> {
        let (keyring, portal) = (self.keyring().await?, &from.portal.id);
        let mut named: Vec<_> = named.iter().map(|id| (keyring.locator(portal, id), id)).collect();
        // A user may be named twice, as an id in capitals is the same; the table refuses that.
        named.sort_by_key(|(locator, _)| *locator.as_bytes());
        named.dedup_by_key(|(locator, _)| *locator);
        let locators: Vec<_> = named.iter().map(|(locator, _)| *locator).collect();
        let mut users = self.store().listed(portal, &locators).await?;
        users.retain(|(_, listed)| from.has(listed));
        let is_there = |wanted: Locator| users.iter().any(|(locator, _)| *locator == wanted);
        let missing = named.into_iter().filter(|(locator, _)| !is_there(*locator));
        let missing = missing.map(|(_, id)| id.clone()).collect();
        users.sort_by_cached_key(|(locator, _)| locator.to_string());
        users.retain(|(locator, _)| after.is_none_or(|after| *locator.to_string() > *after));
        Ok(SelectedUsers { users, missing, next: None })
    }
}
