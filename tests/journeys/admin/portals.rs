//! Portals and their keys.

use crate::harness::{Portal, Reply, World, anna, because, on_user, reset_of};
use serde_json::{Value, json};

fn profile() -> Value {
    json!({ "description": "Acme", "audience": "clients", "default_country": "NZ" })
}

async fn make(world: &World, id: &str, preset: &str) -> Portal {
    let body = json!({ "id": id, "profile": profile(), "preset": preset });
    let made = world.admin_ok("POST", "/v1/admin/portals", Some(body)).await;
    let key = made["api_key"].as_str().unwrap().to_owned();
    Portal { id: id.to_owned(), key, ..world.portal("managed") }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_is_made_read_changed_and_listed() {
    let world = World::start().await;
    make(&world, "acme", "authenticator_app").await;
    let path = "/v1/admin/portals/acme";
    let read = world.admin("GET", path, None, None).await;
    assert_eq!((&read.body["issuer"], &read.body["generation"]), (&json!("Acme"), &json!(1)));
    assert!(read.body["keys"][0].get("hash").is_none(), "{:?}", read.body["keys"]);
    let mut changed = read.body.clone();
    changed["profile"]["description"] = json!("Acme & Co");
    changed["profile"]["return_urls"] = json!(["https://acme.example/back"]);
    changed["profile"]["support"] = json!("Call 0800 123 456");
    let put =
        async |etag: Option<&str>| world.admin("PUT", path, etag, Some(changed.clone())).await;
    assert_eq!(put(None).await.problem(), (428, "if_match_missing"));
    let saved = put(read.etag.as_deref()).await;
    assert_eq!((saved.status, &saved.body["issuer"]), (200, &json!("Acme & Co")));
    assert_eq!(put(read.etag.as_deref()).await.problem(), (412, "changed_meanwhile"));
    for (field, value) in [
        ("return_urls", json!(["http://acme.example/back"])),
        ("enrolment_url", json!("javascript:alert(1)")),
        ("sms_name", json!("客户")),
        ("description", json!("a\nb")),
        ("unknown", json!(1)),
    ] {
        let mut body = saved.body.clone();
        body["profile"][field] = value;
        let refused = world.admin("PUT", path, saved.etag.as_deref(), Some(body)).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{field}");
    }
    let list = world.admin_ok("GET", "/v1/admin/portals", None).await;
    let ids: Vec<&str> =
        list["portals"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted() && ids.contains(&"acme") && ids.contains(&"console"), "{ids:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn f2_the_audience_cannot_change_under_a_fallback() {
    let world = World::start().await;
    let portal = "authenticator-app-with-email";
    let refused = world.change_profile(portal, |p| p["audience"] = json!("staff")).await;
    assert_eq!(refused.problem(), (422, "policy_refused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn four_keys_work_at_once_and_a_revoked_or_expired_one_is_refused_from_the_next_call_on() {
    let world = World::start().await;
    let first = make(&world, "acme", "authenticator_app").await;
    let keys = "/v1/admin/portals/acme/keys";
    let soon = world.now().unix() + 60;
    let past = world.admin("POST", keys, None, Some(json!({ "expires_at": soon - 60 }))).await;
    assert_eq!(past.problem(), (400, "bad_request"));
    let made = world.admin_ok("POST", keys, Some(json!({ "expires_at": soon }))).await;
    let second = Portal { key: made["api_key"].as_str().unwrap().to_owned(), ..first.clone() };
    for _ in 0..2 {
        world.admin_ok("POST", keys, Some(json!({}))).await;
    }
    let fifth = world.admin("POST", keys, None, Some(json!({}))).await;
    assert_eq!(fifth.problem(), (409, "too_many_keys"));
    let status = async |portal: &Portal| portal.try_open(anna()).await.status;
    assert_eq!((status(&first).await, status(&second).await), (201, 201));

    let read = world.admin_ok("GET", "/v1/admin/portals/acme", None).await;
    let id = read["keys"][0]["id"].as_str().unwrap();
    let path = format!("{keys}/{id}");
    assert_eq!(world.admin("DELETE", &path, None, None).await.status, 200);
    assert_eq!(world.admin("DELETE", &path, None, None).await.problem(), (404, "key_unknown"));
    assert_eq!((status(&first).await, status(&second).await), (401, 201));
    world.advance(60);
    assert_eq!(status(&second).await, 401);
    assert_eq!(world.admin("POST", keys, None, Some(json!({}))).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_portal_is_unknown_at_once_and_its_id_is_never_used_again() {
    let world = World::start().await;
    let portal = make(&world, "acme", "authenticator_app").await;
    portal.enrol_app(&world, anna()).await;
    let path = "/v1/admin/portals/acme/delete";
    let unsure = json!({ "reason": "closed", "confirm": false });
    assert_eq!(world.admin("POST", path, None, Some(unsure)).await.problem().0, 400);
    world.admin_ok("POST", path, because("closed")).await;
    assert_eq!(portal.try_open(anna()).await.problem(), (401, "key_refused"));
    for (method, path) in [
        ("GET", "/v1/admin/portals/acme"),
        ("GET", "/v1/admin/portals/acme/user?id=anna"),
        ("GET", "/v1/admin/portals/acme/activity"),
        ("GET", "/v1/admin/portals/acme/policy"),
    ] {
        let gone = world.admin(method, path, None, None).await;
        assert_eq!(gone.problem(), (404, "portal_unknown"), "{path}");
    }
    let again = json!({ "id": "acme", "profile": profile() });
    let again: Reply = world.admin("POST", "/v1/admin/portals", None, Some(again)).await;
    assert_eq!(again.problem(), (409, "portal_id_taken"));
    let list = world.admin_ok("GET", "/v1/admin/portals", None).await;
    assert!(!list.to_string().contains("\"acme\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_console_is_nobodys_to_change() {
    let world = World::start().await;
    let path = "/v1/admin/portals/console";
    let read = world.admin("GET", path, None, None).await;
    assert_eq!(read.body["policy"]["switched_by"], "nobody");
    let profile = world.admin("PUT", path, read.etag.as_deref(), Some(read.body.clone())).await;
    assert_eq!(profile.problem(), (403, "not_permitted"));
    let mut policy = read.body["policy"].clone();
    policy["enabled"] = json!(false);
    policy["confirm_unlock"] = json!(true);
    let policy_path = format!("{path}/policy");
    let put = world.admin("PUT", &policy_path, read.etag.as_deref(), Some(policy)).await;
    assert_eq!(put.problem(), (403, "not_permitted"));
    for (call, body) in [
        ("mfa", Some(json!({ "enabled": false, "confirm": true }))),
        ("delete", because("why not")),
        ("keys", Some(json!({}))),
        ("user/reset", reset_of("operator", "why not")),
        ("user/bypass-code", on_user("operator", "why not")),
    ] {
        let refused = world.admin("POST", &format!("{path}/{call}"), None, body).await;
        assert_eq!(refused.problem(), (403, "not_permitted"), "{call}");
    }
    let made = json!({ "id": "console", "profile": { "description": "Mine" } });
    let made = world.admin("POST", "/v1/admin/portals", None, Some(made)).await;
    assert_eq!(made.problem(), (409, "portal_id_taken"));
}
