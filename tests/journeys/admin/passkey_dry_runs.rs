//! The effect of a policy or of another domain on people with passkeys, before it is saved.

use super::super::passkeys::{enrol, portal};
use crate::harness::{Authenticator, Portal, Reply, World, anna};
use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use portcullis_delivery::Deployment;
use portcullis_domain::passkey::ServiceAddress;
use portcullis_policy_admin::{AppState, PURPOSES, RecentReadiness, SetUpHash, router};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// Users, portals and settings. The log, its counters and the session of who asks go on meanwhile.
async fn items(world: &World) -> Vec<(String, String)> {
    let all = world.raw_items().await.into_iter();
    let decides = |key: &str| ["USER#", "PORTAL#", "SYSTEM#"].iter().any(|of| key.starts_with(of));
    all.filter(|(key, _)| decides(key)).collect()
}

async fn with_passkey(portal: &Portal, user: &str, device: &mut Authenticator) {
    let sign_in = portal.open(json!({ "id": user })).await;
    enrol(portal, &sign_in, device).await;
}

/// Tries another policy, and checks that nothing was written.
async fn tried(world: &World, portal: &Portal, change: impl FnOnce(&mut Value)) -> Value {
    let path = format!("/v1/admin/portals/{}/policy", portal.id);
    let mut policy = world.admin("GET", &path, None, None).await.body;
    change(&mut policy);
    let before = items(world).await;
    let reply = world.admin("PUT", &format!("{path}?dry_run=true"), None, Some(policy)).await;
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    assert_eq!(items(world).await, before, "a dry run writes nothing");
    reply.body
}

