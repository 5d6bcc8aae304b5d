//! Stand-ins at the HTTP endpoints of KMS, SES, SNS and Twilio, and the controls of local mode:
//! outbox, providers and clock.

mod clock;
mod kms;
mod outbox;
mod providers;

pub(crate) use kms::MasterKey;
pub use kms::ROOT_KEY_ID;
pub use outbox::Outbox;

use axum::Router;

use crate::clock::LocalClock;

/// Returns the routes of the stand-ins; messages go to this outbox.
pub(crate) fn router(outbox: &Outbox, master: MasterKey, clock: &LocalClock) -> Router {
    Router::new()
        .merge(clock::routes(clock.clone()))
        .merge(kms::routes(master))
        .merge(outbox::routes(outbox.clone()))
        .merge(providers::routes(outbox.clone()))
}
