//! The pages of the demo portals, which say in advance what comes, with the messages beside it.

use super::{Visitor, flow};
use crate::harness::Portal;
use serde_json::json;
use thirtyfour::By;

flow!(each_demo_portal_says_what_comes_and_shows_the_messages, super::previews);

async fn previews(visitor: &Visitor) {
    visitor.go("/demo").await;
    visitor.sees("An authenticator app, or email instead").await;
    visitor.look("portal-list").await;
    let client = json!({
        "id": "client", "email": "client@example.co.nz", "email_verified": true,
        "phone": "+64 21 123 4580",
    });
    let presets = visitor.world.running.demo.portals.iter().map(|portal| portal.preset.clone());
    for preset in presets.collect::<Vec<_>>() {
        let portal = visitor.world.portal(&preset);
        let opened = portal.open(client.clone()).await;
        visitor.go(&format!("/demo/{}", portal.id)).await;
        for part in ["At the first sign-in", "At the next ones", "When the phone is lost"] {
            visitor.sees(part).await;
        }
        // What the service says now is what the page has told.
        visitor.sees(&format!("“{}”", opened["message"].as_str().unwrap())).await;
        for link in opened["links"].as_array().into_iter().flatten() {
            visitor.sees(&format!("“{}”", link["label"].as_str().unwrap())).await;
        }
    }
    visitor.look("portal-sign-in").await;

    let portal = visitor.world.portal("always_on");
    visitor.go(&format!("/demo/{}", portal.id)).await;
    beside(visitor, "Nothing was sent yet.").await;
    for (method, words) in
        [("sms", "+64211234580 by sns"), ("email", "client@example.co.nz by ses")]
    {
        let opened = portal.open(client.clone()).await;
        let sent = portal.act(&opened, "challenge", json!({ "method": method })).await;
        assert_eq!(sent.status, 202, "{:?}", sent.body);
        visitor.driver.refresh().await.unwrap();
        beside(visitor, words).await;
    }
    visitor.look("portal-messages").await;
    // The messages of one portal are not beside the pages of another.
    let other = visitor.world.portal("sms_enrolment");
    visitor.go(&format!("/demo/{}", other.id)).await;
    beside(visitor, "Nothing was sent yet.").await;
    enrols_by_sms(&other, "+64211234581").await;
    let opted_out = visitor.world.portal("sms_enrolment_opt_out");
    enrols_by_sms(&opted_out, "+64211234582").await;
    for (shown, words, hidden) in [
        (&other, "+64211234581 by sns", "+64211234582"),
        (&opted_out, "+64211234582 by sns", "+64211234581"),
    ] {
        visitor.go(&format!("/demo/{}", shown.id)).await;
        beside(visitor, words).await;
        not_beside(visitor, hidden).await;
    }
    // A user who comes by an invitation or a mailed link is told nothing in advance.
    for page in ["invitation", "enrol?ticket=none"] {
        visitor.go(&format!("/demo/{}/{page}", portal.id)).await;
        visitor.sees("Password").await;
        visitor.sees_not("At the first sign-in").await;
    }
}

async fn enrols_by_sms(portal: &Portal, phone: &str) {
    let opened = portal.open(json!({ "id": "somebody" })).await;
    let number = json!({ "method": "sms", "phone": phone });
    let sent = portal.act(&opened, "enrolment", number).await;
    assert_eq!(sent.status, 201, "{:?}", sent.body);
}

/// Expects words in the frame with the messages.
async fn beside(visitor: &Visitor, words: &str) {
    let frame = visitor.driver.find(By::Tag("iframe")).await.unwrap();
    frame.enter_frame().await.unwrap();
    visitor.sees(words).await;
    visitor.driver.enter_default_frame().await.unwrap();
}

async fn not_beside(visitor: &Visitor, words: &str) {
    let frame = visitor.driver.find(By::Tag("iframe")).await.unwrap();
    frame.enter_frame().await.unwrap();
    visitor.sees_not(words).await;
    visitor.driver.enter_default_frame().await.unwrap();
}
