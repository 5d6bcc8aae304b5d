//! A portal's own senders and daily caps, which operators set.

use crate::harness::{World, anna};
use serde_json::{Value, json};

const PORTAL: &str = "/v1/admin/portals/always-on";

#[tokio::test(flavor = "multi_thread")]
async fn e8_a_portal_sends_in_its_own_name_and_within_its_own_caps() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let path = format!("{PORTAL}/sending");
    let shown = async || world.admin("GET", PORTAL, None, None).await.body["sending"].clone();
    let none = json!({ "email_from": null, "sms_from": null, "emails_per_day": null, "texts_per_day": null });
    assert_eq!(shown().await, none);
    for wrong in [
        json!({ "email_from": "not an address" }),
        json!({ "sms_from": "a name too long" }),
        json!({ "emails_per_day": -1 }),
        json!({ "unknown": 1 }),
    ] {
        let refused = world.admin("PUT", &path, None, Some(wrong.clone())).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{wrong}");
    }
    let elsewhere = json!({ "email_from": "codes@elsewhere.example" });
    let refused = world.admin("PUT", &path, None, Some(elsewhere)).await;
    assert_eq!(refused.problem(), (422, "settings_refused"), "outside the identity");
    assert_eq!(shown().await, none);

    let own = json!({ "email_from": "codes@acme.portal.example", "emails_per_day": 1 });
    world.admin_ok("PUT", &path, Some(own)).await;
    assert_eq!(shown().await["email_from"], "codes@acme.portal.example");
    let sign_in = portal.open(anna()).await;
    let send = json!({ "method": "email" });
    assert_eq!(portal.act(&sign_in, "challenge", send.clone()).await.status, 202);
    let from = world.messages().await[0]["from"].as_str().unwrap().to_owned();
    assert!(from.ends_with("<codes@acme.portal.example>"), "{from}");
    let ben = json!({ "id": "ben", "email": "ben@example.com", "email_verified": true });
    let second = portal.open(ben).await;
    assert_eq!(portal.act(&second, "challenge", send).await.problem(), (429, "send_limit"));
    world.admin_ok("PUT", &path, Some(json!({}))).await;
    assert_eq!(shown().await, none);
    let kept: Value = world.admin("GET", PORTAL, None, None).await.body;
    assert_eq!(kept["id"], "always-on");
}
