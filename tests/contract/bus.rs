//! Events on the operator's bus: each is what the schema says, and nothing of an entry is lost or
//! tells who somebody is.

use crate::{
    harness::{World, anna, pipe_in},
    journeys::activity::record_of_a_reset,
};
use portcullis_activity::{
    ActivityHandler, EventBus, HandOver, HeldLogs, KeyUses, PURPOSES, SOURCE, detail, handle,
};
use portcullis_domain::{
    Destination, Email, Locator, Masked, Method, Named, PortalId, SignInKey, Timestamp, UserId,
    WriteId,
    admin::AdminId,
    change::{Change, Values},
    sign_in::Ground,
    user::{By, CheckedBy, Entry, EntryKind},
};
use portcullis_store::LogLine;
use serde_json::{Value, json};
use std::{collections::BTreeSet, path::Path};

/// Checks events, and the page with its schema and patterns, by `jsonschema` and by the patterns of
/// moto. Returns the kinds that the schema knows.
fn checked(events: &[Value]) -> BTreeSet<String> {
    let given = serde_json::to_vec(events).unwrap();
    let printed = pipe_in(Path::new("contract"), "python3", &["event_schema.py"], &given);
    serde_json::from_slice(&printed).unwrap()
}

fn masked() -> Masked {
    Destination::Email(Email::parse("testing@example.co.nz").unwrap()).masked()
}

/// Returns an entry of a kind with all that an entry may have.
fn full(kind: EntryKind, method: Method, ground: Ground, by: By, checked: CheckedBy) -> Entry {
    let values = Values { old: "jo@example.com".to_owned(), new: "jane@example.com".to_owned() };
    Entry {
        method: Some(method),
        to: Some(masked()),
        sign_in: Some(SignInKey::opened(Timestamp::from_unix(1_800_000_000), [1; 16])),
        ground: Some(ground),
        by: Some(by),
        checked: Some(checked),
        why: Some("Jo called from 021 123 4589".to_owned()),
        changes: vec![Change { field: "support".to_owned(), values: Some(values) }],
        ..kind.at(Timestamp::from_unix(1_800_000_000))
    }
}

#[test]
fn every_kind_of_entry_makes_the_event_that_the_schema_says_and_names_nobody() {
    let portal = PortalId::parse("acme").unwrap();
    let by = [
        By::Admin(AdminId::parse("jo").unwrap()),
        By::Portal(UserId::parse("jo@example.com").unwrap()),
        By::PortalAdmin,
        By::SetUp,
    ];
    let mut events = vec![];
    for (n, kind) in EntryKind::ALL.iter().enumerate() {
        let method = Method::ALL[n % Method::ALL.len()];
        let ground = <Ground as Named>::ALL[n % <Ground as Named>::ALL.len()];
        let checked = <CheckedBy as Named>::ALL[n % <CheckedBy as Named>::ALL.len()];
        let full = full(*kind, method, ground, by[n % by.len()].clone(), checked);
        let bare = kind.at(Timestamp::from_unix(1_800_000_000));
        let lines = LogLine::of(WriteId::new([7; 12]), Some(Locator::new([1; 16])), vec![full]);
        let lines = lines.chain(LogLine::of(WriteId::new([8; 12]), None, vec![bare]));
        for line in lines {
            let detail = detail(&portal, &line);
            let bytes = detail.to_string().len();
            assert!(bytes < 1_024, "ten have a hundredth of what a call takes: {bytes}");
            events.push(json!({ "source": SOURCE, "detail-type": kind.name(), "detail": detail }));
        }
    }
    let text = json!(events).to_string();
    for personal in ["jo@", "jane@", "\"jo\"", "021 123", "testing@example.co.nz"] {
        assert!(!text.contains(personal), "{personal}");
    }
    let known: BTreeSet<String> =
        EntryKind::ALL.iter().map(|kind| kind.name().to_owned()).collect();
    assert_eq!(checked(&events), known, "infra/docs/integrate/event.schema.json lists the kinds");
}

async fn events(world: &World) -> Vec<Value> {
    let answer = world.http.get(world.url("/local/events")).send().await.unwrap();
    answer.json().await.unwrap()
}

