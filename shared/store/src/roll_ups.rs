//! The numbers of a portal's days: one item for a day, which `activity` makes from the log.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{PortalId, WriteId, limits, user::RollUp};
use std::{collections::BTreeMap, ops::RangeInclusive};

use crate::{
    Store, StoreError, Versioned, WriteOutcome,
    item::Item,
    key,
    system::{document_item, read, version},
};

const KIND: &str = "numbers of a day";

/// Seconds after its day for which an item is kept, as the log is.
const KEPT: i64 = 400 * limits::DAY_SECONDS;

/// The counts of days by their numbers since 1970-01-01; one that was never counted is missing.
pub type RollUps = BTreeMap<i64, Versioned<RollUp>>;

impl Store {
    /// Reads what is known of these days of a portal, at most a hundred.
    pub async fn roll_ups(
        &self,
        portal: &PortalId,
        days: RangeInclusive<i64>,
    ) -> Result<RollUps, StoreError> {
        let keys = days.clone().map(|day| key::alone(key::numbers(portal, day)));
        let items = self.batch(keys.collect()).await?;
        let known = |day| Some((day, items.get(&key::numbers(portal, day))?));
        days.filter_map(known).map(|(day, item)| Ok((day, read(KIND, item)?))).collect()
    }

    /// Writes what is known of a day, unless another process did since it was read.
    pub async fn put_roll_up(
        &self,
        portal: &PortalId,
        day: i64,
        before: Option<&Versioned<RollUp>>,
        after: &RollUp,
        write: WriteId,
    ) -> Result<WriteOutcome, StoreError> {
        let item = roll_up_item(portal, day, after, write)?;
        self.put_if(item, version(before), write).await
    }
}

pub(crate) fn roll_up_item(
    portal: &PortalId,
    day: i64,
    roll_up: &RollUp,
    write: WriteId,
) -> Result<Item, StoreError> {
    let key = key::alone(key::numbers(portal, day));
    let mut item = document_item(KIND, key, roll_up, write, None)?;
    let ends = (day + 1) * limits::DAY_SECONDS + KEPT;
    item.insert("ttl".to_owned(), AttributeValue::N(ends.to_string()));
    Ok(item)
}
