//! Writes the entries of each write to the activity log, and notifies users of changes.
//!
//! A record that fails is reported by its sequence number, and Lambda delivers again from there. No
//! line is written twice: its id is that of its write, and a line that exists is left as it is.

mod metric;

use aws_lambda_events::event::{
    dynamodb::{Event, EventRecord},
    streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse},
};
use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_app::{AppContext, CommandError, MessageSender, Notified};
use portcullis_domain::{User, WriteId, limits, sign_in::challenge::SendOutcome};
use portcullis_keys::{KeyPurpose, Purposes};
use portcullis_store::{LogLine, StoreError, UserKey, stream_entries, stream_user};
use std::collections::HashMap;
use thiserror::Error;

/// The parts that handle a batch of the stream.
#[derive(Clone)]
pub struct ActivityHandler {
    pub context: AppContext,
    pub sender: MessageSender,
    /// Writes lines with metrics to standard output, from which CloudWatch reads them.
    pub meter: fn(String),
}

/// A failure after which a record must be delivered again.
#[derive(Debug, Error)]
enum Failure {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a notice could not be prepared")]
    Notify(#[from] CommandError),
    #[error("the stream has no old images: set its view type to NEW_AND_OLD_IMAGES")]
    NoOldImage,
}

/// The purposes whose keys this function opens.
pub const PURPOSES: Purposes = Purposes::lookup_and(&[KeyPurpose::Settings]);

/// Handles a batch in order, and stops at the first record that fails: order within a user is kept.
pub async fn handle(handler: &ActivityHandler, event: Event) -> DynamoDbEventResponse {
    let mut batch_item_failures = vec![];
    for record in event.records {
        let number = record.change.sequence_number.clone();
        if let Err(error) = process(handler, record).await {
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

/// Writes every log line of one record, then sends every notice.
async fn process(handler: &ActivityHandler, record: EventRecord) -> Result<(), Failure> {
    let image: HashMap<String, AttributeValue> = record.change.new_image.into();
    let Some(caused) = stream_entries(&image)? else { return Ok(()) };
    let store = handler.context.store();
    let mut notices = vec![];
    for line in LogLine::of(caused.write, caused.locator, caused.entries) {
        let is_new = store.append(&caused.portal, &line).await?;
        if let Some(metric) = metric::line(&caused.portal, &line.entry).filter(|_| is_new) {
            (handler.meter)(metric);
        }
        if line.entry.kind.is_notified() {
            notices.push(line);
        }
    }
    let Some(locator) = caused.locator.filter(|_| !notices.is_empty()) else { return Ok(()) };
    let old: HashMap<String, AttributeValue> = record.change.old_image.into();
    if old.is_empty() && record.event_name == "MODIFY" {
        return Err(Failure::NoOldImage);
    }
    let user_key = UserKey { portal: caused.portal, locator };
    let change = Change { before: stream_user(&old)?, after: stream_user(&image)? };
    for line in notices {
        notify(handler, &user_key, &change, &line).await?;
    }
    Ok(())
}

/// A user before and after a write.
struct Change {
    before: Option<User>,
    after: Option<User>,
}

/// Notifies a user of a change. Each notice is claimed right before it is tried; one that was
/// claimed and not sent is not tried again, and is in the function's log.
async fn notify(
    handler: &ActivityHandler,
    user_key: &UserKey,
    Change { before, after }: &Change,
    LogLine { id, entry, .. }: &LogLine,
) -> Result<(), Failure> {
    let ActivityHandler { context, sender, .. } = handler;
    let read = context.store().read(user_key).await?;
    let Some(portal) = read.portal else { return Ok(()) };
    let locale = portal.locale_for(after.as_ref().or(before.as_ref()));
    let until = entry.at.plus(limits::NOTICE_SECONDS);
    let recipients = User::notified_destinations(entry.kind, before.as_ref(), after.as_ref());
    for (n, to) in recipients.into_iter().enumerate() {
        let write = WriteId::new(context.random()?);
        let notice = format!("{id}.{n}");
        let claim = context.store().claim_notice(&user_key.portal, &notice, until, write);
        let notified = Notified { user_key, to: &to, locale };
        let sent =
            sender.notify(context, &portal, &read.settings, notified, entry.kind, claim).await;
        match sent {
            Ok(None | Some(SendOutcome::Sent)) => {}
            Ok(Some(outcome)) => tracing::warn!(notice, ?outcome, "a notice was not sent"),
            Err(error) => {
                tracing::warn!(
                    notice,
                    "a notice will be tried again unless it was claimed just now"
                );
                return Err(error.into());
            }
        }
    }
    Ok(())
}
