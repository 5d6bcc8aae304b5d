//! Step-up: a fresh proof before something that matters, in a sign-in of its own.

use crate::harness::{Portal, Reply, World, anna, fresh_nonce, on_user, verified_claims};
use serde_json::{Value, json};

const APP: &str = "authenticator_app";

fn step_up_body(more: &[(&str, &str)]) -> Value {
    let mut body = json!({ "user": anna(), "event": "step_up", "nonce": fresh_nonce() });
    for (member, value) in more {
        body[*member] = json!(value);
    }
    body
}

async fn step_up(portal: &Portal, acr: &str) -> Reply {
    portal.post("/v1/sign-ins", step_up_body(&[("acr", acr)])).await
}

/// A portal whose users have an app, and a code by email in its place.
async fn portal_with_app(world: &World) -> (Portal, String) {
    let portal = world.portal("authenticator_app_with_email");
    let secret = portal.enrol_app(world, anna()).await;
    world.advance(60);
    (portal, secret)
}

#[tokio::test(flavor = "multi_thread")]
async fn u1_the_assertion_of_a_step_up_says_so_and_how_it_was_proven() {
    let world = World::start().await;
    let (portal, secret) = portal_with_app(&world).await;
    let opened = step_up(&portal, "app").await;
    assert_eq!((opened.status, &opened.body["status"]), (201, &json!("challenge")));
    assert_eq!(opened.body["options"], json!([{ "method": APP, "bound": true }]));
    assert_eq!(opened.body.get("assertion"), None);
    let wrong = portal.verify(&opened.body, "000000").await;
    assert_eq!(wrong.problem(), (403, "code_wrong"));
    let done = portal.verify(&opened.body, &world.totp(&secret)).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")));
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    let said = verified_claims(done.body["assertion"].as_str().unwrap(), &jwks, &portal.id);
    assert_eq!(said["event"], "step_up");
    assert_eq!((&said["mfa"], &said["acr"]), (&json!("done"), &json!("urn:portcullis:acr:app")));
    assert_eq!(done.body.get("settings"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn u1_a_code_that_stands_in_for_the_app_is_neither_sent_nor_judged() {
    let world = World::start().await;
    let (portal, _) = portal_with_app(&world).await;
    let opened = step_up(&portal, "delivered").await.body;
    assert_eq!(opened["options"], json!([{ "method": APP, "bound": true }]));
    world.aws.reset();
    let asked = portal.act(&opened, "challenge", json!({ "method": "email" })).await;
    assert_eq!(asked.problem(), (403, "method_not_offered"));
    let guess = json!({ "code": "123456", "method": "email" });
    let judged = portal.act(&opened, "verify", guess).await;
    assert_eq!(judged.problem(), (403, "method_not_offered"));
    assert!(world.aws.calls().iter().all(|(call, _)| call == "BatchGetItem"), "nothing written");
}

#[tokio::test(flavor = "multi_thread")]
async fn u1_who_cannot_step_up_is_told_what_to_add() {
    let world = World::start().await;
    let portal = world.portal("passkey_first");
    let first = portal.open(anna()).await;
    assert_eq!(first["status"], "challenge", "an emailed code comes first");
    let denied = step_up(&portal, "app").await;
    let view = denied.body;
    assert_eq!((denied.status, &view["reason"]), (201, &json!("cannot_step_up")));
    let missing = |method: &str| json!({ "method": method, "reason": "not_enrolled" });
    assert_eq!(view["unavailable"], json!([missing("passkey"), missing(APP)]));
    let message = view["message"].as_str().unwrap();
    assert!(message.ends_with("Add one in your security settings first."), "{message}");
    assert_eq!((&view["options"], &view["links"]), (&json!([]), &json!([])));
    let enrolled = portal.act(&view, "enrolment", json!({ "method": APP })).await;
    assert_eq!(enrolled.problem(), (403, "no_usable_method"));

    let off = world.portal(APP);
    let message = step_up(&off, "passkey").await.body["message"].clone();
    assert!(message.as_str().unwrap().ends_with("Ask for help to have one set up."), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn u1_a_step_up_with_the_code_in_the_opening_is_one_call() {
    let world = World::start().await;
    let (portal, secret) = portal_with_app(&world).await;
    let code = world.totp(&secret);
    let body = step_up_body(&[("acr", "app"), ("code", &code)]);
    let done = portal.post("/v1/sign-ins", body).await;
    assert_eq!((done.status, &done.body["status"]), (201, &json!("allowed")));
    // The same code steps nobody up a second time.
    let again = portal.post("/v1/sign-ins", step_up_body(&[("code", &code)])).await;
    assert_eq!(again.problem(), (403, "code_reused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_what_a_step_up_does_not_take_is_refused_and_writes_nothing() {
    let world = World::start().await;
    let (portal, _) = portal_with_app(&world).await;
    world.aws.reset();
    let login = |member: &str, value: &str| {
        let mut body = step_up_body(&[(member, value)]);
        body["event"] = json!("login");
        body
    };
    let ticket = "A".repeat(22);
    for body in [
        step_up_body(&[("acr", "urn:portcullis:acr:app")]),
        step_up_body(&[("acr", "")]),
        step_up_body(&[("ticket", &ticket)]),
        login("acr", "app"),
    ] {
        let refused = portal.post("/v1/sign-ins", body).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{:?}", refused.body);
    }
    let writes = world.aws.calls();
    let is_read = |call: &str| call == "BatchGetItem" || call == "GetItem";
    assert!(writes.iter().all(|(call, _)| is_read(call)), "{writes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn r5_u1_neither_a_recovery_code_nor_a_bypass_code_steps_up() {
    let world = World::start().await;
    let (portal, secret) = portal_with_app(&world).await;
    let path = format!("/v1/admin/portals/{}/user/bypass-code", portal.id);
    let issued = world.admin_ok("POST", &path, on_user("anna", "phone lost")).await;
    let bypass = issued["code"].as_str().unwrap().to_owned();
    let opened = step_up(&portal, "delivered").await.body;
    assert_eq!(portal.verify(&opened, &bypass).await.problem(), (409, "another_step"));
    let recovery = "abcde-fghjk-mnpqr";
    assert_eq!(portal.verify(&opened, recovery).await.problem(), (403, "method_not_offered"));
    assert_eq!(portal.verify(&opened, &world.totp(&secret)).await.status, 200);
    let login = portal.open(anna()).await;
    assert_eq!(portal.verify(&login, &bypass).await.status, 200, "it is good as before");
}
