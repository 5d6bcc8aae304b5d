//! Events on the operator's own bus: one for each entry of the log, as
//! `infra/docs/integrate/event.schema.json` says. What is masked in the log is masked here; ids of
//! people, and words that people typed, are left out.

use aws_sdk_eventbridge::{
    Client,
    error::DisplayErrorContext,
    primitives::DateTime,
    types::{PutEventsRequestEntry, PutEventsResultEntry},
};
use portcullis_domain::{
    Named, PortalId,
    user::{By, Entry},
};
use portcullis_store::LogLine;
use serde_json::{Map, Value, json};

use crate::Failure;

/// The `source` of each event.
pub const SOURCE: &str = "portcullis";

/// The version of the schema, which grows by members alone.
pub const SCHEMA: u32 = 1;

/// The most events in one call ("Amazon EventBridge API Reference: PutEvents", Entries).
const AT_ONCE: usize = 10;

#[derive(Clone, Debug)]
pub struct EventBus {
    client: Client,
    name: String,
}

impl EventBus {
    /// The bus of this name, or with this ARN.
    pub const fn new(client: Client, name: String) -> Self {
        Self { client, name }
    }

    /// Puts an event for each of these lines. One that comes again has the same id.
    pub(crate) async fn put(&self, portal: &PortalId, lines: &[LogLine]) -> Result<(), Failure> {
        for some in lines.chunks(AT_ONCE) {
            let entries = some.iter().map(|line| self.entry(portal, line)).collect();
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

    fn entry(&self, portal: &PortalId, line: &LogLine) -> PutEventsRequestEntry {
        PutEventsRequestEntry::builder()
            .event_bus_name(&self.name)
            .source(SOURCE)
            .detail_type(line.entry.kind.name())
            .time(DateTime::from_secs(line.entry.at.unix()))
            .detail(detail(portal, line).to_string())
            .build()
    }
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
