//! Carries the table's stream to the function `activity`, as Lambda's event source mapping does.

use aws_lambda_events::event::streams::DynamoDbEventResponse;
use aws_sdk_dynamodbstreams::{
    Client,
    types::{Record, ShardIteratorType},
};
use portcullis_messages::moment;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

use super::deliveries::Deliveries;
use crate::{clock::LocalClock, functions::StreamFunction, random::random_hex, stand_in::Bucket};

/// Between two looks at a shard that had nothing new.
const PAUSE: Duration = Duration::from_millis(100);
/// The id of the event source mapping.
const MAPPING: &str = "00000000-0000-4000-8000-000000000000";
/// The retries of a record before it is given up, as in template.yaml.
const RETRIES: usize = 10;

/// The function, and the bucket for the batches that it is given up with.
#[derive(Clone)]
pub(crate) struct Mapping {
    pub(crate) activity: StreamFunction,
    pub(crate) failed_records: Bucket,
    pub(crate) clock: LocalClock,
}

/// Follows every shard of the table's stream, for as long as the process runs.
pub(crate) async fn run(
    client: Client,
    mapping: Mapping,
    table: String,
    deliveries: Arc<Deliveries>,
) {
    let mut waits = deliveries.waits();
    loop {
        let wait = waits.newest();
        match shards(&client, &table).await {
            Ok(shards) => {
                for (stream, shard) in shards {
                    if deliveries.follow(&shard) {
                        let follower = Follower {
                            client: client.clone(),
                            mapping: mapping.clone(),
                            deliveries: deliveries.clone(),
                            stream,
                            shard,
                        };
                        tokio::spawn(follower.run());
                    }
                }
                deliveries.listed(wait);
                waits.pause(PAUSE * 20).await;
            }
            Err(error) => {
                tracing::warn!(error, "the stream could not be described");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn shards(client: &Client, table: &str) -> Result<Vec<(String, String)>, String> {
    let streams = client
        .list_streams()
        .table_name(table)
        .send()
        .await
        .map_err(|error| format!("{error:?}"))?;
    let mut shards = vec![];
    for arn in streams.streams().iter().filter_map(|stream| stream.stream_arn()) {
        let described = client
            .describe_stream()
            .stream_arn(arn)
            .send()
            .await
            .map_err(|error| format!("{error:?}"))?;
        let ids = described.stream_description().map(|stream| stream.shards()).unwrap_or_default();
        shards.extend(
            ids.iter()
                .filter_map(|shard| shard.shard_id())
                .map(|id| (arn.to_owned(), id.to_owned())),
        );
    }
    Ok(shards)
}

/// Follows one shard.
struct Follower {
    client: Client,
    mapping: Mapping,
    deliveries: Arc<Deliveries>,
    stream: String,
    shard: String,
}

impl Follower {
    /// Delivers the records of the shard, until no more can come.
    async fn run(self) {
        let mut waits = self.deliveries.waits();
        let mut iterator = Some(self.start().await);
        while let Some(current) = iterator.take() {
            let wait = waits.newest();
            match self.client.get_records().shard_iterator(&current).limit(100).send().await {
                Ok(answer) => {
                    let records = answer.records.unwrap_or_default();
                    let idle = records.is_empty();
                    self.mapping.deliver(&self.shard, records).await;
                    iterator = answer.next_shard_iterator;
                    if idle {
                        self.deliveries.emptied(&self.shard, wait);
                        waits.pause(PAUSE).await;
                    }
                }
                Err(error) => {
                    tracing::warn!(?error, "the stream could not be read");
                    iterator = Some(current);
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
        self.deliveries.ended(&self.shard);
    }

    /// Returns the place before the oldest record.
    async fn start(&self) -> String {
        loop {
            let start = self
                .client
                .get_shard_iterator()
                .stream_arn(&self.stream)
                .shard_id(&self.shard)
                .shard_iterator_type(ShardIteratorType::TrimHorizon);
            match start.send().await.map(|answer| answer.shard_iterator) {
                Ok(Some(iterator)) => return iterator,
                Ok(None) => tracing::warn!("a shard of the stream has no beginning"),
                Err(error) => tracing::warn!(?error, "a shard of the stream could not be begun"),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

impl Mapping {
    /// Delivers a batch, and again from the first record that failed.
    async fn deliver(&self, shard: &str, records: Vec<Record>) {
        let mut left: Vec<Value> = records.into_iter().filter_map(lambda_record).collect();
        for _ in 0..=RETRIES {
            if left.is_empty() {
                return;
            }
            let answer = self.activity.invoke(json!({ "Records": left })).await;
            let answer = answer.and_then(|answer| Ok(serde_json::from_value(answer)?));
            let response: DynamoDbEventResponse = match answer {
                Ok(response) => response,
                Err(error) => {
                    tracing::error!(%error, "activity did not answer");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            let failed = response
                .batch_item_failures
                .first()
                .and_then(|failure| failure.item_identifier.clone());
            let Some(failed) = failed else { return };
            left = left
                .into_iter()
                .skip_while(|record| sequence_number(record) != Some(&failed))
                .collect();
            tokio::time::sleep(PAUSE).await;
        }
        tracing::error!(records = left.len(), "activity was given up after every retry");
        self.keep(shard, &left);
    }

    /// Keeps a batch that was given up, as Lambda does: an object with the record of the invocation
    /// and the whole event ("AWS Lambda Developer Guide: Retaining discarded batches").
    fn keep(&self, shard: &str, records: &[Value]) {
        let now = self.clock.now();
        let moment = moment(now.unix());
        let (day, _) = moment.split_once('T').unwrap_or_default();
        let (folder, time) = (day.replace('-', "/"), moment.replace(':', "."));
        let time = time.trim_end_matches('Z');
        let object = json!({
            "requestContext": {
                "requestId": "local", "functionArn": "local", "condition": "RetryAttemptsExhausted",
                "approximateInvokeCount": RETRIES + 1,
            },
            "responseContext": { "statusCode": 200, "executedVersion": "$LATEST", "functionError": "" },
            "version": "1.0",
            "timestamp": moment,
            "DDBStreamBatchInfo": {
                "shardId": shard,
                "startSequenceNumber": records.first().and_then(sequence_number),
                "endSequenceNumber": records.last().and_then(sequence_number),
                "batchSize": records.len(),
            },
            "payload": json!({ "Records": records }).to_string(),
        });
        match random_hex::<16>() {
            Ok(id) => {
                let name = format!("aws/lambda/{MAPPING}/{shard}/{folder}/{time}-{id}");
                self.failed_records.put(&name, &object.to_string(), now);
            }
            Err(error) => tracing::error!(%error, "a batch that was given up is lost"),
        }
    }
}

fn sequence_number(record: &Value) -> Option<&str> {
    record.pointer("/dynamodb/SequenceNumber").and_then(Value::as_str)
}

/// The attributes of which a record has to have one, as the filters of template.yaml say.
const LET_THROUGH: [&str; 2] = ["entries", "found"];

/// A record as Lambda writes it, if a filter lets it through.
fn lambda_record(record: Record) -> Option<Value> {
    let change = record.dynamodb?;
    let image = change.new_image?;
    LET_THROUGH.iter().find(|name| image.contains_key(**name))?;
    let image: serde_dynamo::Item = image.into();
    let old: Option<serde_dynamo::Item> = change.old_image.map(Into::into);
    let mut record = json!({
        "eventID": record.event_id.unwrap_or_default(),
        "eventName": record.event_name?.as_str(),
        "eventSource": "aws:dynamodb",
        "awsRegion": "local",
        "dynamodb": {
            "ApproximateCreationDateTime": change.approximate_creation_date_time.map_or(0, |at| at.secs()),
            "Keys": {},
            "NewImage": image,
            "SequenceNumber": change.sequence_number?,
            "SizeBytes": change.size_bytes.unwrap_or_default(),
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
    });
    // A new item has no old image.
    if let (Some(old), Some(Value::Object(change))) = (old, record.get_mut("dynamodb")) {
        change.insert("OldImage".to_owned(), json!(old));
    }
    Some(record)
}
