//! A copy of the table at a moment, as AWS restores one: under another name, with every item as it
//! was and with nothing of the stream.

use super::{Portal, World};
use aws_sdk_dynamodb::{
    Client,
    types::{AttributeValue, BillingMode, GlobalSecondaryIndex},
};
use portcullis_local::{SecondProcess, join};
use portcullis_store::Store;
use std::collections::HashMap;

pub struct Backup(Vec<HashMap<String, AttributeValue>>);

pub struct Restored {
    client: Client,
    recorded: Client,
    pub table: String,
    base: String,
}

impl World {
    pub async fn backup(&self) -> Backup {
        Backup(items(&self.table_client().await, &self.running.table).await)
    }
}

impl Backup {
    pub async fn restore(&self, world: &World) -> Restored {
        let client = world.table_client().await;
        let (of, table) = (&world.running.table, format!("{}-restored", world.running.table));
        let described = client.describe_table().table_name(of).send().await.unwrap();
        let described = described.table.unwrap();
        let index = |index: &aws_sdk_dynamodb::types::GlobalSecondaryIndexDescription| {
            GlobalSecondaryIndex::builder()
                .set_index_name(index.index_name.clone())
                .set_key_schema(index.key_schema.clone())
                .set_projection(index.projection.clone())
                .build()
                .unwrap()
        };
        let indexes = described.global_secondary_indexes().iter().map(index).collect();
        let create = client
            .create_table()
            .table_name(&table)
            .set_attribute_definitions(described.attribute_definitions.clone())
            .set_key_schema(described.key_schema.clone())
            .set_global_secondary_indexes(Some(indexes))
            .billing_mode(BillingMode::PayPerRequest);
        create.send().await.unwrap();
        for item in &self.0 {
            let put = client.put_item().table_name(&table).set_item(Some(item.clone()));
            put.send().await.unwrap();
        }
        let second_process = SecondProcess {
            dynamodb: world.running.dynamodb.clone(),
            table: table.clone(),
            services: world.url(""),
        };
        let address = join(&second_process, &world.running.clock).await.unwrap();
        let aws = super::aws_at(&world.running.dynamodb).await.into_builder();
        let recorded = Client::new(&aws.http_client(world.aws.client()).build());
        Restored { client, recorded, table, base: format!("http://{address}") }
    }
}

impl Restored {
    pub fn store(&self) -> Store {
        Store::new(self.recorded.clone(), &self.table)
    }

    pub fn portal(&self, portal: &Portal) -> Portal {
        Portal { base: self.base.clone(), ..portal.clone() }
    }

    pub async fn items(&self) -> Vec<String> {
        let items = items(&self.client, &self.table).await;
        let mut items: Vec<String> = items.iter().map(super::in_order).collect();
        items.sort();
        items
    }
}

async fn items(client: &Client, table: &str) -> Vec<HashMap<String, AttributeValue>> {
    let (mut from, mut items) = (None, vec![]);
    loop {
        let scan = client.scan().table_name(table).set_exclusive_start_key(from);
        let page = scan.send().await.unwrap();
        items.extend(page.items().to_vec());
        from = page.last_evaluated_key;
        if from.is_none() {
            return items;
        }
    }
}
