//! Portal 3: always on, email or SMS chosen at each sign-in, destinations from the contact record.

use crate::harness::{World, anna, by_twilio, other_than};
use serde_json::json;

const EMAIL: &str = "testing@example.co.nz";
const PHONE: &str = "+64211234589";

#[tokio::test(flavor = "multi_thread")]
async fn a6_a7_the_user_chooses_a_way_gets_a_code_and_is_in() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    for (method, to, masked) in [("email", EMAIL, "test*****.co.nz"), ("sms", PHONE, "+64*****89")]
    {
        let sign_in = portal.open(anna()).await;
        assert_eq!(sign_in["status"], "challenge");
        assert_eq!(sign_in["options"].as_array().unwrap().len(), 2);
        assert!(sign_in["challenge"].is_null(), "nothing is sent before the choice");
        assert_eq!(sign_in["links"][0]["label"], "Send security code via email to test*****.co.nz");
        let sent_before = world.outbox().await.len();

        let sent = portal.act(&sign_in, "challenge", json!({ "method": method })).await;
        assert_eq!(
            (sent.status, &sent.body["challenge"]["to"], &sent.body["challenge"]["delivery"]),
            (202, &json!(masked), &json!("sent"))
        );
        assert_eq!(world.outbox().await.len(), sent_before + 1);
        let verified = portal.verify(&sign_in, &world.code_sent_to(to).await).await;
        assert_eq!((verified.status, &verified.body["method"]), (200, &json!(method)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a6_the_choice_is_shown_also_when_only_one_way_is_usable() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal
        .open(json!({ "id": "ben", "email": "ben@example.com", "email_verified": true }))
        .await;
    assert_eq!(
        sign_in["options"],
        json!([{ "method": "email", "to": "be*****.com", "bound": false }])
    );
    assert_eq!(sign_in["unavailable"], json!([{ "method": "sms", "reason": "no_phone" }]));
    assert!(world.outbox().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a8_a_user_with_no_usable_way_is_denied_and_never_let_in() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in =
        portal.open(json!({ "id": "ben", "email": "ben@example.com", "phone": "123" })).await;
    assert_eq!(
        (&sign_in["status"], &sign_in["reason"]),
        (&json!("denied"), &json!("no_usable_method"))
    );
    assert!(sign_in["assertion"].is_null());
    let asked = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!(asked.problem(), (403, "no_usable_method"));
    assert_eq!(portal.verify(&sign_in, "123456").await.problem(), (403, "no_usable_method"));
    assert!(world.outbox().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_a2_nobody_skips_enrols_or_switches_it_off() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.act(&sign_in, "skip", json!({})).await.problem(), (403, "skip_not_allowed"));
    let enrol = portal
        .act(&sign_in, "enrolment", json!({ "method": "sms", "phone": "+64211234500" }))
        .await;
    assert_eq!(enrol.problem(), (409, "another_step"));
    let path = format!("/v1/admin/portals/{}/policy", portal.id);
    let mut policy = world.admin("GET", &path, None, None).await;
    policy.body["enabled"] = json!(false);
    let put = async |body| world.admin("PUT", &path, policy.etag.as_deref(), Some(body)).await;
    assert_eq!(put(policy.body.clone()).await.problem(), (409, "policy_locked"));
    // Also an operator who means it cannot save what makes no sense.
    policy.body["confirm_unlock"] = json!(true);
    assert_eq!(put(policy.body.clone()).await.problem(), (422, "policy_refused"));
    let switch = json!({ "enabled": false, "confirm": true });
    let path = format!("/v1/admin/portals/{}/mfa", portal.id);
    let switched = world.admin("POST", &path, None, Some(switch)).await;
    assert_eq!(switched.problem(), (409, "policy_locked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_again_early_the_code_is_the_same_and_late_both_are_good() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    let ask = async || portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    ask().await;
    let first = world.code_sent_to(EMAIL).await;
    let soon = ask().await;
    assert_eq!((soon.problem(), soon.retry_after), ((429, "resend_too_soon"), Some(30)));
    world.advance(60);
    assert_eq!(ask().await.status, 202);
    assert_eq!(world.code_sent_to(EMAIL).await, first);
    world.advance(120);
    assert_eq!(ask().await.status, 202);
    assert_ne!(world.code_sent_to(EMAIL).await, first);
    assert_eq!(portal.verify(&sign_in, &first).await.status, 200, "until its own expiry");
}

#[tokio::test(flavor = "multi_thread")]
async fn x4_an_expired_code_is_told_apart_for_the_portal_only() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    let code = world.code_sent_to(PHONE).await;
    world.advance(299);
    let wrong = portal.verify(&sign_in, &other_than(&code)).await;
    assert_eq!(wrong.problem(), (403, "code_wrong"));
    world.advance(1);
    let expired = portal.verify(&sign_in, &code).await;
    assert_eq!(expired.problem(), (403, "code_expired"));
    assert_eq!(expired.body["detail"], wrong.body["detail"]);
    assert_eq!(expired.body["attempts_left"], 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_address_kills_the_code_that_is_under_way() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    let code = world.code_sent_to(EMAIL).await;
    portal
        .open(json!({ "id": "anna", "email": "other@example.com", "email_verified": true }))
        .await;
    assert_eq!(portal.verify(&sign_in, &code).await.problem(), (409, "no_code_requested"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s18_a_providers_refusal_names_the_other_ways_and_costs_nothing() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    world.set_providers("refuse").await;
    for method in ["email", "sms"] {
        let refused = portal.act(&sign_in, "challenge", json!({ "method": method })).await;
        assert_eq!(refused.problem(), (502, "delivery_failed"));
        assert_eq!(refused.body["options"].as_array().unwrap().len(), 1);
        assert_ne!(refused.body["options"][0]["method"], method);
    }
    world.set_providers("deliver").await;
    let sent = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!(
        (sent.status, &sent.body["challenge"]["sends_left"]),
        (202, &json!(4)),
        "the refused sends were given back"
    );
    assert_eq!(portal.verify(&sign_in, &world.code_sent_to(EMAIL).await).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s18_a_provider_that_never_answers_is_told_honestly_and_the_code_works_if_it_comes() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    world.set_providers("silent").await;
    let sent = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!((sent.status, &sent.body["challenge"]["delivery"]), (202, &json!("unknown")));
    assert_eq!(world.sent_to(EMAIL).await.len(), 1, "one try");
    assert_eq!(portal.verify(&sign_in, &world.code_sent_to(EMAIL).await).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn sends_are_limited_per_sign_in_and_per_user() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let ask = async |sign_in: &serde_json::Value| {
        portal.act(sign_in, "challenge", json!({ "method": "email" })).await
    };
    let sign_in = portal.open(anna()).await;
    for _ in 0..5 {
        assert_eq!(ask(&sign_in).await.status, 202);
        world.advance(31);
    }
    assert_eq!(ask(&sign_in).await.problem(), (429, "no_sends_left"));
    let sign_in = portal.open(anna()).await;
    assert_eq!(ask(&sign_in).await.status, 202);
    world.advance(31);
    assert_eq!(ask(&sign_in).await.problem(), (429, "send_limit"));
    assert_eq!(world.outbox().await.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a5_without_a_provider_sms_is_not_offered() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let settings = json!({ "email_from": "no-reply@portal.example", "countries": ["NZ"] });
    assert_eq!(world.put_settings(settings).await.status, 200);
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["unavailable"], json!([{ "method": "sms", "reason": "provider_not_set" }]));
    let asked = portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    assert_eq!(asked.problem(), (403, "method_not_offered"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a5_twilio_sends_with_a_sealed_secret() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let settings = json!({ "sms": by_twilio(), "countries": ["NZ"] });
    assert_eq!(world.put_settings(settings).await.status, 200);
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await.status, 202);
    assert_eq!(world.outbox().await[0]["provider"], "twilio");
    assert_eq!(portal.verify(&sign_in, &world.code_sent_to(PHONE).await).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s17_texts_go_to_allowed_countries_only_and_caps_are_exact() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let settings = |cap| {
        json!({
            "sms": { "provider": "sns" }, "countries": ["NZ"],
            "caps": { "texts_per_prefix_per_day": cap, "texts_per_portal_per_day": 100 },
        })
    };
    world.put_settings(settings(2)).await;
    let abroad = portal.open(json!({ "id": "us", "phone": "+1 202 555 0123" })).await;
    assert_eq!(
        abroad["unavailable"][1],
        json!({ "method": "sms", "reason": "country_not_allowed" })
    );
    for (user, status) in [("a", 202), ("b", 202), ("c", 429)] {
        let sign_in =
            portal.open(json!({ "id": user, "phone": format!("021 123 45{}9", user.len()) })).await;
        let sent = portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
        assert_eq!(sent.status, status, "{:?}", sent.body);
    }
    assert_eq!(world.outbox().await.len(), 2);
}
