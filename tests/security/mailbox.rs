//! Somebody with the password and the mailbox, or one recovery code: what they get in by changes
//! nothing that is stronger, and what they opened ends with what the user does about it.

use crate::harness::{Portal, Reply, World, anna, fresh_nonce, recovery_codes, reset_of};
use serde_json::{Value, json};

const APP: &str = "authenticator_app";
const EMAIL: &str = "testing@example.co.nz";
const PHONE: &str = "+64211234599";

async fn portal(world: &World, preset: &str) -> Portal {
    let portal = world.portal(preset);
    world.give_recovery_codes(&portal, "offered").await;
    let add_sms = |policy: &mut Value| {
        let sms = json!({ "type": "sms", "destination": "user" });
        policy["methods"].as_array_mut().unwrap().push(sms);
    };
    world.change_policy(&portal, add_sms).await;
    portal
}

async fn manage(portal: &Portal) -> Value {
    let body = json!({ "user": anna(), "event": "manage", "nonce": fresh_nonce() });
    portal.post("/v1/sign-ins", body).await.body
}

async fn add_app(world: &World, portal: &Portal, sign_in: &Value) -> (String, Reply) {
    let started = portal.act(sign_in, "enrolment", json!({ "method": APP })).await;
    if started.status != 201 {
        return (String::new(), started);
    }
    let secret = started.secret().to_owned();
    let code = json!({ "code": world.totp(&secret) });
    (secret, portal.act(sign_in, "enrolment/confirm", code).await)
}

fn methods(view: &Value) -> Vec<&str> {
    let options = view["options"].as_array().unwrap().iter();
    options.map(|option| option["method"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn s48_an_emailed_code_opens_no_enrolment_and_no_settings_beside_something_stronger() {
    let world = World::start().await;
    let portal = portal(&world, "authenticator_app_with_email").await;
    let sign_in = portal.open(anna()).await;
    let number = json!({ "method": "sms", "phone": PHONE });
    portal.act(&sign_in, "enrolment", number).await;
    let code = json!({ "code": world.code_sent_to(PHONE).await });
    assert_eq!(portal.act(&sign_in, "enrolment/confirm", code).await.status, 200);
    // The mailbox gets in, and may become the default: that is what the policy says.
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    let code = json!({ "code": world.code_sent_to(EMAIL).await, "set_default": "email" });
    assert_eq!(portal.act(&sign_in, "verify", code).await.body["status"], "allowed");
    world.advance(60);
    let sign_in = portal.open(anna()).await;
    let refused = portal.act(&sign_in, "challenge", json!({ "method": APP })).await;
    assert_eq!(refused.problem(), (403, "method_not_offered"), "an app of the thief's own");
    let code = world.code_sent_to(EMAIL).await;
    assert_eq!(portal.verify(&sign_in, &code).await.body["status"], "allowed");
    for fallback in ["allowed_as_default", "forbidden"] {
        let change = |policy: &mut Value| policy["methods"][0]["email_fallback"] = json!(fallback);
        world.change_policy(&portal, change).await;
        assert_eq!(methods(&manage(&portal).await), ["sms", "recovery_code"], "{fallback}");
    }
    let bound = portal.get("/v1/user?id=anna").await.body;
    assert_eq!(bound["methods"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s48_a_reset_that_needs_a_link_needs_it_for_the_settings_too() {
    let world = World::start().await;
    let portal = portal(&world, "managed").await;
    let directory = json!({ "type": "email", "destination": "directory" });
    let change =
        |policy: &mut Value| policy["methods"].as_array_mut().unwrap().push(directory.clone());
    world.change_policy(&portal, change).await;
    let sign_in = manage(&portal).await;
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    let code = world.code_sent_to(EMAIL).await;
    assert_eq!(portal.verify(&sign_in, &code).await.body["status"], "allowed");
    assert_eq!(add_app(&world, &portal, &sign_in).await.1.status, 200);
    let path = format!("/v1/admin/portals/{}/user/reset", portal.id);
    world.admin_ok("POST", &path, reset_of("anna", "called back")).await;
    assert_eq!(manage(&portal).await["status"], "check_email");
}

#[tokio::test(flavor = "multi_thread")]
async fn s48_new_recovery_codes_and_a_changed_app_end_what_a_stolen_code_opened() {
    let world = World::start().await;
    let portal = portal(&world, APP).await;
    let sign_in = portal.open(anna()).await;
    let (secret, done) = add_app(&world, &portal, &sign_in).await;
    let codes = recovery_codes(&done.body);
    for code in &codes[..5] {
        portal.verify(&portal.open(anna()).await, code).await;
    }
    let thief = manage(&portal).await;
    assert_eq!(portal.verify(&thief, &codes[5]).await.body["status"], "allowed");
    let few = portal.open(anna()).await;
    assert_eq!(portal.verify(&few, &codes[6]).await.body["status"], "allowed");
    world.advance(30);
    let own = manage(&portal).await;
    portal.verify(&own, &world.totp(&secret)).await;
    let renew = json!({ "change": "new_recovery_codes" });
    let made = portal.act(&own, "settings", renew.clone()).await;
    let new = recovery_codes(&made.body);
    assert_eq!(new.len(), 10, "{:?}", made.body);
    let (_, refused) = add_app(&world, &portal, &thief).await;
    assert_eq!(refused.problem(), (403, "settings_closed"));
    for sign_in in [&thief, &few] {
        let refused = portal.act(sign_in, "settings", renew.clone()).await;
        assert_eq!(refused.problem(), (403, "settings_closed"));
    }
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.verify(&sign_in, &new[0]).await.body["status"], "allowed", "still good");
}
