//! SES, SNS and Twilio on the wire: they take a message, refuse it, or never answer, as the outbox is set.

use axum::{
    Form, Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
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
    async fn take(
        &self,
        provider: &'static str,
        from: &str,
        to: &str,
        subject: &str,
        text: &str,
    ) -> bool {
        let mode = self.outbox.mode();
        if mode == Mode::Refuse {
            return false;
        }
        let [from, to, subject, text] = [from, to, subject, text].map(str::to_owned);
        self.outbox.put(Sent { at: self.clock.now().unix(), provider, from, to, subject, text });
        if mode == Mode::Silent {
            tokio::time::sleep(NEVER).await;
        }
        true
    }
}

pub(super) async fn ses(State(stand_in): State<StandIn>, Json(request): Json<Value>) -> Response {
    let text = |pointer| request.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let (from, to) = (text("/FromEmailAddress"), text("/Destination/ToAddresses/0"));
    let (subject, body) =
        (text("/Content/Simple/Subject/Data"), text("/Content/Simple/Body/Text/Data"));
    if stand_in.take("ses", from, to, subject, body).await {
        Json(json!({ "MessageId": "local" })).into_response()
    } else {
        let kind = [("x-amzn-errortype", "MessageRejected")];
        (StatusCode::BAD_REQUEST, kind, Json(json!({ "message": "refused by the local outbox" })))
            .into_response()
    }
}

pub(super) async fn sns(
    State(stand_in): State<StandIn>,
    Form(request): Form<HashMap<String, String>>,
) -> Response {
    let text = |name: &str| request.get(name).map(String::as_str).unwrap_or_default();
    let xml = [(header::CONTENT_TYPE, "text/xml")];
    if stand_in.take("sns", "", text("PhoneNumber"), "", text("Message")).await {
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
    if stand_in.take("twilio", text("From"), text("To"), "", text("Body")).await {
        (StatusCode::CREATED, Json(json!({ "sid": "SMlocal", "status": "queued" }))).into_response()
    } else {
        (
            StatusCode::BAD_REQUEST,
            Json(json!({ "code": 21211, "message": "refused by the local outbox" })),
        )
            .into_response()
    }
}
