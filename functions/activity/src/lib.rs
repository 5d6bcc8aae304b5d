//! Writes the entries of each write to the activity log, hands the notices of them over to a queue,
//! and puts events on the operator's bus. Deployed a second time, it sends what the queue holds,
//! and what is due when a schedule has it look.
//!
//! A record that fails is reported by its sequence number, and Lambda delivers again from there. No
//! line is written twice: its id is that of its write, and a line that exists is left as it is.

mod bus;
mod delivery_events;
mod find_index;
mod held_logs;
mod journal;
mod key_uses;
mod metric;
mod notices;
mod queue;
mod redrive;
mod roll_up;
mod sweep;

pub use bus::{EventBus, SCHEMA, SOURCE, detail};
pub use held_logs::HeldLogs;
pub use journal::Journal;
pub use key_uses::KeyUses;
pub use notices::{HandOver, LONGEST_BODY, NoticeQueue};
pub use redrive::{NoticeName, Redrive, Redriven, RedrivenNotices, redrive};
pub use roll_up::{CountTurn, count_days};
pub use sweep::sweep;

use aws_lambda_events::event::{
    dynamodb::{Event, EventRecord},
    streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse},
};
use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_app::{AppContext, CommandError, MessageSender};
use portcullis_domain::{PortalId, user::EntryKind};
use portcullis_keys::{KeyPurpose, Purposes};
use portcullis_store::{LogLine, StoreError, StreamEntries, stream_entries};
use serde_json::Value;
use std::collections::HashMap;
use thiserror::Error;

use find_index::FoundOtherwise;
use redrive::WrittenLines;

/// The parts that handle a batch of the stream.
#[derive(Clone)]
pub struct ActivityHandler {
    pub context: AppContext,
    pub sender: MessageSender,
    /// Writes lines with metrics to standard output, from which CloudWatch reads them.
    pub meter: fn(String),
    /// The uses of API keys that this process has noted.
    pub noted: KeyUses,
    pub logs: HeldLogs,
    pub journal: Journal,
    /// The way of notices to whoever sends them.
    pub hand_over: HandOver,
    pub bus: Option<EventBus>,
}

impl ActivityHandler {
    /// Counts something of a portal, unless it is none.
    fn say(&self, name: &'static str, count: u32, portal: &PortalId) {
        if count > 0 {
            (self.meter)(metric::count(&[(name, count)], portal, self.context.now()));
        }
    }
}

