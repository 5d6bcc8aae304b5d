//! Stand-ins at the HTTP endpoints of KMS, SES, SNS and Twilio, and the controls of local mode: outbox, providers and
//! clock.

mod clock;
mod kms;
mod outbox;
mod providers;

pub(crate) use kms::MasterKey;
pub use kms::ROOT_KEY_ID;
pub use outbox::Outbox;
pub(crate) use providers::Providers;

use axum::{
    Router,
    routing::{get, post},
};
use std::sync::Arc;

use crate::LocalClock;

/// Everything the stand-ins share.
#[derive(Clone)]
pub(crate) struct StandIn {
    pub(crate) outbox: Outbox,
    pub(crate) providers: Providers,
    pub(crate) clock: LocalClock,
    pub(crate) master: Arc<MasterKey>,
}

/// The paths under which the stand-ins answer.
pub(crate) fn router(stand_in: StandIn) -> Router {
    Router::new()
        .route("/local/outbox", get(outbox::show).delete(outbox::empty))
        .route("/local/outbox/mode", post(outbox::set_mode))
        .route("/local/providers", get(providers::show).post(providers::set))
        .route("/local/clock", get(clock::show).post(clock::advance))
        .route("/local/kms/", post(kms::answer))
        .merge(providers::routes())
        .with_state(stand_in)
}
