//! Events on the operator's own bus: one for each entry of the log, as
//! `infra/docs/integrate/event.schema.json` says. What is masked in the log is masked here; ids of
//! people, and words that people typed, are left out.
//!
//! The log waits for no bus: events that it does not take go into the queue of notices, and from
//! there to the bus.

use aws_sdk_eventbridge::{
    Client,
    error::DisplayErrorContext,
    primitives::DateTime,
    types::{PutEventsRequestEntry, PutEventsResultEntry},
};
use portcullis_domain::{
    Named, PortalId, Timestamp,
    user::{By, Entry},
};
use portcullis_store::{LogLine, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use crate::Failure;

/// The `source` of each event.
pub const SOURCE: &str = "portcullis";

/// The version of the schema, which grows by members alone.
pub const SCHEMA: u32 = 1;

/// The most events in one call ("Amazon EventBridge API Reference: PutEvents", Entries).
const AT_ONCE: usize = 10;

/// The seconds for which a bus that failed is not asked again: one that hangs holds up neither the
/// log nor notices.
const REST_SECONDS: i64 = 10;

/// The most events in a message of the queue: each has less than 1,200 bytes.
const IN_A_MESSAGE: usize = 500;

/// The version of a message with events that this release writes, and the newest that it reads.
const OWN: u32 = 1;

/// The name of such a message in errors.
const KIND: &str = "events in the queue";

#[derive(Clone, Debug)]
pub struct EventBus {
    client: Client,
    name: String,
    /// The moment, in Unix seconds, from which it is asked again.
    rests_until: Arc<AtomicI64>,
}

/// An event, as the bus gets it, and as it waits in the queue.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    kind: String,
    /// The moment of the entry, in Unix seconds.
    at: i64,
    detail: Value,
}

impl Event {
    pub(crate) fn of(portal: &PortalId, line: &LogLine) -> Self {
        let Entry { kind, at, .. } = &line.entry;
        Self { kind: kind.name().to_owned(), at: at.unix(), detail: detail(portal, line) }
    }
}

impl EventBus {
    /// The bus of this name, or with this ARN.
    pub fn new(client: Client, name: String) -> Self {
        Self { client, name, rests_until: Arc::default() }
    }

    /// Puts events on the bus. One that comes again has the same id. Within some seconds of a
    /// failure it fails without asking.
    pub(crate) async fn put(&self, events: &[Event], now: Timestamp) -> Result<(), Failure> {
        if now.unix() < self.rests_until.load(Ordering::Relaxed) {
            return Err(Failure::Bus("it failed a moment ago, and is not asked yet".to_owned()));
        }
        let put = self.ask(events).await;
        if put.is_err() {
            self.rests_until.store(now.plus(REST_SECONDS).unix(), Ordering::Relaxed);
        }
        put
    }

    async fn ask(&self, events: &[Event]) -> Result<(), Failure> {
        for some in events.chunks(AT_ONCE) {
            let entries = some.iter().map(|event| self.entry(event)).collect();
            let put = self.client.put_events().set_entries(Some(entries)).send().await;
            let answer =
                put.map_err(|error| Failure::Bus(DisplayErrorContext(error).to_string()))?;
            if answer.failed_entry_count() > 0 {
                let code = answer.entries().iter().find_map(PutEventsResultEntry::error_code);
                return Err(Failure::Bus(code.unwrap_or("without a code").to_owned()));
            }
        }
        Ok(())
    }

    fn entry(&self, Event { kind, at, detail }: &Event) -> PutEventsRequestEntry {
        PutEventsRequestEntry::builder()
            .event_bus_name(&self.name)
            .source(SOURCE)
            .detail_type(kind)
            .time(DateTime::from_secs(*at))
            .detail(detail.to_string())
            .build()
    }
}

/// A message of the queue with events, whose version is read before the rest.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct QueuedEvents {
    events: u32,
    put: Vec<Event>,
}

/// The version of a message with events. No other message has one of this name.
#[derive(Deserialize)]
struct Version {
    events: u32,
}

