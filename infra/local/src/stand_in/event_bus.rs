//! EventBridge on the wire, as far as it is used: PutEvents, to one bus. `/local/events` shows what
//! the bus got. What it refuses, EventBridge refuses with these names; the pages named are those of
//! AWS's documentation.

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The name of the one bus.
pub(crate) const BUS: &str = "operator";

/// The most entries in one call ("Amazon EventBridge API Reference: PutEvents", Entries).
const ENTRIES: usize = 10;

/// The bytes of all entries in one call, by "Calculating PutEvents event entry size" in the user
/// guide: 1 MB since January 2026 (AWS Compute Blog, on payloads of 1 MB for Lambda, SQS and
/// EventBridge), 256 KB before.
const BYTES: usize = 1_048_576;

/// Events kept; older ones go.
const KEPT: usize = 2_000;

#[derive(Clone, Debug, Default)]
pub(crate) struct Bus(Arc<Mutex<Contents>>);

#[derive(Debug, Default)]
struct Contents {
    /// As a rule's target would get them, newest last.
    events: Vec<Value>,
    /// The kinds of events that the bus's own policy does not let through.
    denied: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PutEvents {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    event_bus_name: Option<String>,
    source: Option<String>,
    detail_type: Option<String>,
    detail: Option<String>,
    time: Option<f64>,
}

impl Entry {
    /// Returns its size, as EventBridge counts it.
    fn bytes(&self) -> usize {
        let texts = [&self.source, &self.detail_type, &self.detail].into_iter().flatten();
        texts.map(String::len).sum::<usize>() + self.time.map_or(0, |_| 14)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CallError {
    /// "Amazon EventBridge API Reference: Common Errors" (ValidationException): more entries than a
    /// call may have, or none, or more bytes.
    Validation,
    /// "Smithy: AWS JSON 1.1 protocol": the body does not have the types of the operation.
    Serialization,
    /// "Amazon EventBridge API Reference: Common Errors" (InvalidAction), by the protocol's name.
    UnknownOperation,
}

impl Bus {
    fn open(&self) -> MutexGuard<'_, Contents> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn call(&self, target: &str, body: &str) -> Result<Value, CallError> {
        if target != "AWSEvents.PutEvents" {
            return Err(CallError::UnknownOperation);
        }
        let PutEvents { entries } =
            serde_json::from_str(body).map_err(|_| CallError::Serialization)?;
        let bytes: usize = entries.iter().map(Entry::bytes).sum();
        if !(1..=ENTRIES).contains(&entries.len()) || bytes > BYTES {
            return Err(CallError::Validation);
        }
        // "Handling failures with PutEvents": each entry has its own outcome, in the same order.
        let outcomes: Vec<_> = entries.into_iter().map(|entry| self.take(entry)).collect();
        let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
        let outcome = |(place, outcome): (usize, Result<(), &str>)| match outcome {
            Ok(()) => json!({ "EventId": format!("local-{place}") }),
            Err(code) => json!({ "ErrorCode": code, "ErrorMessage": "refused by the stand-in" }),
        };
        let entries: Vec<Value> = outcomes.into_iter().enumerate().map(outcome).collect();
        Ok(json!({ "FailedEntryCount": failed, "Entries": entries }))
    }

    /// Takes an entry, or returns the code of "Amazon EventBridge API Reference:
    /// PutEventsResultEntry" that says why not.
    fn take(&self, entry: Entry) -> Result<(), &'static str> {
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        let (Some(source), Some(kind), Some(detail)) =
            (given(entry.source), given(entry.detail_type), given(entry.detail))
        else {
            return Err("InvalidArgument");
        };
        let Ok(Value::Object(detail)) = serde_json::from_str(&detail) else {
            return Err("MalformedDetail");
        };
        // A source that begins with `aws.` is AWS's own.
        if source.starts_with("aws.") {
            return Err("NotAuthorizedForSourceException");
        }
        let mut contents = self.open();
        if contents.denied.contains(&kind) {
            return Err("NotAuthorizedForDetailTypeException");
        }
        // A bus that there is not takes everything, says so, and nobody gets it (the issue
        // aws/aws-sdk 186 on GitHub, of several years).
        if entry.event_bus_name.as_deref() != Some(BUS) {
            return Ok(());
        }
        contents.events.push(json!({
            "version": "0", "source": source, "detail-type": kind, "detail": detail,
            "time": entry.time, "account": "000000000000", "region": "eu-west-1", "resources": [],
        }));
        let surplus = contents.events.len().saturating_sub(KEPT);
        contents.events.drain(..surplus);
        Ok(())
    }
}

pub(super) fn routes(bus: Bus) -> Router {
    Router::new()
        .route("/local/eventbridge/", post(answer))
        .route("/local/events", get(show).post(deny))
        .with_state(bus)
}

async fn answer(State(bus): State<Bus>, headers: HeaderMap, body: String) -> Response {
    let target =
        headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let (status, answer) = match bus.call(target, &body) {
        Ok(answer) => (StatusCode::OK, answer),
        Err(error) => {
            let name = match error {
                CallError::Validation => "ValidationException",
                CallError::Serialization => "SerializationException",
                CallError::UnknownOperation => "UnknownOperationException",
            };
            (StatusCode::BAD_REQUEST, json!({ "__type": name }))
        }
    };
    let kind = [(header::CONTENT_TYPE, "application/x-amz-json-1.1")];
    (status, kind, answer.to_string()).into_response()
}

async fn show(State(bus): State<Bus>) -> Json<Vec<Value>> {
    Json(bus.open().events.clone())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deny {
    denied: Vec<String>,
}

/// Sets the kinds of events that the bus's policy does not let through.
async fn deny(State(bus): State<Bus>, Json(deny): Json<Deny>) -> StatusCode {
    bus.open().denied = deny.denied;
    StatusCode::NO_CONTENT
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUT: &str = "AWSEvents.PutEvents";

    fn entry(name: &str, value: Value) -> Value {
        let mut entry = json!({
            "EventBusName": BUS, "Source": "portcullis", "DetailType": "reset", "Detail": "{}",
            "Time": 1_800_000_000.0,
        });
        entry[name] = value;
        entry
    }

    fn put(bus: &Bus, entries: &[Value]) -> Result<Value, CallError> {
        bus.call(PUT, &json!({ "Entries": entries }).to_string())
    }

    fn code(entry: Value) -> Value {
        let answer = put(&Bus::default(), &[entry]).unwrap();
        let failed = usize::from(answer["Entries"][0]["ErrorCode"].is_string());
        assert_eq!(answer["FailedEntryCount"], failed);
        answer["Entries"][0]["ErrorCode"].clone()
    }

    #[test]
    fn a_call_has_ten_entries_and_a_mebibyte_at_most() {
        let (bus, one) = (Bus::default(), entry("Source", json!("portcullis")));
        assert!(put(&bus, &vec![one.clone(); 10]).is_ok());
        assert_eq!(put(&bus, &vec![one.clone(); 11]), Err(CallError::Validation));
        assert_eq!(put(&bus, &[]), Err(CallError::Validation));
        // The source has ten bytes, the kind five, the time fourteen, and the detail eight more.
        let long = |bytes: usize| {
            entry("Detail", json!(format!("{{\"a\":\"{}\"}}", "x".repeat(bytes - 29 - 8))))
        };
        assert!(put(&bus, &[long(BYTES)]).is_ok());
        assert_eq!(put(&bus, &[long(BYTES + 1)]), Err(CallError::Validation));
        assert_eq!(put(&bus, &[long(BYTES), one]), Err(CallError::Validation));
    }

    #[test]
    fn each_entry_has_an_outcome_of_its_own() {
        let bus = Bus::default();
        bus.open().denied = vec!["erased".to_owned()];
        let entries = [
            entry("DetailType", json!("reset")),
            entry("DetailType", json!("erased")),
            entry("DetailType", json!("locked")),
        ];
        let answer = put(&bus, &entries).unwrap();
        assert_eq!(answer["FailedEntryCount"], 1);
        assert_eq!(answer["Entries"][1]["ErrorCode"], "NotAuthorizedForDetailTypeException");
        let kinds: Vec<Value> =
            bus.open().events.iter().map(|event| event["detail-type"].clone()).collect();
        assert_eq!(kinds, ["reset", "locked"]);
    }

    #[test]
    fn an_entry_that_is_not_whole_is_refused_and_a_bus_that_is_not_there_takes_all() {
        for name in ["Source", "DetailType", "Detail"] {
            assert_eq!(code(entry(name, Value::Null)), "InvalidArgument", "{name}");
            assert_eq!(code(entry(name, json!(""))), "InvalidArgument", "{name}");
        }
        assert_eq!(code(entry("Detail", json!("{"))), "MalformedDetail");
        assert_eq!(code(entry("Detail", json!("7"))), "MalformedDetail");
        assert_eq!(code(entry("Source", json!("aws.s3"))), "NotAuthorizedForSourceException");
        let bus = Bus::default();
        let lost = put(&bus, &[entry("EventBusName", json!("nobody's"))]).unwrap();
        assert_eq!(lost["FailedEntryCount"], 0);
        assert_eq!(bus.open().events, Vec::<Value>::new());
    }

    #[test]
    fn a_call_that_eventbridge_does_not_know_or_cannot_read_is_refused() {
        let bus = Bus::default();
        let refused = |target, body| bus.call(target, body).unwrap_err();
        assert_eq!(refused("AWSEvents.PutRule", "{}"), CallError::UnknownOperation);
        assert_eq!(refused(PUT, "{}"), CallError::Serialization);
        assert_eq!(refused(PUT, r#"{"Entries":7}"#), CallError::Serialization);
    }
}
