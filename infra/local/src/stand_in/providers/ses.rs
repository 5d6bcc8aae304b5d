//! Amazon SES, version 2 of its API.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

use super::{
    events::{Mail, Mailbox},
    state::{Providers, SesState},
};
use crate::stand_in::outbox::Sent;

/// An error as SES names it, in the header of the REST-JSON protocol.
fn error(status: StatusCode, kind: &str, message: &str) -> Response {
    (status, [("x-amzn-errortype", kind)], Json(json!({ "message": message }))).into_response()
}

/// Refuses a caller whose role lacks an action (IAM User Guide, "Troubleshoot access denied error
/// messages").
fn denied(state: &SesState, action: &str) -> Option<Response> {
    state.denied.iter().any(|denied| denied == action).then(|| {
        let message = format!("User is not authorized to perform: {action}");
        error(StatusCode::FORBIDDEN, "AccessDeniedException", &message)
    })
}

/// `GetAccount` (Amazon SES API v2 Reference).
pub(super) async fn account(State(providers): State<Providers>) -> Response {
    let state = providers.now().ses;
    if let Some(refused) = denied(&state, "ses:GetAccount") {
        return refused;
    }
    let quota =
        json!({ "Max24HourSend": state.quota, "SentLast24Hours": state.sent, "MaxSendRate": 14.0 });
    let account = json!({
        "ProductionAccessEnabled": !state.sandbox, "SendingEnabled": !state.paused,
        "EnforcementStatus": state.enforcement, "SendQuota": quota,
    });
    Json(account).into_response()
}

/// `GetEmailIdentity` (Amazon SES API v2 Reference).
pub(super) async fn identity(
    State(providers): State<Providers>,
    Path(identity): Path<String>,
) -> Response {
    let state = providers.now().ses;
    if let Some(refused) = denied(&state, "ses:GetEmailIdentity") {
        return refused;
    }
    match is_verified(&state, &identity) {
        Some(verified) => {
            let known =
                json!({ "VerifiedForSendingStatus": verified, "IdentityType": kind(&identity) });
            Json(known).into_response()
        }
        None => error(StatusCode::NOT_FOUND, "NotFoundException", "no such identity"),
    }
}

fn kind(identity: &str) -> &'static str {
    if identity.contains('@') { "EMAIL_ADDRESS" } else { "DOMAIN" }
}

/// Returns true if an identity is verified, if there is one of this name.
fn is_verified(state: &SesState, identity: &str) -> Option<bool> {
    match &state.identities {
        Some(identities) => {
            let known = identities.iter().find(|known| known.name.eq_ignore_ascii_case(identity));
            known.map(|known| known.verified)
        }
        // Addresses for documentation are under `.example`; a domain of theirs covers them.
        None => (!identity.contains('@') && identity.ends_with(".example")).then_some(true),
    }
}

/// Returns true if a verified identity covers an address: itself, its domain or a domain above it
/// (Amazon SES Developer Guide, "Verified identities").
fn is_covered(state: &SesState, address: &str) -> bool {
    let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
    let above = domain.match_indices('.').filter_map(|(at, _)| domain.get(at + 1..));
    [address, domain].into_iter().chain(above).any(|name| is_verified(state, name) == Some(true))
}

/// The bare address of a mailbox such as `"Acme" <a@b.example>`.
fn bare(mailbox: &str) -> &str {
    let inner = mailbox.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>'));
    inner.unwrap_or(mailbox)
}