/// A failure after which a record, or a message of a queue, must be delivered again.
#[derive(Debug, Error)]
pub enum Failure {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a notice could not be prepared")]
    Notify(#[from] CommandError),
    #[error("the keys did not open")]
    Keys(#[source] CommandError),
    #[error("the stream has no old images: set its view type to NEW_AND_OLD_IMAGES")]
    NoOldImage,
    #[error("the object {name} was not written")]
    Journal {
        name: String,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("the queue of notices did not take a message: {0}")]
    Queue(String),
    #[error("a message of {0} bytes is too long for the queue of notices")]
    TooLong(usize),
    #[error("a message comes from a queue that this deployment does not know")]
    UnknownQueue,
    #[error("a user could not be indexed")]
    Index(#[source] CommandError),
    #[error("the operator's bus did not take an event: {0}")]
    Bus(String),
    #[error("a message of the queue of reports is no event of SES")]
    MalformedReport,
    #[error("there is no time for more in this invocation")]
    NoTime,
}

/// The purposes whose keys this function opens.
pub const PURPOSES: Purposes = Purposes::lookup_and(&[KeyPurpose::Settings]);

/// An event that was not handled. Lambda delivers it again.
#[derive(Debug, Error)]
pub enum EventError {
    #[error("the event is none of a stream or a queue, or its answer cannot be written")]
    Json(#[from] serde_json::Error),
    #[error("not everything that is due was sent or counted")]
    Sweep(#[from] CommandError),
}

/// The `detail-type` of the event that a schedule of EventBridge makes ("Creating a rule that runs
/// on a schedule" in Amazon's user guide).
const SCHEDULED: &str = "Scheduled Event";

/// The member of the constant input that another schedule gives in place of that event ("Input" of
/// a target in the API reference of EventBridge), and its value.
const DUTY: &str = "portcullis";
const COUNT_DAYS: &str = "count-days";

/// Handles an event as Lambda delivers it, a batch of the stream, a batch of a queue or a turn of
/// the schedule, and returns the answer.
///
/// # Errors
/// [`EventError`] if it has to be delivered again.
pub async fn answer(handler: &ActivityHandler, event: Value) -> Result<Value, EventError> {
    if event.get("detail-type").is_some_and(|kind| kind == SCHEDULED) {
        sweep(handler).await?;
        return Ok(Value::Null);
    }
    if event.get(DUTY).is_some_and(|duty| duty == COUNT_DAYS) {
        count_days(handler).await?;
        return Ok(Value::Null);
    }
    if queue::is_batch(&event) {
        return queue::handle(handler, event).await;
    }
    let response = handle(handler, serde_json::from_value(event)?).await;
    Ok(serde_json::to_value(response)?)
}

/// Handles a batch in order, and stops at the first record that fails: order within a user is kept.
/// No record counts as handled before the journal has it. It stops before the invocation ends, too,
/// so that Lambda knows how far it came: a batch that is cut off is delivered again whole. The
/// first record is always begun, so that each delivery gets on.
pub async fn handle(handler: &ActivityHandler, event: Event) -> DynamoDbEventResponse {
    let mut batch_item_failures = vec![];
    let journalled = handler.journal.write(&handler.context, &event.records).await;
    let (journalled, mut unread) = journalled.unwrap_or_else(|failure| (0, Some(failure)));
    let mut waiting = WaitingEvents::default();
    for (place, record) in event.records.into_iter().enumerate() {
        let number = record.change.sequence_number.clone();
        let has_time = place == 0 || handler.context.has_time_for_a_call();
        let handled = match unread.take_if(|_| place == journalled) {
            Some(failure) => Err(failure),
            None if !has_time => Err(Failure::NoTime),
            None => process(handler, record, &mut waiting).await,
        };
        match handled {
            Ok(()) => continue,
            Err(Failure::NoTime) => {
                tracing::warn!(place, "the rest of a batch is left for the next delivery");
            }
            Err(error) => {
                tracing::error!(%error, cause = ?std::error::Error::source(&error), "a record failed and will be delivered again");
            }
        }
        batch_item_failures = vec![failed_at(number)];
        break;
    }
    if let Some((first, events)) = waiting.0
        && let Err(error) = queue_events(handler, events).await
    {
        tracing::error!(%error, "events were not queued, and their records will be delivered again");
        batch_item_failures = vec![failed_at(first)];
    }
    let mut response = DynamoDbEventResponse::default();
    response.batch_item_failures = batch_item_failures;
    response
}

fn failed_at(number: Option<String>) -> DynamoDbBatchItemFailure {
    let mut failure = DynamoDbBatchItemFailure::default();
    failure.item_identifier = number;
    failure
}

/// The events of a batch that the operator's bus did not take, and the number of the first record
/// that has any.
#[derive(Default)]
struct WaitingEvents(Option<(Option<String>, Vec<bus::Event>)>);

/// Writes every log line of one record, hands its notices over, puts its events, and indexes what
/// its user is found by.
async fn process(
    handler: &ActivityHandler,
    record: EventRecord,
    waiting: &mut WaitingEvents,
) -> Result<(), Failure> {
    let image: HashMap<String, AttributeValue> = record.change.new_image.clone().into();
    let found = FoundOtherwise::of(&record, &image)?;
    if let Some(caused) = stream_entries(&image)? {
        let number = record.change.sequence_number.clone();
        let WrittenLines { notices, .. } = write_lines(handler, &caused).await?;
        notices::hand_over(handler, record, &caused, notices).await?;
        put_events(handler, &caused, number, waiting).await;
    }
    find_index::index(handler, found).await
}

/// Puts an event on the operator's bus for each line of a record, also if it is there already: an
/// earlier delivery may have written the line and ended. What the bus does not take holds up
/// nothing: it waits for the end of the batch.
async fn put_events(
    handler: &ActivityHandler,
    caused: &StreamEntries,
    number: Option<String>,
    WaitingEvents(waiting): &mut WaitingEvents,
) {
    let Some(bus) = &handler.bus else { return };
    let lines = LogLine::of(caused.write, caused.locator, caused.entries.clone());
    let events: Vec<_> = lines.map(|line| bus::Event::of(&caused.portal, &line)).collect();
    if let Err(error) = bus.put(&events, handler.context.now()).await {
        tracing::warn!(%error, "events of a record wait");
        waiting.get_or_insert_with(|| (number, vec![])).1.extend(events);
    }
}

/// The group of events in the queue. No portal's id has such a character.
const EVENTS: &str = "#events";

/// Puts events into the queue, from which they go to the bus, however long it fails.
async fn queue_events(handler: &ActivityHandler, events: Vec<bus::Event>) -> Result<(), Failure> {
    match &handler.hand_over {
        HandOver::ToQueue(queue) => {
            for body in bus::bodies(events)? {
                queue.put(EVENTS, body).await?;
            }
            Ok(())
        }
        HandOver::AtOnce => Err(Failure::Bus("there is no queue for its events".to_owned())),
    }
}

/// Writes every log line of one record that is not there yet.
async fn write_lines(
    handler: &ActivityHandler,
    caused: &StreamEntries,
) -> Result<WrittenLines, Failure> {
    let store = handler.context.store();
    handler.noted.note(store, caused).await;
    let plan = handler.logs.plan(&handler.context, &caused.portal).await?;
    let mut written = WrittenLines { new: 0, notices: vec![] };
    for line in LogLine::of(caused.write, caused.locator, caused.entries.clone()) {
        let is_new = store.append(&caused.portal, plan, &line).await?;
        written.new += usize::from(is_new);
        if let Some(metric) = metric::line(&caused.portal, &line.entry).filter(|_| is_new) {
            (handler.meter)(metric);
        }
        if is_told(caused, line.entry.kind) {
            written.notices.push(line);
        }
    }
    Ok(written)
}

/// Returns true if somebody is told of entries of this kind in a record.
fn is_told(caused: &StreamEntries, kind: EntryKind) -> bool {
    kind.is_notified() || (caused.admin.is_some() && kind.is_told_to_admin())
}
