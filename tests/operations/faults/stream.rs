//! Makes each AWS call of a record of the stream fail in every way: no record counts as handled
//! before the journal, the archive, the log and the queue of notices have it, and the operator's
//! bus, or the queue again in its place.

use super::checks::broken;
use crate::{
    harness::{Fault, Site, World},
    journeys::{activity::record_of_a_reset, digests::told},
};
use portcullis_activity::{
    ActivityHandler, EventBus, HandOver, HeldLogs, KeyUses, NoticeQueue, PURPOSES, handle,
};
use portcullis_domain::{Locator, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The function behind the stream, with each of its clients on the recorder.
struct Stream<'a> {
    world: &'a World,
    handler: ActivityHandler,
    /// The moment of every entry, also of a record that comes again.
    at: Timestamp,
}

/// How often there is something of a user's reset.
#[derive(Debug, PartialEq)]
struct Kept {
    journal: usize,
    archive: usize,
    log: usize,
    /// Ids of events. One that comes again has the same.
    events: usize,
}

/// The seconds for which a bus that failed is not asked again.
const REST: i64 = 10;

const NOTHING: Kept = Kept { journal: 0, archive: 0, log: 0, events: 0 };
const IN_THE_LOG: Kept = Kept { journal: 1, archive: 1, log: 1, events: 0 };
const EVERYTHING: Kept = Kept { journal: 1, archive: 1, log: 1, events: 1 };

impl<'a> Stream<'a> {
    async fn of(world: &'a World) -> Self {
        let (context, sender) = world.function_for(PURPOSES).await;
        let queues = aws_sdk_sqs::Client::new(&world.recorded("sqs/").await);
        let url = world.url("/local/sqs/000000000000/NoticeQueue");
        let hand_over = HandOver::ToQueue(NoticeQueue::new(queues, url));
        let buses = aws_sdk_eventbridge::Client::new(&world.recorded("eventbridge/").await);
        let bus = Some(EventBus::new(buses, "operator".to_owned()));
        let (noted, logs) = (KeyUses::default(), HeldLogs::default());
        let journal = world.journal().await;
        let handler =
            ActivityHandler { context, sender, meter: drop, noted, logs, journal, hand_over, bus };
        Self { world, handler, at: world.now() }
    }

    /// Delivers the reset of a user, and returns true if the record failed.
    async fn fails(&self, user: u8) -> bool {
        let record = record_of_a_reset(user, user, self.at);
        let event = serde_json::from_value(json!({ "Records": [record] })).unwrap();
        !handle(&self.handler, event).await.batch_item_failures.is_empty()
    }

    async fn kept(&self, user: u8) -> Kept {
        let locator = Locator::new([user; 16]);
        let name = locator.to_string();
        let objects = self.world.running.bucket.objects();
        let in_folder = |folder: &str| {
            let all = objects.iter().filter(|(at, _)| at.starts_with(folder));
            all.filter(|(_, text)| text.contains(&name)).count()
        };
        let log = self.world.log_of("managed").await;
        let events = self.world.http.get(self.world.url("/local/events")).send().await.unwrap();
        let events: Vec<Value> = events.json().await.unwrap();
        let theirs = events.iter().filter(|event| event["detail"]["user"] == *name);
        let ids: BTreeSet<&str> =
            theirs.map(|event| event["detail"]["id"].as_str().unwrap()).collect();
        Kept {
            journal: in_folder("journal/"),
            archive: in_folder("archive/"),
            log: log.iter().filter(|line| line.locator == Some(locator)).count(),
            events: ids.len(),
        }
    }
}

/// Returns the places of the calls that a record makes.
pub async fn sites_of_a_record() -> Vec<Site> {
    let world = World::start().await;
    let stream = Stream::of(&world).await;
    world.aws.record_sites();
    assert!(!stream.fails(1).await);
    world.aws.sites()
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_a_record_that_one_service_refuses_comes_again_and_is_in_the_log_and_told_once() {
    let world = World::start().await;
    world.running.stream_is_delivered().await;
    let stream = Stream::of(&world).await;
    for (user, operation, between, told_between) in
        [(1, "PutObject", NOTHING, 0), (2, "SendMessage", IN_THE_LOG, 0)]
    {
        // The SDK tries three times.
        world.aws.break_calls(operation, 0, 3);
        assert!(stream.fails(user).await, "{operation}");
        world.aws.mend();
        assert_eq!(stream.kept(user).await, between, "{operation}");
        world.running.stream_is_delivered().await;
        assert_eq!(told(&world, user).await.len(), told_between, "{operation}");

        assert!(!stream.fails(user).await, "{operation}, then again");
        assert_eq!(stream.kept(user).await, EVERYTHING, "{operation}, then again");
        world.running.stream_is_delivered().await;
        assert_eq!(told(&world, user).await.len(), 1, "{operation}, then again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_a_record_that_the_bus_refuses_is_handled_once_its_events_are_in_the_queue() {
    let world = World::start().await;
    world.running.stream_is_delivered().await;
    let stream = Stream::of(&world).await;
    // The SDK tries three times.
    world.aws.break_calls("PutEvents", 0, 3);
    assert!(!stream.fails(1).await);
    world.running.stream_is_delivered().await;
    assert_eq!(stream.kept(1).await, EVERYTHING, "from the queue");
    assert_eq!(told(&world, 1).await.len(), 1);
    // The bus rests, and the queue takes nothing either.
    world.aws.break_calls("SendMessage", 1, 3);
    assert!(stream.fails(2).await);
    world.aws.mend();
    assert_eq!(stream.kept(2).await, IN_THE_LOG);
    world.advance(REST);
    assert!(!stream.fails(2).await);
    assert_eq!(stream.kept(2).await, EVERYTHING);
    world.running.stream_is_delivered().await;
    assert_eq!(told(&world, 2).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_whatever_becomes_of_a_call_a_record_is_handled_when_everything_has_it() {
    let world = World::start().await;
    world.running.stream_is_delivered().await;
    let stream = Stream::of(&world).await;
    // With the first record it reads its keys and the partitions of the log, which it then holds.
    assert!(!stream.fails(1).await);
    world.aws.reset();
    assert!(!stream.fails(2).await);
    let (calls, mut user) = (world.aws.count(), 2);
    // Two objects, a line of the log, a message, and an event.
    assert!(calls >= 5, "{calls}");
    for skip in 0..calls {
        for (fault, times) in Fault::ROWS {
            user += 1;
            let failed = broken(&world, (fault, skip, times), stream.fails(user)).await;
            let what = format!("call {skip} {fault:?} x {times}: {failed:?}");
            let has_failed = failed.unwrap_or(true);
            // The last call is that to the bus, in whose place the queue takes the event.
            let is_bus = skip + 1 == calls;
            assert!(has_failed || times == 1 || is_bus, "{what}: nothing answered");
            if has_failed {
                assert!(!stream.fails(user).await, "{what}, then again");
            }
            if is_bus {
                world.running.stream_is_delivered().await;
                world.advance(REST);
            }
            assert_eq!(stream.kept(user).await, EVERYTHING, "{what}");
        }
    }
    world.running.stream_is_delivered().await;
    for user in 1..=user {
        let messages = told(&world, user).await;
        assert_eq!(messages.len(), 1, "{user}: {messages:?}");
    }
}
