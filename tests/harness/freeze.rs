//! Freeze links, as notices carry them.

use super::{Portal, World, anna, text};
use serde_json::json;
use std::time::Duration;

impl World {
    /// A portal whose notices carry freeze links, with a user whose address is a day old.
    pub async fn with_freeze_links(&self, preset: &str) -> Portal {
        let portal = self.portal(preset);
        self.change_policy(&portal, |policy| policy["self_service"] = json!("with_proof")).await;
        portal.open(anna()).await;
        self.advance(86_400);
        portal
    }

    /// Returns the path of the newest freeze link that was mailed to an address in a notice with
    /// these words, once it came.
    pub async fn freeze_link_in(&self, words: &str, to: &str) -> String {
        for _ in 0..100 {
            let messages = self.messages().await;
            let mut about = messages.iter().filter(|m| m["to"] == to && text(m).contains(words));
            match about.find_map(|message| freeze_link_of(text(message))) {
                Some(link) => return link,
                None => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
        panic!("no freeze link about \"{words}\" was mailed to {to} within ten seconds");
    }
}

pub fn freeze_link_of(text: &str) -> Option<String> {
    let (_, link) = text.split_once("/prompt/freeze?")?;
    let link = link.split_whitespace().next()?;
    Some(format!("/prompt/freeze?{link}"))
}
