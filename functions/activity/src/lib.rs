//! Turns the entries that each write caused into the activity log.
//!
//! A record that fails is reported by its sequence number; Lambda delivers again from there. What was written before is
//! written once all the same: a line's id is its write's, and a line that is there is left as it is.

use aws_lambda_events::event::{
    dynamodb::{Event, EventRecord},
    streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse},
};
use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_store::{LogLine, Store, StoreError, stream_entries};
use std::collections::HashMap;

/// Handles a batch in order, and stops at the first record that fails: order within a user is kept.
pub async fn handle(store: &Store, event: Event) -> DynamoDbEventResponse {
    let mut batch_item_failures = vec![];
    for record in event.records {
        let number = record.change.sequence_number.clone();
        if let Err(error) = append(store, record).await {
            tracing::error!(%error, cause = ?std::error::Error::source(&error), "a record failed and will be delivered again");
            let mut failure = DynamoDbBatchItemFailure::default();
            failure.item_identifier = number;
            batch_item_failures.push(failure);
            break;
        }
    }
    let mut response = DynamoDbEventResponse::default();
    response.batch_item_failures = batch_item_failures;
    response
}

async fn append(store: &Store, record: EventRecord) -> Result<(), StoreError> {
    let image: HashMap<String, AttributeValue> = record.change.new_image.into();
    let Some(caused) = stream_entries(&image)? else { return Ok(()) };
    for line in LogLine::of(caused.write, caused.locator, caused.entries) {
        store.append(&caused.portal, &line).await?;
    }
    Ok(())
}
