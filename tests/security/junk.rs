//! Made-up keys and ids cost nothing: they are refused before the table or KMS is asked.

use crate::harness::{Browser, Portal, Reply, World, anna, prompt};
use serde_json::{Value, json};
use std::fs;

/// Made-up keys or ids for each group of routes.
const FLOOD: usize = 1_000;

/// The calls with an API key: method and path, as in the OpenAPI document.
pub(super) fn portal_calls() -> Vec<(String, String)> {
    let document = fs::read_to_string("../infra/openapi.json").unwrap();
    let document: Value = serde_json::from_str(&document).unwrap();
    let mut calls = vec![];
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["security"][0].get("portal_key").is_some() {
                calls.push((method.to_uppercase(), path.clone()));
            }
        }
    }
    assert!(calls.len() >= 15, "{calls:?}");
    calls
}

const PROMPT: [(&str, &str); 7] = [
    ("GET", ""),
    ("GET", "/enrolment"),
    ("POST", "/challenge"),
    ("POST", "/enrolment"),
    ("POST", "/enrolment/confirm"),
    ("POST", "/skip"),
    ("POST", "/verify"),
];

/// Returns a character of base64url.
fn character(n: usize) -> char {
    char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[n % 64])
}

/// Returns random-looking text for a number.
fn noise(n: usize, length: usize) -> String {
    let step = |state: usize| state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(n);
    let states = std::iter::successors(Some(n + 1), |state| Some(step(*state)));
    states.skip(1).take(length).map(|state| character(state >> 33)).collect()
}

/// Changes one character of base64url, counted from the end.
fn changed(text: &str, n: usize) -> String {
    let at = text.len() - 1 - n;
    let old = text.as_bytes()[at];
    let new = (0..).map(character).find(|new| u32::from(*new) != u32::from(old)).unwrap();
    format!("{}{new}{}", &text[..at], &text[at + 1..])
}

/// Returns a forged key or id by somebody who knows the form, and perhaps a real one; `tail`
/// characters follow the portal's id.
fn made_up(ours: &str, portal: &str, other: &str, tail: usize, n: usize) -> String {
    let start = ours.split('_').next().unwrap();
    match n % 4 {
        0 => format!("{start}_{portal}_{}", noise(n, tail)),
        1 => format!("{start}_no-such-portal-{n}_{}", noise(n, tail)),
        2 => changed(ours, n / 4 % tail),
        _ => {
            let foreign = ours.replacen(&format!("_{portal}_"), &format!("_{other}_"), 1);
            if n % 8 == 3 { foreign } else { changed(&foreign, n / 8 % tail) }
        }
    }
}

/// Sends a good request to every route, so that each function has read its keys.
async fn warm(portal: &Portal, id: &str) {
    for (method, path) in portal_calls() {
        portal.send(&method, &path.replace("{id}", id), Some(&json!({}))).await;
    }
}

fn nothing_was_asked(world: &World, what: &str) {
    assert_eq!(world.aws.calls(), [], "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s40_a_made_up_api_key_asks_nothing_of_the_table_or_kms() {
    let world = World::start().await;
    let (portal, other) = (world.portal("always_on"), world.portal("managed"));
    let id = portal.open(anna()).await["id"].as_str().unwrap().to_owned();
    warm(&portal, &id).await;
    world.aws.reset();
    let calls = portal_calls();
    for n in 0..FLOOD {
        // Key id, secret and MAC, each with its underscore.
        let key = made_up(&portal.key, &portal.id, &other.id, 6 + 1 + 43 + 1 + 12, n);
        let forger = Portal { key, ..portal.clone() };
        let (method, path) = &calls[n % calls.len()];
        let path = path.replace("{id}", &id);
        let reply: Reply = forger.send(method, &path, Some(&json!({}))).await;
        assert_eq!(reply.problem(), (401, "key_refused"), "{method} {path} {n}");
        nothing_was_asked(&world, &format!("{method} {path} {n}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s40_a_made_up_sign_in_id_asks_nothing_of_the_table_or_kms() {
    let world = World::start().await;
    let (portal, other) = (world.portal("always_on"), world.portal("managed"));
    let id = portal.open(anna()).await["id"].as_str().unwrap().to_owned();
    assert_eq!(id.len(), format!("si_{}_", portal.id).len() + 72, "{id}");
    warm(&portal, &id).await;
    world.aws.reset();
    let calls: Vec<_> =
        portal_calls().into_iter().filter(|(_, path)| path.starts_with("/v1/sign-ins/")).collect();
    assert!(calls.len() >= 7, "{calls:?}");
    for n in 0..FLOOD {
        let forged = made_up(&id, &portal.id, &other.id, 72, n);
        let (method, path) = &calls[n % calls.len()];
        let path = path.replace("{id}", &forged);
        let reply: Reply = portal.send(method, &path, Some(&json!({}))).await;
        assert_eq!(reply.problem(), (404, "sign_in_unknown"), "{method} {path} {n}");
        nothing_was_asked(&world, &format!("{method} {path} {n}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s40_a_made_up_prompt_address_asks_nothing_of_the_table_or_kms() {
    let world = World::start().await;
    let (portal, other) = (world.portal("always_on"), world.portal("managed"));
    let sign_in = portal.open_prompt(anna()).await;
    let id = sign_in["id"].as_str().unwrap().to_owned();
    warm(&portal, &id).await;
    let browser = Browser::new(&world);
    let form = browser.open(&prompt(&sign_in)).await.form();
    world.aws.reset();
    for n in 0..FLOOD {
        let forged = made_up(&id, &portal.id, &other.id, 72, n);
        let (method, action) = PROMPT[n % PROMPT.len()];
        let path = format!("/prompt/{forged}{action}");
        let page = match method {
            "GET" => browser.get(&path).await,
            _ => browser.post(&path, &[("form", form.as_str()), ("code", "123456")]).await,
        };
        assert_eq!(page.status, 404, "{method} {path} {n}");
        nothing_was_asked(&world, &format!("{method} {path} {n}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s40_the_filter_lets_in_nobody_who_is_not_stored() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let (context, _) = world.function().await;
    let keyring = context.keyring().await.unwrap();
    let id = portcullis_domain::PortalId::parse(&portal.id).unwrap();
    // Whoever has the filter's key can make a key that passes it, and is let in nowhere.
    for (method, path) in portal_calls() {
        let terms = portcullis_domain::portal::KeyTerms::usual(context.now());
        let (key, _) =
            portcullis_keys::ApiKeySecret::issue(&keyring, &id, &[7; 36], context.now(), terms);
        let forger = Portal { key: key.expose().to_owned(), ..portal.clone() };
        let sign_in = world.unknown_sign_in(&portal).await;
        let path = path.replace("{id}", sign_in["id"].as_str().unwrap());
        for body in [json!({}), json!({ "user": { "id": "anna" }, "id": "anna" })] {
            let reply = forger.send(&method, &path, Some(&body)).await;
            assert!(matches!(reply.status, 400 | 401), "{method} {path}: {:?}", reply.body);
        }
    }
}
