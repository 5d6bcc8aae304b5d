//! Switches a portal from each preset to each other, with users in every state and in the middle of
//! a sign-in: nothing fails, nothing bound is lost, and nobody gets in by a way that the new policy
//! forbids.

use crate::harness::{Portal, Reply, World, other_than};
use serde_json::{Value, json};

const PRESETS: [&str; 8] = [
    "authenticator_app",
    "authenticator_app_with_email",
    "always_on",
    "sms_enrolment",
    "sms_enrolment_opt_out",
    "email_enrolment",
    "email_enrolment_opt_out",
    "managed",
];

struct Traveller {
    user: Value,
    sign_in: Value,
    secret: Option<String>,
}

/// Brings users into each state of a preset: not begun, enrolled, skipped, reset, in an enrolment,
/// with a code under way, after a wrong code.
async fn travellers(world: &World, portal: &Portal, prefix: &str) -> Vec<Traveller> {
    let mut all = vec![];
    for (n, state) in
        ["new", "enrolled", "skipped", "reset", "enrolling", "asked", "wrong"].iter().enumerate()
    {
        let id = format!("{prefix}-{state}");
        let user = json!({
            "id": id, "email": format!("{id}@example.com"), "email_verified": true, "phone": format!("021 123 45{n}9"),
        });
        let mut secret = None;
        if ["enrolled", "reset", "asked", "wrong"].contains(state) {
            secret = enrol(world, portal, &user, n).await;
        }
        if *state == "reset" {
            let reset = json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "test", "confirm": true });
            portal.reset_user(&id, reset).await;
        }
        let sign_in = portal.open(user.clone()).await;
        match *state {
            "skipped" => drop(portal.act(&sign_in, "skip", json!({})).await),
            "enrolling" => drop(start(portal, &sign_in, n).await),
            "asked" => drop(portal.act(&sign_in, "challenge", json!({ "method": "email" })).await),
            "wrong" => drop(portal.verify(&sign_in, "000000").await),
            _ => {}
        }
        all.push(Traveller { user, sign_in, secret });
    }
    all
}

async fn start(portal: &Portal, sign_in: &Value, n: usize) -> Option<(Reply, String)> {
    let bodies = [
        (json!({ "method": "authenticator_app" }), String::new()),
        (json!({ "method": "sms", "phone": format!("021 123 40{n}9") }), format!("+642112340{n}9")),
        (
            json!({ "method": "email", "email": format!("own{n}@example.org") }),
            format!("own{n}@example.org"),
        ),
    ];
    for (body, to) in bodies {
        let started = portal.act(sign_in, "enrolment", body).await;
        assert!(started.status < 500, "{:?}", started.body);
        if started.status == 201 {
            return Some((started, to));
        }
    }
    None
}

/// Enrols a user, if the preset allows it; returns the secret of an app.
async fn enrol(world: &World, portal: &Portal, user: &Value, n: usize) -> Option<String> {
    let sign_in = portal.open(user.clone()).await;
    let (started, to) = start(portal, &sign_in, n).await?;
    let secret = started.body["enrolment"]["secret"].as_str().map(str::to_owned);
    let code = match &secret {
        Some(secret) => world.totp(secret),
        None => world.code_sent_to(&to).await,
    };
    let done = portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    world.advance(31);
    secret
}

/// Checks that the new policy allows to get in without a second step.
fn justified(view: &Value, policy: &Value) {
    if view["status"] == "allowed" {
        let reason = view["reason"].as_str().unwrap();
        let skipped = reason == "skipped" && policy["enforcement"]["type"] == "opt_out";
        let off = reason == "not_required" && policy["enabled"] == false;
        // What was done before the switch stays done.
        assert!(skipped || off || reason == "done", "{reason} under {policy}");
    }
}

/// Takes every step of a sign-in, and then of a new one.
async fn go_on(world: &World, portal: &Portal, traveller: &Traveller, policy: &Value, n: usize) {
    let before = bound(portal, traveller).await;
    let fresh = portal.open(traveller.user.clone()).await;
    justified(&fresh, policy);
    for sign_in in [&traveller.sign_in, &fresh] {
        let view = portal.look(sign_in).await;
        assert!(view.status < 500, "{:?}", view.body);
        for method in ["email", "sms", "authenticator_app"] {
            let sent = portal.act(sign_in, "challenge", json!({ "method": method })).await;
            assert!(sent.status < 500, "{:?}", sent.body);
        }
        let right = traveller.secret.as_ref().map(|secret| world.totp(secret));
        let wrong = right.as_deref().map_or("000000".to_owned(), other_than);
        let guess = portal.verify(sign_in, &wrong).await;
        assert!(guess.status >= 400 && guess.status < 500, "{:?}", guess.body);
        let skip = portal.act(sign_in, "skip", json!({})).await;
        assert!(skip.status < 500);
        assert!(
            skip.status != 200 || policy["enforcement"]["type"] == "opt_out",
            "{:?}",
            skip.body
        );
        if skip.status == 200 {
            continue;
        }
        let started = start(portal, sign_in, n + 50).await;
        let offered = portal.look(sign_in).await.body["status"].clone();
        assert!(started.is_none() || offered == "enrol", "enrolled while {offered}");
    }
    let after = bound(portal, traveller).await;
    assert_eq!(before, after, "what is bound changes by no step that was not confirmed");
}

async fn bound(portal: &Portal, traveller: &Traveller) -> Value {
    let path = crate::harness::user_path("/v1/user", traveller.user["id"].as_str().unwrap());
    portal.get(&path).await.body["methods"].clone()
}

async fn from(preset: &str) {
    let world = World::start().await;
    let portal = world.portal(preset);
    let presets = world.admin_ok("GET", "/v1/admin/presets", None).await;
    let policy_of = |name: &str| {
        let preset = presets.as_array().unwrap().iter().find(|p| p["name"] == name);
        preset.unwrap()["policy"].clone()
    };
    for to in PRESETS.iter().filter(|to| **to != preset) {
        let travellers = travellers(&world, &portal, to).await;
        let policy = policy_of(to);
        world.change_policy(&portal, |p| *p = policy.clone()).await;
        for (n, traveller) in travellers.iter().enumerate() {
            go_on(&world, &portal, traveller, &policy, n).await;
        }
        let back = policy_of(preset);
        world.change_policy(&portal, |p| *p = back).await;
        world.advance(3_600);
    }
}

macro_rules! switching {
    ($($name:ident: $preset:literal,)*) => {
        $(#[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            from($preset).await;
        })*
    };
}

switching! {
    x1_from_the_app_to_any_other: "authenticator_app",
    x1_from_the_app_with_email_to_any_other: "authenticator_app_with_email",
    x1_from_always_on_to_any_other: "always_on",
    x1_from_sms_to_any_other: "sms_enrolment",
    x1_from_sms_with_opt_out_to_any_other: "sms_enrolment_opt_out",
    x1_from_email_to_any_other: "email_enrolment",
    x1_from_email_with_opt_out_to_any_other: "email_enrolment_opt_out",
    x1_from_managed_to_any_other: "managed",
}
