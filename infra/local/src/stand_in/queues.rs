//! The queues of template.yaml. The clock that can be moved says when a message is seen again.
//! Quiet groups come first ("Amazon SQS Developer Guide: How Amazon SQS fair queues work").

use portcullis_domain::Timestamp;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;

use crate::{clock::LocalClock, template::QueueSettings};

/// The account of the stand-ins.
pub(crate) const ACCOUNT: &str = "000000000000";

/// The queues of one start.
#[derive(Clone, Debug)]
pub(crate) struct Queues {
    queues: Arc<Mutex<BTreeMap<String, Queue>>>,
    clock: LocalClock,
    /// Changes with every message that comes or goes.
    changed: watch::Sender<u64>,
}

#[derive(Debug)]
struct Queue {
    settings: QueueSettings,
    messages: Vec<Message>,
    /// The number of messages that were ever put into it.
    put: u64,
    /// The groups of the messages that were received lately, and when.
    received: Vec<(Timestamp, Option<String>)>,
}

/// A group is noisy if it takes more than this part of what is received, in so many seconds. SQS
/// goes by the time that each takes, and gives no seconds.
const NOISY_PART: usize = 10;
const NOISY_SECONDS: i64 = 60;

impl Queue {
    /// Returns the groups that others come before. A message without a group is one of its own.
    fn noisy_groups(&mut self, now: Timestamp) -> Vec<String> {
        self.received.retain(|(at, _)| now.since(*at) < NOISY_SECONDS);
        let mut counts = BTreeMap::<&str, usize>::new();
        for group in self.received.iter().filter_map(|(_, group)| group.as_deref()) {
            *counts.entry(group).or_default() += 1;
        }
        let is_noisy = |count: usize| count * NOISY_PART > self.received.len();
        let noisy = counts.into_iter().filter(|(_, count)| is_noisy(*count));
        noisy.map(|(group, _)| group.to_owned()).collect()
    }
}

#[derive(Clone, Debug)]
struct Message {
    id: String,
    group: Option<String>,
    body: String,
    /// The number of times that it was received.
    received: u32,
    /// The moment from which it can be received.
    visible_from: Timestamp,
    /// True while whoever received it works on it.
    is_in_work: bool,
    first_received: Timestamp,
    sent: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) id: String,
    pub(crate) event: Value,
}

impl Queues {
    pub(crate) fn new(settings: &[QueueSettings], clock: &LocalClock) -> Self {
        let queue = |settings: &QueueSettings| {
            let (settings, received) = (settings.clone(), vec![]);
            (settings.name.clone(), Queue { settings, messages: vec![], put: 0, received })
        };
        Self {
            queues: Arc::new(Mutex::new(settings.iter().map(queue).collect())),
            clock: clock.clone(),
            changed: watch::Sender::default(),
        }
    }

    fn open(&self) -> MutexGuard<'_, BTreeMap<String, Queue>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what changes with every message that comes or goes.
    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    fn note_change(&self) {
        self.changed.send_modify(|changes| *changes += 1);
    }

    /// Puts a message of a group into a queue and returns its id; `None` if there is no such queue.
    pub(crate) fn put(&self, name: &str, group: Option<String>, body: String) -> Option<String> {
        let now = self.clock.now();
        let mut queues = self.open();
        let queue = queues.get_mut(name)?;
        queue.put += 1;
        let id = format!("{name}-{}", queue.put);
        queue.messages.push(Message {
            id: id.clone(),
            group,
            body,
            received: 0,
            visible_from: now,
            is_in_work: false,
            first_received: now,
            sent: now,
        });
        drop(queues);
        self.note_change();
        Some(id)
    }

    /// Receives messages, as Lambda does for a function: they are not seen again before the
    /// visibility timeout is over. One that was received as often as the redrive policy says goes
    /// to the queue that it names instead ("Amazon SQS Developer Guide: Using dead-letter queues").
    pub(super) fn receive(&self, name: &str, at_most: usize) -> Vec<Received> {
        let now = self.clock.now();
        let (mut received, mut given_up) = (vec![], vec![]);
        let mut queues = self.open();
        let Some(queue) = queues.get_mut(name) else { return received };
        let noisy = queue.noisy_groups(now);
        let is_noisy =
            |message: &Message| message.group.as_ref().is_some_and(|g| noisy.contains(g));
        let Queue { settings, messages, received: lately, .. } = queue;
        let mut take = |message: &mut Message| {
            if message.is_in_work || message.visible_from > now || received.len() >= at_most {
                return true;
            }
            if settings.gives_up_after.as_ref().is_some_and(|(_, most)| message.received >= *most) {
                given_up.push(message.clone());
                return false;
            }
            if message.received == 0 {
                message.first_received = now;
            }
            message.received += 1;
            message.is_in_work = true;
            message.visible_from = now.plus(settings.visibility_seconds);
            lately.push((now, message.group.clone()));
            received.push(Received { id: message.id.clone(), event: record(name, message) });
            true
        };
        for only_quiet in [true, false] {
            messages.retain_mut(|message| (only_quiet && is_noisy(message)) || take(message));
        }
        if let Some((to, _)) = settings.gives_up_after.clone()
            && let Some(queue) = queues.get_mut(&to)
        {
            queue.messages.append(&mut given_up);
        }
        drop(queues);
        received
    }

    /// Deletes the messages of a batch that were handled. The others are seen again when their
    /// visibility timeout is over.
    pub(super) fn end(&self, name: &str, batch: &[Received], failed: &[String]) {
        let is_of_batch =
            |message: &Message| batch.iter().any(|received| received.id == message.id);
        if let Some(queue) = self.open().get_mut(name) {
            queue.messages.retain(|message| !is_of_batch(message) || failed.contains(&message.id));
            for message in queue.messages.iter_mut().filter(|message| is_of_batch(message)) {
                message.is_in_work = false;
            }
        }
        self.note_change();
    }