/// `SendEmail` (Amazon SES API v2 Reference).
pub(super) async fn send(
    State(providers): State<Providers>,
    Json(request): Json<Value>,
) -> Response {
    let text = |pointer| request.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let (from, to) = (text("/FromEmailAddress"), text("/Destination/ToAddresses/0"));
    let state = providers.now().ses;
    if let Some(refused) = refusal(&state, bare(from), to) {
        return refused;
    }
    // API v2 Reference, "SendEmail", errors: NotFoundException for a set that is not there.
    let set = text("/ConfigurationSetName");
    if !set.is_empty() && set != state.configuration_set {
        let message = format!("Configuration set <{set}> does not exist.");
        return error(StatusCode::NOT_FOUND, "NotFoundException", &message);
    }
    let given = request.get("EmailTags").and_then(Value::as_array);
    let Some(tags) = given.map_or(&[][..], Vec::as_slice).iter().map(tag).collect() else {
        return error(StatusCode::BAD_REQUEST, "BadRequestException", "Invalid message tag");
    };
    let tags: Vec<(String, String)> = tags;
    let names: BTreeSet<&str> = tags.iter().map(|(name, _)| name.as_str()).collect();
    if names.len() < tags.len() {
        return error(StatusCode::BAD_REQUEST, "BadRequestException", "Duplicate message tag");
    }
    let mailbox = state.mailboxes.get(to).copied().or_else(|| Mailbox::of_simulator(to));
    let headers = request.pointer("/Content/Simple/Headers").and_then(Value::as_array);
    let headers = headers.map_or(&[][..], Vec::as_slice).iter().map(header);
    let Some(headers) = headers.collect::<Option<BTreeMap<String, String>>>() else {
        return error(StatusCode::BAD_REQUEST, "BadRequestException", "Invalid message header");
    };
    let message = Sent {
        headers,
        tags: tags.iter().cloned().collect(),
        subject: text("/Content/Simple/Subject/Data").to_owned(),
        html: text("/Content/Simple/Body/Html/Data").to_owned(),
        ..Sent::new("ses", from, to, text("/Content/Simple/Body/Text/Data"))
    };
    let receives = mailbox.is_none_or(Mailbox::receives);
    let accepted = if receives { providers.accept(message).await } else { providers.lose().await };
    if accepted {
        if let Some(mailbox) = mailbox.filter(|_| state.reports && !set.is_empty()) {
            let mail = Mail { from: bare(from), to, configuration_set: set, tags };
            providers.report(&mail, mailbox);
        }
        Json(json!({ "MessageId": "local" })).into_response()
    } else {
        error(StatusCode::BAD_REQUEST, "MessageRejected", "refused by the local outbox")
    }
}

/// `GetConfigurationSetEventDestinations` (Amazon SES API v2 Reference).
pub(super) async fn event_destinations(
    State(providers): State<Providers>,
    Path(set): Path<String>,
) -> Response {
    let state = providers.now().ses;
    if let Some(refused) = denied(&state, "ses:GetConfigurationSetEventDestinations") {
        return refused;
    }
    if set != state.configuration_set {
        return error(StatusCode::NOT_FOUND, "NotFoundException", "no such configuration set");
    }
    let bus = "arn:aws:events:eu-west-1:000000000000:event-bus/default";
    Json(json!({ "EventDestinations": [{
        "Name": "reports", "Enabled": state.reports,
        "MatchingEventTypes": ["REJECT", "BOUNCE", "COMPLAINT", "DELIVERY", "DELIVERY_DELAY"],
        "EventBridgeDestination": { "EventBusArn": bus },
    }] }))
    .into_response()
}

/// Returns the name and the value of a message tag, if SES takes it (API v2 Reference,
/// "MessageTag": ASCII letters, digits, `_` and `-`, fewer than 256 characters).
fn tag(tag: &Value) -> Option<(String, String)> {
    let part = |name: &str| {
        let text = tag.get(name)?.as_str()?;
        let good = (1..256).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
        good.then(|| text.to_owned())
    };
    Some((part("Name")?, part("Value")?))
}

/// Returns the name and the value of a header, if SES takes it (API v2 Reference, "MessageHeader").
fn header(header: &Value) -> Option<(String, String)> {
    let (name, value) = (header.get("Name")?.as_str()?, header.get("Value")?.as_str()?);
    let named = (1..=126).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':');
    let printable = value.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    let fits = value.len() <= 995 && name.len() + value.len() <= 996;
    (named && printable && fits).then(|| (name.to_owned(), value.to_owned()))
}

