//! Notices through a queue. The function behind the stream puts the notices of a record into it
//! once the log has its lines, and waits for no provider. Another deployment of the same binary,
//! with a role of its own, takes them out and sends them.
//!
//! A message may come twice, late and in any order: each entry is taken once by the item of its
//! destination, whatever comes of the message.

use aws_lambda_events::event::dynamodb::EventRecord;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_sqs::{Client, error::DisplayErrorContext};
use portcullis_domain::{
    Timestamp, User, limits,
    user::{Entry, EntryKind},
};
use portcullis_store::{
    Addressee, LogLine, QueuedNotice, QueuedNotices, Snapshot, StreamEntries, Told, UserKey,
    stream_user,
};
use std::collections::HashMap;

use crate::{ActivityHandler, Failure};

/// The longest body of a message: 1 MiB ("Amazon SQS API Reference: SendMessage", MessageBody). The
/// longest of ours has a fortieth of it.
pub const LONGEST_BODY: usize = 1_048_576;

/// The way of notices from the record of a change to whoever sends them.
#[derive(Clone, Debug)]
pub enum HandOver {
    /// Through this queue, to another process.
    ToQueue(NoticeQueue),
    /// To this process, at once: an operator's, who puts records through again.
    AtOnce,
}

#[derive(Clone, Debug)]
pub struct NoticeQueue {
    client: Client,
    url: String,
}

impl NoticeQueue {
    /// The queue at this URL, as SQS gives it.
    pub const fn new(client: Client, url: String) -> Self {
        Self { client, url }
    }

    /// Returns true if messages come from this queue: its ARN ends with its name, as its URL does.
    pub(crate) fn is_at(&self, arn: &str) -> bool {
        let name = self.url.rsplit('/').next();
        name.is_some_and(|name| arn.rsplit(':').next() == Some(name))
    }

    /// Puts a message of a group. SQS sees to it that a group with very many keeps no other waiting
    /// ("Amazon SQS fair queues" in Amazon's developer guide).
    pub(crate) async fn put(&self, group: &str, body: String) -> Result<(), Failure> {
        if body.len() > LONGEST_BODY {
            return Err(Failure::TooLong(body.len()));
        }
        let message = self.client.send_message().queue_url(&self.url).message_body(body);
        let sent = message.message_group_id(group).send().await;
        sent.map(|_| ()).map_err(|error| Failure::Queue(DisplayErrorContext(error).to_string()))
    }
}

/// Hands over the notices of a record, if it has any. A record whose notices are not in the queue
/// has failed, and comes again.
pub(crate) async fn hand_over(
    handler: &ActivityHandler,
    record: EventRecord,
    caused: &StreamEntries,
    lines: Vec<LogLine>,
) -> Result<(), Failure> {
    let Some(notices) = notices_of(handler, record, caused, lines).await? else { return Ok(()) };
    match &handler.hand_over {
        HandOver::ToQueue(queue) => queue.put(&notices.group(), notices.body()?).await,
        HandOver::AtOnce => tell(handler, &notices).await,
    }
}

/// Returns what a message of the queue says.
async fn notices_of(
    handler: &ActivityHandler,
    record: EventRecord,
    caused: &StreamEntries,
    lines: Vec<LogLine>,
) -> Result<Option<QueuedNotices>, Failure> {
    if lines.is_empty() {
        return Ok(None);
    }
    let key_of = |locator| UserKey { portal: caused.portal.clone(), locator };
    if let Some(admin) = caused.admin {
        let notices = lines.into_iter().map(|line| queued(line, Told::AtKnown)).collect();
        return Ok(Some(QueuedNotices { user_key: key_of(admin), notices }));
    }
    let Some(locator) = caused.locator else { return Ok(None) };
    let user_key = key_of(locator);
    let change = Change::of(record)?;
    let mut notices = vec![];
    for line in lines {
        let told = change.told(handler, &user_key, &line.entry).await?;
        notices.push(queued(line, Told::At(told)));
    }
    Ok(Some(QueuedNotices { user_key, notices }))
}

/// A notice of a line, without what no user is told: reasons, which are somebody's own words, and
/// values.
fn queued(line: LogLine, told: Told) -> QueuedNotice {
    let entry = Entry { why: None, to: None, changes: vec![], ..line.entry };
    QueuedNotice { id: line.id, entry, told }
}

struct Change {
    before: Option<User>,
    after: Option<User>,
}

impl Change {
    fn of(record: EventRecord) -> Result<Self, Failure> {
        let old: HashMap<String, AttributeValue> = record.change.old_image.into();
        if old.is_empty() && record.event_name == "MODIFY" {
            return Err(Failure::NoOldImage);
        }
        let new: HashMap<String, AttributeValue> = record.change.new_image.into();
        Ok(Self { before: stream_user(&old)?, after: stream_user(&new)? })
    }

    /// Returns every destination that is known before the change and after it.
    async fn told(
        &self,
        handler: &ActivityHandler,
        user_key: &UserKey,
        entry: &Entry,
    ) -> Result<Vec<Addressee>, Failure> {
        let (before, after) = (self.before.as_ref(), self.after.as_ref());
        let locale = after.or(before).and_then(|user| user.contact.locale.as_ref());
        let mut told = vec![];
        for to in User::notified_destinations(entry.kind, before, after) {
            let freeze = User::freeze_ground(entry, before, after, &to);
            told.push(handler.context.addressee(user_key, &to, locale, freeze).await?);
        }
        Ok(told)
    }
}

pub(crate) async fn send(handler: &ActivityHandler, body: &str) -> Result<(), Failure> {
    tell(handler, &QueuedNotices::read(body)?).await
}

/// Sends notices, one after the other. What is sent already when it ends is known by its id, and
/// not sent again.
async fn tell(
    handler: &ActivityHandler,
    QueuedNotices { user_key, notices }: &QueuedNotices,
) -> Result<(), Failure> {
    let ActivityHandler { context, sender, .. } = handler;
    let given_up = |count| handler.say("NoticesGivenUp", count, &user_key.portal);
    for notice in notices {
        let read = context.store().read(user_key).await?;
        if is_past(&read, &notice.entry, context.now()) {
            continue;
        }
        let told = match &notice.told {
            Told::At(told) => told.clone(),
            Told::AtKnown => {
                let change = Change { before: None, after: read.user.clone() };
                change.told(handler, user_key, &notice.entry).await?
            }
        };
        for addressee in &told {
            if !context.has_time_to_send() {
                return Err(Failure::NoTime);
            }
            given_up(sender.notify(context, user_key, &read, notice, addressee).await?);
        }
    }
    Ok(())
}

/// Returns true if a notice has waited for a day, and its user was erased since: the addresses in
/// it are no longer used. The erasure itself is told however late it is: nobody else would say it.
fn is_past(read: &Snapshot, entry: &Entry, now: Timestamp) -> bool {
    let is_late = now.since(entry.at) >= limits::DAY_SECONDS;
    read.tombstone.is_some() && is_late && entry.kind != EntryKind::Erased
}
