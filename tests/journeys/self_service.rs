//! Recovery codes, the settings and the freeze link together, as `app_modern` has them.

use crate::harness::{
    Browser, Portal, Reply, World, anna, fresh_nonce, on_user, recovery_codes, reset_of,
    verified_claims,
};
use serde_json::{Value, json};

const APP: &str = "authenticator_app";
const EMAIL: &str = "testing@example.co.nz";

struct Anna {
    portal: Portal,
    secret: String,
    codes: Vec<String>,
}

/// A portal with settings, recovery codes and freeze links, and Anna with an app.
async fn anna_with_codes(world: &World) -> Anna {
    let portal = world.with_freeze_links("authenticator_app").await;
    world.give_recovery_codes(&portal, "offered").await;
    let sign_in = portal.open(anna()).await;
    let (secret, done) = add_app(world, &portal, &sign_in).await;
    world.advance(30);
    Anna { codes: recovery_codes(&done), portal, secret }
}

async fn add_app(world: &World, portal: &Portal, sign_in: &Value) -> (String, Value) {
    let started = portal.act(sign_in, "enrolment", json!({ "method": APP })).await;
    let secret = started.secret().to_owned();
    let code = json!({ "code": world.totp(&secret) });
    let done = portal.act(sign_in, "enrolment/confirm", code).await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    (secret, done.body)
}

/// Opens Anna's settings by a code of the app, or a recovery code.
async fn open_settings(portal: &Portal, code: &str) -> Value {
    let body = json!({ "user": anna(), "event": "manage", "nonce": fresh_nonce() });
    let opened = portal.post("/v1/sign-ins", body).await.body;
    let proven = portal.verify(&opened, code).await;
    assert_eq!((proven.status, &proven.body["status"]), (200, &json!("allowed")));
    assert!(proven.body["settings"].is_object(), "{:?}", proven.body);
    proven.body
}

async fn renew(portal: &Portal, sign_in: &Value) -> Reply {
    portal.act(sign_in, "settings", json!({ "change": "new_recovery_codes" })).await
}

async fn is_accepted(portal: &Portal, code: &str) -> bool {
    let sign_in = portal.open(anna()).await;
    portal.verify(&sign_in, code).await.status == 200
}

