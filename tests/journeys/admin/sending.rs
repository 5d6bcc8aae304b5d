//! A portal's own senders and daily caps, which operators set.

use crate::harness::{Portal, Reply, World, anna};
use serde_json::{Value, json};
use std::time::Duration;

const OWN: &str = "codes@acme.portal.example";

/// Returns a portal in its usual state and the one whose senders and caps are set. Both send codes
/// to the contact record.
async fn two_portals(world: &World) -> (Portal, Portal) {
    let own = world.portal("sms_enrolment");
    let methods = json!([
        { "type": "email", "destination": "directory" },
        { "type": "sms", "destination": "directory" },
    ]);
    world.change_policy(&own, |policy| policy["methods"] = methods).await;
    (world.portal("always_on"), own)
}

fn path(portal: &Portal) -> String {
    format!("/v1/admin/portals/{}/sending", portal.id)
}

/// Sets these senders and caps, and those of the service in place of the others.
async fn set(world: &World, portal: &Portal, own: Value) -> Reply {
    let mut sending = none();
    sending.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    world.admin("PUT", &path(portal), None, Some(sending)).await
}

/// Returns the senders and caps as the portal is read with them.
async fn shown(world: &World, portal: &Portal) -> Value {
    let path = format!("/v1/admin/portals/{}", portal.id);
    world.admin_ok("GET", &path, None).await["sending"].clone()
}

fn none() -> Value {
    json!({ "email_from": null, "sms_from": null, "emails_per_day": null, "texts_per_day": null })
}

async fn ask(portal: &Portal, user: Value, method: &str) -> Reply {
    let sign_in = portal.open(user).await;
    portal.act(&sign_in, "challenge", json!({ "method": method })).await
}

/// Has a code sent, and returns the sender of the message.
async fn sender_of_code(world: &World, portal: &Portal, method: &str) -> String {
    let sent = ask(portal, anna(), method).await;
    assert_eq!(sent.status, 202, "{:?}", sent.body);
    let from = world.outbox().await[0]["from"].as_str().unwrap().to_owned();
    world.advance(31);
    from
}

fn user(n: usize) -> Value {
    let phone = format!("+6421{:03}0123", 200 + n);
    json!({ "id": format!("user-{n}"), "email": format!("u{n}@example.com"), "email_verified": true, "phone": phone })
}

