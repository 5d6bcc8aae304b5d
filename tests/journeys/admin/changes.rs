//! Entries about changes by admins: each field with its old and new value, and no secret.

use crate::{
    console::{operator, signed_in},
    harness::{Portal, TWILIO_ACCOUNT, TWILIO_SECRET, World, by_twilio_with},
};
use serde_json::{Value, json};
use std::time::Duration;

/// Returns the newest entry of a kind, once there are so many.
async fn newest(world: &World, portal: &str, event: &str, count: usize) -> Value {
    let newest = |entries: &[Value]| entries.first().filter(|_| entries.len() >= count).cloned();
    once(world, portal, event, newest).await
}

async fn about(world: &World, admin: &str, event: &str) -> Value {
    let about = |entries: &[Value]| entries.iter().find(|entry| entry["reason"] == admin).cloned();
    once(world, "console", event, about).await
}

/// Searches the entries of a kind until the stream has brought the right one.
async fn once(
    world: &World,
    portal: &str,
    event: &str,
    find: impl Fn(&[Value]) -> Option<Value>,
) -> Value {
    let path = format!("/v1/admin/portals/{portal}/activity?event={event}");
    for _ in 0..100 {
        let page = world.admin_ok("GET", &path, None).await;
        if let Some(entry) = find(page["entries"].as_array().unwrap()) {
            return entry;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no such entry {event} within ten seconds");
}

fn change(field: &str, old: &str, new: &str) -> Value {
    json!({ "field": field, "old": old, "new": new })
}

async fn change_profile(world: &World, portal: &Portal, change: impl FnOnce(&mut Value)) {
    let saved = world.change_profile(&portal.id, change).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn x5_a_policy_that_was_replaced_or_switched_is_told_field_by_field() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    let replaced = async |count| newest(&world, &portal.id, "policy_changed", count).await;
    world
        .change_policy(&portal, |policy| {
            policy["enforcement"] = json!({ "type": "opt_out" });
            policy["allowed_countries"] = json!(["NZ", "AU"]);
            policy["code_lifetime_seconds"] = json!(120);
        })
        .await;
    let entry = replaced(1).await;
    assert_eq!(entry["actor"], "admin:operator");
    let wanted = [
        change("enforcement", "required", "opt_out"),
        change("allowed_countries", "all of the system's", "NZ, AU"),
        change("code_lifetime_seconds", "300", "120"),
    ];
    assert_eq!(entry["changes"], json!(wanted));

    // The same policy once more is an entry that changed nothing.
    world.advance(1);
    world.change_policy(&portal, |_| ()).await;
    assert_eq!(replaced(2).await["changes"], json!([]));

    for (enabled, kind, wanted) in [
        (false, "switched_off", vec![change("enabled", "on", "off")]),
        (true, "switched_on", vec![change("enabled", "off", "on"), change("generation", "1", "2")]),
    ] {
        let path = format!("/v1/admin/portals/{}/mfa", portal.id);
        let body = json!({ "enabled": enabled, "confirm": true });
        world.admin_ok("POST", &path, Some(body)).await;
        assert_eq!(newest(&world, &portal.id, kind, 1).await["changes"], json!(wanted));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t2_trust_is_ended_for_a_whole_portal_by_one_confirmed_call_that_is_told() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    let path = format!("/v1/admin/portals/{}", portal.id);
    let before = world.admin_ok("GET", &path, None).await;
    assert_eq!(before["trust_not_before"], json!(null));
    for unsaid in [json!({}), json!({ "confirm": false }), json!({ "confirm": true, "id": "x" })] {
        let refused = world.admin("POST", &format!("{path}/end-trust"), None, Some(unsaid)).await;
        assert_eq!(refused.problem(), (400, "bad_request"));
    }
    assert_eq!(world.admin_ok("GET", &path, None).await, before, "nothing was written");

    let confirmed = json!({ "confirm": true });
    let mut told = "none".to_owned();
    for count in [1, 2] {
        world.advance(60);
        let ended = format!("{path}/end-trust");
        let ended = world.admin_ok("POST", &ended, Some(confirmed.clone())).await;
        let at = ended["trust_not_before"].clone();
        let mut after = world.admin_ok("GET", &path, None).await;
        assert_eq!(after["trust_not_before"], at);
        after["trust_not_before"] = json!(null);
        assert_eq!(after, before, "nothing else is changed");
        let entry = newest(&world, &portal.id, "all_trust_ended", count).await;
        assert_eq!(entry["actor"], "admin:operator");
        let now = at.to_string();
        assert_eq!(entry["changes"], json!([change("trust_not_before", &told, &now)]));
        told = now;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn x5_a_portals_profile_and_its_keys_are_told_from_the_first_on() {
    let world = World::start().await;
    let made = json!({ "id": "acme", "profile": { "description": "Acme" }, "preset": "managed" });
    let refused = world.admin("POST", "/v1/admin/portals", None, Some(made.clone())).await;
    assert_eq!(refused.problem(), (422, "policy_refused"));
    let mut made = made;
    made["profile"]["enrolment_url"] = json!("https://acme.example/enrol");
    world.admin_ok("POST", "/v1/admin/portals", Some(made)).await;
    let begins = newest(&world, "acme", "portal_created", 1).await["changes"].clone();
    for field in [
        change("description", "none", "\"Acme\""),
        change("switched_by", "none", "provider"),
        change("methods", "none", "authenticator_app"),
    ] {
        assert!(begins.as_array().unwrap().contains(&field), "{begins}");
    }

    let portal = Portal { id: "acme".to_owned(), ..world.portal("managed") };
    let back = "https://acme.example/back";
    change_profile(&world, &portal, |profile| {
        profile["description"] = json!("Acme & Söhne");
        profile["return_urls"] = json!([back]);
    })
    .await;
    let entry = newest(&world, "acme", "portal_changed", 1).await;
    let wanted = [
        change("description", "\"Acme\"", "\"Acme & Söhne\""),
        change("return_urls", "none", back),
    ];
    assert_eq!(entry["changes"], json!(wanted));

    let keys = "/v1/admin/portals/acme/keys";
    let key = world.admin_ok("POST", keys, Some(json!({}))).await;
    let id = key["id"].as_str().unwrap();
    let added = newest(&world, "acme", "key_added", 1).await;
    let [old, new] = ["old", "new"].map(|value| &added["changes"][0][value]);
    assert_eq!(*new, format!("{}, {id}", old.as_str().unwrap()));
    world.admin_ok("DELETE", &format!("{keys}/{id}"), None).await;
    let limits = |entry: &Value, field: &str| {
        let changes = entry["changes"].as_array().unwrap().iter();
        let change = changes.filter(|change| change["field"] == field);
        change.map(|change| json!([change["old"], change["new"]])).collect::<Vec<_>>()
    };
    let scopes = format!("{id} sign_in, {id} contacts");
    assert_eq!(limits(&added, "keys.scopes"), [json!(["none", scopes])]);
    let revoked = newest(&world, "acme", "key_revoked", 1).await;
    assert_eq!(limits(&revoked, "keys.scopes"), [json!([scopes, "none"])]);
    assert_eq!(revoked["reason"], id);
    assert_eq!((&revoked["changes"][0]["old"], &revoked["changes"][0]["new"]), (new, old));
    assert!(!added.to_string().contains(key["api_key"].as_str().unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn x5_settings_are_told_with_their_values_and_the_providers_secret_as_changed() {
    let world = World::start().await;
    let settings = |secret: Option<&str>, cap: u32| {
        let sms = by_twilio_with(secret);
        let caps = json!({ "texts_per_prefix_per_day": 100, "texts_per_portal_per_day": cap });
        json!({ "email_from": "no-reply@portal.example", "sms": sms, "countries": ["NZ"], "caps": caps })
    };
    let mut told = vec![];
    for (secret, cap) in [(Some(TWILIO_SECRET), 2_000), (None, 5_000), (Some(TWILIO_SECRET), 5_000)]
    {
        world.advance(1);
        let saved = world.put_settings(settings(secret, cap)).await;
        assert_eq!(saved.status, 200, "{:?}", saved.body);
        // One more lies there from the start of the world.
        let entry = newest(&world, "console", "settings_changed", told.len() + 2).await;
        assert!(!entry.to_string().contains(TWILIO_SECRET), "{entry}");
        told.push(entry["changes"].clone());
    }
    let secret = json!({ "field": "sms.client_secret", "old": null, "new": null });
    let first = told[0].as_array().unwrap();
    assert!(first.contains(&secret), "{first:?}");
    assert!(first.contains(&change("sms.client_id", "none", &format!("\"{TWILIO_ACCOUNT}\""))));
    assert_eq!(told[1], json!([change("caps.texts_per_portal_per_day", "2000", "5000")]));
    assert_eq!(told[2], json!([secret]));
}

#[tokio::test(flavor = "multi_thread")]
async fn x5_another_role_is_told_with_the_one_before_and_where_each_holds() {
    let world = World::start().await;
    let technician = json!({ "role": "technician", "portals": ["managed", "always-on"] });
    let jo = json!({ "name": "jo", "role": technician });
    world.admin_ok("POST", "/v1/admin/admins", Some(jo)).await;
    let entry = about(&world, "jo", "admin_added").await;
    let first =
        [change("role", "none", "technician"), change("portals", "none", "managed, always-on")];
    assert_eq!(entry["changes"], json!(first));
    let role = json!({ "role": "org_admin", "portal": "managed", "organization": "Widgets" });
    world.admin_ok("PUT", "/v1/admin/admins/jo", Some(json!({ "role": role }))).await;
    let entry = about(&world, "jo", "admin_changed").await;
    let second = [
        change("role", "technician", "org_admin"),
        change("portals", "managed, always-on", "managed"),
        change("organization", "none", "\"Widgets\""),
    ];
    assert_eq!(entry["changes"], json!(second));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_in_the_console_stands_on_its_log_and_in_the_export_as_text() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let browser = signed_in(&world, &operator(&world)).await;
    let switch = format!("/console/portals/{}/switch", portal.id);
    let switched =
        browser.submit(&switch, &switch, &[("enabled", "false"), ("confirm", "true")]).await;
    assert!(switched.location.is_some(), "{}", switched.text);
    let entry = newest(&world, &portal.id, "switched_off", 1).await;
    assert_eq!(entry["changes"], json!([change("enabled", "on", "off")]));
    let name = "=1+1, <script>alert(1)</script>";
    world.advance(1);
    change_profile(&world, &portal, |profile| profile["sender_name"] = json!(name)).await;
    newest(&world, &portal.id, "portal_changed", 1).await;

    let log = format!("/console/portals/{}/activity", portal.id);
    let page = browser.get(&log).await;
    assert!(page.says("<li>enabled: on → off</li>"), "{}", page.text);
    let escaped = "→ &#34;=1+1, &#60;script&#62;alert(1)&#60;/script&#62;&#34;</li>";
    assert!(page.says(escaped) && !page.says("<script>alert"), "{}", page.text);
    let csv = browser.get(&format!("{log}/export")).await.text;
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows[0].ends_with(",id,changes,device,network,ground,checked_by"), "{csv}");
    let cell = format!(",\"sender_name: none -> \"\"{name}\"\"\",,,,");
    assert!(rows[1].ends_with(&cell), "{csv}");
    assert!(rows[2].ends_with(",enabled: on -> off,,,,"), "{csv}");
}
