//! A portal with very many users.

use super::{World, fill_log};
use aws_sdk_dynamodb::{
    Client,
    types::{AttributeValue, PutRequest, StreamSpecification, WriteRequest},
};
use portcullis_app::AppContext;
use portcullis_domain::{PortalId, UserId};
use portcullis_keys::Keyring;
use serde_json::json;
use std::collections::HashMap;

const BATCH: usize = 25;

type Item = HashMap<String, AttributeValue>;

/// Copies of some users, written straight into the table.
pub struct Crowd {
    context: AppContext,
    client: Client,
    table: String,
    patterns: Vec<Item>,
    size: usize,
}

impl Crowd {
    pub const PORTAL: &str = "authenticator-app";

    /// Starts with users who came through the API. Nothing reads the stream of the copies.
    pub async fn begin(world: &World) -> Self {
        let portal = world.portal("authenticator_app");
        for n in 0..4 {
            let user = json!({ "id": format!("u-{n:07}"), "display_name": format!("Person {n}"), "organization": "acme", "email": format!("person{n}@example.co.nz"), "email_verified": true });
            if n == 0 {
                portal.enrol_app(world, user).await;
            } else {
                portal.open(user).await;
            }
        }
        fill_log(world, &portal, 300, &"a reason of some length ".repeat(8)).await;
        world.running.stream_is_delivered().await;
        let (client, table) = (world.table_client().await, world.running.table.clone());
        let off = StreamSpecification::builder().stream_enabled(false).build().unwrap();
        let update = client.update_table().table_name(&table).stream_specification(off);
        update.send().await.unwrap();
        let all = client.scan().table_name(&table).send().await.unwrap();
        let start = format!("USER#{}#", Self::PORTAL);
        let is_user = |item: &&Item| item["pk"].as_s().unwrap().starts_with(&start);
        let mut patterns: Vec<Item> = all.items().iter().filter(is_user).cloned().collect();
        // By their ids, from which those of the copies are made.
        let texts = |item: &Item| item.values().filter_map(|v| v.as_s().ok().cloned()).collect();
        patterns.sort_by_key(|item| {
            let texts: Vec<String> = texts(item);
            (0..4).find(|n| texts.iter().any(|text| text.contains(&format!("u-{n:07}"))))
        });
        assert_eq!(patterns.len(), 4);
        let (context, _) = world.function().await;
        Self { context, client, table, patterns, size: 4 }
    }

    /// Returns the user of this number: a pattern with an id and a locator of its own.
    fn copy(&self, keyring: &Keyring, n: usize) -> Item {
        let mut item = self.patterns[n % self.patterns.len()].clone();
        let id = format!("c-{n:07}");
        let (portal, user) = (PortalId::parse(Self::PORTAL).unwrap(), UserId::parse(&id).unwrap());
        let locator = keyring.locator(&portal, &user).to_string();
        let text = |value: &str| AttributeValue::S(value.to_owned());
        let known = format!("u-{:07}", n % self.patterns.len());
        let mut has_id = false;
        for value in item.values_mut() {
            if let AttributeValue::S(held) = value {
                has_id |= held.contains(&known);
                *held = held.replace(&known, &id);
            }
        }
        assert!(has_id, "{known} is not the user of the pattern");
        item.insert("pk".to_owned(), text(&format!("USER#{}#{locator}", Self::PORTAL)));
        item.insert("locator".to_owned(), text(&locator));
        item.remove("entries");
        item
    }

    /// Copies users until there are so many.
    pub async fn grow(&mut self, size: usize) {
        let keyring = self.context.keyring().await.unwrap();
        let put = |n| {
            let item = self.copy(&keyring, n);
            let put = PutRequest::builder().set_item(Some(item)).build().unwrap();
            WriteRequest::builder().put_request(put).build()
        };
        for start in (self.size..size).step_by(BATCH) {
            let batch = (start..size.min(start + BATCH)).map(put).collect();
            let write = self.client.batch_write_item().request_items(&self.table, batch);
            let answer = write.send().await.unwrap();
            assert!(answer.unprocessed_items().is_none_or(HashMap::is_empty));
        }
        self.size = size;
    }
}
