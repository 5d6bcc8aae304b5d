//! The response that a function's answer stands for [events], and the gateway's own responses.

use axum::{
    body::Body,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;

/// Returns a response of the gateway itself.
pub(super) fn own(status: StatusCode, message: &str) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status, kind, json!({ "message": message }).to_string()).into_response()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status_code: u16,
    #[serde(default)]
    headers: HashMap<String, String>,
    #[serde(default)]
    cookies: Vec<String>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

/// Returns the response of an answer: each of its cookies becomes a header. An answer of another
/// form is an error.
pub(super) fn response(answer: &str) -> Response {
    let Ok(answer) = serde_json::from_str::<Answer>(answer) else {
        return own(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error");
    };
    let body = answer.body.unwrap_or_default();
    let body = if answer.is_base64_encoded {
        BASE64_STANDARD.decode(body).ok()
    } else {
        Some(body.into_bytes())
    };
    let mut response = axum::http::Response::builder().status(answer.status_code);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    for cookie in &answer.cookies {
        response = response.header(header::SET_COOKIE, cookie);
    }
    let response = body.and_then(|body| response.body(Body::from(body)).ok());
    response.unwrap_or_else(|| own(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_another_form_is_an_error() {
        for answer in ["{}", r#"{"statusCode":200,"body":"*","isBase64Encoded":true}"#] {
            assert_eq!(response(answer).status(), 500, "{answer}");
        }
    }
}
