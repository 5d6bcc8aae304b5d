//! The activity log: items per portal and day, written once each.

use aws_sdk_dynamodb::{operation::put_item::PutItemError, types::AttributeValue};
use portcullis_domain::{Locator, PortalId, WriteId, user::Entry};
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError,
    item::{json, parse},
    key,
};

/// How long a line is kept, in seconds: 400 days.
const KEPT: i64 = 400 * 86_400;

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// Its id: the write that caused it, and its place among that write's entries.
    pub id: String,
    /// Whose it is.
    pub locator: Locator,
    /// What happened.
    pub entry: Entry,
}

impl LogLine {
    /// The lines of one write.
    pub fn of(write: WriteId, locator: Locator, entries: Vec<Entry>) -> impl Iterator<Item = Self> {
        entries.into_iter().enumerate().map(move |(place, entry)| Self {
            id: format!("{write}.{place}"),
            locator,
            entry,
        })
    }
}

impl Store {
    /// Adds a line. A line that is there already was added by an earlier delivery of the same record.
    ///
    /// # Errors
    /// [`StoreError`] when it is not known to be there; the record must be delivered again.
    pub async fn append(&self, portal: &PortalId, line: &LogLine) -> Result<(), StoreError> {
        let at = line.entry.at;
        let mut item = key::pair(
            format!("LOG#{portal}#{}", at.day()),
            format!("{:012}#{}", at.unix(), line.id),
        );
        item.insert("line".to_owned(), json("log line", line)?);
        item.insert("ttl".to_owned(), AttributeValue::N((at.unix() + KEPT).to_string()));
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk)");
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                Some(PutItemError::ConditionalCheckFailedException(_)) => Ok(()),
                _ => Err(StoreError::unavailable("PutItem")(error)),
            },
        }
    }

    /// The lines of one portal on one UTC day, oldest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] when they could not be read.
    pub async fn log_of_day(
        &self,
        portal: &PortalId,
        day: i64,
        limit: i32,
    ) -> Result<Vec<LogLine>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(format!("LOG#{portal}#{day}")))
            .limit(limit);
        let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
        answer.items().iter().map(|item| parse("log line", item, "line")).collect()
    }
}
