//! Twilio's REST API, version 2010-04-01.

use axum::{
    Form, Json,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use portcullis_keys::twilio_signature;
use serde_json::json;
use std::collections::HashMap;

use super::state::{Providers, TwilioState};
use crate::stand_in::outbox::Sent;

/// An error as Twilio names it, by a number (Twilio's documentation, "Error and Warning
/// Dictionary").
fn error(status: StatusCode, code: u32, message: &str) -> Response {
    (status, Json(json!({ "code": code, "message": message, "status": status.as_u16() })))
        .into_response()
}

/// A caller that Twilio knows.
#[derive(PartialEq, Eq)]
enum Caller {
    Account,
    Key,
}

/// Checks the name and password of a request for an account ("Requests to the Twilio API": an
/// account and its token, or an API key and its secret; "Error 20003: Permission Denied"). It is
/// `None` if nobody is let in.
fn caller(state: &TwilioState, account: &str, headers: &HeaderMap) -> Option<Caller> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let decoded = given
        .and_then(|value| value.strip_prefix("Basic "))
        .and_then(|value| BASE64_STANDARD.decode(value).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())?;
    let (name, secret) = decoded.split_once(':')?;
    let is_there = state.account.as_ref().is_none_or(|own| own == account);
    match (is_there && account.starts_with("AC") && secret == state.secret, name) {
        (true, name) if name == account => Some(Caller::Account),
        (true, name) if name.starts_with("SK") => Some(Caller::Key),
        _ => None,
    }
}

fn not_let_in() -> Response {
    error(StatusCode::UNAUTHORIZED, 20_003, "Authenticate")
}

/// The account ("REST API: Account"). A Standard API key may not read it ("API keys overview").
pub(super) async fn account(
    State(providers): State<Providers>,
    Path(account): Path<String>,
    headers: HeaderMap,
) -> Response {
    let state = providers.now().twilio;
    let account = account.trim_end_matches(".json");
    match caller(&state, account, &headers) {
        Some(Caller::Account) => {
            let known = json!({ "sid": account, "status": state.status, "type": state.kind });
            Json(known).into_response()
        }
        Some(Caller::Key) | None => not_let_in(),
    }
}

/// The account's numbers that match ("IncomingPhoneNumber resource").
pub(super) async fn numbers(
    State(providers): State<Providers>,
    Path(account): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let state = providers.now().twilio;
    if caller(&state, &account, &headers).is_none() {
        return not_let_in();
    }
    let wanted = query.get("PhoneNumber").cloned();
    let all = state.numbers.unwrap_or_else(|| wanted.iter().cloned().collect());
    let found =
        all.iter().filter(|number| wanted.as_ref().is_none_or(|like| number.contains(like)));
    let found: Vec<_> = found
        .map(|number| json!({ "phone_number": number, "capabilities": { "sms": true, "voice": true } }))
        .collect();
    Json(json!({ "incoming_phone_numbers": found })).into_response()
}

/// A message ("Messages resource").
pub(super) async fn send(
    State(providers): State<Providers>,
    Path(account): Path<String>,
    headers: HeaderMap,
    Form(request): Form<HashMap<String, String>>,
) -> Response {
    let text = |name: &str| request.get(name).map(String::as_str).unwrap_or_default();
    let (state, to) = (providers.now().twilio, text("To"));
    if caller(&state, &account, &headers).is_none() {
        return not_let_in();
    }
    if let Some(refused) = refusal(&state, text("From"), to) {
        return refused;
    }
    // "Error 21609: Invalid 'StatusCallback'".
    let callback = text("StatusCallback").to_owned();
    if !callback.is_empty() && reqwest::Url::parse(&callback).is_err() {
        return error(StatusCode::BAD_REQUEST, 21_609, "The 'StatusCallback' URL is not valid");
    }
    let from = if text("From").is_empty() { text("MessagingServiceSid") } else { text("From") };
    let mut message = Sent::new("twilio", from, to, text("Body"));
    if !callback.is_empty() {
        message.tags.insert("StatusCallback".to_owned(), callback.clone());
    }
    let reported = state.reports.get(to).cloned();
    let receives = reported.as_ref().is_none_or(|(status, _)| status == "delivered");
    let accepted = if receives { providers.accept(message).await } else { providers.lose().await };
    if accepted {
        if let Some(report) = reported.filter(|_| !callback.is_empty()) {
            let token = state.auth_token.unwrap_or(state.secret);
            tokio::spawn(call_back(callback, account, token, to.to_owned(), report));
        }
        (StatusCode::CREATED, Json(json!({ "sid": "SMlocal", "status": "queued" }))).into_response()
    } else {
        error(StatusCode::BAD_REQUEST, 21_211, "refused by the local outbox")
    }
}

/// Reports on a message ("Track the Message Status of Outbound Messages"), signed with the
/// account's Auth Token ("Webhooks security").
async fn call_back(
    url: String,
    account: String,
    token: String,
    to: String,
    (status, code): (String, u32),
) {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut fields = vec![
        field("AccountSid", &account),
        field("MessageSid", "SMlocal"),
        field("MessageStatus", &status),
        field("To", &to),
        field("ApiVersion", "2010-04-01"),
    ];
    if code > 0 {
        fields.push(field("ErrorCode", &code.to_string()));
    }
    let signature = twilio_signature(&token, &url, &fields);
    let posted = reqwest::Client::new()
        .post(url)
        .header("X-Twilio-Signature", signature)
        .form(&fields)
        .send()
        .await;
    match posted {
        Ok(answer) if answer.status().is_success() => {}
        other => tracing::warn!(?other, "a report on a text message was not taken"),
    }
}

/// Returns the refusal that Twilio would answer with.
fn refusal(state: &TwilioState, from: &str, to: &str) -> Option<Response> {
    let refuse = |code, message| Some(error(StatusCode::BAD_REQUEST, code, message));
    let digits = to.strip_prefix('+').unwrap_or_default();
    // "Error 20005: Account not active".
    if state.status != "active" {
        return Some(error(StatusCode::UNAUTHORIZED, 20_005, "Account not active"));
    }
    // "Error 21211: Invalid 'To' Phone Number".
    if !(7..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return refuse(21_211, "The 'To' number is not a valid phone number");
    }
    // "Error 21408: Permission to send an SMS has not been enabled for the region indicated by the
    // 'To' number".
    if state.blocked_regions.iter().any(|start| to.starts_with(start.as_str())) {
        return refuse(21_408, "Permission to send to this region is not enabled");
    }
    // "Error 21606: The 'From' phone number provided is not a valid message-capable Twilio phone
    // number".
    let owned = state.numbers.as_ref().is_none_or(|own| own.iter().any(|number| number == from));
    if from.starts_with('+') && !owned {
        return refuse(21_606, "The 'From' number is not one of this account");
    }
    None
}
