//! The number of calls to the table that each request makes.

use crate::harness::{World, anna, other_than};
use serde_json::json;

const READ: (&str, u32) = ("BatchGetItem", 1);

fn calls(world: &World) -> Vec<(String, u32)> {
    let calls = world.aws.calls();
    world.aws.reset();
    calls
}

fn are(calls: &[(String, u32)], wanted: &[(&str, u32)]) {
    let calls: Vec<(&str, u32)> =
        calls.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    assert_eq!(calls, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_reads_once_and_writes_once_also_when_it_is_refused() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    world.aws.reset();

    let sign_in = portal.open(anna()).await;
    are(&calls(&world), &[READ, ("PutItem", 1)]);
    portal.look(&sign_in).await;
    are(&calls(&world), &[READ]);
    let right = world.totp(&secret);
    portal.verify(&sign_in, &other_than(&right)).await;
    are(&calls(&world), &[READ, ("PutItem", 1)]);
    portal.verify(&sign_in, &right).await;
    are(&calls(&world), &[READ, ("PutItem", 1)]);
    portal.verify(&sign_in, &right).await;
    are(&calls(&world), &[READ]);
    // No guess, and no write: the refusal shows the sign-in.
    portal.verify(&sign_in, "12").await;
    are(&calls(&world), &[READ]);
}

#[tokio::test(flavor = "multi_thread")]
async fn enrolling_costs_one_read_and_one_write_a_step_and_nothing_to_see_again() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let sign_in = portal.open(anna()).await;
    let enrol =
        async || portal.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
    world.aws.reset();
    let started = enrol().await;
    are(&calls(&world), &[READ, ("PutItem", 1)]);
    enrol().await;
    are(&calls(&world), &[READ]);
    let code = world.totp(started.secret());
    portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    are(&calls(&world), &[READ, ("PutItem", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_costs_a_read_of_its_counters_a_count_of_each_and_a_second_write() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    world.aws.reset();
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    are(
        &calls(&world),
        &[("BatchGetItem", 2), ("PutItem", 2), ("SendEmail", 1), ("UpdateItem", 2)],
    );
    portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    are(&calls(&world), &[("BatchGetItem", 2), ("Publish", 1), ("PutItem", 2), ("UpdateItem", 3)]);
    let refused = portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    assert_eq!(refused.problem(), (429, "resend_too_soon"));
    are(&calls(&world), &[READ]);
    // Over a cap: the counters are read, and after the first time nothing is written.
    world.set_caps(1, 1_000).await;
    world.advance(31);
    let read: (&str, u32) = ("BatchGetItem", 2);
    for wanted in [vec![read, ("PutItem", 1)], vec![read]] {
        world.aws.reset();
        let refused = portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
        assert_eq!(refused.problem(), (429, "send_limit"));
        are(&calls(&world), &wanted);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_adds_one_pair() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    world.aws.reset();
    let held = world.aws.delay("PutItem");
    let verify = tokio::spawn({
        let (portal, sign_in) = (portal.clone(), sign_in.clone());
        let code = world.totp(&secret);
        async move { portal.verify(&sign_in, &code).await }
    });
    held.arrived.notified().await;
    portal.open(anna()).await;
    are(&calls(&world), &[("BatchGetItem", 2), ("PutItem", 2)]);
    held.release.notify_one();
    assert_eq!(verify.await.unwrap().status, 200);
    are(&calls(&world), &[READ, ("PutItem", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn s27_a_flood_at_a_dead_sign_in_writes_nothing_and_the_users_next_try_works() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    let wrong = other_than(&world.totp(&secret));
    for _ in 0..5 {
        portal.verify(&sign_in, &wrong).await;
    }
    world.aws.reset();
    for _ in 0..50 {
        assert_eq!(portal.verify(&sign_in, &wrong).await.problem(), (403, "sign_in_dead"));
        assert_eq!(portal.try_open(anna()).await.problem(), (429, "locked"));
    }
    are(&calls(&world), &[("BatchGetItem", 100)]);
    world.advance(30);
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.status, 200);
}
