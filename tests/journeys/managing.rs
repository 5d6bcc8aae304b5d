//! Several authenticators of one user, and the settings in which users change them themselves.

mod by_admins;
mod changes;
mod odds;
mod proof;
mod trust;

use crate::harness::{Portal, Reply, World, anna, fresh_nonce, verified_claims};
use serde_json::{Value, json};

const APP: &str = "authenticator_app";

/// A portal whose users change their settings, and may bind an app, an address and a number.
pub async fn portal(world: &World) -> Portal {
    let portal = world.portal(APP);
    let open = |policy: &mut Value| {
        policy["self_service"] = json!("with_proof");
        let methods = policy["methods"].as_array_mut().unwrap();
        methods.push(json!({ "type": "email", "destination": "user" }));
        methods.push(json!({ "type": "sms", "destination": "user" }));
    };
    world.change_policy(&portal, open).await;
    portal
}

async fn open_settings(portal: &Portal) -> Reply {
    open_settings_of(portal, anna()).await
}

async fn open_settings_of(portal: &Portal, user: Value) -> Reply {
    let body = json!({ "user": user, "event": "manage", "nonce": fresh_nonce() });
    portal.post("/v1/sign-ins", body).await
}

/// Opens Anna's settings, and proves by an app that it is her.
pub async fn prove(world: &World, portal: &Portal, secret: &str) -> Value {
    world.advance(30);
    let opened = open_settings(portal).await.body;
    assert_eq!(opened["status"], "challenge", "{opened}");
    let proven = portal.verify(&opened, &world.totp(secret)).await;
    assert_eq!((proven.status, &proven.body["status"]), (200, &json!("allowed")));
    proven.body
}

pub async fn add_app(
    world: &World,
    portal: &Portal,
    sign_in: &Value,
    body: Value,
) -> (String, Value) {
    let started = portal.act(sign_in, "enrolment", body).await;
    assert_eq!(started.status, 201, "{:?}", started.body);
    let secret = started.secret().to_owned();
    let code = json!({ "code": world.totp(&secret) });
    let done = portal.act(sign_in, "enrolment/confirm", code).await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    (secret, done.body)
}

async fn claims(portal: &Portal, answer: &Value) -> Value {
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    verified_claims(answer["assertion"].as_str().unwrap(), &jwks, &portal.id)
}

fn listed(answer: &Value) -> Vec<Value> {
    let settings = &answer["settings"]["authenticators"];
    settings.as_array().unwrap_or_else(|| panic!("no settings: {answer}")).clone()
}

async fn bound(portal: &Portal) -> Vec<Value> {
    let user = portal.get("/v1/user?id=anna").await.body;
    user["methods"].as_array().unwrap().clone()
}

fn remove(id: &Value) -> Value {
    json!({ "change": "remove", "authenticator": id })
}

fn rename(id: &Value, name: &str) -> Value {
    json!({ "change": "rename", "authenticator": id, "name": name })
}
