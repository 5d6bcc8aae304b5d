//! Reads every copy of a document that lies in several.

use super::{World, in_order};
use aws_sdk_dynamodb::types::AttributeValue::S;

/// Attributes that the first copy alone has.
const FIRST_ONLY: [&str; 3] = ["entries", "log_of", "users_of"];

impl World {
    /// Returns what all copies say, or `None` if there are none. It panics if one says something
    /// else, is missing, or carries what only the first may.
    pub async fn copied(&self, document: &str, copies: usize) -> Option<String> {
        let client = self.table_client().await;
        let mut found = vec![];
        for copy in 0..=copies {
            let get = client.get_item().table_name(&self.running.table).consistent_read(true);
            let key = S(format!("{document}#{copy}"));
            let got = get.key("pk", key).key("sk", S("#".to_owned())).send().await.unwrap();
            let Some(mut item) = got.item else { continue };
            item.remove("pk");
            let only_first = FIRST_ONLY.map(|name| item.remove(name).is_some()).contains(&true);
            assert!(copy == 0 || !only_first, "{document}#{copy}: {item:?}");
            found.push(in_order(&item));
        }
        let wanted = if found.is_empty() { 0 } else { copies };
        assert_eq!(found.len(), wanted, "{document} is half there: {found:#?}");
        found.dedup();
        assert!(found.len() <= 1, "{document} is half new: {found:#?}");
        found.pop()
    }

    pub async fn copied_portal(&self, id: &str) -> Option<String> {
        self.copied(&format!("PORTAL#{id}"), 4).await
    }

    pub async fn copied_settings(&self) -> Option<String> {
        self.copied("SYSTEM#settings", 16).await
    }
}
