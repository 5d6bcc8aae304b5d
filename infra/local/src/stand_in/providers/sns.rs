//! Amazon SNS, as far as text messages go.

use axum::{
    Form,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use std::collections::HashMap;

use super::state::{Providers, SnsState};
use crate::stand_in::outbox::Sent;

const XML: [(header::HeaderName, &str); 1] = [(header::CONTENT_TYPE, "text/xml")];

/// A result in the form of the AWS Query protocol.
fn result(action: &str, result: &str) -> Response {
    let body = format!(
        "<{action}Response xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><{action}Result>{result}</{action}Result><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></{action}Response>"
    );
    (XML, body).into_response()
}

/// An error in the form of the AWS Query protocol.
fn error(status: StatusCode, code: &str, message: &str) -> Response {
    let body = format!(
        "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>local</RequestId></ErrorResponse>"
    );
    (status, XML, body).into_response()
}

pub(super) async fn answer(
    State(providers): State<Providers>,
    Form(request): Form<HashMap<String, String>>,
) -> Response {
    let text = |name: &str| request.get(name).map(String::as_str).unwrap_or_default();
    let state = providers.now().sns;
    let action = text("Action");
    // Amazon SNS API Reference, every action's errors: AuthorizationError, 403.
    let wanted = format!("sns:{action}");
    if state.denied.contains(&wanted) {
        let message = format!("User is not authorized to perform: {wanted}");
        return error(StatusCode::FORBIDDEN, "AuthorizationError", &message);
    }
    match action {
        "GetSMSAttributes" => result(action, &attributes(&state)),
        "GetSMSSandboxAccountStatus" => {
            result(action, &format!("<IsInSandbox>{}</IsInSandbox>", state.sandbox))
        }
        "Publish" => {
            let message = Sent::new("sns", sender(&request), text("PhoneNumber"), text("Message"));
            publish(&providers, &state, message).await
        }
        _ => error(StatusCode::BAD_REQUEST, "InvalidAction", "the stand-in has no such action"),
    }
}

/// `GetSMSAttributes` (Amazon SNS API Reference): only attributes that were set.
fn attributes(state: &SnsState) -> String {
    let entries = state
        .monthly_spend_limit
        .iter()
        .map(|limit| format!("<entry><key>MonthlySpendLimit</key><value>{limit}</value></entry>"));
    format!("<attributes>{}</attributes>", entries.collect::<String>())
}

/// The number or the name that a message comes from, among its attributes (Amazon SNS Developer
/// Guide, "Publishing SMS messages to a mobile phone"). Without one SNS chooses.
fn sender(request: &HashMap<String, String>) -> &str {
    let names = ["AWS.MM.SMS.OriginationNumber", "AWS.SNS.SMS.SenderID"];
    let entry = request.iter().find_map(|(field, value)| {
        names.contains(&value.as_str()).then(|| field.strip_suffix(".Name")).flatten()
    });
    let value = entry.and_then(|entry| request.get(&format!("{entry}.Value.StringValue")));
    value.map(String::as_str).unwrap_or_default()
}

async fn publish(providers: &Providers, state: &SnsState, message: Sent) -> Response {
    let to = message.to.as_str();
    // Developer Guide, "Publishing SMS messages to a mobile phone": numbers in E.164.
    let digits = to.strip_prefix('+').unwrap_or_default();
    let is_e164 = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_e164 || digits.starts_with('0') {
        let message = "Invalid parameter: PhoneNumber Reason: input is not valid E164 format";
        return error(StatusCode::BAD_REQUEST, "InvalidParameter", message);
    }
    // API Reference, "CheckIfPhoneNumberIsOptedOut": nobody can send to a number that is opted out.
    if state.opted_out.iter().any(|number| number == to) {
        return error(StatusCode::BAD_REQUEST, "OptedOut", "Phone number is opted out");
    }
    // Developer Guide, "Using the Amazon SNS SMS sandbox" and "Setting SMS messaging preferences":
    // outside the verified numbers and over the spending limit SNS takes the message, and does not
    // deliver it.
    let unverified = state.sandbox && !state.verified.iter().any(|number| number == to);
    let delivered = !unverified && !state.limit_reached;
    let accepted = if delivered { providers.accept(message).await } else { providers.lose().await };
    if accepted {
        result("Publish", "<MessageId>local</MessageId>")
    } else {
        error(StatusCode::BAD_REQUEST, "InvalidParameter", "refused by the local outbox")
    }
}