/// Asks for one code for each user, and returns how many were sent; the others met a cap.
async fn sent(portal: &Portal, users: std::ops::Range<usize>, method: &str) -> usize {
    let mut sent = 0;
    for n in users {
        let reply = ask(portal, user(n), method).await;
        match reply.status {
            202 => sent += 1,
            _ => assert_eq!(reply.problem(), (429, "send_limit")),
        }
    }
    sent
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_a_portals_messages_leave_under_its_own_sender_and_anothers_under_the_services() {
    let world = World::start().await;
    let (usual, own) = two_portals(&world).await;
    assert_eq!(shown(&world, &own).await, none());
    let saved = set(&world, &own, json!({ "email_from": OWN, "sms_from": "ACME" })).await;
    assert_eq!(
        (saved.status, &saved.body["sending"]["email_from"]),
        (200, &json!(OWN)),
        "{:?}",
        saved.body
    );
    for (portal, email, text) in
        [(&own, OWN, "ACME"), (&usual, "no-reply@portal.example", "Portal")]
    {
        let from = sender_of_code(&world, portal, "email").await;
        assert!(from.ends_with(&format!("<{email}>")), "{from}");
        assert_eq!(sender_of_code(&world, portal, "sms").await, text);
    }
    assert_eq!(shown(&world, &usual).await, none(), "another portal's");

    assert_eq!(set(&world, &own, json!({})).await.status, 200);
    let from = sender_of_code(&world, &own, "email").await;
    assert!(from.ends_with("<no-reply@portal.example>"), "{from}");
    assert_eq!(sender_of_code(&world, &own, "sms").await, "Portal");
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_with_twilio_a_portal_has_a_number_of_its_own_if_it_is_one_of_the_account() {
    let world = World::start().await;
    let (usual, own) = two_portals(&world).await;
    let account = format!("AC{}", "0".repeat(32));
    let twilio = json!({ "provider": "twilio", "client_id": account, "client_secret": "local-secret", "from": "+12025550100" });
    let settings =
        json!({ "email_from": "no-reply@portal.example", "sms": twilio, "countries": ["NZ"] });
    assert_eq!(world.put_settings(settings).await.status, 200);
    world.set_accounts(json!({ "twilio": { "numbers": ["+12025550100", "+12025550101"] } })).await;
    let refused = set(&world, &own, json!({ "sms_from": "+12025550199" })).await;
    assert_eq!(refused.problem(), (422, "settings_refused"));
    let detail = refused.body["detail"].as_str().unwrap();
    assert!(detail.contains("Buy it there"), "{detail}");
    assert_eq!(shown(&world, &own).await, none());
    assert_eq!(set(&world, &own, json!({ "sms_from": "+12025550101" })).await.status, 200);
    assert_eq!(sender_of_code(&world, &own, "sms").await, "+12025550101");
    assert_eq!(sender_of_code(&world, &usual, "sms").await, "+12025550100");
    // Twilio has no way to ask about a name, and the answer says so.
    let saved = set(&world, &own, json!({ "sms_from": "ACME" })).await;
    assert_eq!((saved.status, &saved.body["sending"]["sms_from"]), (200, &json!("ACME")));
    let codes: Vec<&Value> =
        saved.body["findings"].as_array().unwrap().iter().map(|found| &found["code"]).collect();
    assert!(codes.contains(&&json!("sender_unchecked")), "{codes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_a_sender_that_is_wrong_or_not_verified_is_refused_and_changes_nothing() {
    let world = World::start().await;
    let (_, own) = two_portals(&world).await;
    for wrong in [
        json!({ "email_from": "not an address" }),
        json!({ "email_from": "" }),
        json!({ "sms_from": "a name too long" }),
        json!({ "sms_from": format!("MG{}", "0".repeat(32)) }),
        json!({ "emails_per_day": -1 }),
        json!({ "texts_per_day": "7" }),
        json!({ "unknown": 1 }),
    ] {
        let refused = set(&world, &own, wrong.clone()).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{wrong}");
    }
    let part = world.admin("PUT", &path(&own), None, Some(json!({ "emails_per_day": 7 }))).await;
    assert_eq!(part.problem(), (400, "bad_request"), "what is left out is not taken away");
    let refused = set(&world, &own, json!({ "email_from": "codes@elsewhere.example" })).await;
    assert_eq!(refused.problem(), (422, "settings_refused"), "outside the identity");
    let detail = refused.body["detail"].as_str().unwrap();
    assert!(detail.contains("does not cover this address"), "{detail}");
    let channels = refused.body["findings"].as_array().unwrap().iter();
    assert!(channels.map(|found| &found["channel"]).all(|channel| channel == "email"));
    assert_eq!(shown(&world, &own).await, none());

    let without = world.put_settings(json!({ "email_from": "no-reply@portal.example" })).await;
    assert_eq!(without.status, 200);
    let refused = set(&world, &own, json!({ "sms_from": "ACME" })).await;
    assert_eq!(refused.problem(), (400, "bad_request"), "the service sends no text messages");
    let console = world.admin("PUT", "/v1/admin/portals/console/sending", None, Some(none())).await;
    assert_eq!(console.problem(), (403, "not_permitted"), "admins are in no portal");
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_a_cap_can_be_lowered_while_a_provider_is_paused_and_a_sender_cannot_be_set() {
    let world = World::start().await;
    let (_, own) = two_portals(&world).await;
    assert_eq!(set(&world, &own, json!({ "email_from": OWN })).await.status, 200);
    world.set_accounts(json!({ "ses": { "paused": true } })).await;
    let lowered = set(&world, &own, json!({ "email_from": OWN, "emails_per_day": 5 })).await;
    assert_eq!(lowered.status, 200, "{:?}", lowered.body);
    // A text message's sender has nothing to do with SES.
    let named = set(&world, &own, json!({ "email_from": OWN, "sms_from": "ACME" })).await;
    assert_eq!(named.status, 200, "{:?}", named.body);
    let other = json!({ "email_from": "login@acme.portal.example" });
    assert_eq!(set(&world, &own, other).await.problem(), (422, "settings_refused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_a_portals_own_cap_refuses_it_alone_and_the_services_still_holds() {
    let world = World::start().await;
    let (usual, own) = two_portals(&world).await;
    let two = json!({ "emails_per_day": 2, "texts_per_day": 3 });
    assert_eq!(set(&world, &own, two).await.status, 200);
    assert_eq!(sent(&own, 0..4, "email").await, 2);
    assert_eq!(sent(&own, 0..5, "sms").await, 3);
    assert_eq!(sent(&usual, 0..4, "email").await, 4, "another portal has the service's cap");
    assert_eq!(world.outbox().await.len(), 2 + 3 + 4);

    world.advance(86_400);
    world.set_email_cap(4).await;
    let many = json!({ "emails_per_day": 1_000_000 });
    assert_eq!(set(&world, &own, many).await.status, 200);
    assert_eq!(sent(&own, 4..10, "email").await, 4, "never more than the service's");
    let nothing = json!({ "emails_per_day": 0 });
    assert_eq!(set(&world, &usual, nothing).await.status, 200);
    assert_eq!(sent(&usual, 4..6, "email").await, 0);
    assert_eq!(sent(&usual, 4..6, "sms").await, 2, "the other way is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_each_change_of_senders_and_caps_is_an_entry_with_what_was_before() {
    let world = World::start().await;
    let (_, own) = two_portals(&world).await;
    let sending = json!({ "email_from": OWN, "sms_from": "ACME", "emails_per_day": 7 });
    assert_eq!(set(&world, &own, sending).await.status, 200);
    world.advance(1);
    assert_eq!(set(&world, &own, json!({ "sms_from": "ACME" })).await.status, 200);
    let log = format!("/v1/admin/portals/{}/activity?event=portal_changed", own.id);
    let mut entries = vec![];
    for _ in 0..100 {
        entries = world.admin_ok("GET", &log, None).await["entries"].as_array().unwrap().clone();
        if entries.len() >= 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let told = |field, old: &str, new: &str| json!({ "field": field, "old": old, "new": new });
    let address = format!("\"{OWN}\"");
    assert_eq!(entries.len(), 2, "{entries:?}");
    assert_eq!(entries[1]["actor"], "admin:operator");
    assert_eq!(
        entries[1]["changes"],
        json!([
            told("sending.email_from", "none", &address),
            told("sending.sms_from", "none", "\"ACME\""),
            told("sending.emails_per_day", "none", "7"),
        ])
    );
    assert_eq!(
        entries[0]["changes"],
        json!([
            told("sending.email_from", &address, "none"),
            told("sending.emails_per_day", "7", "none"),
        ])
    );
}
