//! Each fault that an alarm on our own log or metrics is for is made to happen, and the product
//! writes the lines of `lines.json`. `check.py` has the filters of template.yaml read these lines.

pub mod log;

use super::drills::publish_a_root_key_that_does_not_open;
use crate::{
    harness::{Browser, Fault, World, anna, other_than, prompt},
    journeys::{activity::record_of_a_reset, admin::set_up::deployed_with},
    security::releases::change,
};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use log::{Log, meter};
use portcullis_activity::{ActivityHandler, HandOver, HeldLogs, KeyUses, PURPOSES, handle, sweep};
use portcullis_domain::Timestamp;
use portcullis_local::LocalClock;
use serde_json::{Value, json};
use tower::ServiceExt as _;

#[tokio::test]
async fn whoever_uses_or_guesses_the_set_up_secret_is_seen() {
    let log = Log::start();
    // Starting it makes the first operator.
    let world = World::start().await;
    let given = json!({ "name": "intruder", "password": "a sentence of words" });
    let refused = world.call("guess", "POST", "/v1/admin/set-up", None, Some(given)).await;
    assert_eq!(refused.problem(), (401, "set_up_secret_refused"));
    log.has_lines_of("whoever_uses_or_guesses_the_set_up_secret_is_seen");
}

#[tokio::test]
async fn wrong_passwords_of_admins_are_seen_in_the_api_and_the_console() {
    let log = Log::start();
    let world = World::start().await;
    let given = json!({ "name": "operator", "password": "something else altogether" });
    let refused = world.call("", "POST", "/v1/admin/session", None, Some(given)).await;
    assert_eq!(refused.problem(), (401, "password_refused"));
    let fields = [("name", "operator"), ("password", "something else altogether")];
    let page = Browser::new(&world).post("/console/sign-in", &fields).await;
    assert_eq!(page.status, 401);
    log.has_lines_of("wrong_passwords_of_admins_are_seen_in_the_api_and_the_console");
}

#[tokio::test]
async fn wrong_and_right_codes_are_told_apart_by_either_mode() {
    let log = Log::start();
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    world.advance(30);
    let sign_in = portal.open(anna()).await;
    let code = world.totp(&secret);
    let wrong = portal.verify(&sign_in, &other_than(&code)).await;
    assert_eq!(wrong.problem(), (403, "code_wrong"));
    assert_eq!(portal.verify(&sign_in, &code).await.status, 200);
    world.advance(30);
    let sign_in = portal.open_prompt(anna()).await;
    let (browser, at, code) = (Browser::new(&world), prompt(&sign_in), world.totp(&secret));
    let verify = format!("{at}/verify");
    browser.submit(&at, &verify, &[("code", &other_than(&code))]).await;
    let back = browser.submit(&at, &verify, &[("code", &code)]).await;
    assert!(back.location.is_some_and(|to| to.contains("result_code=")));
    log.has_lines_of("wrong_and_right_codes_are_told_apart_by_either_mode");
}

