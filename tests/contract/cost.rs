//! The cost of each step in units of the table, computed from its calls, as the documentation has
//! it.

use crate::{
    capacity::prices::price,
    harness::{Portal, World, anna, fresh_nonce},
};
use serde_json::{Value, json};

const EMAIL: &str = "testing@example.co.nz";
const PHONE: &str = "+64211234589";

/// Checks that the documentation has the row of what was done since the last reset.
fn assert_row(world: &World, step: &str) {
    let units = world.aws.units();
    let (read, write) = (u32::try_from(units.read).unwrap(), u32::try_from(units.write).unwrap());
    let one = f64::from(read) * price("table read") + f64::from(write) * price("table write");
    let dollars = 1_000_000.0 * one;
    let row = format!("| {step} | {read} | {write} | ${dollars:.2} |");
    let page = include_str!("../../infra/docs/evaluate/cost.md");
    assert!(page.contains(&row), "infra/docs/evaluate/cost.md should have\n{row}");
}

/// Returns a user behind whom thirty sign-ins lie, with the app's secret and the browser's token.
async fn settled(world: &World, portal: &Portal) -> (String, String) {
    let secret = portal.enrol_app(world, anna()).await;
    let mut token = Value::Null;
    // Each sixth opening in a known browser is noted for the portal's share: not the next one.
    for _ in 0..31 {
        world.advance(3_600);
        let sign_in = open(portal, &token, Value::Null).await;
        let verified = portal.verify(&sign_in, &world.totp(&secret)).await;
        token = verified.body["browser_token"].clone();
    }
    // Soon enough that no process reads its keyring again, which it does every five minutes.
    world.advance(60);
    (secret, token.as_str().unwrap().to_owned())
}

async fn open(portal: &Portal, token: &Value, code: Value) -> Value {
    let mut body = json!({ "user": anna(), "event": "login", "nonce": fresh_nonce() });
    for (name, value) in [("browser_token", token), ("code", &code)] {
        if !value.is_null() {
            body[name] = value.clone();
        }
    }
    let opened = portal.post("/v1/sign-ins", body).await;
    assert_eq!(opened.status, 201, "{:?}", opened.body);
    opened.body
}

#[tokio::test(flavor = "multi_thread")]
async fn z4_a_settled_users_steps_cost_what_the_documentation_says() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let (secret, token) = settled(&world, &portal).await;
    let token = json!(token);
    world.aws.reset();
    let sign_in = open(&portal, &token, Value::Null).await;
    assert_row(&world, "opening a sign-in");
    world.aws.reset();
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.status, 200);
    assert_row(&world, "a code of the app");
    world.advance(60);
    world.aws.reset();
    let opened = open(&portal, &token, json!(world.totp(&secret))).await;
    assert_eq!(opened["status"], "allowed");
    assert_row(&world, "both in one call");
}

#[tokio::test(flavor = "multi_thread")]
async fn z4_a_code_that_is_sent_costs_what_the_documentation_says() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    for (method, to) in [("email", EMAIL), ("sms", PHONE)] {
        for _ in 0..5 {
            world.advance(3_600);
            let sign_in = portal.open(anna()).await;
            portal.act(&sign_in, "challenge", json!({ "method": method })).await;
            let code = world.code_sent_to(to).await;
            assert_eq!(portal.verify(&sign_in, &code).await.status, 200);
        }
    }
    for (method, step) in [("email", "a code by email"), ("sms", "a code by text message")] {
        world.advance(3_600);
        let sign_in = portal.open(anna()).await;
        world.aws.reset();
        let sent = portal.act(&sign_in, "challenge", json!({ "method": method })).await;
        assert_eq!(sent.status, 202, "{:?}", sent.body);
        assert_row(&world, step);
    }
}
