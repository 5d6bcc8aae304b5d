//! The Lambda function `activity`: from the table's stream to the log, and to the user;
//! what waits is sent by a schedule.

use lambda_runtime::{Error, LambdaEvent, service_fn};
use portcullis_activity::{ActivityHandler, HeldLogs, Journal, KeyUses};
use portcullis_app::MessageSender;
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    portcullis_http::start_tracing();
    let (context, aws) = portcullis_app::context(portcullis_activity::PURPOSES).await?;
    // Freeze links lead there.
    let url = portcullis_app::setting("SERVICE_URL")?;
    let sender = MessageSender::deployed(&aws).with_service_url(&url);
    let meter = portcullis_app::write_metrics;
    let (noted, logs) = (KeyUses::default(), HeldLogs::default());
    let bucket = portcullis_app::setting("JOURNAL_BUCKET")?;
    let journal = Journal::new(&aws, bucket);
    let handler = ActivityHandler { context, sender, meter, noted, logs, journal };
    let answer = async |event: LambdaEvent<Value>| {
        handler.context.deadline().set(event.context.deadline);
        Ok::<_, Error>(portcullis_activity::answer(&handler, event.payload).await?)
    };
    lambda_runtime::run(service_fn(answer)).await
}
