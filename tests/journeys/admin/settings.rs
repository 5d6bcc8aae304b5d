//! The system's settings are checked when they are saved, and never show secrets.

use crate::harness::{TWILIO_ACCOUNT, TWILIO_SECRET, World, by_twilio_with, settings_with_twilio};
use serde_json::{Value, json};

const PATH: &str = "/v1/admin/settings";

fn twilio(secret: Option<&str>) -> Value {
    let mut settings = settings_with_twilio();
    settings["sms"] = by_twilio_with(secret);
    settings
}

#[tokio::test(flavor = "multi_thread")]
async fn a5_settings_are_saved_only_when_the_provider_would_take_messages() {
    let world = World::start().await;
    let before = world.admin("GET", PATH, None, None).await;
    for (settings, words) in [
        (twilio(Some("wrong-secret")), "Twilio refused"),
        (
            json!({ "email_from": "no-reply@unverified.invalid", "countries": [] }),
            "SES does not send from this address",
        ),
    ] {
        let refused = world.put_settings(settings).await;
        assert_eq!(refused.problem(), (422, "settings_refused"));
        assert!(refused.body["detail"].as_str().unwrap().starts_with(words), "{:?}", refused.body);
    }
    for settings in [
        json!({ "sms": { "provider": "twilio", "client_id": TWILIO_ACCOUNT, "from": "+12025550100" } }),
        json!({ "sms": { "provider": "twilio", "client_id": "../x", "client_secret": "s", "from": "+1" } }),
        json!({ "sms": { "provider": "pigeon" } }),
        json!({ "countries": ["Atlantis"] }),
    ] {
        assert_eq!(world.put_settings(settings).await.problem(), (400, "bad_request"));
    }
    let after = world.admin("GET", PATH, None, None).await;
    assert_eq!((after.etag, after.body), (before.etag, before.body), "nothing half-applied");
    assert_eq!(world.put_settings(twilio(Some(TWILIO_SECRET))).await.status, 200);
    world.admin_ok("POST", "/v1/admin/settings/check", None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a5_a_secret_is_write_only_and_stays_where_it_is_left_out() {
    let world = World::start().await;
    let saved = world.put_settings(twilio(Some(TWILIO_SECRET))).await;
    let read = world.admin("GET", PATH, None, None).await;
    for answer in [&saved.body, &read.body] {
        assert_eq!(answer["sms"]["client_secret_set"], json!(true));
        assert!(!answer.to_string().contains(TWILIO_SECRET), "{answer}");
    }
    assert_eq!(world.put_settings(twilio(None)).await.status, 200);
    let mut other = twilio(None);
    other["sms"]["client_id"] = json!("AC11111111111111111111111111111111");
    assert_eq!(world.put_settings(other).await.problem(), (400, "bad_request"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_change_settings_at_once_the_later_is_told() {
    let world = World::start().await;
    let read = world.admin("GET", PATH, None, None).await;
    let put = async || {
        let settings = json!({ "countries": ["NZ"] });
        world.admin("PUT", PATH, read.etag.as_deref(), Some(settings)).await
    };
    assert_eq!(put().await.status, 200);
    assert_eq!(put().await.problem(), (412, "changed_meanwhile"));
}

/// Ids of Twilio, by prefix.
fn sid(start: &str) -> String {
    format!("{start}{}", "0".repeat(32))
}

#[tokio::test(flavor = "multi_thread")]
async fn a5_a_twilio_api_key_signs_in_to_its_account() {
    let world = World::start().await;
    let key = |account: Option<&str>| {
        let mut settings = twilio(Some(TWILIO_SECRET));
        settings["sms"]["client_id"] = json!(sid("SK"));
        if let Some(account) = account {
            settings["sms"]["account"] = json!(account);
        }
        settings
    };
    for without in [None, Some("SK00000000000000000000000000000000"), Some("AC0")] {
        let refused = world.put_settings(key(without)).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{without:?}");
        assert!(refused.body["detail"].as_str().unwrap().starts_with("sms.account"));
    }
    let saved = world.put_settings(key(Some(TWILIO_ACCOUNT))).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
    assert_eq!(saved.body["sms"]["account"], json!(TWILIO_ACCOUNT));
    assert_eq!(saved.body["findings"][0]["code"], "account_unchecked");
    // The account is in the address of a message, and the key signs in: the stand-in takes nothing
    // else.
    let portal = world.portal("always_on");
    let sign_in = portal.open(crate::harness::anna()).await;
    let sent = portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    assert_eq!(sent.status, 202, "{:?}", sent.body);
    world.code_sent_to("+64211234589").await;
    // A key of another account is refused, at the check and by every send.
    world.set_accounts(json!({ "twilio": { "account": sid("AC").replace('0', "1") } })).await;
    let foreign = world.put_settings(key(Some(TWILIO_ACCOUNT))).await;
    assert_eq!(foreign.problem(), (422, "settings_refused"));
    assert_eq!(foreign.body["findings"][0]["code"], "credentials");
}
