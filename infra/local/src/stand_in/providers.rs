//! SES, SNS and Twilio on the wire: they take a message, refuse it, or never answer, as the outbox is set.

use axum::{
    Form, Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use std::{collections::HashMap, time::Duration};

use super::{
    StandIn,
    outbox::{Mode, Sent},
};

/// Longer than anybody waits.
const NEVER: Duration = Duration::from_secs(30);

impl StandIn {
    /// Takes a message, unless the outbox is set otherwise; whether it was taken.
    async fn take(&self, mut message: Sent) -> bool {
        let mode = self.outbox.mode();
        if mode == Mode::Refuse {
            return false;
        }
        message.at = self.clock.now().unix();
        self.outbox.put(message);
        if mode == Mode::Silent {
            tokio::time::sleep(NEVER).await;
        }
        true
    }
}

pub(super) async fn ses(State(stand_in): State<StandIn>, Json(request): Json<Value>) -> Response {
    let text = |pointer| request.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let (from, to) = (text("/FromEmailAddress"), text("/Destination/ToAddresses/0"));
    let message = Sent {
        subject: text("/Content/Simple/Subject/Data").to_owned(),
        html: text("/Content/Simple/Body/Html/Data").to_owned(),
        ..Sent::new("ses", from, to, text("/Content/Simple/Body/Text/Data"))
    };
    if stand_in.take(message).await {
        Json(json!({ "MessageId": "local" })).into_response()
    } else {
        let kind = [("x-amzn-errortype", "MessageRejected")];
        (StatusCode::BAD_REQUEST, kind, Json(json!({ "message": "refused by the local outbox" })))
            .into_response()
    }
}

/// What SES knows of an identity: everything under `.example` is verified, as addresses for documentation are.
pub(super) async fn ses_identity(Path(identity): Path<String>) -> Response {
    if identity.ends_with(".example") {
        let known = json!({ "VerifiedForSendingStatus": true, "IdentityType": "DOMAIN" });
        Json(known).into_response()
    } else {
        let kind = [("x-amzn-errortype", "NotFoundException")];
        let body = Json(json!({ "message": "no such identity in the local stand-in" }));
        (StatusCode::NOT_FOUND, kind, body).into_response()
    }
}

/// Twilio's answer for an account: it takes the secret `local-secret`.
pub(super) async fn twilio_account(headers: HeaderMap) -> Response {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let decoded = given
        .and_then(|value| value.strip_prefix("Basic "))
        .and_then(|value| BASE64_STANDARD.decode(value).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    if decoded.is_some_and(|pair| pair.ends_with(":local-secret")) {
        Json(json!({ "status": "active" })).into_response()
    } else {
        let body = Json(json!({ "code": 20003, "message": "Authenticate" }));
        (StatusCode::UNAUTHORIZED, body).into_response()
    }
}

pub(super) async fn sns(
    State(stand_in): State<StandIn>,
    Form(request): Form<HashMap<String, String>>,
) -> Response {
    let text = |name: &str| request.get(name).map(String::as_str).unwrap_or_default();
    let xml = [(header::CONTENT_TYPE, "text/xml")];
    if text("Action") == "GetSMSAttributes" {
        let body = "<GetSMSAttributesResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><GetSMSAttributesResult><attributes/></GetSMSAttributesResult><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></GetSMSAttributesResponse>";
        return (xml, body).into_response();
    }
    let message = Sent::new("sns", "", text("PhoneNumber"), text("Message"));
    if stand_in.take(message).await {
        let body = "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>local</MessageId></PublishResult><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></PublishResponse>";
        (xml, body).into_response()
    } else {
        let body = "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender</Type><Code>InvalidParameter</Code><Message>refused by the local outbox</Message></Error><RequestId>local</RequestId></ErrorResponse>";
        (StatusCode::BAD_REQUEST, xml, body).into_response()
    }
}

pub(super) async fn twilio(
    State(stand_in): State<StandIn>,
    Form(request): Form<HashMap<String, String>>,
) -> Response {
    let text = |name: &str| request.get(name).map(String::as_str).unwrap_or_default();
    let message = Sent::new("twilio", text("From"), text("To"), text("Body"));
    if stand_in.take(message).await {
        (StatusCode::CREATED, Json(json!({ "sid": "SMlocal", "status": "queued" }))).into_response()
    } else {
        (
            StatusCode::BAD_REQUEST,
            Json(json!({ "code": 21211, "message": "refused by the local outbox" })),
        )
            .into_response()
    }
}
