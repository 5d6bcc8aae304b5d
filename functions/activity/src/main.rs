//! The Lambda function `activity`: from the table's stream to the log.

use aws_config::BehaviorVersion;
use aws_lambda_events::event::dynamodb::Event;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use portcullis_store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    portcullis_api::start_tracing();
    let aws = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let store = Store::new(aws_sdk_dynamodb::Client::new(&aws), portcullis_api::setting("TABLE")?);
    let handle = |event: LambdaEvent<Event>| async {
        Ok::<_, Error>(portcullis_activity::handle(&store, event.payload).await)
    };
    lambda_runtime::run(service_fn(handle)).await
}
