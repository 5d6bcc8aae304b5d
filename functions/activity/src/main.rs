//! The Lambda function `activity`: from the table's stream to the log, and to the user.

use aws_lambda_events::event::dynamodb::Event;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use portcullis_activity::ActivityHandler;
use portcullis_app::MessageSender;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    portcullis_http::start_tracing();
    let (context, aws) = portcullis_app::context(portcullis_activity::PURPOSES).await?;
    let sender = MessageSender::deployed(&aws);
    let handler = ActivityHandler { context, sender, meter: |line| println!("{line}") };
    let handle = |event: LambdaEvent<Event>| async {
        Ok::<_, Error>(portcullis_activity::handle(&handler, event.payload).await)
    };
    lambda_runtime::run(service_fn(handle)).await
}
