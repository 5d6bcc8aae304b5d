//! The activity log: items per portal and day, written once each.

use aws_sdk_dynamodb::{operation::put_item::PutItemError, types::AttributeValue};
use portcullis_domain::{
    Locator, PortalId, Timestamp, WriteId,
    portal::{LogDays, LogPartitions},
    user::Entry,
};

use crate::{
    Store, StoreError,
    item::{formatted, json, parse, string},
    key,
};

/// The partitions that are read at once. Every number of partitions is a multiple of it.
const AT_ONCE: usize = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Its id: the write that caused it, and its place among that write's entries.
    pub id: String,
    /// The user, if the entry is a user's.
    pub locator: Option<Locator>,
    pub entry: Entry,
}

impl LogLine {
    pub fn of(
        write: WriteId,
        locator: Option<Locator>,
        entries: Vec<Entry>,
    ) -> impl Iterator<Item = Self> {
        entries.into_iter().enumerate().map(move |(place, entry)| Self {
            id: format!("{write}.{place}"),
            locator,
            entry,
        })
    }
}

/// A place in the log: within a day, before a sort key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPlace {
    pub day: i64,
    /// The sort key; lines from it on are left out.
    pub before: String,
}

impl LogPlace {
    /// Before everything after this second.
    pub fn after(at: Timestamp) -> Self {
        Self { day: at.day(), before: format!("{:012}", at.plus(1).unix()) }
    }

    /// Before nothing of a day, by its number since 1970-01-01.
    pub fn end_of(day: i64) -> Self {
        Self { day, before: "~".to_owned() }
    }

    #[must_use]
    pub fn day_before(&self) -> Self {
        Self::end_of(self.day - 1)
    }
}

/// The place and the time that the log has for a portal's entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogPlan {
    pub partitions: LogPartitions,
    pub days: LogDays,
}

/// Lines of one partition of a day, newest first.
#[derive(Clone, Debug)]
pub struct LogPage {
    pub lines: Vec<(LogPlace, LogLine)>,
    /// The partition has more lines before the last of these.
    pub more: bool,
}

impl Default for LogPlan {
    fn default() -> Self {
        Self { partitions: LogPartitions::default(), days: LogDays::MOST }
    }
}

impl Store {
    /// Returns the plan of a portal's log. What is of no readable portal is kept the longest.
    pub async fn log_plan(&self, portal: &PortalId) -> Result<LogPlan, StoreError> {
        let partitions = self.log_partitions(portal).await?;
        let days = match self.portal(portal).await {
            Ok(portal) => portal.map_or(LogDays::MOST, |portal| portal.value.log_days),
            Err(StoreError::NewerRelease { .. } | StoreError::Undecodable { .. }) => LogDays::MOST,
            Err(error) => return Err(error),
        };
        Ok(LogPlan { partitions, days })
    }

    /// Adds a line; whether it was new. A line that is there already was added by an earlier
    /// delivery of the same record.
    pub async fn append(
        &self,
        portal: &PortalId,
        plan: LogPlan,
        line: &LogLine,
    ) -> Result<bool, StoreError> {
        let at = line.entry.at;
        let mut item = formatted(key::pair(
            key::log_of(portal, plan.partitions, at.day(), line.locator),
            format!("{:012}#{}", at.unix(), line.id),
        ));
        item.insert("line".to_owned(), json("log line", line)?);
        item.insert("ttl".to_owned(), AttributeValue::N(plan.days.end_of(at).unix().to_string()));
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk)");
        match put.send().await {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(PutItemError::ConditionalCheckFailedException(_)) => Ok(false),
                _ => Err(StoreError::unavailable("PutItem")(error)),
            },
        }
    }

    /// The lines of one portal's day before a place, newest first, at most `limit`. A place means
    /// the same in each partition, so it stays good if a day later has more of them.
    pub async fn log_before(
        &self,
        portal: &PortalId,
        partitions: LogPartitions,
        place: &LogPlace,
        limit: usize,
    ) -> Result<Vec<(LogPlace, LogLine)>, StoreError> {
        // Each gives as many lines as the whole may have, so none of the newest is missing.
        let read = |partition| self.log_page(portal, partition, place, limit);
        let mut lines = vec![];
        for n in (0..partitions.on(place.day)).step_by(AT_ONCE) {
            let pages = tokio::try_join!(read(n), read(n + 1), read(n + 2), read(n + 3))?;
            lines.extend(<[LogPage; AT_ONCE]>::from(pages).into_iter().flat_map(|page| page.lines));
        }
        lines.sort_unstable_by(|(one, _), (other, _)| other.before.cmp(&one.before));
        lines.truncate(limit);
        Ok(lines)
    }

    /// The lines of one partition of a day before a place, newest first, at most `limit`.
    pub async fn log_page(
        &self,
        portal: &PortalId,
        partition: u8,
        place: &LogPlace,
        limit: usize,
    ) -> Result<LogPage, StoreError> {
        let pk = key::log(portal, place.day, partition);
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND sk < :before")
            .expression_attribute_values(":pk", AttributeValue::S(pk))
            .expression_attribute_values(":before", AttributeValue::S(place.before.clone()))
            .scan_index_forward(false)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX));
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        let line = |item| {
            let damaged = StoreError::Undecodable { kind: "log line", source: None };
            let before = string(item, "sk").cloned().ok_or(damaged)?;
            Ok((LogPlace { day: place.day, before }, parse("log line", item, "line")?))
        };
        let lines: Result<_, StoreError> = answer.items().iter().map(line).collect();
        Ok(LogPage { lines: lines?, more: answer.last_evaluated_key().is_some() })
    }
}
