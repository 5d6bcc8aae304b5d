//! The Lambda function `activity`: from the table's stream to the log, and to the user.

use aws_lambda_events::event::dynamodb::Event;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use portcullis_activity::Clerk;
use portcullis_delivery::Courier;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    portcullis_api::start_tracing();
    let (desk, aws) = portcullis_api::desk(portcullis_activity::PURPOSES).await?;
    let courier = Courier::deployed(&aws);
    let clerk = Clerk { desk, courier, meter: |line| println!("{line}") };
    let handle = |event: LambdaEvent<Event>| async {
        Ok::<_, Error>(portcullis_activity::handle(&clerk, event.payload).await)
    };
    lambda_runtime::run(service_fn(handle)).await
}