/// Returns the bodies of messages that hold these events.
pub(crate) fn bodies(events: Vec<Event>) -> Result<Vec<String>, Failure> {
    let (mut bodies, mut rest) = (vec![], events);
    while !rest.is_empty() {
        let later = rest.split_off(rest.len().min(IN_A_MESSAGE));
        let message = QueuedEvents { events: OWN, put: rest };
        bodies.push(serde_json::to_string(&message).map_err(undecodable)?);
        rest = later;
    }
    Ok(bodies)
}

/// Reads the events in a message of the queue; `None` if it has something else.
///
/// # Errors
/// [`StoreError::NewerRelease`] if a newer release wrote them, which may read them yet.
pub(crate) fn read(body: &str) -> Result<Option<Vec<Event>>, Failure> {
    let Ok(Version { events }) = serde_json::from_str(body) else { return Ok(None) };
    if events > OWN {
        return Err(StoreError::NewerRelease { kind: KIND }.into());
    }
    let QueuedEvents { put, .. } = serde_json::from_str(body).map_err(undecodable)?;
    Ok(Some(put))
}

fn undecodable(source: serde_json::Error) -> StoreError {
    StoreError::Undecodable { kind: KIND, source: Some(source) }
}

pub fn detail(portal: &PortalId, LogLine { id, locator, entry }: &LogLine) -> Value {
    let Entry { at, kind, method, to, ground, by, checked, changes, .. } = entry;
    let text = |value: Option<String>| value.map(Value::String);
    let fields = changes.iter().map(|change| change.field.clone()).collect::<Vec<_>>();
    let members = [
        ("schema", Some(json!(SCHEMA))),
        ("id", Some(json!(id))),
        ("at", Some(json!(at.unix()))),
        ("portal", Some(json!(portal.as_str()))),
        ("kind", Some(json!(kind.name()))),
        ("user", text(locator.map(|locator| locator.to_string()))),
        ("method", text(method.map(|method| method.name().to_owned()))),
        ("to", text(to.as_ref().map(|to| to.to_string()))),
        ("ground", text(ground.map(|ground| ground.name().to_owned()))),
        ("actor", text(by.as_ref().map(|by| actor(by).to_owned()))),
        ("checked_by", text(checked.map(|checked| checked.name().to_owned()))),
        ("sessions_not_before", entry.sessions_not_before().map(|at| json!(at.unix()))),
        ("changed", Some(json!(fields)).filter(|_| !fields.is_empty())),
    ];
    let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect::<Map<_, _>>())
}

/// Returns the kind of whoever did it, without a name.
const fn actor(by: &By) -> &'static str {
    match by {
        By::Portal(_) | By::PortalAdmin => "portal_admin",
        By::Admin(_) => "admin",
        By::SetUp => "set_up",
        By::Ops(_) => "ops",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(n: usize) -> Event {
        Event { kind: "reset".to_owned(), at: 1_800_000_000, detail: json!({ "id": n }) }
    }

    #[test]
    fn s25_events_wait_in_messages_of_this_form() {
        let form = r#"{"events":1,"put":[{"kind":"reset","at":1800000000,"detail":{"id":7}}]}"#;
        assert_eq!(bodies(vec![event(7)]).unwrap(), [form]);
        assert_eq!(read(form).unwrap(), Some(vec![event(7)]));
        assert_eq!(read(r#"{"notices":1,"portal":"acme"}"#).unwrap(), None);
        let newer = form.replace(r#"{"events":1,"#, r#"{"events":2,"more":[],"#);
        assert!(matches!(read(&newer), Err(Failure::Store(StoreError::NewerRelease { .. }))));
        assert!(read(r#"{"events":1}"#).is_err());
    }

    #[test]
    fn s25_however_many_events_wait_none_is_left_out_and_each_message_fits() {
        for count in [0, 1, IN_A_MESSAGE, IN_A_MESSAGE + 1, 2 * IN_A_MESSAGE + 7] {
            let bodies = bodies((0..count).map(event).collect()).unwrap();
            let read = bodies.iter().flat_map(|body| read(body).unwrap().unwrap());
            assert_eq!(read.collect::<Vec<_>>(), (0..count).map(event).collect::<Vec<_>>());
        }
        // The bytes of an event are checked by a test of the contract.
        const { assert!(IN_A_MESSAGE * 1_200 < crate::LONGEST_BODY) };
    }
}
