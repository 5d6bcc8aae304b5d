//! Keys by purpose: what a function did not open it does not do, and it says nothing else.

use crate::harness::{Portal, World, anna, other_than};
use axum::Router;
use portcullis_http::Cursor;
use portcullis_keys::{KeyPurpose, Purposes};
use serde_json::json;
use std::{collections::BTreeMap, fs};

/// What a function lacks here, one after the other.
const WITHOUT_CODES: Purposes =
    Purposes::lookup_and(&[KeyPurpose::Seal, KeyPurpose::Signing, KeyPurpose::Settings]);
const WITHOUT_SEAL: Purposes =
    Purposes::lookup_and(&[KeyPurpose::Codes, KeyPurpose::Signing, KeyPurpose::Settings]);
const WITHOUT_SIGNING: Purposes =
    Purposes::lookup_and(&[KeyPurpose::Seal, KeyPurpose::Codes, KeyPurpose::Settings]);
const WITHOUT_SETTINGS: Purposes =
    Purposes::lookup_and(&[KeyPurpose::Seal, KeyPurpose::Codes, KeyPurpose::Signing]);

/// The portal's back end, as it calls a function of its own.
async fn at(portal: &Portal, function: Router) -> Portal {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, function).await });
    Portal { base, ..portal.clone() }
}

async fn verify(world: &World, portal: &Portal, purposes: Purposes) -> Portal {
    let (context, _) = world.function_for(purposes).await;
    at(portal, portcullis_verify::router(context)).await
}

/// Nothing but that the service is not available.
fn is_unavailable(reply: &crate::harness::Reply) {
    assert_eq!(reply.problem(), (503, "unavailable"), "{:?}", reply.body);
    let said = reply.body.to_string();
    for word in KeyPurpose::ALL.map(KeyPurpose::as_str).into_iter().chain(["key", "assertion"]) {
        assert!(!said.contains(word), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s45_a_function_without_a_purpose_answers_503_and_reveals_nothing() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    let right = world.totp(&secret);

    // Without the keys of its secret an app's code is judged by nobody, right or wrong.
    let before = world.raw_user(&portal.id, "anna").await;
    let broken = verify(&world, &portal, WITHOUT_SEAL).await;
    is_unavailable(&broken.verify(&sign_in, &right).await);
    is_unavailable(&broken.verify(&sign_in, &other_than(&right)).await);
    assert_eq!(world.raw_user(&portal.id, "anna").await, before);

    // Without the signing key there is no assertion, whatever became of the code.
    let broken = verify(&world, &portal, WITHOUT_SIGNING).await;
    is_unavailable(&broken.verify(&sign_in, &right).await);

    let portal = world.portal("email_enrolment");
    let sign_in = portal.open(json!({ "id": "ben" })).await;
    let app = json!({ "method": "email", "email": "ben@example.com" });
    let before = world.raw_user(&portal.id, "ben").await;
    let (context, sender) = world.function_for(WITHOUT_CODES).await;
    let broken = at(
        &portal,
        portcullis_enrolment::router(portcullis_enrolment::AppState { context, sender }),
    )
    .await;
    is_unavailable(&broken.act(&sign_in, "enrolment", app).await);
    assert_eq!(world.raw_user(&portal.id, "ben").await, before);
    assert!(world.outbox().await.is_empty(), "nothing was sent");

    let portal = world.portal("always_on");
    let (context, sender) = world.function_for(WITHOUT_CODES).await;
    let broken = portcullis_challenge_dispatch::AppState { context, sender };
    let broken = at(&portal, portcullis_challenge_dispatch::router(broken)).await;
    let sign_in = portal.open(anna()).await;
    let by_email = json!({ "method": "email" });
    let before = world.raw_user(&portal.id, "anna").await;
    is_unavailable(&broken.act(&sign_in, "challenge", by_email).await);
    assert_eq!(world.raw_user(&portal.id, "anna").await, before);
    assert!(world.outbox().await.is_empty(), "nothing was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn s45_without_the_keys_of_settings_a_cursor_is_neither_made_nor_opened() {
    let world = World::start().await;
    let list = Cursor::of("users:acme");
    let (whole, _) = world.function_for(Purposes::ALL).await;
    let (broken, _) = world.function_for(WITHOUT_SETTINGS).await;
    let sealed = list.seal(&whole, "place").await.unwrap();
    assert_eq!(list.open(&whole, &sealed).await.unwrap(), "place");
    for problem in [list.seal(&broken, "place").await, list.open(&broken, &sealed).await] {
        assert_eq!(problem.unwrap_err().status(), 503);
    }
    // What is wrong with the cursor itself is said as before.
    assert_eq!(list.open(&whole, "AAAAAAAAAAAA").await.unwrap_err().status(), 400);
}

#[test]
fn the_book_says_which_function_opens_the_keys_of_which_purpose() {
    let notes = fs::read_to_string("../infra/docs/develop/keys.md").unwrap();
    let (_, table) = notes.split_once("| function | lookup | seal |").expect("the table");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with("| `"));
    let noted: BTreeMap<String, Vec<bool>> = rows
        .map(|row| {
            let mut cells = row.trim_matches('|').split('|').map(str::trim);
            let name = cells.next().unwrap().trim_matches('`').to_owned();
            (name, cells.map(|cell| cell == "yes").collect())
        })
        .collect();
    let opened = [
        ("verify", portcullis_verify::PURPOSES),
        ("challenge-dispatch", portcullis_challenge_dispatch::PURPOSES),
        ("enrolment", portcullis_enrolment::PURPOSES),
        ("reset", portcullis_reset::PURPOSES),
        ("policy-admin", portcullis_policy_admin::PURPOSES),
        ("activity", portcullis_activity::PURPOSES),
    ];
    let opened = opened.map(|(name, purposes)| {
        (name.to_owned(), KeyPurpose::ALL.map(|purpose| purposes.contain(purpose)).to_vec())
    });
    assert_eq!(noted, opened.into());
}
