//! The activity log: complete and without duplicates.

use crate::harness::{World, anna};
use portcullis_activity::{ActivityHandler, HandOver, HeldLogs, KeyUses};
use portcullis_domain::{Locator, PortalId, Timestamp, WriteId, user::EntryKind};
use portcullis_store::{LogLine, LogPlan};
use serde_json::{Value, json};
use std::time::Duration;

/// Returns the log of a portal once it has this many lines; the stream needs a moment.
async fn log(world: &World, portal: &str, lines: usize) -> Vec<LogLine> {
    for _ in 0..100 {
        let log = world.log_of(portal).await.into_iter();
        let log: Vec<_> = log.filter(|line| line.locator.is_some()).collect();
        if log.len() >= lines {
            return log;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the log did not reach {lines} lines within ten seconds");
}

#[tokio::test(flavor = "multi_thread")]
async fn x5_everything_that_judged_or_changed_something_has_one_line_and_no_more() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    portal
        .act(&sign_in, "verify", json!({ "code": "000000", "method": "authenticator_app" }))
        .await;
    let code = world.totp(&secret);
    portal.act(&sign_in, "verify", json!({ "code": code, "method": "authenticator_app" })).await;
    // Refusals that judge nothing leave no line.
    portal.verify(&sign_in, &code).await;

    use EntryKind::{CodeAccepted, CodeRequested, CodeSent, CodeWrong, Enrolled};
    let wanted = [CodeAccepted, Enrolled, CodeRequested, CodeSent, CodeWrong, CodeAccepted];
    let log = log(&world, &portal.id, wanted.len()).await;
    let mut kinds: Vec<String> = log.iter().map(|line| format!("{:?}", line.entry.kind)).collect();
    let mut wanted: Vec<String> = wanted.iter().map(|kind| format!("{kind:?}")).collect();
    kinds.sort();
    wanted.sort();
    assert_eq!(kinds, wanted);
    let sent = log.iter().find(|line| line.entry.kind == CodeSent).unwrap();
    assert_eq!(sent.entry.to.as_ref().unwrap().as_str(), "test*****.co.nz", "masked");
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_a_record_that_is_delivered_again_adds_nothing() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    let lines = log(&world, &portal.id, 2).await;
    let id = PortalId::parse(&portal.id).unwrap();
    for line in &lines {
        world.running.store.append(&id, LogPlan::default(), line).await.unwrap();
    }
    assert_eq!(log(&world, &portal.id, 2).await, lines);
}

/// Returns a stream record of one write with one entry, as Lambda delivers it.
pub fn record(n: u8, at: Timestamp) -> Value {
    record_of([n, n], CODE_WRONG, [&json!({ "i": "x" }), &json!({})], at)
}

/// Returns a stream record of a reset, which causes a notice to an address of the user's own.
pub fn record_of_a_reset(user: u8, write: u8, at: Timestamp) -> Value {
    let state = json!({ "c": { "e": format!("told{user}@example.com") } });
    record_of([user, write], RESET, [&json!({ "i": "x", "v": true }), &state], at)
}

/// The numbers of two kinds of entries in the table, and the moment its moments count from.
const CODE_WRONG: u16 = 2;
const RESET: u16 = 28;
const FIRST_OF_2026: i64 = 1_767_225_600;

fn record_of(
    [user, write]: [u8; 2],
    kind: u16,
    [listed, state]: [&Value; 2],
    at: Timestamp,
) -> Value {
    let text = |text: String| json!({ "S": text });
    json!({
        "eventID": format!("event-{write}"), "eventName": "MODIFY", "eventSource": "aws:dynamodb", "awsRegion": "local",
        "dynamodb": {
            "ApproximateCreationDateTime": 0, "Keys": {}, "SequenceNumber": write.to_string(), "SizeBytes": 1,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
            "NewImage": {
                "pk": text("USER#managed#x".to_owned()),
                "format": json!({ "N": "1" }),
                "users_of": text("managed".to_owned()),
                "by_key": text("0aB1cD".to_owned()),
                "locator": text(Locator::new([user; 16]).to_string()),
                "write": text(WriteId::new([write; 12]).to_string()),
                "entries": text(json!([{ "t": at.unix() - FIRST_OF_2026, "k": kind }]).to_string()),
                "listed": text(listed.to_string()),
                "state": text(state.to_string()),
            },
            "OldImage": {
                "pk": text("USER#managed#x".to_owned()),
                "format": json!({ "N": "1" }),
                "users_of": text("managed".to_owned()),
                "listed": text(listed.to_string()),
                "state": text(state.to_string()),
            },
        },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_a_consumer_that_fails_repeats_and_starts_again_leaves_each_line_once() {
    let world = World::start().await;
    let (context, sender) = world.function().await;
    let (noted, logs) = (KeyUses::default(), HeldLogs::default());
    let journal = world.journal().await;
    let hand_over = HandOver::AtOnce;
    let handler = ActivityHandler {
        context,
        sender,
        meter: drop,
        noted,
        logs,
        journal,
        hand_over,
        bus: None,
    };
    let deliver = async |numbers: &[u8]| {
        let records: Vec<_> = numbers.iter().map(|n| record(*n, world.now())).collect();
        let event = serde_json::from_value(json!({ "Records": records })).unwrap();
        let failed = portcullis_activity::handle(&handler, event).await.batch_item_failures;
        failed.first().and_then(|failure| failure.item_identifier.clone())
    };
    let lines = async || {
        let log = world.log_of("managed").await;
        log.iter().filter(|line| line.entry.kind == EntryKind::CodeWrong).count()
    };
    // The table is gone at the second line; the SDK tries three times.
    world.aws.break_calls("PutItem", 1, 3);
    assert_eq!(deliver(&[1, 2, 3]).await.as_deref(), Some("2"), "delivered again from there");
    assert_eq!(lines().await, 1, "and nothing after it, so that the order is kept");
    assert_eq!(deliver(&[2, 3]).await, None);
    assert_eq!(deliver(&[1, 2, 3]).await, None, "a restart repeats the whole batch");
    assert_eq!(lines().await, 3);
}