/// Returns the refusal that SES would answer with.
fn refusal(state: &SesState, from: &str, to: &str) -> Option<Response> {
    if let Some(refused) = denied(state, "ses:SendEmail") {
        return Some(refused);
    }
    // API v2 Reference, "Destination": SES does not support SMTPUTF8, so local parts are 7-bit
    // ASCII and domains are Punycode.
    if !from.is_ascii() || !to.is_ascii() {
        let message =
            "Local address contains non-ASCII characters, or the domain is not in Punycode";
        return Some(error(StatusCode::BAD_REQUEST, "BadRequestException", message));
    }
    // RFC 5322, section 3.4.1: dots stand between atoms, or in a quoted string.
    let local = to.rsplit_once('@').map_or("", |(local, _)| local);
    if !local.starts_with('"') && local.split('.').any(str::is_empty) {
        let message = "Local address contains dot-dot, or starts or ends with a dot";
        return Some(error(StatusCode::BAD_REQUEST, "BadRequestException", message));
    }
    // API v2 Reference, "SendEmail", errors: SendingPausedException and AccountSuspendedException.
    if state.paused {
        let kind = "SendingPausedException";
        return Some(error(StatusCode::BAD_REQUEST, kind, "Email sending is paused"));
    }
    if state.enforcement == "SHUTDOWN" {
        let kind = "AccountSuspendedException";
        return Some(error(StatusCode::BAD_REQUEST, kind, "Email sending is suspended"));
    }
    // Developer Guide, "Errors related to the sending quotas for your Amazon SES account", as
    // version 2 names throttling.
    if state.quota >= 0.0 && state.sent >= state.quota {
        let kind = "TooManyRequestsException";
        return Some(error(StatusCode::TOO_MANY_REQUESTS, kind, "Daily message quota exceeded"));
    }
    // Developer Guide, "Amazon SES email sending errors": the sender must be verified; in the
    // sandbox the recipient too ("Request production access").
    // The simulator can be sent to from the sandbox ("Using the mailbox simulator").
    let is_simulator = to.ends_with("@simulator.amazonses.com");
    let covered =
        is_covered(state, from) && (!state.sandbox || is_simulator || is_covered(state, to));
    (!covered).then(|| {
        let message = "Email address is not verified. An identity failed the check in this Region";
        error(StatusCode::BAD_REQUEST, "MessageRejected", message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v17_a_header_that_ses_refuses_is_refused() {
        let long = |n: usize| "x".repeat(n);
        for (name, value, taken) in [
            ("Auto-Submitted".to_owned(), "auto-generated".to_owned(), true),
            ("X".to_owned(), "a b".to_owned(), true),
            (long(126), long(870), true),
            ("X".to_owned(), long(995), true),
            (long(127), "a".to_owned(), false),
            (long(2), long(995), false),
            (String::new(), "a".to_owned(), false),
            ("X:".to_owned(), "a".to_owned(), false),
            ("X Y".to_owned(), "a".to_owned(), false),
            ("X".to_owned(), "a\r\nBcc: b".to_owned(), false),
            ("X".to_owned(), "\u{e9}".to_owned(), false),
        ] {
            let given = json!({ "Name": name, "Value": value });
            assert_eq!(header(&given).is_some(), taken, "{name} {value:?}");
        }
        assert!(header(&json!({ "Name": "X" })).is_none());
    }

    #[test]
    fn s51_a_tag_that_ses_refuses_is_refused() {
        let long = |n: usize| "x".repeat(n);
        for (name, value, taken) in [
            ("portal", "acme-1".to_owned(), true),
            ("message", long(255), true),
            ("message", long(256), false),
            ("message", String::new(), false),
            ("a:b", "x".to_owned(), false),
            ("a", "b@c.example".to_owned(), false),
            ("a", "x y".to_owned(), false),
            ("", "x".to_owned(), false),
        ] {
            let given = json!({ "Name": name, "Value": value });
            assert_eq!(tag(&given).is_some(), taken, "{name} {value}");
        }
    }
}
