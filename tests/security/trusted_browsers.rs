//! Faults of remembered browsers that were published about other products.

use crate::{
    harness::{Portal, World, anna, recovery_codes},
    journeys::trusted_browsers::{open_in, remember, remembering, token, trusted},
};
use serde_json::json;

/// Asserts that a browser is asked for a code, and gets no assertion.
async fn is_asked(portal: &Portal, token: &str, why: &str) {
    let opened = open_in(portal, token, json!({})).await;
    assert_eq!(opened.body["status"], "challenge", "{why}: {:?}", opened.body);
    assert_eq!(opened.body.get("assertion"), None, "{why}");
}

async fn is_passed(portal: &Portal, token_now: &str) -> String {
    let opened = open_in(portal, token_now, json!({})).await;
    assert_eq!(opened.body["status"], "allowed", "{:?}", opened.body);
    token(&opened)
}

#[tokio::test(flavor = "multi_thread")]
async fn t4_a_changed_password_leaves_no_browser_trusted_nor_does_a_mailbox() {
    for by in ["old_password", "email", "sms", "support"] {
        let world = World::start().await;
        let (portal, secret) = remembering(&world).await;
        let first = trusted(&world, &portal, &secret).await;
        let first = is_passed(&portal, &first).await;
        // Whoever has the mailbox sets a new password, at the computer that was remembered.
        let change = json!({ "at": world.now().unix(), "by": by });
        let user = json!({
            "email": "testing@example.co.nz", "email_verified": true, "password_changed": change,
        });
        assert_eq!(portal.put_user("anna", &user).await.status, 200);
        world.advance(30);
        is_asked(&portal, &first, by).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t4_a_reset_leaves_no_browser_trusted_also_after_the_next_enrolment() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let first = trusted(&world, &portal, &secret).await;
    let actor = json!({ "id": "boss", "role": "portal_admin" });
    let reset = json!({ "actor": actor, "reason": "phone lost", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    let opened = open_in(&portal, &first, json!({})).await;
    assert_eq!(opened.body["status"], "enrol");
    portal.enrol_app(&world, anna()).await;
    world.advance(30);
    is_asked(&portal, &first, "after a new enrolment").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t4_a_recovery_code_leaves_no_browser_trusted_and_earns_no_trust() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    world.give_recovery_codes(&portal, "offered").await;
    remember(&world, &portal).await;
    let sign_in = portal.open(anna()).await;
    let started = portal.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
    let secret = started.secret().to_owned();
    let code = json!({ "code": world.totp(&secret) });
    let codes = recovery_codes(&portal.act(&sign_in, "enrolment/confirm", code).await.body);
    world.advance(30);
    let first = trusted(&world, &portal, &secret).await;
    let first = is_passed(&portal, &first).await;
    let sign_in = portal.open(anna()).await;
    let code = json!({ "code": codes[0], "remember_browser": true });
    let recovered = portal.act(&sign_in, "verify", code).await;
    assert_eq!(recovered.status, 200, "{:?}", recovered.body);
    assert_eq!(recovered.body.get("browser_token"), None);
    is_asked(&portal, &first, "somebody may have found the code").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t4_a_computer_that_two_share_is_trusted_for_each_alone() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let first = trusted(&world, &portal, &secret).await;
    let ben = json!({ "id": "ben" });
    portal.enrol_app(&world, ben.clone()).await;
    world.advance(30);
    let opened = open_in(&portal, &first, json!({ "user": ben })).await;
    assert_eq!(opened.body["status"], "challenge", "{:?}", opened.body);
    is_passed(&portal, &first).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t4_a_code_that_stands_in_for_the_app_earns_no_trust() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    remember(&world, &portal).await;
    portal.enrol_app(&world, anna()).await;
    world.advance(60);
    let sign_in = portal.open(anna()).await;
    let sent = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!(sent.body["input"]["checkbox"]["name"], "set_default", "{:?}", sent.body);
    let code = world.code_sent_to("testing@example.co.nz").await;
    let body = json!({ "code": code, "method": "email", "remember_browser": true });
    let verified = portal.act(&sign_in, "verify", body).await;
    assert_eq!(verified.status, 200, "{:?}", verified.body);
    is_asked(&portal, &token(&verified), "the mailbox is no trusted browser").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t4_trust_is_used_up_in_the_write_that_lets_in_and_a_wrong_code_earns_none() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let sign_in = portal.open(anna()).await;
    let wrong = json!({ "code": "000000", "remember_browser": true });
    let refused = portal.act(&sign_in, "verify", wrong).await;
    assert_eq!(refused.problem().1, "code_wrong");
    assert_eq!(refused.body["sign_in"].get("browser_token"), None);
    let first = trusted(&world, &portal, &secret).await;
    world.aws.reset();
    open_in(&portal, &first, json!({})).await;
    let mut calls = world.aws.calls();
    calls.retain(|(call, _)| call != "BatchGetItem");
    assert_eq!(calls.iter().map(|(_, count)| count).sum::<u32>(), 1, "{calls:?}");
}
