//! An API key opens the calls of its scopes, from its addresses, until it expires; what it lacks is
//! told to nobody who has not the key itself.

use super::junk::portal_calls;
use crate::harness::{Portal, Reply, World, anna, fresh_nonce, user_path};
use portcullis_domain::{Named, Scope};
use serde_json::{Value, json};
use std::fs;

/// Makes a key with these limits.
async fn with_key(world: &World, portal: &Portal, limits: Value) -> (String, Portal) {
    let path = format!("/v1/admin/portals/{}/keys", portal.id);
    let made = world.admin_ok("POST", &path, Some(limits)).await;
    let key = made["api_key"].as_str().unwrap().to_owned();
    (made["id"].as_str().unwrap().to_owned(), Portal { key, ..portal.clone() })
}

async fn revoke(world: &World, portal: &Portal, id: &str) {
    let path = format!("/v1/admin/portals/{}/keys/{id}", portal.id);
    world.admin_ok("DELETE", &path, None).await;
}

/// The scope that each portal's call needs, as the OpenAPI document says.
fn scopes() -> Vec<(String, String, String)> {
    let document = fs::read_to_string("../infra/openapi.json").unwrap();
    let document: Value = serde_json::from_str(&document).unwrap();
    let scope = |(method, path): (String, String)| {
        let call = &document["paths"][&path][method.to_lowercase()];
        let scopes = call["security"][0]["portal_key"].as_array().unwrap();
        assert_eq!(scopes.len(), 1, "{method} {path}");
        (method, path, scopes[0].as_str().unwrap().to_owned())
    };
    portal_calls().into_iter().map(scope).collect()
}