#[tokio::test]
async fn kms_that_does_not_answer_is_seen() {
    let log = Log::start();
    let world = World::start().await;
    let portal = world.portal("always_on");
    let body = json!({ "name": "operator", "password": "something else altogether" }).to_string();
    let looks = format!("/v1/sign-ins/{}", portal.open(anna()).await["id"].as_str().unwrap());
    let (context, sender) = world.function().await;
    let ask = async |name, function: axum::Router, method, path: &str, bearer: &str| {
        log.of(name);
        let request = Request::builder().method(method).uri(path);
        let request = request.header("authorization", format!("Bearer {bearer}"));
        let request =
            request.header("content-type", "application/json").body(Body::from(body.clone()));
        let answer = function.oneshot(request.unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{name}");
    };
    let administration = deployed_with(&world, "secret").await;
    world.aws.fault_at("Decrypt", Fault::Throttled, 1_000);
    let (with, by) = (context.clone(), sender.clone());
    let state = portcullis_challenge_dispatch::AppState { context: with, sender: by };
    let function = portcullis_challenge_dispatch::router(state);
    ask("challenge-dispatch", function, "GET", &looks, &portal.key).await;
    let (with, by) = (context.clone(), sender.clone());
    let function =
        portcullis_enrolment::router(portcullis_enrolment::AppState { context: with, sender: by });
    ask("enrolment", function, "GET", "/v1/user?id=anna", &portal.key).await;
    let function = portcullis_verify::router(context.clone());
    ask("verify", function, "GET", "/.well-known/jwks.json", "").await;
    let function = portcullis_reset::router(portcullis_reset::AppState { context, sender });
    ask("reset", function, "POST", "/v1/user/reset", &portal.key).await;
    ask("policy-admin", administration, "POST", "/v1/admin/session", "").await;
    log.has_lines_of("kms_that_does_not_answer_is_seen");
}

#[tokio::test]
async fn a_keyring_that_is_not_read_again_is_seen() {
    let log = Log::start();
    let world = World::start().await;
    let portal = world.portal("always_on");
    portal.open(anna()).await;
    world.advance(portcullis_keys::READ_AGAIN_AFTER);
    world.aws.fault_at("GetItem", Fault::Throttled, 1_000);
    assert_eq!(portal.open(anna()).await["status"], "challenge", "the held one is used");
    log.has_lines_of("a_keyring_that_is_not_read_again_is_seen");
}

#[tokio::test]
async fn a_root_key_that_does_not_open_is_seen() {
    let log = Log::start();
    let world = World::start().await;
    let portal = world.portal("always_on");
    portal.open(anna()).await;
    publish_a_root_key_that_does_not_open(&world).await;
    world.advance(portcullis_keys::READ_AGAIN_AFTER);
    assert_eq!(portal.open(anna()).await["status"], "challenge", "the others are used");
    log.has_lines_of("a_root_key_that_does_not_open_is_seen");
}

#[tokio::test]
async fn an_item_that_a_newer_release_wrote_is_seen() {
    let log = Log::start();
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    let user = format!("USER#{}#", portal.id);
    change(&world, &user, "state", "{", r#"{"Frozen":true,"#).await;
    assert_eq!(portal.try_open(anna()).await.problem(), (503, "newer_release"));
    log.has_lines_of("an_item_that_a_newer_release_wrote_is_seen");
}

#[tokio::test]
async fn requests_are_timed_and_their_refusals_and_conflicts_counted() {
    let log = Log::start();
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.act(&sign_in, "skip", json!({})).await.status, 403);
    // The user is written by another call between the read of this one and its write.
    let held = world.aws.delay("PutItem");
    let email = json!({ "method": "email", "email": "own@example.org" });
    let (enrolling, ()) = tokio::join!(portal.act(&sign_in, "enrolment", email), async {
        held.arrived.notified().await;
        portal.open(anna()).await;
        held.release.notify_one();
    });
    assert_eq!(enrolling.status, 201);
    log.has_lines_of("requests_are_timed_and_their_refusals_and_conflicts_counted");
}

/// One more function `activity`, with a clock of its own, which sends notices itself.
async fn activity(world: &World) -> (ActivityHandler, LocalClock) {
    let clock = LocalClock::stopped_at(world.now());
    let (context, sender) = world.function_by(PURPOSES, &clock).await;
    let (sender, noted) = (sender.with_meter(meter), KeyUses::default());
    let (logs, hand_over) = (HeldLogs::default(), HandOver::AtOnce);
    let journal = world.journal().await;
    let bus = None;
    (ActivityHandler { context, sender, meter, noted, logs, journal, hand_over, bus }, clock)
}

/// Delivers one record, and returns true if it was handled.
async fn deliver(handler: &ActivityHandler, record: Value) -> bool {
    let event = serde_json::from_value(json!({ "Records": [record] })).unwrap();
    handle(handler, event).await.batch_item_failures.is_empty()
}

#[tokio::test]
async fn codes_that_are_sent_typed_or_held_back_are_counted() {
    let log = Log::start();
    let world = World::start().await;
    let (handler, _) = activity(&world).await;
    log.of("activity");
    // The numbers of a code sent, typed and held back, and of email, in the table.
    for (write, kind) in [(1, 9), (2, 1), (3, 51)] {
        let mut record = record_of_a_reset(7, write, world.now());
        let entries = json!([{ "t": 0, "k": kind, "m": 2 }]).to_string();
        record["dynamodb"]["NewImage"]["entries"]["S"] = json!(entries);
        assert!(deliver(&handler, record).await);
    }
    log.has_lines_of("codes_that_are_sent_typed_or_held_back_are_counted");
}

#[tokio::test]
async fn messages_that_a_provider_does_not_take_are_counted_by_its_reason() {
    let log = Log::start();
    let world = World::start().await;
    let (handler, clock) = activity(&world).await;
    log.of("notices");
    let now = || -> Timestamp { clock.now() };
    world.set_accounts(json!({ "ses": { "paused": true } })).await;
    assert!(deliver(&handler, record_of_a_reset(1, 1, now())).await);
    world.set_accounts(json!({ "ses": { "paused": false } })).await;
    world.set_providers("refuse").await;
    assert!(deliver(&handler, record_of_a_reset(2, 1, now())).await);
    clock.advance(86_303);
    sweep(&handler).await.unwrap();
    clock.advance(300);
    sweep(&handler).await.unwrap();
    log.has_lines_of("messages_that_a_provider_does_not_take_are_counted_by_its_reason");
}

#[tokio::test]
async fn a_notice_that_may_be_sent_twice_is_counted() {
    let log = Log::start();
    let world = World::start().await;
    let (handler, clock) = activity(&world).await;
    log.of("notices");
    let gone = world.aws.gone_after("SendEmail", 0);
    tokio::select! {
        handled = deliver(&handler, record_of_a_reset(3, 1, clock.now())) => panic!("{handled}"),
        () = gone.notified() => {}
    }
    world.aws.mend();
    clock.advance(301);
    sweep(&handler).await.unwrap();
    log.has_lines_of("a_notice_that_may_be_sent_twice_is_counted");
}

#[tokio::test]
async fn a_portal_over_its_share_is_seen() {
    let log = Log::start();
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    world.set_share(&portal, 1).await;
    portal.open(anna()).await;
    let refused = portal.try_open(anna()).await;
    assert_eq!(refused.problem(), (429, "over_share"));
    log.has_lines_of("a_portal_over_its_share_is_seen");
}

#[tokio::test]
async fn a_bulk_reset_that_begins_is_seen() {
    let log = Log::start();
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let second = world.make_admin("second", json!({ "role": "operator" })).await;
    world.advance(60);
    let path = format!("/v1/admin/portals/{}/bulk-reset", portal.id);
    let ask = json!({ "selection": {}, "reason": "phones were stolen", "confirm": true });
    let asked = world.admin_ok("POST", &path, Some(ask)).await;
    let approve = json!({ "id": asked["id"], "confirm": true });
    let begun = world.by(&second, "POST", &format!("{path}/approve"), Some(approve)).await;
    assert_eq!(begun.status, 200, "{:?}", begun.body);
    log.has_lines_of("a_bulk_reset_that_begins_is_seen");
}

#[tokio::test]
async fn a_record_that_fails_is_seen() {
    let log = Log::start();
    let world = World::start().await;
    let (handler, clock) = activity(&world).await;
    log.of("activity");
    world.aws.fault_at("PutItem", Fault::Throttled, 1_000);
    assert!(!deliver(&handler, record_of_a_reset(4, 1, clock.now())).await);
    log.has_lines_of("a_record_that_fails_is_seen");
}
