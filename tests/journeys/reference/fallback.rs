//! Portal 2: email when the app is out of reach.

use crate::harness::{World, anna};
use serde_json::json;

const EMAIL: &str = "testing@example.co.nz";
const LINK: &str = "Send security code via email to test*****.co.nz";

#[tokio::test(flavor = "multi_thread")]
async fn f3_f7_email_gets_a_user_in_and_is_no_enrolment() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    for _ in 0..2 {
        let sign_in = portal.open(anna()).await;
        assert_eq!(sign_in["status"], "enrol");
        assert_eq!(sign_in["input"]["label"], "Set up an authenticator app");
        assert_eq!(sign_in["links"][0]["label"], LINK);
        let link = &sign_in["links"][0];
        let sent =
            portal.act(&sign_in, link["action"].as_str().unwrap(), link["body"].clone()).await;
        assert_eq!((sent.status, &sent.body["challenge"]["offer_default"]), (202, &json!(true)));
        let verified = portal.verify(&sign_in, &world.code_sent_to(EMAIL).await).await;
        assert_eq!((verified.status, &verified.body["method"]), (200, &json!("email")));
    }
    portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["links"][0]["label"], LINK, "the code step carries the link too");
}

#[tokio::test(flavor = "multi_thread")]
async fn f5_f8_email_can_be_made_the_default_and_goes_out_at_once_then() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    let code = world.code_sent_to(EMAIL).await;
    let verified =
        portal.act(&sign_in, "verify", json!({ "code": code, "set_default": "email" })).await;
    assert_eq!(verified.status, 200);

    let sign_in = portal.open(anna()).await;
    assert_eq!(
        (&sign_in["default"], &sign_in["challenge"]["to"]),
        (&json!("email"), &json!("test*****.co.nz"))
    );
    assert_eq!(sign_in["challenge"]["offer_default"], false);
    assert_eq!(portal.verify(&sign_in, &world.code_sent_to(EMAIL).await).await.status, 200);

    let sign_in = portal.open(anna()).await;
    let code = world.totp(&secret);
    let by_app = portal
        .act(&sign_in, "verify", json!({ "code": code, "method": "authenticator_app" }))
        .await;
    assert_eq!((by_app.status, &by_app.body["method"]), (200, &json!("authenticator_app")));
}

