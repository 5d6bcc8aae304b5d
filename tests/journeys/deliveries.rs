//! Reports of providers on messages: in the user's activity, and in the ways on offer.

use crate::harness::{Browser, Portal, World, anna, prompt, settings_with_twilio, user_path};
use serde_json::{Value, json};

const EMAIL: &str = "testing@example.co.nz";
const PHONE: &str = "+64211234589";

async fn mailbox(world: &World, state: &str) {
    world.set_accounts(json!({ "ses": { "mailboxes": { EMAIL: state } } })).await;
}

async fn mail_code(world: &World, portal: &Portal, sign_in: &Value) {
    let sent = portal.act(sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!(sent.status, 202, "{}", sent.body);
    world.running.reports_are_delivered().await;
}

/// Returns true if an entry of this kind is among the user's newest. The entry that says that a
/// message was sent comes before a report on it or after.
async fn is_told(portal: &Portal, user: &str, wanted: &str, newest: usize) -> bool {
    let answer = portal.get(&user_path("/v1/user/activity", user)).await;
    let entries = answer.body.as_array().unwrap_or_else(|| panic!("{}", answer.body));
    entries.iter().take(newest).any(|entry| entry["event"] == wanted)
}

fn methods(answer: &Value) -> Vec<&str> {
    let options = answer["options"].as_array().unwrap().iter();
    options.map(|option| option["method"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_an_email_that_comes_back_leaves_other_ways_and_is_tried_again_after_a_day() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    mailbox(&world, "bounce").await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(methods(&sign_in), ["email", "sms"]);
    mail_code(&world, &portal, &sign_in).await;
    assert!(world.sent_to(EMAIL).await.is_empty(), "it came back");

    let seen = portal.look(&sign_in).await.body;
    assert_eq!(methods(&seen), ["sms"]);
    assert_eq!(seen["unavailable"], json!([{ "method": "email", "reason": "undeliverable" }]));
    let message = seen["message"].as_str().unwrap();
    assert!(message.contains("Messages to test*****.co.nz come back to us"), "{message}");
    assert!(is_told(&portal, "anna", "message_returned", 2).await);
    let again = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!(again.problem(), (403, "method_not_offered"));
    assert_eq!(portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await.status, 202);
    let code = world.code_sent_to(PHONE).await;
    assert_eq!(portal.verify(&sign_in, &code).await.status, 200);

    mailbox(&world, "success").await;
    world.advance(86_400);
    let sign_in = portal.open(anna()).await;
    assert_eq!(methods(&sign_in), ["email", "sms"], "it is tried again");
    mail_code(&world, &portal, &sign_in).await;
    assert!(is_told(&portal, "anna", "message_delivered", 2).await);
    let code = world.code_sent_to(EMAIL).await;
    assert_eq!(portal.verify(&sign_in, &code).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_the_mailbox_simulator_behaves_here_as_it_does_at_ses() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    for (local, newest, stays) in [
        ("success+a", "message_delivered", true),
        ("bounce", "message_returned", false),
        ("suppressionlist", "message_returned", false),
        ("complaint+b", "message_complained", true),
    ] {
        let address = format!("{local}@simulator.amazonses.com");
        let user = json!({ "id": local, "email": address, "email_verified": true });
        let sign_in = portal.open(user).await;
        mail_code(&world, &portal, &sign_in).await;
        assert!(is_told(&portal, local, newest, 3).await, "{local}");
        let seen = portal.look(&sign_in).await.body;
        assert_eq!(methods(&seen).contains(&"email"), stays, "{local}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_a_soft_bounce_is_told_and_takes_nothing_away() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    for state in ["full", "delay", "rejected"] {
        mailbox(&world, state).await;
        let sign_in = portal.open(anna()).await;
        mail_code(&world, &portal, &sign_in).await;
        assert_eq!(methods(&portal.look(&sign_in).await.body), ["email", "sms"], "{state}");
        assert!(is_told(&portal, "anna", "message_delayed", 2).await, "{state}");
        world.advance(3_600);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_when_nothing_is_left_the_user_is_told_so_and_stays_outside() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    mailbox(&world, "bounce").await;
    let user = json!({ "id": "ben", "email": EMAIL, "email_verified": true });
    let sign_in = portal.open(user.clone()).await;
    mail_code(&world, &portal, &sign_in).await;
    let seen = portal.look(&sign_in).await.body;
    assert_eq!((&seen["status"], methods(&seen).len()), (&json!("challenge"), 0));
    let message = seen["message"].as_str().unwrap();
    assert!(message.starts_with("No way to send you a code is left for now."), "{message}");
    assert!(seen["assertion"].is_null());
    let other = portal.open(user).await;
    assert_eq!((&other["status"], methods(&other).len()), (&json!("challenge"), 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_the_prompt_says_that_messages_come_back_and_offers_what_is_left() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    mailbox(&world, "bounce").await;
    let browser = Browser::new(&world);
    let sign_in = portal.open_prompt(anna()).await;
    let page = browser.open(&prompt(&sign_in)).await;
    assert!(page.says("test*****.co.nz"), "{}", page.text);
    let at = prompt(&sign_in);
    browser.submit(&at, &format!("{at}/challenge"), &[("method", "email")]).await;
    world.running.reports_are_delivered().await;
    let page = browser.get(&at).await;
    assert!(page.says("Messages to test*****.co.nz come back to us"), "{}", page.text);
    assert!(page.says("+64*****89") && !page.says("Enter the 6-digit code"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_a_text_message_that_twilio_cannot_deliver_leaves_other_ways() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let saved = world.put_settings(settings_with_twilio()).await;
    assert_eq!((saved.status, &saved.body["sms"]["auth_token_set"]), (200, &json!(true)));
    for (status, code, left) in [
        ("undelivered", 30_005, ["email"].as_slice()),
        ("failed", 21_610, &["email"]),
        ("undelivered", 30_008, &["email", "sms"]),
        ("delivered", 0, &["email", "sms"]),
    ] {
        let reports = json!({ "twilio": { "reports": { PHONE: [status, code] } } });
        world.set_accounts(reports).await;
        let sign_in = portal.open(anna()).await;
        let sent = portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
        assert_eq!(sent.status, 202, "{code}: {}", sent.body);
        let wanted = match left {
            ["email"] => "message_returned",
            _ if code > 0 => "message_delayed",
            _ => "message_delivered",
        };
        for _ in 0..100 {
            if is_told(&portal, "anna", wanted, 2).await {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert!(is_told(&portal, "anna", wanted, 2).await, "{code}");
        assert_eq!(methods(&portal.look(&sign_in).await.body), left, "{code}");
        world.advance(86_400);
    }
}
