//! The journal and the archive: objects in a bucket outside the table, which nobody overwrites or
//! deletes.
//!
//! The journal keeps what a restored backup must not bring back, for `cargo ops restore`; the
//! archive keeps every entry, for people. Both are written before a record counts as handled: one
//! object of each for a batch, named after its first and last sequence number, so that the same
//! batch delivered again finds its objects there.

use aws_lambda_events::event::dynamodb::EventRecord;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_s3::{
    Client, Config, error::ProvideErrorMetadata, primitives::ByteStream, types::ChecksumAlgorithm,
};
use portcullis_app::AppContext;
use portcullis_domain::{Day, Named as _, PortalId, Timestamp, user::By};
use portcullis_keys::Keyring;
use portcullis_store::{JournalLine, LogLine, StreamEntries, stream_entries};
use serde_json::{Value, json};
use std::collections::HashMap;

use crate::Failure;

/// The bucket of the journal and the archive.
#[derive(Clone, Debug)]
pub struct Journal {
    client: Client,
    bucket: String,
}

/// The lines that a batch has for the journal and for the archive.
#[derive(Default)]
struct Lines {
    journal: String,
    archive: String,
    /// The day of the first entry, and the sequence numbers of the first and the last record.
    place: Option<(Day, String, String)>,
}

impl Journal {
    pub fn new(aws: impl Into<Config>, bucket: impl Into<String>) -> Self {
        Self { client: Client::from_conf(aws.into()), bucket: bucket.into() }
    }

    /// Writes the objects of a batch. Returns the number of records that are in them: all, or those
    /// before one that does not decode.
    ///
    /// # Errors
    /// [`Failure`] if nobody knows that both objects are there.
    pub(crate) async fn write(
        &self,
        context: &AppContext,
        records: &[EventRecord],
    ) -> Result<(usize, Option<Failure>), Failure> {
        let keyring = context.keyring().await.map_err(Failure::Keys)?;
        let (mut lines, mut read, mut failure) = (Lines::default(), 0, None);
        for record in records {
            match lines.add(record, &keyring) {
                Ok(()) => read += 1,
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            }
        }
        let Lines { journal, archive, place } = lines;
        if let Some((day, first, last)) = place {
            let name = format!("{day}/{first}-{last}.ndjson");
            self.put(format!("journal/{name}"), journal).await?;
            self.put(format!("archive/{name}"), archive).await?;
        }
        Ok((read, failure))
    }

    /// Puts an object, unless there is one of this name: that one was made of the same batch.
    async fn put(&self, name: String, lines: String) -> Result<(), Failure> {
        if lines.is_empty() {
            return Ok(());
        }
        let put = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(&name)
            .if_none_match("*")
            // A bucket with object lock takes nothing without a checksum.
            .checksum_algorithm(ChecksumAlgorithm::Sha256)
            .content_type("application/x-ndjson")
            .body(ByteStream::from(lines.into_bytes()));
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.code() == Some("PreconditionFailed") => Ok(()),
            Err(error) => Err(Failure::Journal { name, source: Box::new(error) }),
        }
    }
}

impl Lines {
    fn add(&mut self, record: &EventRecord, keyring: &Keyring) -> Result<(), Failure> {
        let new: HashMap<String, AttributeValue> = record.change.new_image.clone().into();
        let Some(caused) = stream_entries(&new)? else { return Ok(()) };
        let old: HashMap<String, AttributeValue> = record.change.old_image.clone().into();
        if old.is_empty() && caused.locator.is_some() && record.event_name == "MODIFY" {
            return Err(Failure::NoOldImage);
        }
        let number = record.change.sequence_number.clone().unwrap_or_default();
        let hash = |to: &_| keyring.destination_hash(to);
        if let Some(line) = JournalLine::of(&old, &new, &caused, &number, &hash)? {
            self.journal.push_str(&keyring.with_journal_mac(&line.to_json()?));
            self.journal.push('\n');
        }
        for line in LogLine::of(caused.write, caused.locator, caused.entries.clone()) {
            let actor = |by: &By| actor(by, &caused, keyring);
            self.archive.push_str(&archived(&caused.portal, &line, actor).to_string());
            self.archive.push('\n');
        }
        let at = caused.entries.first().map_or(Timestamp::from_unix(0), |entry| entry.at);
        let (_, _, last) = self.place.get_or_insert((Day::of(at), number.clone(), String::new()));
        *last = number;
        Ok(())
    }
}

/// Returns who acted. An admin of the portal's own is one of its users, so the archive has the
/// locator in the place of the id.
fn actor(by: &By, caused: &StreamEntries, keyring: &Keyring) -> String {
    match by {
        By::Portal(id) => format!("portal:{}", keyring.locator(&caused.portal, id)),
        By::PortalAdmin | By::Admin(_) | By::SetUp | By::Ops(_) => by.to_string(),
    }
}

/// Returns an entry as people read it in the archive: names, locators and masked values.
fn archived(portal: &PortalId, line: &LogLine, actor: impl Fn(&By) -> String) -> Value {
    let entry = &line.entry;
    let mut shown = json!({
        "id": line.id, "portal": portal.as_str(), "at": entry.at.unix(), "event": entry.kind.name(),
    });
    let mut add = |name: &str, value: Option<String>| {
        if let (Some(value), Value::Object(members)) = (value, &mut shown) {
            members.insert(name.to_owned(), json!(value));
        }
    };
    add("user", line.locator.as_ref().map(ToString::to_string));
    add("method", entry.method.map(|method| method.name().to_owned()));
    add("to", entry.to.as_ref().map(ToString::to_string));
    add("ground", entry.ground.map(|ground| ground.name().to_owned()));
    add("actor", entry.by.as_ref().map(actor));
    add("checked_by", entry.checked.map(|checked| checked.name().to_owned()));
    add("reason", entry.why.clone());
    let changed: Vec<&str> = entry.changes.iter().map(|change| change.field.as_str()).collect();
    add("changed", (!changed.is_empty()).then(|| changed.join(", ")));
    shown
}
