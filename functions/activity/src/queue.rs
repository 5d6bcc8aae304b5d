//! Messages of SQS, as Lambda delivers them ("Using Lambda with Amazon SQS" in Amazon's developer
//! guide). A message that fails is named in the answer and comes again; after too many times SQS
//! puts it into the queue of what was given up.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{ActivityHandler, EventError, Failure, HandOver, bus, delivery_events, notices};

/// A batch of messages. Only what is used of them is read.
#[derive(Deserialize)]
struct Batch {
    #[serde(rename = "Records")]
    records: Vec<Message>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    message_id: String,
    body: String,
    #[serde(rename = "eventSourceARN")]
    event_source_arn: String,
}

pub(crate) fn is_batch(event: &Value) -> bool {
    event.pointer("/Records/0/eventSource").is_some_and(|source| source == "aws:sqs")
}

/// Handles a batch, in any order: a message that fails keeps no other waiting. If there is no time
/// for more, the rest is named as failed, so that it comes again.
///
/// # Errors
/// [`EventError`] if the event is no batch of messages.
pub(crate) async fn handle(handler: &ActivityHandler, event: Value) -> Result<Value, EventError> {
    let Batch { records } = serde_json::from_value(event)?;
    let mut failed = vec![];
    for message in records {
        if let Err(error) = process(handler, &message).await {
            tracing::error!(%error, cause = ?std::error::Error::source(&error), "a message failed and will be delivered again");
            failed.push(json!({ "itemIdentifier": message.message_id }));
        }
    }
    Ok(json!({ "batchItemFailures": failed }))
}

async fn process(handler: &ActivityHandler, message: &Message) -> Result<(), Failure> {
    match &handler.hand_over {
        HandOver::ToQueue(queue) if queue.is_at(&message.event_source_arn) => {
            match bus::read(&message.body)? {
                Some(events) => put_again(handler, &events).await,
                None => notices::send(handler, &message.body).await,
            }
        }
        // The only other queue that is mapped to this function.
        HandOver::ToQueue(_) => delivery_events::take(handler, &message.body).await,
        HandOver::AtOnce => Err(Failure::UnknownQueue),
    }
}

/// Puts events on the operator's bus that it did not take when they were made.
async fn put_again(handler: &ActivityHandler, events: &[bus::Event]) -> Result<(), Failure> {
    match &handler.bus {
        Some(bus) => bus.put(events, handler.context.now()).await,
        None => {
            let events = events.len();
            tracing::warn!(events, "events are dropped: this deployment names no bus any more");
            Ok(())
        }
    }
}
