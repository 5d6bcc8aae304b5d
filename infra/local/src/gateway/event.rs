//! The event that Lambda delivers for a request [events].

use axum::http::{HeaderMap, header, request::Parts};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use portcullis_domain::Timestamp;
use serde_json::{Map, Value, json};
use std::net::SocketAddr;

pub(super) struct Call<'a> {
    pub(super) route: &'a str,
    pub(super) parts: &'a Parts,
    pub(super) path: &'a str,
    pub(super) parameters: Map<String, Value>,
    pub(super) body: &'a [u8],
    pub(super) peer: SocketAddr,
    pub(super) now: Timestamp,
}

impl Call<'_> {
    pub(super) fn event(self) -> String {
        let Self { route, parts, path, parameters, body, peer, now } = self;
        let header = |name| text(&parts.headers, name);
        let domain = header(header::HOST).unwrap_or_default();
        let (is_text, body) = match std::str::from_utf8(body) {
            Ok(body) if is_text(header(header::CONTENT_TYPE)) => (true, body.to_owned()),
            _ => (false, BASE64_STANDARD.encode(body)),
        };
        let mut event = json!({
            "version": "2.0",
            "routeKey": route,
            "rawPath": path,
            "rawQueryString": parts.uri.query().unwrap_or_default(),
            "headers": headers(&parts.headers, peer),
            "requestContext": {
                "accountId": "000000000000",
                "apiId": "local",
                "domainName": domain,
                "domainPrefix": domain.split('.').next(),
                "http": {
                    "method": parts.method.as_str(),
                    "path": path,
                    "protocol": format!("{:?}", parts.version),
                    "sourceIp": peer.ip().to_string(),
                    "userAgent": header(header::USER_AGENT),
                },
                "requestId": "local",
                "routeKey": route,
                "stage": "$default",
                "timeEpoch": now.unix() * 1000,
            },
            "pathParameters": parameters,
            "isBase64Encoded": !is_text,
        });
        // An event that has no body, or no cookies, lacks the field [events].
        let body = Some(body).filter(|body| !body.is_empty());
        let cookies = parts.headers.get_all(header::COOKIE).iter();
        let cookies = cookies.filter_map(|cookie| cookie.to_str().ok());
        let cookies: Vec<&str> = cookies.flat_map(|c| c.split(';')).map(str::trim).collect();
        let cookies = Some(cookies).filter(|cookies| !cookies.is_empty());
        if let Value::Object(event) = &mut event {
            event.extend(body.map(|body| ("body".to_owned(), body.into())));
            event.extend(cookies.map(|cookies| ("cookies".to_owned(), cookies.into())));
        }
        event.to_string()
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// Returns whether a body arrives as text: everything but these types arrives as base64, forms too.
/// The guide says only that binary bodies do; which these are was tried on AWS
/// (github.com/ministackorg/ministack/pull/766).
fn is_text(content_type: Option<String>) -> bool {
    let kind = content_type.unwrap_or_default().to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.starts_with("text/")
        || matches!(kind, "application/json" | "application/xml" | "application/javascript")
}

/// Headers by lower-case name, with those that come twice joined by commas; cookies are not among
/// them [events].
fn headers(headers: &HeaderMap, peer: SocketAddr) -> Value {
    let mut joined = serde_json::Map::new();
    for name in headers.keys().filter(|name| *name != header::COOKIE) {
        let values = headers.get_all(name).iter();
        let values: Vec<_> = values.map(|v| String::from_utf8_lossy(v.as_bytes())).collect();
        joined.insert(name.as_str().to_owned(), values.join(",").into());
    }
    joined.insert("x-forwarded-for".to_owned(), peer.ip().to_string().into());
    Value::Object(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_arrives_as_text() {
        for (kind, wanted) in [
            ("application/json; charset=utf-8", true),
            ("text/html", true),
            ("application/x-www-form-urlencoded", false),
            ("application/problem+json", false),
        ] {
            assert_eq!(is_text(Some(kind.to_owned())), wanted, "{kind}");
        }
        assert!(!is_text(None));
    }
}
