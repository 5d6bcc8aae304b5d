//! Messages to people, as the stand-ins of the providers got them.

use super::World;
use serde_json::Value;
use std::time::Duration;

impl World {
    pub async fn messages(&self) -> Vec<Value> {
        let messages: Value =
            self.http.get(self.url("/local/outbox")).send().await.unwrap().json().await.unwrap();
        messages.as_array().unwrap().clone()
    }

    pub async fn outbox(&self) -> Vec<Value> {
        self.messages()
            .await
            .into_iter()
            .filter(|message| code_in(text(message)).is_some())
            .collect()
    }

    /// Returns the destinations of a notice with these words, once there are as many; the stream
    /// needs a moment.
    pub async fn notices(&self, words: &str, wanted: usize) -> Vec<String> {
        for _ in 0..100 {
            let messages = self.messages().await;
            let notices = messages.iter().filter(|m| text(m).contains(words));
            let mut to: Vec<String> =
                notices.map(|m| m["to"].as_str().unwrap().to_owned()).collect();
            if to.len() >= wanted {
                to.sort();
                return to;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{wanted} notices with \"{words}\" did not come within ten seconds");
    }

    /// Returns the number of notices with these words to a destination, once there is one.
    pub async fn messages_about(&self, words: &str, to: &str) -> usize {
        for _ in 0..100 {
            let messages = self.messages().await;
            let about = |m: &&Value| m["to"] == to && text(m).contains(words);
            match messages.iter().filter(about).count() {
                0 => tokio::time::sleep(Duration::from_millis(100)).await,
                several => return several,
            }
        }
        panic!("no notice with \"{words}\" came to {to} within ten seconds");
    }

    pub async fn ticket_sent_to(&self, to: &str) -> String {
        let messages = self.messages().await;
        let theirs = messages.iter().filter(|message| message["to"] == to);
        let ticket = theirs.filter_map(|message| ticket_in(text(message))).next();
        ticket.unwrap_or_else(|| panic!("no link was mailed to {to}"))
    }

    pub async fn sent_to(&self, to: &str) -> Vec<String> {
        let messages = self.outbox().await;
        messages.iter().filter(|m| m["to"] == to).map(|m| text(m).to_owned()).collect()
    }

    pub async fn code_sent_to(&self, to: &str) -> String {
        let messages = self.outbox().await;
        let newest = messages.iter().find(|message| message["to"] == to);
        newest
            .and_then(|message| code_in(text(message)))
            .unwrap_or_else(|| panic!("nothing was sent to {to}"))
    }
}

pub fn text(message: &Value) -> &str {
    message["text"].as_str().unwrap()
}

/// Returns the code in a message. Six digits within the URL of a link are none.
pub fn code_in(text: &str) -> Option<String> {
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    let mut runs = words.flat_map(|word| word.split(|c: char| !c.is_ascii_digit()));
    runs.find(|run| run.len() == 6).map(str::to_owned)
}

pub fn ticket_in(text: &str) -> Option<String> {
    let (_, ticket) = text.split_once("ticket=")?;
    ticket.split_whitespace().next().map(str::to_owned)
}
