//! Documents that were read can be sent back.

use crate::harness::{World, by_twilio};
use serde_json::json;

const PORTAL: &str = "/v1/admin/portals/authenticator-app";

#[tokio::test(flavor = "multi_thread")]
async fn v33_what_was_read_is_accepted_as_it_is_and_changes_nothing() {
    let world = World::start().await;
    let settings = json!({ "email_from": "no-reply@portal.example", "sms": by_twilio() });
    assert_eq!(world.put_settings(settings).await.status, 200);
    for path in [PORTAL, &format!("{PORTAL}/policy"), "/v1/admin/settings"] {
        let read = world.admin("GET", path, None, None).await;
        let sent_back = read.body.clone();
        let saved = world.admin("PUT", path, read.etag.as_deref(), Some(sent_back)).await;
        assert_eq!(saved.status, 200, "{path}: {:?}", saved.body);
        assert_eq!(world.admin("GET", path, None, None).await.body, read.body, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn v33_a_portal_that_is_sent_back_changes_its_profile_and_nothing_else() {
    let world = World::start().await;
    let read = world.admin("GET", PORTAL, None, None).await;
    for (field, value) in [
        ("/policy/enabled", json!(false)),
        ("/keys", json!([])),
        ("/id", json!("managed")),
        ("/generation", json!(7)),
        ("/share", json!(7)),
        ("/log_days", json!(400)),
        ("/sending/emails_per_day", json!(7)),
        ("/logo", json!("/prompt/logo/managed_AAAA")),
        ("/issuer", json!("Another")),
    ] {
        let mut changed = read.body.clone();
        *changed.pointer_mut(field).unwrap() = value;
        let refused = world.admin("PUT", PORTAL, read.etag.as_deref(), Some(changed)).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{field}");
        let detail = refused.body["detail"].as_str().unwrap();
        assert!(detail.contains("only the profile is replaced here"), "{detail}");
    }
    assert_eq!(world.admin("GET", PORTAL, None, None).await.body, read.body);
    let saved = world.change_profile("authenticator-app", |p| p["support"] = json!("Call")).await;
    assert_eq!(saved.body["profile"]["support"], "Call");
}