fn numbers(answer: &Value) -> [u64; 5] {
    ["users", "held_to_passkeys", "passkeys_stop", "no_passkey", "no_way_in"]
        .map(|name| answer[name].as_u64().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_p5_a_dry_run_counts_who_is_held_to_passkeys_who_has_none_and_whose_stop_working() {
    let world = World::start().await;
    let portal = portal(&world, "prefer").await;
    let mut phone = Authenticator::on(&world.origin());
    phone.is_synced = true;
    with_passkey(&portal, "anna", &mut phone).await;
    let mut key = Authenticator::on(&world.origin());
    with_passkey(&portal, "ben", &mut key).await;
    portal.enrol_app(&world, json!({ "id": "carl" })).await;
    portal.open(json!({ "id": "dora" })).await;

    let same = tried(&world, &portal, |_| ()).await;
    assert_eq!(numbers(&same), [4, 0, 0, 2, 0]);
    assert_eq!(same["named"], json!([]), "nothing changes for those without a passkey");
    let insist = |policy: &mut Value| policy["methods"][0]["when_bound"] = json!("insist");
    let held = tried(&world, &portal, insist).await;
    assert_eq!(numbers(&held), [4, 2, 0, 2, 0]);
    let named = held["named"].as_array().unwrap();
    assert!(named.iter().all(|user| user["consequences"] == json!(["held_to_passkeys"])));
    let refuse = |policy: &mut Value| policy["methods"][0]["synced"] = json!("refused");
    let stopped = tried(&world, &portal, refuse).await;
    assert_eq!(numbers(&stopped), [4, 0, 1, 2, 1], "anna has nothing else");
    let lost = json!(["no_way_in", "passkeys_stop"]);
    assert_eq!(stopped["named"], json!([{ "user": "ann*****", "consequences": lost }]));
    let both = tried(&world, &portal, |policy| {
        insist(policy);
        refuse(policy);
    });
    assert_eq!(numbers(&both.await), [4, 1, 1, 2, 1]);
}

async fn try_profile(world: &World, portal: &Portal, change: impl FnOnce(&mut Value)) -> Reply {
    let path = format!("/v1/admin/portals/{}", portal.id);
    let before = world.admin("GET", &path, None, None).await;
    let mut profile = before.body["profile"].clone();
    change(&mut profile);
    let items_before = items(world).await;
    let body = json!({ "profile": profile });
    let reply = world.admin("POST", &format!("{path}/try-profile"), None, Some(body)).await;
    assert_eq!(items(world).await, items_before, "a dry run writes nothing");
    let after = world.admin("GET", &path, None, None).await;
    assert_eq!(after.etag, before.etag);
    assert_eq!(after.body["profile"], before.body["profile"]);
    reply
}

/// Gives the portal's own pages a domain of passkeys.
fn own_domain(profile: &mut Value) {
    profile["return_urls"] = json!([]);
    profile["passkeys"] =
        json!({ "rp_id": "acme.example", "origins": ["https://login.acme.example"] });
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_a_dry_run_of_a_changed_domain_counts_the_passkeys_that_die() {
    let world = World::start().await;
    let portal = portal(&world, "prefer").await;
    let mut device = Authenticator::on(&world.origin());
    with_passkey(&portal, "anna", &mut device).await;
    portal.enrol_app(&world, json!({ "id": "carl" })).await;

    let other = |profile: &mut Value| profile["description"] = json!("Another name");
    assert_eq!(numbers(&try_profile(&world, &portal, other).await.body), [2, 0, 0, 1, 0]);
    let moved = try_profile(&world, &portal, own_domain).await;
    assert_eq!((moved.status, numbers(&moved.body)), (200, [2, 0, 1, 1, 1]));
    assert_eq!((&moved.body["complete"], &moved.body["next_cursor"]), (&json!(true), &Value::Null));
    // What would not be saved is not tried.
    let refused = try_profile(&world, &portal, |profile| {
        own_domain(profile);
        profile["return_urls"] = json!(["https://other.example/"]);
    });
    assert_eq!(refused.await.problem(), (400, "bad_request"));
    let path = format!("/v1/admin/portals/{}/try-profile", portal.id);
    let foreign = json!({ "profile": { "description": "Acme" }, "cursor": "AAAA" });
    let foreign = world.admin("POST", &path, None, Some(foreign)).await;
    assert_eq!(foreign.problem(), (400, "bad_request"));

    // Saved, it is as it was said: the lists say so, and the way back brings the passkey back.
    let listed = async |world: &World| {
        let path = format!("/v1/admin/portals/{}/users", portal.id);
        let list = world.admin_ok("GET", &path, None).await["users"].take();
        let of = |id: &str| {
            let user = list.as_array().unwrap().iter().find(|user| user["id"] == id).unwrap();
            user["passkeys"].as_str().unwrap().to_owned()
        };
        let one = format!("/v1/admin/portals/{}/user?id=anna", portal.id);
        let one = world.admin_ok("GET", &one, None).await;
        let one = one["authenticators"][0]["passkey"].as_str().unwrap().to_owned();
        [of("anna"), of("carl"), one]
    };
    assert_eq!(listed(&world).await, ["usable", "none", "usable"]);
    assert_eq!(world.change_profile(&portal.id, own_domain).await.status, 200);
    assert_eq!(listed(&world).await, ["other_domain", "none", "other_domain"]);
    let sign_in = portal.open(anna()).await;
    assert!(sign_in["options"].as_array().unwrap().iter().all(|of| of["method"] != "passkey"));
    let back = try_profile(&world, &portal, |profile| {
        profile.as_object_mut().unwrap().remove("passkeys");
    });
    assert_eq!(numbers(&back.await.body), [2, 0, 0, 1, 0]);
}

/// Tries a domain of the system in a function that browsers know by another name.
async fn try_domain(world: &World, session: &str, body: Value) -> (u16, Value) {
    let (context, sender) = world.function_for(PURPOSES).await;
    let function = router(AppState {
        context: context.at(ServiceAddress::of("https://mfa.acme.example")),
        sender,
        deployment: Deployment::default(),
        readiness: RecentReadiness::default(),
        root_key_id: portcullis_local::ROOT_KEY_ID.into(),
        set_up_hash: SetUpHash::of("none"),
        hasher: world.running.hasher.clone(),
    });
    let request = Request::post("/v1/admin/settings/try-passkey-domain")
        .header("authorization", format!("Bearer {session}"))
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()));
    let before = items(world).await;
    let answer = function.oneshot(request.unwrap()).await.unwrap();
    assert_eq!(items(world).await, before, "a dry run writes nothing");
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), 1 << 16).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_another_domain_of_the_system_is_counted_in_every_portal_without_one_of_its_own() {
    let world = World::start().await;
    let portal = portal(&world, "prefer").await;
    // A passkey for the service's later domain, made on the portal's own pages.
    let here = json!({ "rp_id": "mfa.acme.example", "origins": ["https://mfa.acme.example"] });
    let own = |profile: &mut Value| {
        profile["return_urls"] = json!(["https://mfa.acme.example/back"]);
        profile["passkeys"] = here.clone();
    };
    assert_eq!(world.change_profile(&portal.id, own).await.status, 200);
    let mut device = Authenticator::on("https://mfa.acme.example");
    with_passkey(&portal, "anna", &mut device).await;
    portal.enrol_app(&world, json!({ "id": "carl" })).await;
    let operator = world.make_admin("second", json!({ "role": "operator" })).await;
    let moved = async |domain: Value| {
        let (status, body) =
            try_domain(&world, &operator.session, json!({ "passkey_domain": domain })).await;
        assert_eq!(status, 200, "{body}");
        assert_eq!((&body["complete"], &body["next_cursor"]), (&json!(true), &Value::Null));
        body
    };
    let apart = moved(json!("acme.example")).await;
    assert_eq!((&apart["passkeys_stop"], &apart["portals"]), (&json!(0), &json!([])));
    let cleared = world
        .change_profile(&portal.id, |profile| {
            profile.as_object_mut().unwrap().remove("passkeys");
        })
        .await;
    assert_eq!(cleared.status, 200);
    let lost = moved(json!("acme.example")).await;
    assert_eq!((&lost["passkeys_stop"], &lost["no_way_in"]), (&json!(1), &json!(1)));
    let lines = json!([{ "portal": portal.id, "passkeys_stop": 1, "no_way_in": 1 }]);
    assert_eq!(lost["portals"], lines);
    assert!(lost["users"].as_u64().unwrap() >= 2, "{lost}");
    let same = moved(Value::Null).await;
    assert_eq!((&same["passkeys_stop"], &same["users"]), (&json!(0), &json!(0)));

    for (domain, words) in [
        (json!("other.example"), "passkey_domain must be this service's own domain"),
        (json!("co.nz"), "passkey_domain must be below a public suffix"),
        (json!(7), "has the wrong type or form"),
    ] {
        let body = json!({ "passkey_domain": domain });
        let (status, body) = try_domain(&world, &operator.session, body).await;
        assert_eq!((status, &body["code"]), (400, &json!("bad_request")), "{body}");
        assert!(body["detail"].as_str().unwrap().contains(words), "{body}");
    }
    // The form of the call is the same through the gateway, where the service is localhost.
    let path = "/v1/admin/settings/try-passkey-domain";
    let answer = world.admin_ok("POST", path, Some(json!({ "passkey_domain": "localhost" }))).await;
    assert_eq!((&answer["passkeys_stop"], &answer["complete"]), (&json!(0), &json!(true)));
}
