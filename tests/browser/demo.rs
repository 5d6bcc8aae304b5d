//! The pages of the demo portals, which say in advance what comes, with the messages beside it.

use super::{Visitor, flow};
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
    let opened = portal.open(client).await;
    let sent = portal.act(&opened, "challenge", json!({ "method": "sms" })).await;
    assert_eq!(sent.status, 202, "{:?}", sent.body);
    visitor.driver.refresh().await.unwrap();
    beside(visitor, "+64211234580 by sns").await;
    // A user who comes by an invitation or a mailed link is told nothing in advance.
    for page in ["invitation", "enrol?ticket=none"] {
        visitor.go(&format!("/demo/{}/{page}", portal.id)).await;
        visitor.sees("Password").await;
        visitor.sees_not("At the first sign-in").await;
    }
}

/// Expects words in the frame with the messages.
async fn beside(visitor: &Visitor, words: &str) {
    let frame = visitor.driver.find(By::Tag("iframe")).await.unwrap();
    frame.enter_frame().await.unwrap();
    visitor.sees(words).await;
    visitor.driver.enter_default_frame().await.unwrap();
}