/// Makes a call as it should be, so that nothing but the key can be refused.
async fn call(portal: &Portal, method: &str, path: &str, sign_in: &str) -> Reply {
    let actor = json!({ "id": "help", "role": "portal_admin" });
    let body = match (method, path) {
        ("POST", "/v1/sign-ins") => {
            json!({ "user": anna(), "event": "login", "nonce": fresh_nonce() })
        }
        ("POST", "/v1/sign-ins/{id}/challenge") => json!({ "method": "email" }),
        ("POST", "/v1/sign-ins/{id}/verify" | "/v1/sign-ins/{id}/enrolment/confirm") => {
            json!({ "code": "000000" })
        }
        ("POST", "/v1/sign-ins/{id}/enrolment") => json!({ "method": "authenticator_app" }),
        ("POST", "/v1/sign-ins/{id}/settings") => json!({ "change": "unset_default" }),
        ("POST", "/v1/sign-ins/{id}/result") => json!({ "result_code": "A".repeat(22) }),
        ("PUT", "/v1/user") => json!({ "id": "anna", "display_name": "Another" }),
        ("POST", "/v1/user/opt-in") => json!({ "id": "anna", "confirm": true }),
        ("POST", "/v1/user/reset") => {
            json!({ "id": "anna", "actor": actor, "reason": "lost", "confirm": true })
        }
        ("POST", "/v1/sign-ins/{id}/skip") | ("GET" | "DELETE", _) => Value::Null,
        other => panic!("{other:?} is new here: send it what it needs"),
    };
    let path = if path.starts_with("/v1/user") && body.is_null() {
        user_path(path, "anna")
    } else {
        path.replace("{id}", sign_in)
    };
    portal.send(method, &path, Some(&body).filter(|body| !body.is_null())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn s49_a_key_of_another_scope_opens_no_call_and_is_told_the_scope_that_it_lacks() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await["id"].as_str().unwrap().to_owned();
    let calls = scopes();
    assert!(calls.len() >= 15, "{calls:?}");
    for scope in Scope::ALL {
        let (id, holder) = with_key(&world, &portal, json!({ "scopes": [scope.name()] })).await;
        let before = world.state().await;
        for (method, path, needed) in calls.iter().filter(|call| call.2 != scope.name()) {
            let what = format!("{method} {path} with {scope}");
            let refused = call(&holder, method, path, &sign_in).await;
            assert_eq!(refused.problem(), (403, "scope"), "{what}: {:?}", refused.body);
            let mut names: Vec<_> = refused.body.as_object().unwrap().keys().collect();
            names.sort();
            let wanted = ["code", "detail", "request_id", "scope", "status", "type"];
            assert_eq!(names, wanted, "{what}");
            assert_eq!(refused.body["scope"], needed.as_str(), "{what}");
            let detail = refused.body["detail"].as_str().unwrap();
            assert!(detail.contains(&format!("the scope {needed},")), "{what}: {detail}");
            assert!(world.state().await == before, "{what} changed something");
        }
        revoke(&world, &portal, &id).await;
    }
    for scope in Scope::ALL {
        let (id, holder) = with_key(&world, &portal, json!({ "scopes": [scope.name()] })).await;
        for (method, path, _) in calls.iter().filter(|call| call.2 == scope.name()) {
            let reply = call(&holder, method, path, &sign_in).await;
            let refused = [(401, "key_refused"), (403, "scope"), (400, "bad_request")];
            assert!(!refused.contains(&reply.problem()), "{method} {path}: {:?}", reply.body);
        }
        revoke(&world, &portal, &id).await;
    }
}

/// Returns a problem without the id of its request.
fn told(reply: &Reply) -> Value {
    let mut body = reply.body.clone();
    body.as_object_mut().unwrap().remove("request_id");
    json!([reply.status, body])
}

#[tokio::test(flavor = "multi_thread")]
async fn s49_a_key_from_elsewhere_or_too_late_is_answered_as_an_unknown_one() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let (gone, revoked) = with_key(&world, &portal, json!({})).await;
    revoke(&world, &portal, &gone).await;
    let unknown = told(&revoked.try_open(anna()).await);
    assert_eq!(unknown[0], 401);
    // The tests call from 127.0.0.1, whatever their headers say.
    let near = json!({ "sources": ["192.0.2.0/24", "127.0.0.0/8", "::1"] });
    let (_, near) = with_key(&world, &portal, near).await;
    assert_eq!(near.try_open(anna()).await.status, 201);
    let far = json!({ "sources": ["192.0.2.0/24", "::/1"], "scopes": ["sign_in"] });
    let (_, far) = with_key(&world, &portal, far).await;
    assert_eq!(told(&far.try_open(anna()).await), unknown);
    assert_eq!(told(&far.get(&user_path("/v1/user", "anna")).await), unknown, "the wrong scope");
    for header in ["x-forwarded-for", "forwarded", "x-real-ip", "cf-connecting-ip"] {
        let body = json!({ "user": anna(), "event": "login", "nonce": fresh_nonce() });
        let request = far.http.post(format!("{}/v1/sign-ins", far.base)).bearer_auth(&far.key);
        let request = request.header(header, "192.0.2.1").json(&body);
        assert_eq!(told(&Reply::of(request.send().await.unwrap()).await), unknown, "{header}");
    }
    let soon = json!({ "expires_at": world.now().unix() + 60, "scopes": ["contacts"] });
    let (_, short) = with_key(&world, &portal, soon).await;
    assert_eq!(short.get(&user_path("/v1/user", "anna")).await.status, 200);
    assert_eq!(short.try_open(anna()).await.problem(), (403, "scope"));
    world.advance(60);
    assert_eq!(told(&short.get(&user_path("/v1/user", "anna")).await), unknown);
    assert_eq!(told(&short.try_open(anna()).await), unknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn s49_a_key_is_made_with_the_least_that_most_need_and_every_limit_is_checked() {
    let world = World::start().await;
    let (path, year) = ("/v1/admin/portals/managed/keys", world.now().unix() + 365 * 86_400);
    let usual = world.admin_ok("POST", path, Some(json!({}))).await;
    assert_eq!(usual["scopes"], json!(["sign_in", "contacts"]));
    assert_eq!(usual["expires_at"], year);
    let before = world.state().await;
    let ranges = vec!["192.0.2.0/24"; 9];
    for wrong in [
        json!({ "scopes": [] }),
        json!({ "scopes": ["admin"] }),
        json!({ "scopes": ["reset", "reset"] }),
        json!({ "sources": ["192.0.2.1/24"] }),
        json!({ "sources": ["0.0.0.0/0"] }),
        json!({ "sources": ["portal.example"] }),
        json!({ "sources": ranges }),
        json!({ "description": "" }),
        json!({ "description": "two\nlines" }),
        json!({ "expires_at": world.now().unix() }),
        json!({ "expires_at": year, "never_expires": true }),
        json!({ "scope": "reset" }),
    ] {
        let refused = world.admin("POST", path, None, Some(wrong.clone())).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{wrong}");
        let key = json!({ "id": "acme", "profile": { "description": "A" }, "key": wrong });
        let refused = world.admin("POST", "/v1/admin/portals", None, Some(key)).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{wrong}");
        assert!(world.state().await == before, "{wrong} changed something");
    }
    let limits = json!({
        "description": "Help desk", "scopes": ["erase", "reset"], "never_expires": true,
        "sources": ["192.0.2.7", "2001:db8::/32"],
    });
    let made = world.admin_ok("POST", path, Some(limits)).await;
    assert_eq!(made.get("expires_at"), None);
    let portal = world.admin_ok("GET", "/v1/admin/portals/managed", None).await;
    let keys = portal["keys"].as_array().unwrap();
    let seen = keys.iter().find(|key| key["id"] == made["id"]).unwrap();
    for (member, wanted) in [
        ("description", json!("Help desk")),
        ("scopes", json!(["reset", "erase"])),
        ("sources", json!(["192.0.2.7/32", "2001:db8::/32"])),
        ("active", json!(true)),
        ("expires_soon", json!(false)),
    ] {
        assert_eq!(seen[member], wanted, "{member}");
    }
    world.advance(336 * 86_400);
    let portal = world.admin_ok("GET", "/v1/admin/portals/managed", None).await;
    let soon = |id: &Value| {
        let keys = portal["keys"].as_array().unwrap();
        keys.iter().find(|key| key["id"] == *id).unwrap()["expires_soon"].clone()
    };
    assert_eq!((soon(&usual["id"]), soon(&made["id"])), (json!(true), json!(false)));
}

/// Returns the day on which a key was used last, once the stream has been read that far.
async fn last_day(world: &World, portal: &Portal, id: &str, wanted: i64) {
    let path = format!("/v1/admin/portals/{}", portal.id);
    for _ in 0..100 {
        let read = world.admin_ok("GET", &path, None).await;
        let keys = read["keys"].as_array().unwrap();
        let key = keys.iter().find(|key| key["id"] == id).unwrap();
        if key["last_used_on"] == wanted * 86_400 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the key was not noted for day {wanted} within ten seconds");
}

#[tokio::test(flavor = "multi_thread")]
async fn s49_the_last_day_on_which_a_key_changed_something_is_told() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    let (reader, reads) = with_key(&world, &portal, json!({ "scopes": ["contacts"] })).await;
    assert_eq!(reads.get(&user_path("/v1/user", "anna")).await.status, 200);
    let (writer, writes) = with_key(&world, &portal, json!({ "scopes": ["contacts"] })).await;
    for (days, name) in [(0, "One"), (0, "Two"), (1, "Three")] {
        world.advance(days * 86_400);
        let put = writes.put_user("anna", &json!({ "display_name": name })).await;
        assert_eq!(put.status, 200, "{:?}", put.body);
        last_day(&world, &portal, &writer, world.now().day()).await;
    }
    let read = world.admin_ok("GET", &format!("/v1/admin/portals/{}", portal.id), None).await;
    let keys = read["keys"].as_array().unwrap();
    let unused = keys.iter().find(|key| key["id"] == reader.as_str()).unwrap();
    assert!(unused.get("last_used_on").is_none(), "{unused}");
}
