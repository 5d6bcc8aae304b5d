//! Stand-ins at the HTTP endpoints of KMS, SES, SNS and Twilio, and the two controls of local mode: outbox and clock.

mod clock;
mod kms;
mod outbox;
mod providers;

pub(crate) use kms::MasterKey;
pub use kms::ROOT_KEY_ID;
pub use outbox::Outbox;

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
    pub(crate) clock: LocalClock,
    pub(crate) master: Arc<MasterKey>,
}

/// The paths under which the stand-ins answer.
pub(crate) fn router(stand_in: StandIn) -> Router {
    Router::new()
        .route("/local/outbox", get(outbox::show).delete(outbox::empty))
        .route("/local/outbox/mode", post(outbox::set_mode))
        .route("/local/clock", get(clock::show).post(clock::advance))
        .route("/local/kms/", post(kms::answer))
        .route("/local/ses/v2/email/outbound-emails", post(providers::ses))
        .route("/local/ses/v2/email/identities/{identity}", get(providers::ses_identity))
        .route("/local/sns/", post(providers::sns))
        .route("/local/twilio/2010-04-01/Accounts/{account}", get(providers::twilio_account))
        .route("/local/twilio/2010-04-01/Accounts/{account}/Messages.json", post(providers::twilio))
        .with_state(stand_in)
}
