//! Counters outside a user's item: destinations, blocks of numbers, portals. Each is one
//! conditional update, and can be read before.

use aws_sdk_dynamodb::{
    config::{Builder, retry::RetryConfig},
    operation::update_item::{UpdateItemError, builders::UpdateItemFluentBuilder},
    types::{AttributeValue, ReturnValuesOnConditionCheckFailure as OnFailure},
};
use portcullis_domain::{FullWindow, Timestamp, WriteId, limits};

use crate::{
    AuditEntries, Store, StoreError, format,
    item::{Item, string},
    key,
    system::note_write,
};

/// Windows for which a counter stays after its own: later days look back at it.
const KEPT: i64 = limits::KEPT_BY_DAYS + 1;

/// A counter of a window, with its limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    what: String,
    window: i64,
    /// The length of a window.
    seconds: i64,
    limit: u32,
    counted: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Times,
    /// Each time, and beside it the times of those who may use only this much of the limit.
    OpenPart(u32),
    /// Different members: the same one again is free.
    Different(String),
}

/// The state of a counter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    times: u32,
    of_open_part: u32,
    members: Vec<String>,
    told: bool,
}

impl Tally {
    /// The times it was counted.
    pub const fn times(&self) -> u32 {
        self.times
    }

    /// Returns true if the activity log has an entry of it.
    pub const fn is_told(&self) -> bool {
        self.told
    }

    /// The times it was counted for those who may use the whole limit.
    pub const fn beside_open_part(&self) -> u32 {
        self.times.saturating_sub(self.of_open_part)
    }

    fn of(item: &Item) -> Self {
        let number = |name| {
            let text = item.get(name).and_then(|value: &AttributeValue| value.as_n().ok());
            // A number that is none reads as a full counter.
            text.map_or(0, |text| text.parse().unwrap_or(u32::MAX))
        };
        let members = item.get("m").and_then(|members| members.as_ss().ok()).cloned();
        let (members, told) = (members.unwrap_or_default(), item.contains_key("write"));
        Self { times: number("n"), of_open_part: number("u"), members, told }
    }
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

    /// At most `limit` within a window of so many seconds.
    pub fn windowed(what: &str, limit: u32, now: Timestamp, seconds: i64) -> Self {
        Self::within(what, limit, now, seconds)
    }

    /// The same counter with another limit.
    #[must_use]
    pub fn limited_to(self, limit: u32) -> Self {
        Self { limit, ..self }
    }

    /// Counts different members rather than times: the same one again is free.
    #[must_use]
    pub fn of_different(self, member: String) -> Self {
        Self { counted: What::Different(member), ..self }
    }

    /// Counts for those who may use only a part of the limit, all of them together.
    #[must_use]
    pub fn with_part(self, of: impl FnOnce(u32) -> u32) -> Self {
        Self { counted: What::OpenPart(of(self.limit)), ..self }
    }

    /// The same counter, so many windows before.
    #[must_use]
    pub fn before(&self, windows: i64) -> Self {
        Self { window: self.window - windows, ..self.clone() }
    }

    /// Returns its window, if what stands in it leaves no room for one more.
    pub fn full(&self, tally: &Tally) -> Option<FullWindow> {
        let over = tally.times >= self.limit;
        let full = match &self.counted {
            What::Times => over,
            What::OpenPart(part) => over || tally.of_open_part >= *part,
            What::Different(member) => {
                !tally.members.contains(member)
                    && u32::try_from(tally.members.len()).unwrap_or(u32::MAX) >= self.limit
            }
        };
        let began_at = Timestamp::from_unix(self.window.saturating_mul(self.seconds));
        full.then(|| FullWindow { began_at, ends_at: self.ends_at() })
    }

    fn within(what: &str, limit: u32, now: Timestamp, seconds: i64) -> Self {
        let window = now.unix().div_euclid(seconds);
        Self { what: what.to_owned(), window, seconds, limit, counted: What::Times }
    }

    fn ends_at(&self) -> Timestamp {
        Timestamp::from_unix((self.window + 1).saturating_mul(self.seconds))
    }

    /// The moment after which its item may go, in Unix time.
    const fn kept_until(&self) -> i64 {
        (self.window + 1).saturating_add(KEPT).saturating_mul(self.seconds)
    }