    pub(crate) fn bodies(&self, name: &str) -> Vec<String> {
        let queues = self.open();
        let messages = queues.get(name).into_iter().flat_map(|queue| &queue.messages);
        messages.map(|message| message.body.clone()).collect()
    }

    /// Waits until the functions have handled every message that they can see, without a limit of
    /// time. One that failed is not waited for until it can be seen again.
    pub(crate) async fn settled(&self, delivered: &[String]) {
        let mut changes = self.changed.subscribe();
        let is_settled = |_: &u64| {
            let (now, queues) = (self.clock.now(), self.open());
            let mut messages =
                delivered.iter().filter_map(|name| queues.get(name)).flat_map(|q| &q.messages);
            !messages.any(|message| message.is_in_work || message.visible_from <= now)
        };
        // It cannot fail: the sender lives as long as this.
        let _settled = changes.wait_for(is_settled).await;
    }
}

/// A message as Lambda hands it over ("Using Lambda with Amazon SQS", example message event).
fn record(name: &str, message: &Message) -> Value {
    let milliseconds = |at: Timestamp| (at.unix() * 1_000).to_string();
    let mut attributes = json!({
        "ApproximateReceiveCount": message.received.to_string(),
        "SentTimestamp": milliseconds(message.sent),
        "SenderId": "AIDAIENQZJOLO23YVJ4VO",
        "ApproximateFirstReceiveTimestamp": milliseconds(message.first_received),
    });
    if let (Some(group), Some(members)) = (&message.group, attributes.as_object_mut()) {
        members.insert("MessageGroupId".to_owned(), json!(group));
    }
    json!({
        "messageId": message.id,
        "receiptHandle": format!("handle of {}", message.id),
        "body": message.body,
        "attributes": attributes,
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": format!("arn:aws:sqs:eu-west-1:{ACCOUNT}:{name}"),
        "awsRegion": "eu-west-1",
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A queue that gives a message up after two times, and the queue of what was given up.
    pub(crate) fn one_queue() -> (Queues, LocalClock) {
        let clock = LocalClock::stopped();
        let settings = |name: &str, gives_up_after| QueueSettings {
            name: name.to_owned(),
            visibility_seconds: 90,
            gives_up_after,
        };
        let settings =
            [settings("Work", Some(("GivenUp".to_owned(), 2))), settings("GivenUp", None)];
        (Queues::new(&settings, &clock), clock)
    }

    fn ids(received: &[Received]) -> Vec<String> {
        received.iter().map(|received| received.id.clone()).collect()
    }

    #[test]
    fn what_was_handled_is_gone_and_what_failed_is_seen_again_after_the_visibility_timeout() {
        let (queues, clock) = one_queue();
        let put = ["a", "b", "c"].map(|body| queues.put("Work", None, body.to_owned()).unwrap());
        let first = queues.receive("Work", 2);
        assert_eq!(ids(&first), put[..2]);
        assert_eq!(ids(&queues.receive("Work", 10)), put[2..], "nobody else sees those");
        queues.end("Work", &first, &put[1..2]);
        assert_eq!(queues.bodies("Work"), ["b", "c"]);
        clock.advance(89);
        assert_eq!(queues.receive("Work", 10), []);
        clock.advance(1);
        let again = queues.receive("Work", 10);
        assert_eq!(ids(&again), put[1..2], "the third is in work yet");
        assert_eq!(again[0].event["attributes"]["ApproximateReceiveCount"], "2");
    }

    #[test]
    fn what_failed_too_often_goes_to_the_queue_of_the_redrive_policy() {
        let (queues, clock) = one_queue();
        queues.put("Work", None, "a".to_owned()).unwrap();
        for _ in 0..2 {
            let received = queues.receive("Work", 10);
            assert_eq!(received.len(), 1);
            queues.end("Work", &received, &ids(&received));
            clock.advance(90);
        }
        assert_eq!(queues.receive("Work", 10), []);
        assert_eq!(queues.bodies("Work"), [""; 0]);
        assert_eq!(queues.bodies("GivenUp"), ["a"]);
    }

    #[test]
    fn a_quiet_group_comes_before_a_noisy_one_until_that_is_quiet() {
        let (queues, clock) = one_queue();
        let put = |group: Option<&str>, body: &str| {
            queues.put("Work", group.map(str::to_owned), body.to_owned()).unwrap()
        };
        let noisy: Vec<String> = (0..40).map(|n| put(Some("noisy"), &n.to_string())).collect();
        assert_eq!(ids(&queues.receive("Work", 20)), noisy[..20]);
        let late = [put(Some("quiet"), "late"), put(None, "alone")];
        let next = queues.receive("Work", 3);
        assert_eq!(ids(&next), [&late[..], &noisy[20..21]].concat());
        clock.advance(NOISY_SECONDS);
        let later = put(Some("quiet"), "later");
        let rest = queues.receive("Work", 100);
        assert_eq!(ids(&rest).last(), Some(&later), "in the order of coming");
    }

    #[tokio::test]
    async fn it_is_settled_when_nothing_that_can_be_seen_is_left() {
        let (queues, _) = one_queue();
        let work = ["Work".to_owned()];
        queues.settled(&work).await;
        let id = queues.put("Work", None, "a".to_owned()).unwrap();
        let received = queues.receive("Work", 10);
        let settled = queues.settled(&work);
        queues.end("Work", &received, &[id]);
        settled.await;
    }
}
