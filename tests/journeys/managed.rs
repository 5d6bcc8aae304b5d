//! Portal 5: managed by the provider.

use crate::harness::{World, anna, totp};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn m3_m4_m5_m8_off_lets_in_who_never_enrolled_and_still_asks_who_did() {
    let world = World::start().await;
    let portal = world.portal("managed");
    let secret = portal.enrol_app(&world, anna()).await;
    world.change_policy(&portal, |policy| policy["enabled"] = json!(false)).await;
    let never = portal.open(json!({ "id": "ben" })).await;
    assert_eq!((&never["status"], &never["reason"]), (&json!("allowed"), &json!("not_required")));
    let enrolled = portal.open(anna()).await;
    assert_eq!(enrolled["status"], "challenge");
    assert_eq!(
        portal.verify(&enrolled, &totp(&secret, world.running.clock.now())).await.status,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s11_m7_m9_m10_after_a_reset_old_codes_are_dead_and_the_password_alone_cannot_enrol() {
    let world = World::start().await;
    let portal = world.portal("managed");
    let secret = portal.enrol_app(&world, anna()).await;
    let under_way = portal.open(anna()).await;
    let reset = json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "lost phone", "confirm": true });
    assert_eq!(portal.post("/v1/users/anna/reset", reset.clone()).await.status, 200);
    let old = portal.verify(&under_way, &totp(&secret, world.running.clock.now())).await;
    assert_eq!(old.problem(), (404, "sign_in_unknown"));

    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["status"], "check_email");
    let started = portal.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
    assert_eq!(started.problem(), (409, "another_step"));

    world.change_policy(&portal, |policy| policy["enabled"] = json!(false)).await;
    assert_eq!(portal.open(anna()).await["reason"], "not_required");
    let again = portal.open(anna()).await;
    assert_eq!(again["status"], "allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn m12_resetting_a_user_with_nothing_bound_asks_for_no_link() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.open(anna()).await;
    let reset = json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "just in case", "confirm": true });
    assert_eq!(
        portal.post("/v1/users/anna/reset", reset).await.body,
        json!({ "had_bound": false })
    );
    assert_eq!(portal.open(anna()).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn x1_what_is_bound_still_guards_the_door_when_its_method_leaves_the_policy() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    world
        .change_policy(&portal, |policy| {
            policy["methods"] = json!([{ "type": "sms", "destination": "user" }])
        })
        .await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(
        (&sign_in["status"], &sign_in["reason"]),
        (&json!("challenge"), &json!("method_left_policy"))
    );
    let passed = portal.verify(&sign_in, &totp(&secret, world.running.clock.now())).await;
    assert_eq!((passed.status, &passed.body["status"]), (200, &json!("enrol")));
    assert!(passed.body["assertion"].is_null());
    let started = portal
        .act(&sign_in, "enrolment", json!({ "method": "sms", "phone": "021 123 4500" }))
        .await;
    assert_eq!(started.status, 201);
    let code = world.code_sent_to("+64211234500").await;
    let done = portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")));
}