    fn pk(&self) -> String {
        format!("COUNT#{}#{}", self.what, self.window)
    }
}

impl Store {
    /// Reads what stands in counters, in their order and in one call.
    ///
    /// # Errors
    /// Those of every read: a counter is empty only if the table said so.
    pub async fn tallies(&self, counters: &[Counter]) -> Result<Vec<Tally>, StoreError> {
        let keys = counters.iter().map(|counter| key::alone(counter.pk())).collect();
        let items = self.batch(keys).await?;
        let tally = |counter: &Counter| items.get(&counter.pk()).map(Tally::of).unwrap_or_default();
        Ok(counters.iter().map(tally).collect())
    }

    /// Counts once more, unless the limit is met. The write id tells a lost reply from a second
    /// count.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it is not known whether it was counted.
    pub async fn count(&self, counter: &Counter, write: WriteId) -> Result<Counted, StoreError> {
        let write = write.to_string();
        let limit = AttributeValue::N(counter.limit.to_string());
        let update = self.counter_update(counter).expression_attribute_values(":limit", limit);
        let number = |n: u32| AttributeValue::N(n.to_string());
        let update = match &counter.counted {
            What::Times => update
                .update_expression("SET #w = :write, #ttl = :ttl ADD #n :one")
                .condition_expression("(attribute_not_exists(#n) OR #n < :limit) AND (attribute_not_exists(#w) OR #w <> :write)")
                .expression_attribute_names("#n", "n")
                .expression_attribute_values(":one", number(1)),
            What::OpenPart(part) => update
                .update_expression("SET #w = :write, #ttl = :ttl ADD #n :one, #u :one")
                .condition_expression("(attribute_not_exists(#n) OR #n < :limit) AND (attribute_not_exists(#u) OR #u < :part) AND (attribute_not_exists(#w) OR #w <> :write)")
                .expression_attribute_names("#n", "n")
                .expression_attribute_names("#u", "u")
                .expression_attribute_values(":part", number(*part))
                .expression_attribute_values(":one", number(1)),
            What::Different(member) => update
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
                AttributeValue::N(counter.kept_until().to_string()),
            );
        match update.return_values_on_condition_check_failure(OnFailure::AllOld).send().await {
            Ok(_) => Ok(Counted::Within),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
                    let ours = failed.item().and_then(|item| string(item, "w")) == Some(&write);
                    Ok(if ours {
                        Counted::Within
                    } else {
                        Counted::Over { until: counter.ends_at() }
                    })
                }
                _ => Err(StoreError::unavailable("UpdateItem")(error)),
            },
        }
    }

    /// Has the activity log tell of a counter, once in its window. Without entries the write is the
    /// same, so that nobody can tell from outside if there was something to tell.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; then the next call tells it.
    pub async fn tell_once(
        &self,
        counter: &Counter,
        entries: Option<&AuditEntries>,
        write: WriteId,
    ) -> Result<(), StoreError> {
        let mut set = entries.map(|entries| entries.beside(0)).transpose()?.unwrap_or_default();
        format::mark(&mut set);
        note_write(&mut set, write);
        set.insert("ttl".to_owned(), AttributeValue::N(counter.kept_until().to_string()));
        let mut update =
            self.counter_update(counter).condition_expression("attribute_not_exists(#write)");
        let mut assigned = vec![];
        for (name, value) in set {
            assigned.push(format!("#{name} = :{name}"));
            update = update
                .expression_attribute_names(format!("#{name}"), name.clone())
                .expression_attribute_values(format!(":{name}"), value);
        }
        match update.update_expression(format!("SET {}", assigned.join(", "))).send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(()),
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
        let one = AttributeValue::N("1".to_owned());
        let update = self
            .counter_update(counter)
            .expression_attribute_names("#n", "n")
            .expression_attribute_values(":one", one);
        let update = match &counter.counted {
            What::Different(_) => return Ok(()),
            What::Times => {
                update.update_expression("SET #n = #n - :one").condition_expression("#n >= :one")
            }
            What::OpenPart(_) => update
                .update_expression("SET #n = #n - :one, #u = #u - :one")
                .condition_expression("#n >= :one AND #u >= :one")
                .expression_attribute_names("#u", "u"),
        };
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
        self.client.update_item().table_name(&self.table).set_key(Some(key::alone(counter.pk())))
    }
}
