//! Messages: in the reader's language, as text and as a page.

use crate::harness::{World, anna};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn messages_and_steps_are_in_the_language_of_the_user_else_of_the_portal() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let mut user = anna();
    user["locale"] = json!("nl-NL");
    let sign_in = portal.open(user).await;
    assert_eq!(sign_in["message"], "Kies hoe je je beveiligingscode wilt krijgen");
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    let sent = world.outbox().await;
    assert!(sent[0]["text"].as_str().unwrap().contains("is je beveiligingscode"), "{sent:?}");
    assert!(sent[1]["subject"].as_str().unwrap().starts_with("Je beveiligingscode voor"));
    assert!(sent[1]["html"].as_str().unwrap().contains("<html lang=\"nl\""));

    world.change_profile("always-on", |profile| profile["locale"] = json!("nl")).await;
    let ben = json!({ "id": "ben", "email": "ben@example.com", "email_verified": true });
    let sign_in = portal.open(ben.clone()).await;
    assert_eq!(sign_in["message"], "Kies hoe je je beveiligingscode wilt krijgen");
    let mut japanese = ben;
    japanese["locale"] = json!("ja");
    let sign_in = portal.open(japanese).await;
    assert_eq!(sign_in["message"], "Choose how to get your security code", "English is complete");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_message_ends_with_the_portals_domain_and_the_code() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    let text = world.outbox().await[0]["text"].as_str().unwrap().to_owned();
    let code = world.code_sent_to("+64211234589").await;
    assert_eq!(text.lines().last().unwrap(), format!("@portal.example #{code}"));
    assert!(text.is_ascii() && text.len() <= 160);
}
