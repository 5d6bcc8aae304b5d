//! SQS on the wire, as far as it is used: SendMessage. The queues are those of template.yaml. What
//! it refuses, SQS refuses with these names; the pages named are those of AWS's documentation.

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::queues::{ACCOUNT, Queues};

/// The longest message, in bytes ("Amazon SQS API Reference: SendMessage", MessageBody: 1 MiB).
const LONGEST: usize = 1_048_576;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SqsError {
    /// "Amazon SQS API Reference: SendMessage", errors: there is no queue at this URL.
    QueueDoesNotExist,
    /// "Amazon SQS Developer Guide: Basic examples of Amazon SQS policies": who is not the queue's
    /// account needs a policy of the queue, and ours have none.
    AccessDenied,
    /// "Amazon SQS API Reference: Common Errors" (MissingParameter): a required one is not there;
    /// a message has one character at least.
    MissingParameter,
    /// "Amazon SQS API Reference: Common Errors" (InvalidParameterValue): a message that is too
    /// long, or the id of a group that is none.
    InvalidValue,
    /// "Amazon SQS API Reference: SendMessage", errors: a character outside the allowed set.
    InvalidMessageContents,
    /// "Smithy: AWS JSON 1.0 protocol": the body does not have the types of the operation.
    Serialization,
    /// "Amazon SQS API Reference: SendMessage", errors: UnsupportedOperation; and by the protocol's
    /// own name, an operation that there is not.
    UnknownOperation,
}

