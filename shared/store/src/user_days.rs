//! The users of a portal on the last days: one item for a portal, which the console writes once a
//! day, and the figures of many portals in few calls.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{
    PortalId, WriteId,
    decision::{UserDay, UserDays},
    limits,
    user::RollUp,
};
use std::{collections::HashMap, ops::RangeInclusive};

use crate::{
    RollUps, Store, StoreError, Versioned, WriteOutcome, key,
    system::{document_item, read, version},
};

const KIND: &str = "users of the last days";

const KEYS: usize = 100;

/// The figures of a portal, without its log and its list.
#[derive(Clone, Debug, Default)]
pub struct PortalFigures {
    pub roll_ups: RollUps,
    pub users: UserDays,
}

impl Store {
    /// Reads the users of a portal on the last days.
    pub async fn user_days(
        &self,
        portal: &PortalId,
    ) -> Result<Option<Versioned<UserDays>>, StoreError> {
        self.document(KIND, key::alone(key::enrolled(portal))).await
    }

    /// Notes a day's count, unless another process wrote since the days were read.
    pub async fn put_user_day(
        &self,
        portal: &PortalId,
        before: Option<Versioned<UserDays>>,
        (day, counted): (i64, UserDay),
        write: WriteId,
    ) -> Result<WriteOutcome, StoreError> {
        let last = version(before.as_ref()).map(str::to_owned);
        let days = before.map(|before| before.value).unwrap_or_default().with(day, counted);
        let key = key::alone(key::enrolled(portal));
        let mut item = document_item(KIND, key, &days, write, None)?;
        let ends = day * limits::DAY_SECONDS + limits::TOMBSTONE_SECONDS;
        item.insert("ttl".to_owned(), AttributeValue::N(ends.to_string()));
        self.put_if(item, last.as_deref(), write).await
    }

    /// Reads the numbers of these days, and the users, of several portals, in their order: a call
    /// for each hundred items.
    pub async fn portal_figures(
        &self,
        portals: &[PortalId],
        days: RangeInclusive<i64>,
    ) -> Result<Vec<PortalFigures>, StoreError> {
        let of = |portal: &PortalId| {
            let numbers = days.clone().map(|day| key::numbers(portal, day));
            numbers.chain([key::enrolled(portal)]).map(key::alone).collect::<Vec<_>>()
        };
        let keys: Vec<_> = portals.iter().flat_map(of).collect();
        let mut items = HashMap::new();
        for keys in keys.chunks(KEYS) {
            items.extend(self.batch(keys.to_vec()).await?);
        }
        let figures = |portal: &PortalId| {
            let mut figures = PortalFigures::default();
            for day in days.clone() {
                if let Some(item) = items.get(&key::numbers(portal, day)) {
                    figures.roll_ups.insert(day, read::<RollUp>("numbers of a day", item)?);
                }
            }
            if let Some(item) = items.get(&key::enrolled(portal)) {
                figures.users = read(KIND, item)?.value;
            }
            Ok(figures)
        };
        portals.iter().map(figures).collect()
    }
}
