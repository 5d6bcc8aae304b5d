//! Notices through the queue, and batches of the stream that have no time left.

use crate::{
    harness::{World, anna},
    journeys::{
        activity::{record, record_of_a_reset},
        digests::told,
    },
};
use portcullis_activity::{
    ActivityHandler, HandOver, HeldLogs, KeyUses, NoticeQueue, PURPOSES, answer, handle,
};
use portcullis_domain::{
    Destination, Email, Locator, PortalId,
    user::{Entry, EntryKind},
};
use portcullis_store::{QueuedNotice, QueuedNotices, Told, UserKey};
use serde_json::{Value, json};

pub const ACCOUNT: &str = "000000000000";
pub const QUEUE_ARN: &str = "arn:aws:sqs:eu-west-1:000000000000:NoticeQueue";
/// A day, in seconds.
const LONG_AGO: i64 = 86_400;

/// One more function, behind the stream or behind the queue, whose queue has this URL.
pub async fn handler(world: &World, account: &str) -> ActivityHandler {
    let (context, sender) = world.function_for(PURPOSES).await;
    let client = aws_sdk_sqs::Client::new(&world.stand_in("sqs/").await);
    let url = world.url(&format!("/local/sqs/{account}/NoticeQueue"));
    let hand_over = HandOver::ToQueue(NoticeQueue::new(client, url));
    let (noted, logs) = (KeyUses::default(), HeldLogs::default());
    let (journal, bus) = (world.journal().await, None);
    ActivityHandler { context, sender, meter: drop, noted, logs, journal, hand_over, bus }
}

/// Returns the body of a message that tells a user of a reset at these addresses.
async fn body(handler: &ActivityHandler, user: u8, addresses: &[&str], entry: Entry) -> String {
    let portal = PortalId::parse("managed").unwrap();
    let user_key = UserKey { portal, locator: Locator::new([user; 16]) };
    let mut told = vec![];
    for address in addresses {
        let to = Destination::Email(Email::parse(address).unwrap());
        told.push(handler.context.addressee(&user_key, &to, None, None).await.unwrap());
    }
    let notice = QueuedNotice { id: format!("{user}.0"), entry, told: Told::At(told) };
    QueuedNotices { user_key, notices: vec![notice] }.body().unwrap()
}

pub async fn deliver(handler: &ActivityHandler, arn: &str, bodies: &[&str]) -> Vec<String> {
    let message = |(n, body): (usize, &&str)| {
        json!({
            "messageId": format!("m{n}"), "receiptHandle": "h", "body": body, "attributes": {},
            "messageAttributes": {}, "eventSource": "aws:sqs", "eventSourceARN": arn,
            "awsRegion": "eu-west-1",
        })
    };
    let records: Vec<Value> = bodies.iter().enumerate().map(message).collect();
    let answer = answer(handler, json!({ "Records": records })).await.unwrap();
    let failed = answer["batchItemFailures"].as_array().unwrap().iter();
    failed.map(|failure| failure["itemIdentifier"].as_str().unwrap().to_owned()).collect()
}

/// Returns how many lines of a kind the log of a portal has.
async fn lines_of(world: &World, portal: &str, kind: EntryKind) -> usize {
    world.log_of(portal).await.iter().filter(|line| line.entry.kind == kind).count()
}

