//! Portal 2: email when the app is out of reach.

use crate::harness::{World, anna, totp};
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
        assert_eq!(sign_in["links"][1]["label"], LINK);
        let link = &sign_in["links"][1];
        let sent =
            portal.act(&sign_in, link["action"].as_str().unwrap(), link["body"].clone()).await;
        assert_eq!((sent.status, &sent.body["offer_default"]), (202, &json!(true)));
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
    let code = totp(&secret, world.running.clock.now());
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
    assert_eq!(unverified["links"].as_array().unwrap().len(), 1);
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
    assert_eq!(sent.body["offer_default"], false);
    let code = world.code_sent_to(EMAIL).await;
    let refused =
        portal.act(&sign_in, "verify", json!({ "code": code, "set_default": "email" })).await;
    assert_eq!(refused.problem(), (403, "default_not_allowed"));
    assert_eq!(portal.verify(&sign_in, &code).await.status, 200);
}
