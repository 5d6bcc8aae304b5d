//! S7: a half-bound method counts for nothing, and opens nothing alone.

use crate::harness::{Portal, World, anna, fresh_nonce, other_than};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn s7_an_enrolment_that_was_not_confirmed_counts_as_nothing() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let first = portal.open(anna()).await;
    let app = json!({ "method": "authenticator_app" });
    let pending = portal.act(&first, "enrolment", app).await;
    let secret = pending.secret().to_owned();
    let second = portal.open(anna()).await;
    assert_eq!(second["status"], "enrol");
    let code = world.totp(&secret);
    let refused = portal.verify(&second, &code).await;
    assert_eq!(refused.problem(), (403, "method_not_offered"));
    let other = portal.act(&second, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!(other.problem(), (409, "another_step"), "what is pending belongs to its sign-in");
}

/// Guesses wrongly forty times in a known browser: so slowly that it stays one.
async fn disable(world: &World, portal: &Portal, secret: &str) {
    let open = async |token: &Value| {
        let nonce = fresh_nonce();
        let mut body = json!({ "user": anna(), "event": "login", "nonce": nonce });
        if let Some(token) = token.as_str() {
            body["browser_token"] = json!(token);
        }
        let opened = portal.post("/v1/sign-ins", body).await;
        assert_eq!(opened.status, 201, "{:?}", opened.body);
        opened.body
    };
    let sign_in = open(&Value::Null).await;
    let token = portal.verify(&sign_in, &world.totp(secret)).await.body["browser_token"].clone();
    for n in 1..=40 {
        world.advance(if n % 15 == 1 { 31 * 86_400 } else { 21_600 });
        let wrong = other_than(&world.totp(secret));
        let answer = portal.verify(&open(&token).await, &wrong).await;
        assert_eq!(answer.problem().1, "code_wrong", "{n}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s7_what_was_disabled_is_denied_until_a_reset_and_never_enrols() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    disable(&world, &portal, &secret).await;
    world.advance(31 * 86_400);
    let denied = portal.open(anna()).await;
    assert_eq!(
        (&denied["status"], &denied["reason"]),
        (&json!("denied"), &json!("authenticator_disabled"))
    );
    let right = world.totp(&secret);
    for (action, body) in [
        ("verify", json!({ "code": right })),
        ("enrolment", json!({ "method": "authenticator_app" })),
        ("skip", json!({})),
    ] {
        let refused = portal.act(&denied, action, body).await;
        assert_eq!(refused.problem(), (403, "authenticator_disabled"), "{action}");
    }
    let actor = json!({ "id": "boss", "role": "portal_admin" });
    let reset = json!({ "actor": actor, "reason": "called back", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    assert_eq!(portal.open(anna()).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn s7_what_belongs_to_an_older_generation_opens_nothing() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    let address = "testing@example.co.nz";
    let sign_in = portal.open(json!({ "id": "anna" })).await;
    let start = json!({ "method": "email", "email": address });
    portal.act(&sign_in, "enrolment", start).await;
    let code = world.code_sent_to(address).await;
    let done = portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!(done.status, 200);
    for enabled in [false, true] {
        world.change_policy(&portal, |policy| policy["enabled"] = json!(enabled)).await;
    }
    world.advance(60);
    let stale = portal.open(json!({ "id": "anna" })).await;
    assert_eq!((&stale["status"], stale.get("challenge")), (&json!("enrol"), None));
    let refused = portal.act(&stale, "challenge", json!({ "method": "email" })).await;
    assert_eq!(refused.problem(), (403, "method_not_offered"), "nothing goes to the old address");
}