async fn lines(world: &World, kind: EntryKind) -> usize {
    lines_of(world, "managed", kind).await
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_a_message_that_comes_twice_or_beside_one_that_fails_is_told_once() {
    let world = World::start().await;
    let handler = handler(&world, ACCOUNT).await;
    let reset = || EntryKind::Reset.at(world.now());
    let first = body(&handler, 1, &["told1@example.com"], reset()).await;
    let second = body(&handler, 2, &["told2@example.com"], reset()).await;
    let newer = second.replace("\"notices\":1", "\"notices\":2");
    assert_ne!(newer, second);
    let failed = deliver(&handler, QUEUE_ARN, &[&first, &newer, "no message", &second]).await;
    assert_eq!(failed, ["m1", "m2"], "what this release cannot read is put back");
    assert_eq!(deliver(&handler, QUEUE_ARN, &[&second, &first, &first]).await, [""; 0]);
    assert_eq!(told(&world, 1).await.len(), 1);
    assert_eq!(told(&world, 2).await.len(), 1);
    let foreign = QUEUE_ARN.replace("NoticeQueue", "Other");
    assert_eq!(deliver(&handler, &foreign, &[&first]).await, ["m0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_a_record_whose_notices_the_queue_does_not_take_comes_again() {
    let world = World::start().await;
    let event = || {
        let record = record_of_a_reset(3, 1, world.now());
        serde_json::from_value(json!({ "Records": [record] })).unwrap()
    };
    let refused = handle(&handler(&world, "111111111111").await, event()).await;
    assert_eq!(refused.batch_item_failures.len(), 1);
    assert_eq!(lines(&world, EntryKind::Reset).await, 1, "the line is there");
    let ours = handler(&world, ACCOUNT).await;
    assert!(handle(&ours, event()).await.batch_item_failures.is_empty());
    world.running.stream_is_delivered().await;
    assert_eq!(lines(&world, EntryKind::Reset).await, 1);
    assert_eq!(told(&world, 3).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_a_message_without_time_for_another_mail_comes_again_and_goes_on() {
    let world = World::start().await;
    let handler = handler(&world, ACCOUNT).await;
    let reset = EntryKind::Reset.at(world.now());
    let body = body(&handler, 4, &["told4@example.com"], reset).await;
    let ends_in = |seconds: i64| {
        let end = u64::try_from(world.now().plus(seconds).unix()).unwrap();
        handler.context.deadline().set(end * 1_000);
    };
    ends_in(5);
    assert_eq!(deliver(&handler, QUEUE_ARN, &[&body]).await, ["m0"]);
    assert_eq!(told(&world, 4).await, [""; 0]);
    ends_in(15);
    assert_eq!(deliver(&handler, QUEUE_ARN, &[&body]).await, [""; 0]);
    assert_eq!(told(&world, 4).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s26_what_waited_a_day_is_not_told_to_who_was_erased_since_but_for_the_erasure() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.open(anna()).await;
    let erased = portal.send("DELETE", "/v1/user?id=anna", None).await;
    assert!(erased.status < 300, "{:?}", erased.body);
    world.running.stream_is_delivered().await;
    let handler = handler(&world, ACCOUNT).await;
    let id = PortalId::parse("managed").unwrap();
    let user = portcullis_domain::UserId::parse("anna").unwrap();
    let locator = handler.context.keyring().await.unwrap().locator(&id, &user);
    let user_key = UserKey { portal: id, locator };
    let to = Destination::Email(Email::parse("told5@example.com").unwrap());
    let of = async |id: &str, kind: EntryKind, ago: i64| {
        let told =
            Told::At(vec![handler.context.addressee(&user_key, &to, None, None).await.unwrap()]);
        let entry = kind.at(world.now().plus(-ago));
        let notices = vec![QueuedNotice { id: id.to_owned(), entry, told }];
        QueuedNotices { user_key: user_key.clone(), notices }.body().unwrap()
    };
    let tell = async |body: String| {
        assert_eq!(deliver(&handler, QUEUE_ARN, &[&body]).await, [""; 0]);
        told(&world, 5).await.len()
    };
    assert_eq!(tell(of("a.0", EntryKind::Reset, LONG_AGO).await).await, 0);
    let earlier = tell(of("b.0", EntryKind::Reset, LONG_AGO - 1).await).await;
    assert_eq!(earlier, 1, "before that, whoever took over would go unseen");
    // The queue keeps a message for 14 days.
    assert_eq!(tell(of("c.0", EntryKind::Erased, 13 * LONG_AGO).await).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_a_provider_that_takes_five_seconds_keeps_no_log_and_no_sign_in_waiting() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    world.running.stream_is_delivered().await;
    // Each mail from now on takes as long as a sender waits: five seconds.
    world.set_providers("silent").await;
    let users = 12;
    for n in 0..users {
        let user = json!({ "email": format!("one{n}@example.com"), "email_verified": true });
        for user in
            [user, json!({ "email": format!("two{n}@example.com"), "email_verified": true })]
        {
            let put = portal.put_user(&format!("user{n}"), &user).await;
            assert_eq!(put.status, 200, "{:?}", put.body);
        }
    }
    world.advance(30);
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.status, 200);
    world.running.log_is_written().await;
    let changed = lines_of(&world, &portal.id, EntryKind::ContactChanged).await;
    assert_eq!(changed, users, "every change is in the log");
    // One mail takes five seconds, and nothing above waited for any.
    let waiting = world.running.queued_notices().len();
    assert!(waiting > 0, "notices wait in their queue");
    assert!(!world.running.queued_notices().concat().contains("example.com"), "sealed");
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_a_batch_stops_before_its_invocation_ends_and_goes_on_from_there() {
    let world = World::start().await;
    let handler = handler(&world, ACCOUNT).await;
    let deliver = async |numbers: &[u8]| {
        let records: Vec<_> = numbers.iter().map(|n| record(*n, world.now())).collect();
        let event = serde_json::from_value(json!({ "Records": records })).unwrap();
        let failed = handle(&handler, event).await.batch_item_failures;
        assert!(failed.len() <= 1, "the first that is left says it all");
        failed.first().and_then(|failure| failure.item_identifier.clone())
    };
    let ends_in = |seconds: i64| {
        let end = u64::try_from(world.now().plus(seconds).unix()).unwrap();
        handler.context.deadline().set(end * 1_000);
    };
    ends_in(6);
    assert_eq!(deliver(&[1, 2, 3]).await.as_deref(), Some("2"));
    assert_eq!(lines(&world, EntryKind::CodeWrong).await, 1);
    assert_eq!(deliver(&[2, 3]).await.as_deref(), Some("3"), "each delivery gets one on");
    assert_eq!(lines(&world, EntryKind::CodeWrong).await, 2);
    ends_in(7);
    assert_eq!(deliver(&[3, 4, 5]).await, None, "there is time");
    assert_eq!(lines(&world, EntryKind::CodeWrong).await, 5);
}
