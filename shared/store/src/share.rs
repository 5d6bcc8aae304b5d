//! The sums of calls that the shares of portals are held against: one item for each portal, kind of
//! call and minute.

use aws_sdk_dynamodb::{
    config::{Builder, retry::RetryConfig},
    types::{AttributeValue, ReturnValue},
};
use portcullis_domain::{
    PortalId, limits,
    portal::{ShareKind, ShareMinute},
};

use crate::{Store, StoreError, key};

impl Store {
    /// Adds calls of a process to the sum of a minute, and returns the sum.
    ///
    /// The SDK sends it once only: after a lost reply the calls would be counted twice.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; then it is not known if they were counted.
    pub async fn add_to_share(
        &self,
        portal: &PortalId,
        kind: ShareKind,
        minute: ShareMinute,
        calls: u32,
    ) -> Result<u32, StoreError> {
        let pk = format!("COUNT#share#{portal}#{}#{}", kind.as_str(), minute.number());
        let ttl = minute.ends_at().plus(limits::HOUR_SECONDS).unix();
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key::alone(pk)))
            .update_expression("SET #ttl = :ttl ADD #n :calls")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_names("#n", "n")
            .expression_attribute_values(":ttl", AttributeValue::N(ttl.to_string()))
            .expression_attribute_values(":calls", AttributeValue::N(calls.to_string()))
            .return_values(ReturnValue::UpdatedNew);
        let once = Builder::new().retry_config(RetryConfig::disabled());
        let done = update.customize().config_override(once).send().await;
        let after = done.map_err(StoreError::unavailable("UpdateItem"))?.attributes;
        let sum = after.as_ref().and_then(|item| item.get("n")).and_then(|n| n.as_n().ok());
        // A sum that is no number reads as one that is full.
        Ok(sum.and_then(|text| text.parse().ok()).unwrap_or(u32::MAX))
    }
}
