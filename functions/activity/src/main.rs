//! The Lambda function `activity`: from the table's stream to the log, to a queue of notices, and
//! to the operator's bus. Deployed a second time it takes the notices out of the queue and sends
//! them; what waits is sent by a schedule.

use lambda_runtime::{Error, LambdaEvent, service_fn};
use portcullis_activity::{
    ActivityHandler, EventBus, HandOver, HeldLogs, Journal, KeyUses, NoticeQueue,
};
use portcullis_app::{MessageSender, setting};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    portcullis_http::start_tracing();
    let (context, aws) = portcullis_app::context(portcullis_activity::PURPOSES).await?;
    // Freeze links lead there.
    let sender = MessageSender::deployed(&aws).with_service_url(&setting("SERVICE_URL")?);
    let queue = NoticeQueue::new(aws_sdk_sqs::Client::new(&aws), setting("NOTICE_QUEUE_URL")?);
    let bus = |name| EventBus::new(aws_sdk_eventbridge::Client::new(&aws), name);
    let handler = ActivityHandler {
        context,
        sender,
        meter: portcullis_app::write_metrics,
        noted: KeyUses::default(),
        logs: HeldLogs::default(),
        journal: Journal::new(&aws, setting("JOURNAL_BUCKET")?),
        hand_over: HandOver::ToQueue(queue),
        bus: setting("EVENT_BUS").ok().map(bus),
    };
    let answer = async |event: LambdaEvent<Value>| {
        handler.context.deadline().set(event.context.deadline);
        Ok::<_, Error>(portcullis_activity::answer(&handler, event.payload).await?)
    };
    lambda_runtime::run(service_fn(answer)).await
}
