//! The outcome of a send, read from the provider's answer or error.

use aws_sdk_sesv2::error::ProvideErrorMetadata;
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use portcullis_domain::{Timestamp, sign_in::challenge::SendOutcome};
use serde::Deserialize;
use serde_json::json;
use std::{error::Error, fmt, io};

use crate::metrics::namespace;

/// The provider's own name for an error, such as `MessageRejected` or `21211`. It never holds
/// personal data: AWS names its errors by one word, Twilio by a number of five digits, and anything
/// else is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorCode(String);

impl ErrorCode {
    /// Takes a word that begins with a letter, of at most 64 letters, digits, dots, dashes and
    /// underscores.
    fn word(text: &str) -> Self {
        let good = (1..=64).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
        Self(if good { text.to_owned() } else { "Unnamed".to_owned() })
    }

    /// Takes a number of at most five digits.
    fn number(number: u32) -> Self {
        if number <= 99_999 { Self(number.to_string()) } else { Self::word("Unnamed") }
    }

    /// An answer that names no error.
    fn status(status: u16) -> Self {
        Self(format!("Http{status}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The outcome of one try to send a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendReport {
    pub outcome: SendOutcome,
    pub error: Option<ErrorCode>,
}

impl SendReport {
    /// The provider took the message.
    pub(crate) const SENT: Self = Self { outcome: SendOutcome::Sent, error: None };

    /// The message was not handed over, for a reason of our own.
    pub fn not_sent(why: &str) -> Self {
        Self { outcome: SendOutcome::NotSent, error: Some(ErrorCode::word(why)) }
    }

    fn failed(outcome: SendOutcome, error: ErrorCode) -> Self {
        Self { outcome, error: Some(error) }
    }
}

/// Reads the error of an AWS call. A status below 500 surely sent nothing; after a lost reply the
/// outcome is unknown.
pub(crate) fn of_aws<E>(error: &SdkError<E, HttpResponse>) -> SendReport
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    match error {
        SdkError::ConstructionFailure(_) => SendReport::not_sent("ConstructionFailure"),
        SdkError::ServiceError(answer) => {
            let status = answer.raw().status().as_u16();
            let code = answer.err().code().map_or(ErrorCode::status(status), ErrorCode::word);
            if status < 500 {
                SendReport::failed(SendOutcome::NotSent, code)
            } else {
                SendReport::failed(SendOutcome::Unknown, code)
            }
        }
        SdkError::DispatchFailure(failure) => match failure.as_connector_error() {
            Some(error) if error.is_user() || never_connected(error) => {
                SendReport::not_sent("NotConnected")
            }
            _ => SendReport::failed(SendOutcome::Unknown, ErrorCode::word("NoReply")),
        },
        SdkError::TimeoutError(_) => {
            SendReport::failed(SendOutcome::Unknown, ErrorCode::word("Timeout"))
        }
        _ => SendReport::failed(SendOutcome::Unknown, ErrorCode::word("BadReply")),
    }
}

/// The error of an answer of Twilio's (Twilio's documentation, "Twilio's response"). Its message
/// repeats what was sent, so only the number is read.
#[derive(Deserialize)]
pub(crate) struct TwilioError {
    pub(crate) code: u32,
}

/// Reads the answer of a Twilio call.
pub(crate) async fn of_http(answer: Result<reqwest::Response, reqwest::Error>) -> SendReport {
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) if error.is_connect() || error.is_builder() => {
            return SendReport::not_sent("NotConnected");
        }
        Err(error) => {
            let why = if error.is_timeout() { "Timeout" } else { "NoReply" };
            return SendReport::failed(SendOutcome::Unknown, ErrorCode::word(why));
        }
    };
    let status = answer.status();
    if status.is_success() {
        return SendReport::SENT;
    }
    let named = answer.json::<TwilioError>().await.map(|error| ErrorCode::number(error.code));
    let code = named.unwrap_or_else(|_| ErrorCode::status(status.as_u16()));
    let outcome =
        if status.is_client_error() { SendOutcome::NotSent } else { SendOutcome::Unknown };
    SendReport::failed(outcome, code)
}

/// Writes a failed send to the log, and returns the line CloudWatch takes its metric from (the
/// embedded metric format). Neither says to whom the message was to go, or from which portal.
pub fn note_failure(service: &'static str, report: &SendReport, now: Timestamp) -> Option<String> {
    let error = report.error.as_ref()?;
    tracing::warn!(service, error = %error, outcome = ?report.outcome, "a message was not taken");
    let metric = json!({
        "Namespace": namespace(),
        "Dimensions": [["service", "error"], []],
        "Metrics": [{ "Name": "SendsFailed", "Unit": "Count" }],
    });
    let line = json!({
        "_aws": { "Timestamp": now.unix() * 1_000, "CloudWatchMetrics": [metric] },
        "SendsFailed": 1, "service": service, "error": error.as_str(),
    });
    Some(line.to_string())
}

/// Returns true if the chain of causes says that no connection was made, so that nothing was handed
/// over.
fn never_connected(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let refused = error
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused);
        if refused {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn s21_a_code_that_could_hold_a_destination_is_not_taken() {
        for good in ["MessageRejected", "OptedOut", "Http503", "a.b-c_d"] {
            assert_eq!(ErrorCode::word(good).as_str(), good);
        }
        let long = "A".repeat(65);
        for bad in ["", "+64211234589", "64211234589", "a@b.example", "two words", &long] {
            assert_eq!(ErrorCode::word(bad).as_str(), "Unnamed", "{bad}");
        }
        assert_eq!(ErrorCode::number(21_211).as_str(), "21211");
        assert_eq!(ErrorCode::number(642_112_345).as_str(), "Unnamed");
    }

    #[test]
    fn a_failed_send_is_a_metric_by_service_and_error_and_a_sent_message_is_none() {
        let now = Timestamp::from_unix(1_800_000_000);
        assert_eq!(note_failure("ses", &SendReport::SENT, now), None);
        let line = note_failure("ses", &SendReport::not_sent("MessageRejected"), now).unwrap();
        let line: Value = serde_json::from_str(&line).unwrap();
        let metric = &line["_aws"]["CloudWatchMetrics"][0];
        assert_eq!(metric["Dimensions"], json!([["service", "error"], []]));
        assert_eq!(line["_aws"]["Timestamp"], 1_800_000_000_000_u64);
        let name = metric["Metrics"][0]["Name"].as_str().unwrap();
        assert_eq!(
            (&line[name], &line["service"], &line["error"]),
            (&json!(1), &json!("ses"), &json!("MessageRejected"))
        );
    }
}
