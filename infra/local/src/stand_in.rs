//! Stand-ins at the HTTP endpoints of KMS, S3, SES, SNS, Twilio, SQS and EventBridge, and the
//! controls of local mode: outbox, providers, events and clock.

mod clock;
mod event_bus;
mod kms;
mod outbox;
mod providers;
mod queue_delivery;
mod queues;
mod s3;
mod sqs;

pub(crate) use event_bus::{BUS, Bus};
pub(crate) use kms::MasterKey;
pub use kms::ROOT_KEY_ID;
pub use outbox::Outbox;
pub(crate) use providers::{CONFIGURATION_SET, REPORT_QUEUE};
pub use s3::{Bucket, FAILED_RECORDS_BUCKET, JOURNAL_BUCKET};
pub(crate) use s3::{Buckets, OPERATOR};

pub(crate) use queue_delivery::run as deliver_queue;
pub(crate) use queues::{ACCOUNT, Queues};

use axum::Router;

use crate::clock::LocalClock;

/// Returns the routes of the stand-ins; messages go to this outbox, and to these queues.
pub(crate) fn router(
    outbox: &Outbox,
    buckets: &Buckets,
    queues: &Queues,
    master: MasterKey,
    clock: &LocalClock,
) -> Router {
    Router::new()
        .merge(clock::routes(clock.clone()))
        .merge(kms::routes(master))
        .merge(outbox::routes(outbox.clone()))
        .merge(providers::routes(outbox.clone(), queues.clone()))
        .merge(s3::routes(buckets.clone(), clock.clone()))
        .merge(sqs::routes(queues.clone()))
        .merge(event_bus::routes(Bus::default()))
}