#[tokio::test(flavor = "multi_thread")]
async fn f10_f12_without_fallback_or_verified_address_there_is_no_link_and_asking_is_refused() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    let unverified = portal.open(json!({ "id": "ben", "email": "ben@example.com" })).await;
    assert_eq!(unverified["input"]["label"], "Set up an authenticator app");
    assert_eq!(unverified["links"], json!([]));
    world
        .change_policy(&portal, |policy| {
            policy["methods"][0]["email_fallback"] = json!("forbidden")
        })
        .await;
    let sign_in = portal.open(anna()).await;
    for sign_in in [&unverified, &sign_in] {
        let asked = portal.act(sign_in, "challenge", json!({ "method": "email" })).await;
        assert_eq!(asked.problem(), (403, "method_not_offered"));
    }
    assert!(world.outbox().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn f10_where_email_cannot_be_the_default_setting_it_is_refused_before_the_code_is_judged() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    world
        .change_policy(&portal, |policy| policy["methods"][0]["email_fallback"] = json!("allowed"))
        .await;
    let sign_in = portal.open(anna()).await;
    let sent = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!(sent.body["challenge"]["offer_default"], false);
    let code = world.code_sent_to(EMAIL).await;
    let refused =
        portal.act(&sign_in, "verify", json!({ "code": code, "set_default": "email" })).await;
    assert_eq!(refused.problem(), (403, "default_not_allowed"));
    assert_eq!(portal.verify(&sign_in, &code).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn f1_f2_the_default_is_below_the_fallback_and_both_are_for_clients_with_the_app() {
    let world = World::start().await;
    let profile = json!({ "description": "Staff portal", "audience": "staff" });
    for fallback in ["allowed", "allowed_as_default"] {
        let policy = json!({
            "enabled": true, "enforcement": { "type": "required" }, "switched_by": "portal_admin",
            "methods": [{ "type": "authenticator_app", "issuer": null, "email_fallback": fallback }],
            "when_off": "challenge_nobody", "when_on_again": "keep_enrolments", "after_reset": "open",
            "allowed_countries": [], "code_lifetime_seconds": 300,
        });
        let portal = json!({ "id": "staff", "profile": profile, "policy": policy });
        let refused = world.admin("POST", "/v1/admin/portals", None, Some(portal)).await;
        assert_eq!(refused.problem(), (422, "policy_refused"));
        assert!(refused.body["detail"].as_str().unwrap().contains("client-facing"), "says why");
    }
    // Allowed without the default: the code gets in, and is not offered as the default.
    let portal = world.portal("authenticator_app_with_email");
    world.change_policy(&portal, |p| p["methods"][0]["email_fallback"] = json!("allowed")).await;
    let sign_in = portal.open(anna()).await;
    let sent = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!((sent.status, &sent.body["challenge"]["offer_default"]), (202, &json!(false)));
}

#[tokio::test(flavor = "multi_thread")]
async fn f4_f6_a_form_that_prints_message_and_links_offers_the_masked_address_without_knowing_why()
{
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    let link = &sign_in["links"][0];
    assert_eq!(link["label"], LINK);
    // The form posts the link's body to its action, unchanged, and shows the sign-in again.
    let action = link["action"].as_str().unwrap();
    assert_eq!(portal.act(&sign_in, action, link["body"].clone()).await.status, 202);
    let again = portal.look(&sign_in).await.body;
    assert_eq!(again["message"], "Enter the 6-digit code sent to test*****.co.nz");
    assert!(!again.to_string().contains("testing@"), "masked by the server");
    assert_eq!(portal.verify(&sign_in, &world.code_sent_to(EMAIL).await).await.status, 200);
}

async fn make_default(world: &World, portal: &crate::harness::Portal) {
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    let code = json!({ "code": world.code_sent_to(EMAIL).await, "set_default": "email" });
    assert_eq!(portal.act(&sign_in, "verify", code).await.status, 200);
    world.advance(60);
}

#[tokio::test(flavor = "multi_thread")]
async fn f8_with_the_default_the_app_can_still_be_chosen() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    let secret = portal.enrol_app(&world, anna()).await;
    make_default(&world, &portal).await;
    let sign_in = portal.open(anna()).await;
    let link = &sign_in["links"][0];
    assert_eq!(link["label"], "Use the authenticator app");
    let chosen = portal.act(&sign_in, link["action"].as_str().unwrap(), link["body"].clone()).await;
    let asked = json!({ "method": "authenticator_app" });
    assert_eq!((chosen.status, &chosen.body["input"]["body"]), (202, &asked));
    let again = portal.look(&sign_in).await.body;
    assert_eq!(again["message"], "Enter the 6-digit code displayed in your authenticator app");
    // What is typed now is the app's, without saying so.
    let code = world.totp(&secret);
    let done = portal.verify(&sign_in, &code).await;
    assert_eq!((done.status, &done.body["method"]), (200, &json!("authenticator_app")));
}

#[tokio::test(flavor = "multi_thread")]
async fn f8_with_the_default_an_app_is_set_up_after_the_emailed_code_and_not_before() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    make_default(&world, &portal).await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["status"], "challenge", "no QR step is shown");
    let link = &sign_in["links"][0];
    assert_eq!(link["label"], "Set up an authenticator app");
    portal.act(&sign_in, link["action"].as_str().unwrap(), link["body"].clone()).await;
    let app = json!({ "method": "authenticator_app" });
    let early = portal.act(&sign_in, "enrolment", app.clone()).await;
    assert_eq!(early.problem(), (409, "another_step"));
    let passed = portal.verify(&sign_in, &world.code_sent_to(EMAIL).await).await;
    assert_eq!((passed.status, &passed.body["status"]), (200, &json!("enrol")));
    assert!(passed.body["assertion"].is_null());
    let started = portal.act(&sign_in, "enrolment", app).await;
    let secret = started.secret();
    let code = json!({ "code": world.totp(secret) });
    let done = portal.act(&sign_in, "enrolment/confirm", code).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")));
}
