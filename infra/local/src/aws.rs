//! The AWS clients, whose endpoints are on loopback.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{
    Credentials,
    retry::{RetryConfig, RetryPartition, TokenBucket},
};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use std::time::Duration;

use crate::options::Options;

/// Returns a configuration with made-up credentials, and these stand-ins as its endpoint.
pub(crate) async fn config(stand_ins: &str) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("local", "local", None, None, "local"))
        .endpoint_url(stand_ins)
        .load()
        .await
}

/// The configurations of one start. They differ in who carries the calls.
pub(crate) struct AwsConfigs {
    /// For the functions behind the gateway; tests tamper with their calls.
    pub(crate) functions: SdkConfig,
    /// For the function `activity`, and for everything around the functions.
    pub(crate) plain: SdkConfig,
}

impl AwsConfigs {
    pub(crate) async fn load(stand_ins: &str, options: &Options) -> Self {
        let aws = config(stand_ins).await;
        let functions = match &options.aws_client {
            Some(client) => with_client(&aws, client.clone()),
            None => aws.clone(),
        };
        let plain = match &options.activity_client {
            Some(client) => aws.into_builder().http_client(client.clone()).build(),
            None => aws,
        };
        Self { functions, plain }
    }
}

/// Returns the same with calls carried by this client; a retry follows at once, as often as it takes.
fn with_client(aws: &SdkConfig, client: SharedHttpClient) -> SdkConfig {
    let retry = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    aws.clone().into_builder().http_client(client).retry_config(retry).build()
}

/// The clients of the table.
pub(crate) struct TableClients {
    pub(crate) functions: aws_sdk_dynamodb::Client,
    pub(crate) plain: aws_sdk_dynamodb::Client,
    pub(crate) streams: aws_sdk_dynamodbstreams::Client,
}

impl TableClients {
    pub(crate) fn new(aws: &AwsConfigs, endpoint: &str) -> Self {
        let config =
            |aws: &SdkConfig| aws_sdk_dynamodb::config::Builder::from(aws).endpoint_url(endpoint);
        // Each start has retries of its own: they are counted per process otherwise.
        let bucket = RetryPartition::custom("local").token_bucket(TokenBucket::unlimited()).build();
        let functions = config(&aws.functions).retry_partition(bucket);
        let streams = aws_sdk_dynamodbstreams::config::Builder::from(&aws.plain);
        Self {
            functions: aws_sdk_dynamodb::Client::from_conf(functions.build()),
            plain: aws_sdk_dynamodb::Client::from_conf(config(&aws.plain).build()),
            streams: aws_sdk_dynamodbstreams::Client::from_conf(
                streams.endpoint_url(endpoint).build(),
            ),
        }
    }
}
