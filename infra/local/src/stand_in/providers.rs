//! SES, SNS and Twilio on the wire. They take a message, refuse it or never answer as the outbox is
//! set, and they refuse and lose what the real ones refuse and lose. Each of these rules names its
//! source; `/local/providers` says which state the accounts are in. At first everything works.

mod events;
mod ses;
mod sns;
mod state;
mod twilio;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};

use self::state::{ProviderState, Providers};
pub(crate) use self::{events::REPORT_QUEUE, state::CONFIGURATION_SET};
use super::{outbox::Outbox, queues::Queues};

pub(super) fn routes(outbox: Outbox, queues: Queues) -> Router {
    let account = "/local/twilio/2010-04-01/Accounts/{account}";
    Router::new()
        .route("/local/providers", get(show).post(set))
        .route("/local/ses/v2/email/account", get(ses::account))
        .route("/local/ses/v2/email/outbound-emails", post(ses::send))
        .route("/local/ses/v2/email/identities/{identity}", get(ses::identity))
        .route(
            "/local/ses/v2/email/configuration-sets/{set}/event-destinations",
            get(ses::event_destinations),
        )
        .route("/local/sns/", post(sns::answer))
        .route(account, get(twilio::account))
        .route(&format!("{account}/IncomingPhoneNumbers.json"), get(twilio::numbers))
        .route(&format!("{account}/Messages.json"), post(twilio::send))
        .route("/local/reports", post(put))
        .with_state(Providers::new(outbox, queues))
}

async fn show(State(providers): State<Providers>) -> Json<ProviderState> {
    Json(providers.now())
}

/// Puts the accounts into another state; an account that is left out works.
async fn set(State(providers): State<Providers>, Json(state): Json<ProviderState>) -> StatusCode {
    providers.set(state);
    StatusCode::NO_CONTENT
}

/// Puts a message into the queue of reports, as somebody does who may send to it.
async fn put(State(providers): State<Providers>, body: String) -> StatusCode {
    match providers.queues().put(REPORT_QUEUE, None, body) {
        Some(_) => StatusCode::NO_CONTENT,
        None => StatusCode::NOT_FOUND,
    }
}