impl SqsError {
    /// Its name on the wire, and the status it comes with.
    const fn on_the_wire(self) -> (&'static str, StatusCode) {
        let bad = StatusCode::BAD_REQUEST;
        match self {
            Self::QueueDoesNotExist => ("com.amazonaws.sqs#QueueDoesNotExist", bad),
            Self::AccessDenied => {
                ("com.amazon.coral.service#AccessDeniedException", StatusCode::FORBIDDEN)
            }
            Self::MissingParameter => ("com.amazon.coral.service#MissingParameter", bad),
            Self::InvalidValue => ("com.amazon.coral.service#InvalidParameterValueException", bad),
            Self::InvalidMessageContents => ("com.amazonaws.sqs#InvalidMessageContents", bad),
            Self::Serialization => ("com.amazon.coral.service#SerializationException", bad),
            Self::UnknownOperation => ("com.amazon.coral.service#UnknownOperationException", bad),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SendMessage {
    queue_url: Option<String>,
    message_body: Option<String>,
    message_group_id: Option<String>,
}

fn call(queues: &Queues, target: &str, body: &str) -> Result<Value, SqsError> {
    if target != "AmazonSQS.SendMessage" {
        return Err(SqsError::UnknownOperation);
    }
    let call: SendMessage = serde_json::from_str(body).map_err(|_| SqsError::Serialization)?;
    let url = call.queue_url.ok_or(SqsError::MissingParameter)?;
    let message = call.message_body.filter(|body| !body.is_empty());
    let message = message.ok_or(SqsError::MissingParameter)?;
    // "Amazon SQS Developer Guide: Queue and message identifiers": account and name end the URL.
    let mut parts = url.rsplit('/');
    let (name, account) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if account != ACCOUNT {
        return Err(SqsError::AccessDenied);
    }
    if message.len() > LONGEST || !call.message_group_id.as_deref().is_none_or(is_group) {
        return Err(SqsError::InvalidValue);
    }
    if !message.chars().all(is_allowed) {
        return Err(SqsError::InvalidMessageContents);
    }
    let id = queues.put(name, call.message_group_id, message).ok_or(SqsError::QueueDoesNotExist)?;
    Ok(json!({ "MessageId": id }))
}

/// "Amazon SQS API Reference: SendMessage", MessageGroupId: letters, digits and punctuation.
fn is_group(id: &str) -> bool {
    (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
}

/// "Amazon SQS API Reference: SendMessage", MessageBody: the characters of XML 1.0.
const fn is_allowed(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => true,
        '\0'..' ' | '\u{fffe}' | '\u{ffff}' => false,
    }
}

pub(super) fn routes(queues: Queues) -> Router {
    Router::new().route("/local/sqs/", post(answer)).with_state(queues)
}

async fn answer(State(queues): State<Queues>, headers: HeaderMap, body: String) -> Response {
    let target =
        headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let (status, answer) = match call(&queues, target, &body) {
        Ok(answer) => (StatusCode::OK, answer),
        Err(error) => {
            let (name, status) = error.on_the_wire();
            (status, json!({ "__type": name }))
        }
    };
    let kind = [(header::CONTENT_TYPE, "application/x-amz-json-1.0")];
    (status, kind, answer.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stand_in::queues::tests::one_queue;

    const SEND: &str = "AmazonSQS.SendMessage";

    fn send(url: &str, message: &str) -> Result<Value, SqsError> {
        let (queues, _) = one_queue();
        let body = json!({ "QueueUrl": url, "MessageBody": message });
        call(&queues, SEND, &body.to_string())
    }

    #[test]
    fn a_message_is_taken_by_a_queue_of_the_account_alone() {
        let ours = format!("http://localhost/local/sqs/{ACCOUNT}/Work");
        assert!(send(&ours, "x").unwrap()["MessageId"].is_string());
        let other = ours.replace("Work", "Other");
        assert_eq!(send(&other, "x"), Err(SqsError::QueueDoesNotExist));
        let foreign = ours.replace(ACCOUNT, "111111111111");
        assert_eq!(send(&foreign, "x"), Err(SqsError::AccessDenied));
        assert_eq!(send("Work", "x"), Err(SqsError::AccessDenied));
    }

    #[test]
    fn a_message_has_one_character_at_least_a_mebibyte_at_most_and_the_characters_of_xml() {
        let ours = format!("http://localhost/local/sqs/{ACCOUNT}/Work");
        assert!(send(&ours, &"é".repeat(LONGEST / 2)).is_ok());
        assert_eq!(send(&ours, &"é".repeat(LONGEST / 2 + 1)), Err(SqsError::InvalidValue));
        assert_eq!(send(&ours, ""), Err(SqsError::MissingParameter));
        for character in ['\0', '\u{b}', '\u{1f}', '\u{fffe}', '\u{ffff}'] {
            let refused = send(&ours, &format!("a{character}"));
            assert_eq!(refused, Err(SqsError::InvalidMessageContents), "{character:?}");
        }
        assert!(send(&ours, "\t\n\r \u{7f}\u{fffd}\u{1f512}").is_ok());
    }

    #[test]
    fn the_id_of_a_group_has_letters_digits_and_punctuation() {
        let (queues, _) = one_queue();
        let ours = format!("http://localhost/local/sqs/{ACCOUNT}/Work");
        let send = |group: &str| {
            let body = json!({ "QueueUrl": ours, "MessageBody": "x", "MessageGroupId": group });
            call(&queues, SEND, &body.to_string())
        };
        for good in ["portal", "portal#reminders", &"~".repeat(128)] {
            assert!(send(good).is_ok(), "{good:?}");
        }
        for bad in ["", "a portal", "é", &"~".repeat(129)] {
            assert_eq!(send(bad), Err(SqsError::InvalidValue), "{bad:?}");
        }
    }

    #[test]
    fn a_call_that_sqs_does_not_know_or_cannot_read_is_refused() {
        let (queues, _) = one_queue();
        let refused = |target, body| call(&queues, target, body).unwrap_err();
        assert_eq!(refused("AmazonSQS.PurgeQueue", "{}"), SqsError::UnknownOperation);
        assert_eq!(refused("", "{}"), SqsError::UnknownOperation);
        assert_eq!(refused(SEND, "{}"), SqsError::MissingParameter);
        assert_eq!(refused(SEND, "[7]"), SqsError::Serialization);
        assert_eq!(refused(SEND, r#"{"QueueUrl":7}"#), SqsError::Serialization);
    }
}
