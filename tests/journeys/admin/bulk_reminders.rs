//! The reminder of many users to set up a second step: counted, mailed in steps of a hundred, and
//! never twice within a day.

use super::{
    activity::logged_of,
    bulk_resets::{fill, users_of},
};
use crate::harness::{Admin, Fault, Portal, Reply, World, anna, text};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const WORDS: &str = "now asks for a second step";

async fn ask(world: &World, by: &Admin, portal: &Portal, body: Value) -> Reply {
    let path = format!("/v1/admin/portals/{}/user/bulk-reminder", portal.id);
    world.by(by, "POST", &path, Some(body)).await
}

fn counting(selection: Value) -> Value {
    json!({ "selection": selection, "dry_run": true })
}

fn step(selection: Value, cursor: &Value) -> Value {
    json!({ "selection": selection, "dry_run": false, "cursor": cursor })
}

async fn world() -> (World, Portal, Admin) {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let role = json!({ "role": "technician", "portals": [portal.id] });
    let desk = world.make_admin("desk", role).await;
    (world, portal, desk)
}

/// Returns the number of mailed reminders of each address.
async fn reminders(world: &World) -> BTreeMap<String, usize> {
    world.running.stream_is_delivered().await;
    let mut mailed = BTreeMap::new();
    for message in world.messages().await.iter().filter(|message| text(message).contains(WORDS)) {
        *mailed.entry(message["to"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    mailed
}

fn of(reply: &Reply, what: &str) -> u64 {
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    reply.body["progress"][what].as_u64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_users_are_reminded_in_steps_of_a_hundred_by_one_mail_each_and_who_enrolled_by_none() {
    let (world, portal, desk) = world().await;
    let role = json!({ "role": "operator" });
    let other = world.make_admin("other", role).await;
    fill(&world, &portal, 103, 2, |_| {}).await;
    portal.enrol_app(&world, anna()).await;
    let before = users_of(&world, &portal).await;
    let counted = ask(&world, &desk, &portal, counting(json!({}))).await;
    let seen = ["reminded", "reminded_before", "not_needed", "no_address"];
    assert_eq!(seen.map(|what| of(&counted, what)), [101, 0, 1, 2], "{:?}", counted.body);
    assert_eq!(counted.body["next_cursor"], Value::Null);
    assert_eq!(users_of(&world, &portal).await, before, "a dry run changes nothing");
    assert_eq!(reminders(&world).await, BTreeMap::new(), "and mails nothing");
    // Two admins begin at the same moment: their writes meet, and nobody is reminded twice.
    let (first, beside) = tokio::join!(
        ask(&world, &desk, &portal, step(json!({}), &Value::Null)),
        ask(&world, &other, &portal, step(json!({}), &Value::Null)),
    );
    let left_out = of(&first, "not_needed") + of(&first, "no_address");
    let sum = of(&first, "reminded") + of(&beside, "reminded") + left_out;
    assert_eq!(sum, 100, "{:?} {:?}", first.body, beside.body);
    let again = ask(&world, &desk, &portal, step(json!({}), &Value::Null)).await;
    assert_eq!((of(&again, "reminded"), of(&again, "reminded_before")), (0, 100 - left_out));
    let last = ask(&world, &desk, &portal, step(json!({}), &first.body["next_cursor"])).await;
    assert_eq!(last.body["next_cursor"], Value::Null, "{:?}", last.body);
    assert_eq!(of(&last, "reminded") + of(&last, "reminded_before"), 101, "{:?}", last.body);
    assert_eq!((of(&last, "not_needed"), of(&last, "failed")), (1, 0), "{:?}", last.body);
    let repeated = ask(&world, &desk, &portal, step(json!({}), &first.body["next_cursor"])).await;
    assert_eq!(of(&repeated, "reminded"), of(&first, "reminded"), "{:?}", repeated.body);
    let named = last.body["progress"]["no_address_users"].as_array().unwrap();
    assert_eq!((named.len(), of(&last, "no_address")), (2, 2), "{named:?}");
    assert!(named.contains(&json!("u0")) && named.contains(&json!("u1")), "{named:?}");
    world.notices(WORDS, 101).await;
    let mailed = reminders(&world).await;
    assert_eq!(mailed.len(), 101, "{mailed:?}");
    assert!(mailed.values().all(|count| *count == 1), "{mailed:?}");
    // The first page of them.
    let entries = logged_of(&world, &portal.id, "enrolment_reminder", 20).await;
    let admins = ["admin:desk", "admin:other"].map(Value::from);
    assert!(entries.iter().all(|entry| admins.contains(&entry["actor"])), "{entries:?}");
    let counted = ask(&world, &desk, &portal, counting(json!({}))).await;
    assert_eq!(seen.map(|what| of(&counted, what)), [0, 101, 1, 2], "{:?}", counted.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_comes_in_the_users_language_once_a_day_until_something_is_set_up() {
    let (world, portal, desk) = world().await;
    let ben =
        json!({ "id": "ben", "email": "ben@example.com", "email_verified": true, "locale": "de" });
    portal.open(ben.clone()).await;
    portal.open(anna()).await;
    let selection = json!({ "users": ["ben", "anna", "nobody"] });
    let done = ask(&world, &desk, &portal, step(selection.clone(), &Value::Null)).await;
    assert_eq!((of(&done, "reminded"), &done.body["next_cursor"]), (2, &Value::Null));
    assert_eq!(done.body["unknown_users"], json!(["nobody"]));
    // Who is named twice, once in capitals, is one user.
    let twice = json!({ "users": ["ben", "ben", "BEN", "nobody"] });
    let done = ask(&world, &desk, &portal, step(twice, &Value::Null)).await;
    assert_eq!((of(&done, "reminded"), of(&done, "reminded_before")), (0, 1), "{:?}", done.body);
    assert_eq!(done.body["unknown_users"], json!(["nobody"]));
    assert_eq!(world.messages_about("zweiten Schritt", "ben@example.com").await, 1);
    assert_eq!(world.messages_about(WORDS, "testing@example.co.nz").await, 1);
    portal.enrol_app(&world, anna()).await;
    world.advance(86_300);
    let session = world.sign_in(&desk.name, &desk.password, &desk.secret).await;
    let desk = Admin { session, ..desk };
    let early = ask(&world, &desk, &portal, step(selection.clone(), &Value::Null)).await;
    world.advance(100);
    let seen = ["reminded", "reminded_before", "not_needed"];
    assert_eq!(seen.map(|what| of(&early, what)), [0, 1, 1], "{:?}", early.body);
    let later = ask(&world, &desk, &portal, step(selection, &Value::Null)).await;
    assert_eq!(seen.map(|what| of(&later, what)), [1, 0, 1], "{:?}", later.body);
    world.notices("zweiten Schritt", 2).await;
    assert_eq!(reminders(&world).await.into_values().collect::<Vec<_>>(), [1], "anna got no other");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_is_good_for_its_own_admin_and_selection_and_a_failed_user_is_tried_again() {
    let (world, portal, desk) = world().await;
    let role = json!({ "role": "technician", "portals": [portal.id] });
    let other = world.make_admin("other", role).await;
    fill(&world, &portal, 101, 0, |_| {}).await;
    let first = ask(&world, &desk, &portal, step(json!({}), &Value::Null)).await;
    let cursor = &first.body["next_cursor"];
    assert!(cursor.is_string(), "{:?}", first.body);
    let not_enrolled = json!({ "state": "not_enrolled" });
    let mut counted = counting(json!({}));
    counted["cursor"] = cursor.clone();
    for (by, body) in [
        (&other, step(json!({}), cursor)),
        (&desk, step(not_enrolled, cursor)),
        (&desk, step(json!({}), &json!("AAAA"))),
        (&desk, counted),
    ] {
        let refused = ask(&world, by, &portal, body.clone()).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{body}");
    }
    let many: Vec<String> = (0..101).map(|n| format!("u{n}")).collect();
    for body in [
        counting(json!({ "users": many })),
        counting(json!({ "users": ["u1"], "state": "enrolled" })),
        json!({ "selection": {} }),
        json!({ "selection": {}, "dry_run": false, "colour": "red" }),
    ] {
        let refused = ask(&world, &desk, &portal, body.clone()).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{body}");
    }
    world.advance(60);
    let mails = reminders(&world).await.len();
    world.aws.fault_at("PutItem", Fault::Refused, 1_000);
    let failed = ask(&world, &desk, &portal, step(json!({}), cursor)).await;
    world.aws.mend();
    assert_eq!((of(&failed, "failed"), of(&failed, "reminded")), (1, 100), "{:?}", failed.body);
    let failure = &failed.body["progress"]["failures"][0];
    assert!(failure["reason"].as_str().is_some_and(|why| !why.is_empty()), "{failure}");
    let selection = json!({ "users": [failure["user"]] });
    let mended = ask(&world, &desk, &portal, step(selection, &Value::Null)).await;
    assert_eq!((of(&mended, "failed"), of(&mended, "reminded")), (0, 1), "{:?}", mended.body);
    world.notices(WORDS, mails + 1).await;
    assert_eq!(reminders(&world).await.len(), 101);
}