/// Has the bus refuse events of these kinds.
async fn deny(world: &World, kinds: &[&str]) {
    let set = world.http.post(world.url("/local/events")).json(&json!({ "denied": kinds }));
    assert!(set.send().await.unwrap().status().is_success());
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_a_bus_that_fails_holds_up_no_log_and_no_notice_and_gets_its_events_from_the_queue() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    world.running.stream_is_delivered().await;
    let kinds: Vec<&str> = EntryKind::ALL.iter().map(|kind| kind.name()).collect();
    let had = events(&world).await.len();
    deny(&world, &kinds).await;
    let actor = json!({ "id": "help", "role": "portal_admin" });
    let reset = json!({ "actor": actor, "reason": "lost", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    portal.enrol_app(&world, anna()).await;
    world.running.stream_is_delivered().await;
    let log = world.log_of(&portal.id).await;
    let count = |kind| log.iter().filter(|line| line.entry.kind == kind).count();
    assert_eq!((count(EntryKind::Reset), count(EntryKind::Enrolled)), (1, 2));
    // To both of her addresses.
    assert_eq!(world.notices("Your second step was reset", 2).await.len(), 2);
    assert_eq!(events(&world).await.len(), had);
    let waiting = world.running.queued_notices();
    assert!(!waiting.is_empty() && waiting.iter().all(|body| body.starts_with("{\"events\":1")));

    // It fails once more, and a message is seen again after 90 seconds.
    world.advance(90);
    world.running.stream_is_delivered().await;
    assert_eq!(world.running.queued_notices(), waiting);
    deny(&world, &[]).await;
    world.advance(90);
    world.running.stream_is_delivered().await;
    assert_eq!(world.running.queued_notices(), [""; 0]);
    let events = events(&world).await;
    checked(&events);
    let of_portal = events.iter().filter(|event| event["detail"]["portal"] == *portal.id);
    let ids: BTreeSet<&str> =
        of_portal.map(|event| event["detail"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, log.iter().map(|line| line.id.as_str()).collect());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_line_of_the_log_has_its_event_with_its_id() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    world.advance(30);
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.status, 200);
    world.running.stream_is_delivered().await;
    let events = events(&world).await;
    checked(&events);
    let log = world.log_of(&portal.id).await;
    let mut lines: Vec<String> = log.into_iter().map(|line| line.id).collect();
    let ours = events.iter().filter(|event| event["detail"]["portal"] == *portal.id);
    let mut ids: Vec<String> =
        ours.map(|event| event["detail"]["id"].as_str().unwrap().to_owned()).collect();
    lines.sort();
    ids.sort();
    assert!(lines.len() > 3);
    assert_eq!(ids, lines);
    let text = json!(events).to_string();
    assert!(!text.contains("testing@") && !text.contains("anna"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_without_a_queue_a_record_whose_event_the_bus_does_not_take_comes_again() {
    let world = World::start().await;
    let (context, sender) = world.function_for(PURPOSES).await;
    let client = aws_sdk_eventbridge::Client::new(&world.stand_in("eventbridge/").await);
    let (noted, hand_over) = (KeyUses::default(), HandOver::AtOnce);
    let bus = Some(EventBus::new(client, "operator".to_owned()));
    let logs = HeldLogs::default();
    let journal = world.journal().await;
    let handler =
        ActivityHandler { context, sender, meter: drop, noted, logs, journal, hand_over, bus };
    let deliver = async || {
        let record = record_of_a_reset(6, 1, world.now());
        let event = serde_json::from_value(json!({ "Records": [record] })).unwrap();
        handle(&handler, event).await.batch_item_failures.len()
    };
    let resets = async || {
        let events = events(&world).await.into_iter();
        events.filter(|event| event["detail-type"] == "reset").collect::<Vec<_>>()
    };
    deny(&world, &["reset"]).await;
    assert_eq!(deliver().await, 1);
    assert_eq!(resets().await, Vec::<Value>::new());
    deny(&world, &[]).await;
    assert_eq!(deliver().await, 1, "it is not asked yet");
    world.advance(10);
    assert_eq!(deliver().await, 0);
    assert_eq!(deliver().await, 0);
    let twice = resets().await;
    assert_eq!(twice.len(), 2);
    assert_eq!(twice[0]["detail"]["id"], twice[1]["detail"]["id"], "so that it can be told");
}
