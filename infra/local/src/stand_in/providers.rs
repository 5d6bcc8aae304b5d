//! SES, SNS and Twilio on the wire. They take a message, refuse it or never answer as the outbox is set, and they refuse
//! and lose what the real ones refuse and lose. Each of these rules names its source; `/local/providers` says which
//! state the accounts are in. At first everything works.

mod ses;
mod sns;
mod state;
mod twilio;

pub(crate) use state::Providers;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use std::time::Duration;

use self::state::ProviderState;
use super::{
    StandIn,
    outbox::{Mode, Sent},
};

/// Longer than anybody waits.
const NEVER: Duration = Duration::from_secs(30);

/// The paths of the providers.
pub(super) fn routes() -> Router<StandIn> {
    let account = "/local/twilio/2010-04-01/Accounts/{account}";
    Router::new()
        .route("/local/ses/v2/email/account", get(ses::account))
        .route("/local/ses/v2/email/outbound-emails", post(ses::send))
        .route("/local/ses/v2/email/identities/{identity}", get(ses::identity))
        .route("/local/sns/", post(sns::answer))
        .route(account, get(twilio::account))
        .route(&format!("{account}/IncomingPhoneNumbers.json"), get(twilio::numbers))
        .route(&format!("{account}/Messages.json"), post(twilio::send))
}

/// The state the accounts are in.
pub(super) async fn show(State(stand_in): State<StandIn>) -> Json<ProviderState> {
    Json(stand_in.providers.now())
}

/// Puts the accounts into another state; what is left out works.
pub(super) async fn set(
    State(stand_in): State<StandIn>,
    Json(state): Json<ProviderState>,
) -> StatusCode {
    stand_in.providers.set(state);
    StatusCode::NO_CONTENT
}

impl StandIn {
    /// Takes a message, unless the outbox is set otherwise; whether it was taken.
    async fn take(&self, message: Sent) -> bool {
        self.take_or_lose(Some(message)).await
    }

    /// Takes a message that is delivered, or none of one that never is.
    async fn take_or_lose(&self, message: Option<Sent>) -> bool {
        let mode = self.outbox.mode();
        if mode == Mode::Refuse {
            return false;
        }
        if let Some(mut message) = message {
            message.at = self.clock.now().unix();
            self.outbox.put(message);
        }
        if mode == Mode::Silent {
            tokio::time::sleep(NEVER).await;
        }
        true
    }
}
