//! A saved default protects like something bound: whatever happens to its address, the provider or
//! the policy, the password alone never enrols.

use crate::harness::{Portal, World, anna, user_path};
use serde_json::{Value, json};

const EMAIL: &str = "testing@example.co.nz";

/// Returns a portal and a user with nothing but email as the default.
async fn with_default(world: &World) -> Portal {
    let portal = world.portal("authenticator_app_with_email");
    make_default(world, &portal).await;
    portal
}

async fn make_default(world: &World, portal: &Portal) {
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    let code = world.code_sent_to(EMAIL).await;
    let body = json!({ "code": code, "set_default": "email" });
    let verified = portal.act(&sign_in, "verify", body).await;
    assert_eq!(verified.status, 200, "{:?}", verified.body);
    world.advance(60);
}

/// Checks that the password alone can enrol nothing in this sign-in.
async fn assert_guarded(portal: &Portal, sign_in: &Value) {
    let app = json!({ "method": "authenticator_app" });
    let started = portal.act(sign_in, "enrolment", app).await;
    assert!([403, 409].contains(&started.status), "{:?}", started.body);
    assert!(started.body["enrolment"].is_null());
    assert!(started.body["sign_in"]["enrolment"].is_null());
    let bound = portal.get(&user_path("/v1/user", "anna")).await.body["methods"].clone();
    assert_eq!(bound, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn s35_v1_an_address_that_nobody_vouches_for_never_takes_the_code_of_the_saved_default() {
    let world = World::start().await;
    let portal = with_default(&world).await;
    for stranger in [
        json!({ "id": "anna", "email": "stranger@evil.example" }),
        json!({ "id": "anna", "email": "stranger@evil.example", "email_verified": false }),
        json!({ "id": "anna", "email": "TESTING@Example.co.nz" }),
    ] {
        world.advance(3_600);
        let before = world.outbox().await.len();
        let sign_in = portal.open(stranger.clone()).await;
        assert_eq!(sign_in["status"], "challenge", "{stranger}");
        assert_eq!(sign_in["challenge"]["to"], "test*****.co.nz");
        assert_guarded(&portal, &sign_in).await;
        let sent = world.outbox().await;
        let new = sent.len() - before;
        let to: Vec<&str> = sent.iter().take(new).map(|m| m["to"].as_str().unwrap()).collect();
        assert_eq!(to, [EMAIL], "{stranger}");
    }
    let kept = json!({ "email": "stranger@evil.example", "email_verified": false, "phone": null });
    let kept = portal.put_user("anna", &kept).await;
    assert_eq!((kept.status, &kept.body["email"]), (200, &json!("test*****.co.nz")));
    assert!(kept.body["email_reason"].as_str().unwrap().contains("email_verified: true"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s35_a_default_whose_address_is_gone_is_denied_and_comes_back_with_it() {
    let world = World::start().await;
    let portal = with_default(&world).await;
    let user = |email: Value, verified: bool| json!({ "id": "anna", "email": email, "email_verified": verified });
    for gone in [
        user(json!(EMAIL), false),
        user(Value::Null, false),
        user(json!("other@example.com"), true),
    ] {
        world.advance(3_600);
        let before = world.outbox().await.len();
        let sign_in = portal.open(gone.clone()).await;
        assert_eq!(
            (&sign_in["status"], &sign_in["reason"]),
            (&json!("denied"), &json!("no_usable_method")),
            "{gone}"
        );
        assert_guarded(&portal, &sign_in).await;
        assert_eq!(world.outbox().await.len(), before, "notices, never codes: {gone}");
        let back = portal.open(user(json!(EMAIL), true)).await;
        assert_eq!((&back["status"], &back["default"]), (&json!("challenge"), &json!("email")));
    }
    // An admin's reset is the way out.
    portal.open(user(Value::Null, false)).await;
    let actor = json!({ "id": "boss", "role": "portal_admin" });
    let reset = json!({ "actor": actor, "reason": "lost address", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    assert_eq!(portal.open(json!({ "id": "anna" })).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn s35_where_links_are_mailed_the_link_goes_to_the_newly_verified_address() {
    let world = World::start().await;
    let portal = with_default(&world).await;
    world.change_policy(&portal, |policy| policy["after_reset"] = json!("emailed_link")).await;
    let moved = json!({ "id": "anna", "email": "other@example.com", "email_verified": true });
    let sign_in = portal.open(moved.clone()).await;
    assert_eq!(sign_in["status"], "check_email", "{sign_in}");
    assert_guarded(&portal, &sign_in).await;
    let ticket = world.ticket_sent_to("other@example.com").await;
    let opened = portal.open_with_ticket(moved, &ticket).await;
    assert_eq!((opened.status, &opened.body["status"]), (201, &json!("enrol")));
}

#[tokio::test(flavor = "multi_thread")]
async fn s35_f10_a_default_that_is_no_longer_allowed_is_proved_once_more_before_the_app() {
    for fallback in ["forbidden", "allowed"] {
        let world = World::start().await;
        let portal = with_default(&world).await;
        let change = |word: &'static str| {
            move |policy: &mut Value| policy["methods"][0]["email_fallback"] = json!(word)
        };
        world.change_policy(&portal, change(fallback)).await;
        let sign_in = portal.open(anna()).await;
        assert_eq!(
            (&sign_in["status"], &sign_in["challenge"]["to"]),
            (&json!("challenge"), &json!("test*****.co.nz"))
        );
        assert_guarded(&portal, &sign_in).await;
        let verified = portal.verify(&sign_in, &world.code_sent_to(EMAIL).await).await;
        assert_eq!(
            (verified.status, &verified.body["status"]),
            (200, &json!("enrol")),
            "{fallback}"
        );
        assert!(verified.body["assertion"].is_null());
        let app = json!({ "method": "authenticator_app" });
        assert_eq!(portal.act(&sign_in, "enrolment", app).await.status, 201);
        // It counts again when it is allowed again.
        world.change_policy(&portal, change("allowed_as_default")).await;
        world.advance(60);
        assert_eq!(portal.open(anna()).await["default"], "email");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s35_without_a_sender_a_default_is_denied() {
    let world = World::start().await;
    let portal = with_default(&world).await;
    let mut settings = world.admin("GET", "/v1/admin/settings", None, None).await.body;
    settings["email_from"] = Value::Null;
    let saved = world.put_settings(settings).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["status"], "denied");
    assert_guarded(&portal, &sign_in).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v2_an_address_in_other_letters_is_the_same_on_every_call() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let record = json!({ "email": "case1@Example.com", "email_verified": true });
    assert_eq!(portal.put_user("casey", &record).await.status, 200);
    let user = json!({ "id": "casey", "email": "CASE1@example.com" });
    let sign_in = portal.open(user.clone()).await;
    assert_eq!(sign_in["status"], "challenge", "{sign_in}");
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    let code = world.code_sent_to("case1@Example.com").await;
    // The other spelling again, while the code is on its way.
    portal.open(user).await;
    assert_eq!(portal.verify(&sign_in, &code).await.status, 200);
    let events = portal.get(&user_path("/v1/user/activity", "casey")).await.body;
    let changes = events.as_array().unwrap().iter().filter(|e| e["event"] == "contact_changed");
    assert_eq!(changes.count(), 0, "{events}");
}
