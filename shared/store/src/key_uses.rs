//! The last day on which each API key of a portal changed something: one item for a portal, which
//! `activity` writes from the stream, once for each key and day.

use aws_sdk_dynamodb::{operation::update_item::UpdateItemError, types::AttributeValue};
use portcullis_domain::{PortalId, limits};
use std::collections::BTreeMap;

use crate::{Store, StoreError, StoredFormat, key};

/// Seconds for which the days of a portal are kept after the last one: longer than a key works
/// unless its maker chose otherwise.
const KEPT: i64 = limits::TOMBSTONE_SECONDS;

const DAY_OF: &str = "day_";

/// The last day of use of each key, by its id, in UTC days since the Unix epoch.
pub type KeyDays = BTreeMap<String, i64>;

impl Store {
    /// Notes that a key was used on a day, unless a later day is noted.
    pub async fn note_key_use(
        &self,
        portal: &PortalId,
        key: &str,
        day: i64,
    ) -> Result<(), StoreError> {
        let number = |n: i64| AttributeValue::N(n.to_string());
        let ends = day * limits::DAY_SECONDS + KEPT;
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key::alone(key::key_days(portal))))
            .update_expression("SET #day = :day, #ttl = :ttl, #format = :format")
            .condition_expression("attribute_not_exists(#day) OR #day < :day")
            .expression_attribute_names("#day", format!("{DAY_OF}{key}"))
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_names("#format", "format")
            .expression_attribute_values(
                ":format",
                AttributeValue::N(StoredFormat::default().to_string()),
            )
            .expression_attribute_values(":day", number(day))
            .expression_attribute_values(":ttl", number(ends));
        match update.send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(()),
                _ => Err(StoreError::unavailable("UpdateItem")(error)),
            },
        }
    }

    /// Returns the days of a portal's keys, as far as the stream was read.
    pub async fn key_days(&self, portal: &PortalId) -> Result<KeyDays, StoreError> {
        let item = self.item("days of keys", key::alone(key::key_days(portal))).await?;
        let day = |(name, value): (String, AttributeValue)| {
            let id = name.strip_prefix(DAY_OF)?.to_owned();
            Some((id, value.as_n().ok()?.parse().ok()?))
        };
        Ok(item.into_iter().flatten().filter_map(day).collect())
    }
}
