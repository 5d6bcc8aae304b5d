//! Stand-ins at the HTTP endpoints of KMS, S3, SES, SNS and Twilio, and the controls of local mode:
//! outbox, providers and clock.

mod clock;
mod kms;
mod outbox;
mod providers;
mod s3;

pub(crate) use kms::MasterKey;
pub use kms::ROOT_KEY_ID;
pub use outbox::Outbox;
pub use s3::{Bucket, JOURNAL_BUCKET};

use axum::Router;

use crate::clock::LocalClock;

/// Returns the routes of the stand-ins; messages go to this outbox.
pub(crate) fn router(
    outbox: &Outbox,
    bucket: &Bucket,
    master: MasterKey,
    clock: &LocalClock,
) -> Router {
    Router::new()
        .merge(clock::routes(clock.clone()))
        .merge(kms::routes(master))
        .merge(outbox::routes(outbox.clone()))
        .merge(providers::routes(outbox.clone()))
        .merge(s3::routes(bucket.clone()))
}