fn links(view: &Value) -> Vec<String> {
    let links = view["links"].as_array().unwrap().iter();
    links.map(|link| link["label"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn r6_new_codes_are_made_in_the_settings_and_end_the_old_ones() {
    let world = World::start().await;
    let Anna { portal, secret, codes } = anna_with_codes(&world).await;
    assert!(is_accepted(&portal, &codes[0]).await);
    let settings = open_settings(&portal, &world.totp(&secret)).await;
    assert_eq!(settings["settings"]["recovery_codes"]["left"], 9);
    assert_eq!(settings["settings"]["recovery_codes"].get("codes"), None);
    assert!(links(&settings).contains(&"Make new recovery codes".to_owned()));
    let made = renew(&portal, &settings).await;
    let new = recovery_codes(&made.body);
    assert_eq!((made.status, new.len()), (200, 10), "{:?}", made.body);
    assert!(new.iter().all(|code| !codes.contains(code)));
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    let claims = verified_claims(made.body["assertion"].as_str().unwrap(), &jwks, &portal.id);
    assert_eq!(claims["changed"], json!(["recovery_codes_made"]));
    // The reply was lost: the same sign-in shows them once more, and no other does.
    assert_eq!(recovery_codes(&portal.look(&settings).await.body), new);
    assert!(!is_accepted(&portal, &codes[1]).await, "a code of an old set");
    assert!(is_accepted(&portal, &new[0]).await);
    let activity = portal.get("/v1/user/activity?id=anna").await.body;
    let entries = activity.as_array().unwrap().iter();
    let made = entries.filter(|entry| entry["event"] == "recovery_codes_made");
    assert_eq!(made.count(), 2, "each set is told");
}

#[tokio::test(flavor = "multi_thread")]
async fn r6_with_three_left_new_ones_are_offered_in_the_same_sign_in() {
    let world = World::start().await;
    let Anna { portal, codes, .. } = anna_with_codes(&world).await;
    for code in &codes[..6] {
        let sign_in = portal.open(anna()).await;
        let done = portal.verify(&sign_in, code).await.body;
        assert!(links(&done).is_empty(), "{done}");
        assert_eq!(renew(&portal, &sign_in).await.problem(), (403, "settings_closed"));
    }
    let sign_in = portal.open(anna()).await;
    let done = portal.verify(&sign_in, &codes[6]).await.body;
    assert_eq!(links(&done), ["Make new recovery codes"]);
    let new = recovery_codes(&renew(&portal, &sign_in).await.body);
    assert_eq!(new.len(), 10);
    assert!(!is_accepted(&portal, &codes[7]).await && is_accepted(&portal, &new[0]).await);
    assert_eq!(renew(&portal, &sign_in).await.problem(), (403, "settings_closed"), "once");
}

#[tokio::test(flavor = "multi_thread")]
async fn s48_a_recovery_code_that_opens_the_settings_ends_its_set_with_what_is_added() {
    let world = World::start().await;
    let Anna { portal, codes, .. } = anna_with_codes(&world).await;
    let settings = open_settings(&portal, &codes[0]).await;
    let (second, done) = add_app(&world, &portal, &settings).await;
    let new = recovery_codes(&done);
    assert_eq!(new.len(), 10, "{done}");
    assert!(!is_accepted(&portal, &codes[1]).await, "whoever found one may have found them all");
    // What is added or removed next ends no codes that were made in this sign-in.
    let first = &done["settings"]["authenticators"][0]["id"];
    let removed = json!({ "change": "remove", "authenticator": first });
    assert_eq!(portal.act(&settings, "settings", removed).await.status, 200);
    world.advance(1);
    let (_, again) = add_app(&world, &portal, &settings).await;
    assert_eq!(recovery_codes(&again), new, "the same are shown");
    assert!(is_accepted(&portal, &new[0]).await);
    world.advance(30);
    assert!(is_accepted(&portal, &world.totp(&second)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn s48_codes_settings_and_rights_of_before_a_freeze_are_void_after_it() {
    let world = World::start().await;
    let Anna { portal, secret, codes } = anna_with_codes(&world).await;
    let link = world.freeze_link_in("A new way to sign in was set up", EMAIL).await;
    let settings = open_settings(&portal, &world.totp(&secret)).await;
    let form = Browser::new(&world).open(&link).await.form();
    assert_eq!(Browser::new(&world).post(&link, &[("form", &form)]).await.status, 303);
    let refused = portal.act(&settings, "enrolment", json!({ "method": APP })).await;
    assert_eq!(refused.problem(), (404, "sign_in_unknown"), "it ended with the freeze");
    for event in ["login", "manage"] {
        let body = json!({ "user": anna(), "event": event, "nonce": fresh_nonce() });
        let denied = portal.post("/v1/sign-ins", body).await.body;
        assert_eq!((&denied["status"], &denied["reason"]), (&json!("denied"), &json!("frozen")));
        let refused = portal.verify(&denied, &codes[0]).await;
        assert_eq!(refused.problem(), (403, "frozen"));
    }
    let path = format!("/v1/admin/portals/{}/user", portal.id);
    world.admin_ok("POST", &format!("{path}/reset"), reset_of("anna", "called back")).await;
    let sign_in = portal.open(anna()).await;
    let code = portal.verify(&sign_in, &codes[0]).await;
    assert_ne!(code.status, 200, "a code of before the freeze");
    let bypass =
        world.admin_ok("POST", &format!("{path}/bypass-code"), on_user("anna", "ok")).await;
    let sign_in = portal.open(anna()).await;
    let let_in = portal.verify(&sign_in, bypass["code"].as_str().unwrap()).await;
    assert_eq!((let_in.status, &let_in.body["status"]), (200, &json!("enrol")));
    let (_, done) = add_app(&world, &portal, &sign_in).await;
    assert_eq!(recovery_codes(&done).len(), 10);
}

fn changes(view: &Value) -> Vec<Value> {
    view["links"].as_array().unwrap().iter().map(|link| link["body"]["change"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn n5_a_second_way_in_is_offered_after_a_good_sign_in_and_a_no_is_remembered() {
    let world = World::start().await;
    let Anna { portal, secret, codes } = anna_with_codes(&world).await;
    let sign_in = portal.open(anna()).await;
    let done = portal.verify(&sign_in, &world.totp(&secret)).await.body;
    assert_eq!(done["second_way"], json!([APP]));
    assert_eq!(changes(&done), ["add_second_way", "decline_second_way"]);
    let settings = portal.act(&sign_in, "settings", json!({ "change": "add_second_way" })).await;
    assert_eq!(settings.status, 200, "{:?}", settings.body);
    assert!(settings.body["settings"].is_object() && settings.body.get("second_way").is_none());
    let (_, added) = add_app(&world, &portal, &sign_in).await;
    assert_eq!(added["settings"]["authenticators"].as_array().unwrap().len(), 2);
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    let claims = verified_claims(added["assertion"].as_str().unwrap(), &jwks, &portal.id);
    assert_eq!(
        (&claims["event"], &claims["changed"]),
        (&json!("login"), &json!(["authenticator_added"]))
    );
    // Two are enough; then one of them goes, and the offer comes again until it is declined.
    world.advance(30);
    let sign_in = portal.open(anna()).await;
    let done = portal.verify(&sign_in, &world.totp(&secret)).await.body;
    assert_eq!(done.get("second_way"), None);
    world.advance(30);
    let settings = open_settings(&portal, &world.totp(&secret)).await;
    let second = &settings["settings"]["authenticators"][1]["id"];
    let removed = json!({ "change": "remove", "authenticator": second });
    assert_eq!(portal.act(&settings, "settings", removed).await.status, 200);
    for declined in [false, true] {
        world.advance(30);
        let sign_in = portal.open(anna()).await;
        let done = portal.verify(&sign_in, &world.totp(&secret)).await.body;
        assert_eq!(done.get("second_way").is_none(), declined, "{done}");
        let no = portal.act(&sign_in, "settings", json!({ "change": "decline_second_way" })).await;
        assert_eq!(no.status, if declined { 403 } else { 200 }, "{:?}", no.body);
    }
    // A recovery code offers none: its holder may have lost the phone, or found the code.
    let sign_in = portal.open(anna()).await;
    let done = portal.verify(&sign_in, &codes[0]).await.body;
    assert_eq!(done.get("second_way"), None);
    let refused = portal.act(&sign_in, "settings", json!({ "change": "add_second_way" })).await;
    assert_eq!(refused.problem(), (403, "settings_closed"));
}
