//! Twilio's reports on text messages.

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
};
use portcullis_app::{Reported, TwilioCall};
use portcullis_http::{Problem, ProblemCode};

use crate::AppState;

/// The header with the signature (Twilio's documentation, "Webhooks security").
const SIGNATURE: &str = "x-twilio-signature";

/// Takes a report on a message that was sent from here.
pub(crate) async fn report(
    State(AppState { context, sender }): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: String,
) -> Result<StatusCode, Problem> {
    let query = query.unwrap_or_default();
    let fields: Vec<(String, String)> = serde_urlencoded::from_str(&body).unwrap_or_default();
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok());
    let Some(signature) = signature else { return Err(refused()) };
    let call = TwilioCall { query: &query, fields: &fields, signature };
    match sender.take_twilio_report(&context, call).await? {
        Reported::Refused => Err(refused()),
        Reported::Nothing => Ok(StatusCode::NO_CONTENT),
        Reported::Noted(noted) => {
            tracing::info!(?noted, "a report was taken");
            Ok(StatusCode::NO_CONTENT)
        }
    }
}

fn refused() -> Problem {
    let detail = "The report is not one of Twilio's on a message of this service. Set the account's Auth Token in the settings, and let Twilio call the URL that each message names.";
    Problem::new(ProblemCode::ReportRefused, detail)
}
