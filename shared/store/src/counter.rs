//! Counters outside a user's item: destinations, blocks of numbers, portals. Each is one
//! conditional update.

use aws_sdk_dynamodb::{
    config::{Builder, retry::RetryConfig},
    operation::update_item::{UpdateItemError, builders::UpdateItemFluentBuilder},
    types::{AttributeValue, ReturnValuesOnConditionCheckFailure as OnFailure},
};
use portcullis_domain::{Timestamp, WriteId, limits};

use crate::{Store, StoreError, item::string, key};

/// The time a counter stays after its window, in seconds.
const KEPT: i64 = 86_400;

/// A counter of a window, with its limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    name: String,
    limit: u32,
    ends_at: Timestamp,
    member: Option<String>,
}

/// The outcome of an increment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Within,
    /// The limit is met; nothing was counted.
    Over {
        until: Timestamp,
    },
}

impl Counter {
    /// At most `limit` within the clock hour of `now`.
    pub fn hourly(what: &str, limit: u32, now: Timestamp) -> Self {
        Self::within(what, limit, now, limits::HOUR_SECONDS)
    }

    /// At most `limit` within the UTC day of `now`.
    pub fn daily(what: &str, limit: u32, now: Timestamp) -> Self {
        Self::within(what, limit, now, limits::DAY_SECONDS)
    }

    /// Counts different members rather than times: the same one again is free.
    #[must_use]
    pub fn of_different(self, member: String) -> Self {
        Self { member: Some(member), ..self }
    }

    fn within(what: &str, limit: u32, now: Timestamp, seconds: i64) -> Self {
        let window = now.unix().div_euclid(seconds);
        Self {
            name: format!("COUNT#{what}#{window}"),
            limit,
            ends_at: Timestamp::from_unix((window + 1) * seconds),
            member: None,
        }
    }
}

impl Store {
    /// Counts once more, unless the limit is met. The write id tells a lost reply from a second
    /// count.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it is not known whether it was counted.
    pub async fn count(&self, counter: &Counter, write: WriteId) -> Result<Counted, StoreError> {
        let write = write.to_string();
        let limit = AttributeValue::N(counter.limit.to_string());
        let update = self.counter_update(counter).expression_attribute_values(":limit", limit);
        let update = match &counter.member {
            None => update
                .update_expression("SET #n = if_not_exists(#n, :zero) + :one, #w = :write, #ttl = :ttl")
                .condition_expression("(attribute_not_exists(#n) OR #n < :limit) AND (attribute_not_exists(#w) OR #w <> :write)")
                .expression_attribute_names("#n", "n")
                .expression_attribute_values(":zero", AttributeValue::N("0".to_owned()))
                .expression_attribute_values(":one", AttributeValue::N("1".to_owned())),
            Some(member) => update
                .update_expression("SET #w = :write, #ttl = :ttl ADD #m :member")
                .condition_expression("attribute_not_exists(#m) OR contains(#m, :text) OR size(#m) < :limit")
                .expression_attribute_names("#m", "m")
                .expression_attribute_values(":member", AttributeValue::Ss(vec![member.clone()]))
                .expression_attribute_values(":text", AttributeValue::S(member.clone())),
        };
        let update = update
            .expression_attribute_names("#w", "w")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":write", AttributeValue::S(write.clone()))
            .expression_attribute_values(
                ":ttl",
                AttributeValue::N((counter.ends_at.unix() + KEPT).to_string()),
            );
        match update.return_values_on_condition_check_failure(OnFailure::AllOld).send().await {
            Ok(_) => Ok(Counted::Within),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
                    let ours = failed.item().and_then(|item| string(item, "w")) == Some(&write);
                    Ok(if ours {
                        Counted::Within
                    } else {
                        Counted::Over { until: counter.ends_at }
                    })
                }
                _ => Err(StoreError::unavailable("UpdateItem")(error)),
            },
        }
    }

    /// Takes one back, because what was counted did not happen. Different members are kept: they
    /// were tried.
    ///
    /// The SDK sends it once only. A counter has no room to remember what was taken back, so a
    /// repetition after a lost reply would take back a second time, and more would be sent than was
    /// counted.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; the count then stays one too high, which only ever refuses.
    pub async fn uncount(&self, counter: &Counter) -> Result<(), StoreError> {
        if counter.member.is_some() {
            return Ok(());
        }
        let update = self
            .counter_update(counter)
            .update_expression("SET #n = #n - :one")
            .condition_expression("#n >= :one")
            .expression_attribute_names("#n", "n")
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()));
        let once = Builder::new().retry_config(RetryConfig::disabled());
        match update.customize().config_override(once).send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(()),
                _ => Err(StoreError::unavailable("UpdateItem")(error)),
            },
        }
    }

    fn counter_update(&self, counter: &Counter) -> UpdateItemFluentBuilder {
        self.client.update_item().table_name(&self.table).set_key(Some(key::alone(&counter.name)))
    }
}
