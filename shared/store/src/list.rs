//! Lists for admins, from the one index. No decision is ever taken from them: the index is late by
//! moments.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{Locator, Policy, Portal, PortalId, policy::Issuer, portal::Audience};

use crate::{
    Listed, Store, StoreError,
    item::{parse, string},
    key,
    stored::Stored,
};

/// One page of a list, and where the next begins.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Each with the place it has in the list.
    pub items: Vec<(String, T)>,
    /// The place after which the next page begins; none where this is the last.
    pub next: Option<String>,
}

/// The projection of a portal in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPortal {
    pub description: String,
    /// The people who sign in there.
    pub audience: Audience,
    pub policy: Policy,
}

impl ListedPortal {
    pub(crate) fn of(portal: &Portal) -> Self {
        Self {
            description: portal.profile.description.clone(),
            audience: portal.profile.audience,
            policy: portal.policy.clone(),
        }
    }

    /// Returns the portal under the policy that is in force: that of the console belongs to the
    /// release, whichever one stored it.
    pub(crate) fn in_force(self, id: &str) -> Self {
        let is_console = PortalId::parse(id).is_ok_and(|id| id.is_console());
        if is_console { Self { policy: Policy::of_console(), ..self } } else { self }
    }

    /// Returns the issuer that authenticator apps show, if the app is a method.
    pub fn issuer(&self) -> Option<Issuer> {
        self.policy.issuer_of(&self.description)
    }
}

impl Store {
    /// A portal's users after a place in the list, at most `limit`.
    pub async fn users_page(
        &self,
        portal: &PortalId,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Listed>, StoreError> {
        self.page("user", portal.as_str(), after, limit).await
    }

    /// The portals after a place in the list, at most `limit`, by their ids.
    pub async fn portals_page(
        &self,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<ListedPortal>, StoreError> {
        let page: Page<ListedPortal> = self.page("portal", key::PORTALS, after, limit).await?;
        let in_force = |(id, listed): (String, ListedPortal)| {
            let listed = listed.in_force(&id);
            (id, listed)
        };
        Ok(Page { items: page.items.into_iter().map(in_force).collect(), next: page.next })
    }

    async fn page<T: Stored>(
        &self,
        kind: &'static str,
        of: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<T>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name("users")
            .expression_attribute_values(":of", AttributeValue::S(of.to_owned()))
            .limit(i32::try_from(limit).unwrap_or(i32::MAX));
        let query = match after {
            None => query.key_condition_expression("users_of = :of"),
            Some(after) => query
                .key_condition_expression("users_of = :of AND #l > :after")
                .expression_attribute_names("#l", "locator")
                .expression_attribute_values(":after", AttributeValue::S(after.to_owned())),
        };
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        let item = |item| {
            let damaged = StoreError::Undecodable { kind, source: None };
            let place = string(item, "locator").cloned().ok_or(damaged)?;
            Ok((place, parse(kind, item, "listed")?))
        };
        let items: Result<Vec<(String, T)>, StoreError> = answer.items().iter().map(item).collect();
        let items = items?;
        let more = answer.last_evaluated_key().is_some();
        let next = items.last().filter(|_| more).map(|(place, _)| place.clone());
        Ok(Page { items, next })
    }

    /// Reads the projections of these users; those of erased users are missing.
    pub async fn listed(
        &self,
        portal: &PortalId,
        locators: &[Locator],
    ) -> Result<Vec<(Locator, Listed)>, StoreError> {
        let mut all = vec![];
        for locators in locators.chunks(100) {
            let keys = locators.iter().map(|locator| {
                key::alone(crate::UserKey { portal: portal.clone(), locator: *locator }.pk())
            });
            let items = self.batch(keys.collect()).await?;
            for item in items.values().filter(|item| item.contains_key("listed")) {
                let damaged = StoreError::Undecodable { kind: "user", source: None };
                let locator = string(item, "locator").and_then(|text| Locator::parse(text).ok());
                all.push((locator.ok_or(damaged)?, parse("user", item, "listed")?));
            }
        }
        Ok(all)
    }
}
