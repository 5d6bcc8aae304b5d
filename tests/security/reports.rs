//! Reports on messages that nobody may believe.

use crate::harness::{Portal, TWILIO_ACCOUNT, TWILIO_SECRET, World, anna, settings_with_twilio};
use portcullis_keys::twilio_signature;
use serde_json::{Value, json};

const EMAIL: &str = "testing@example.co.nz";
const AT: &str = "2030-01-01T00:00:00.000Z";

fn methods(answer: &Value) -> Vec<&str> {
    let options = answer["options"].as_array().unwrap().iter();
    options.map(|option| option["method"].as_str().unwrap()).collect()
}

fn bounce(tags: &Value) -> Value {
    json!({
        "source": "aws.ses", "detail-type": "Email Bounced", "detail": {
            "eventType": "Bounce", "mail": { "timestamp": AT, "destination": [EMAIL], "tags": tags },
            "bounce": { "bounceType": "Permanent", "bounceSubType": "General", "timestamp": AT },
        },
    })
}

async fn put(world: &World, body: &str) {
    let sent = world.http.post(world.url("/local/reports")).body(body.to_owned()).send().await;
    assert_eq!(sent.unwrap().status(), 204);
    world.running.reports_are_delivered().await;
}

/// Has Twilio take a text message, and returns the query that names it at the callback.
async fn texted(world: &World, portal: &Portal) -> (Value, String) {
    let sign_in = portal.open(anna()).await;
    let sent = portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    assert_eq!(sent.status, 202, "{}", sent.body);
    let messages = world.outbox().await;
    let callback = messages[0]["tags"]["StatusCallback"].as_str().unwrap();
    (sign_in, callback.split_once('?').unwrap().1.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn s51_events_that_were_made_up_or_are_of_another_deployment_change_nothing() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let other_world = World::start().await;
    let other = other_world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.act(&sign_in, "challenge", json!({ "method": "email" })).await.status, 202);
    let sign_in_there = other.open(anna()).await;
    other.act(&sign_in_there, "challenge", json!({ "method": "email" })).await;
    let name = |messages: Vec<Value>| messages[0]["tags"]["message"].as_str().unwrap().to_owned();
    let own = name(world.outbox().await);
    let foreign = name(other_world.outbox().await);
    let before = world.raw_user(&portal.id, "anna").await;
    let flipped: String = own
        .char_indices()
        .map(|(n, c)| if n == 30 { if c == 'A' { 'B' } else { 'A' } } else { c })
        .collect();
    for made_up in [
        json!({}),
        json!({ "message": [] }),
        json!({ "message": ["nonsense"] }),
        json!({ "message": [flipped] }),
        json!({ "message": [foreign] }),
        json!({ "message": [own.replace("email", "sms")] }),
        json!({ "portal": ["always-on"], "locator": ["AAAAAAAAAAAAAAAAAAAAAA"] }),
    ] {
        put(&world, &bounce(&made_up).to_string()).await;
        assert_eq!(world.raw_user(&portal.id, "anna").await, before, "{made_up}");
    }
    for broken in ["", "{}", "not json", "{\"detail\":{\"mail\":{\"tags\":{\"message\":[\"x\"]}}}}"]
    {
        put(&world, broken).await;
    }
    let left = world.running.queued_in("DeliveryEvents");
    assert_eq!(left.len(), 4, "what cannot be read comes again, until it is put aside");
    assert_eq!(methods(&portal.look(&sign_in).await.body), ["email", "sms"]);

    // Its own event does it, once.
    put(&world, &bounce(&json!({ "message": [own] })).to_string()).await;
    assert_eq!(methods(&portal.look(&sign_in).await.body), ["sms"]);
    let after = world.raw_user(&portal.id, "anna").await;
    put(&world, &bounce(&json!({ "message": [own] })).to_string()).await;
    assert_eq!(world.raw_user(&portal.id, "anna").await, after, "twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn s51_an_event_of_before_a_reset_or_of_an_old_address_changes_nothing() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    let own = world.outbox().await[0]["tags"]["message"].as_str().unwrap().to_owned();
    let moved = json!({ "email": "new@example.co.nz", "email_verified": true });
    assert_eq!(portal.put_user("anna", &moved).await.status, 200);
    let before = world.raw_user(&portal.id, "anna").await;
    put(&world, &bounce(&json!({ "message": [own] })).to_string()).await;
    assert_eq!(world.raw_user(&portal.id, "anna").await, before, "an old address");
    let reset = json!({ "actor": { "id": "jo", "role": "portal_admin" }, "reason": "asked", "confirm": true });
    let back = json!({ "email": EMAIL, "email_verified": true });
    assert_eq!(portal.put_user("anna", &back).await.status, 200);
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    let before = world.raw_user(&portal.id, "anna").await;
    put(&world, &bounce(&json!({ "message": [own] })).to_string()).await;
    assert_eq!(world.raw_user(&portal.id, "anna").await, before, "another epoch");
}

#[tokio::test(flavor = "multi_thread")]
async fn s51_only_twilio_reports_on_text_messages() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    assert_eq!(world.put_settings(settings_with_twilio()).await.status, 200);
    let (sign_in, query) = texted(&world, &portal).await;
    let path = "/v1/deliveries/twilio";
    let url = |query: &str| format!("{}{path}?{query}", world.origin());
    let fields = |account: &str, status: &str| -> Vec<(String, String)> {
        let all = [("AccountSid", account), ("MessageStatus", status), ("ErrorCode", "30005")];
        all.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
    };
    let right = fields(TWILIO_ACCOUNT, "undelivered");
    let sign = |token: &str, query: &str, fields: &[(String, String)]| {
        twilio_signature(token, &url(query), fields)
    };
    let good = sign(TWILIO_SECRET, &query, &right);
    let other_account = fields("AC11111111111111111111111111111111", "undelivered");
    let delivered = fields(TWILIO_ACCOUNT, "delivered");
    let forged = query.replace("always-on", "managed");
    let before = world.raw_user(&portal.id, "anna").await;
    for (query, fields, signature) in [
        (query.as_str(), &right, None),
        (&query, &right, Some(String::new())),
        (&query, &right, Some(sign("other-secret", &query, &right))),
        (&query, &delivered, Some(good.clone())),
        (&query, &other_account, Some(sign(TWILIO_SECRET, &query, &other_account))),
        (&forged, &right, Some(sign(TWILIO_SECRET, &forged, &right))),
        ("", &right, Some(sign(TWILIO_SECRET, "", &right))),
        ("message=x", &right, Some(sign(TWILIO_SECRET, "message=x", &right))),
    ] {
        let mut call = world.http.post(world.url(&format!("{path}?{query}"))).form(fields);
        if let Some(signature) = &signature {
            call = call.header("X-Twilio-Signature", signature);
        }
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), 403, "{query} {signature:?}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["code"], "report_refused");
    }
    assert_eq!(world.raw_user(&portal.id, "anna").await, before);
    for _ in 0..2 {
        let call = world.http.post(world.url(&format!("{path}?{query}"))).form(&right);
        let answer = call.header("X-Twilio-Signature", &good).send().await.unwrap();
        assert_eq!(answer.status(), 204, "a replay is taken and changes nothing");
    }
    assert_eq!(methods(&portal.look(&sign_in).await.body), ["email"]);
}
