//! The conversion of Lambda's HTTP API events (payload format 2.0) to requests, and of responses
//! back.
//!
//! API Gateway hands over the path percent-decoded and the query as it was typed ("Create AWS
//! Lambda proxy integrations for HTTP APIs in API Gateway", developer guide). Parsing
//! such a path again would let one address act for another, so nothing here decodes: a path with
//! other characters is refused, and so is anything that a URL or a header cannot hold. No event can
//! end the process.

use axum::{
    Router,
    body::Body,
    extract::Request,
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use http::{HeaderValue, Uri, header, uri::PathAndQuery};
use lambda_http::{
    aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse},
    lambda_runtime::{self, LambdaEvent, service_fn},
    request::RequestContext,
};
use portcullis_app::Deadline;
use serde_json::value::RawValue;
use std::convert::Infallible;
use tower::ServiceExt as _;

use crate::{Problem, layer::finish_unrouted, words};

/// Answers the events of a Lambda function until the execution environment ends. `deadline` gets
/// the end of each invocation.
///
/// # Errors
/// If the Runtime API cannot be reached, or refuses an answer.
pub async fn serve(router: Router, deadline: Deadline) -> Result<(), lambda_http::Error> {
    let handle = |event: LambdaEvent<Box<RawValue>>| {
        deadline.set(event.context.deadline);
        let router = router.clone();
        async move {
            let LambdaEvent { payload, context } = event;
            Ok::<_, Infallible>(answer(router, payload.get(), &context.request_id).await)
        }
    };
    lambda_runtime::run(service_fn(handle)).await
}

/// Answers one event in JSON. Anything else gets a problem document that names the invocation.
pub async fn answer(router: Router, event: &str, invocation: &str) -> ApiGatewayV2httpResponse {
    let response = match request(event) {
        Ok(request) => {
            let Ok(response) = router.oneshot(request).await;
            response
        }
        Err(refused) => finish_unrouted(refused.into_response(), invocation),
    };
    response_event(response).await
}

fn request(event: &str) -> Result<Request, Problem> {
    let event: ApiGatewayV2httpRequest =
        serde_json::from_str(event).map_err(|_| Problem::bad_request(words::NOT_AN_EVENT))?;
    let context = event.request_context;
    let raw_path = event.raw_path.unwrap_or_default();
    let served_at_root = context.stage.as_deref().is_none_or(|stage| stage == "$default");
    if !served_at_root {
        return Err(Problem::bad_request(words::NAMED_STAGE));
    }
    // Behind an API mapping with a path, only the context has the whole path.
    if is_longer(context.http.path.as_deref().unwrap_or_default(), &raw_path) {
        return Err(Problem::bad_request(words::MAPPED_PATH));
    }
    let uri = uri(&raw_path, event.raw_query_string.as_deref().unwrap_or_default())?;
    let mut headers = event.headers;
    let host = headers.get(header::HOST).cloned();
    let host = host.or_else(|| HeaderValue::from_str(context.domain_name.as_deref()?).ok());
    let host = host.filter(is_host).ok_or_else(|| Problem::bad_request(words::BAD_HOST))?;
    headers.insert(header::HOST, host);
    if let Some(cookies) = event.cookies {
        let cookies = HeaderValue::from_str(&cookies.join("; "));
        let cookies = cookies.map_err(|_| Problem::bad_request(words::BAD_COOKIES))?;
        headers.insert(header::COOKIE, cookies);
    }
    let body = event.body.unwrap_or_default();
    let body = if event.is_base64_encoded {
        let decoded = BASE64_STANDARD.decode(body);
        Body::from(decoded.map_err(|_| Problem::bad_request(words::NOT_AN_EVENT))?)
    } else {
        Body::from(body)
    };
    let mut request = Request::new(body);
    *request.method_mut() = context.http.method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    request.extensions_mut().insert(RequestContext::ApiGatewayV2(context));
    Ok(request)
}

/// Returns true if the called path ends in this one and has more before it.
fn is_longer(called: &str, path: &str) -> bool {
    called.len() > path.len() && called.ends_with(path)
}

/// Joins a path and a query if all their characters are allowed. A slash at the end of the path is
/// ignored.
fn uri(path: &str, query: &str) -> Result<Uri, Problem> {
    let bad_path = || Problem::bad_request(words::BAD_PATH);
    let path = path.strip_suffix('/').filter(|rest| !matches!(*rest, "" | "/")).unwrap_or(path);
    let segments = path.strip_prefix('/').ok_or_else(bad_path)?;
    if !segments.is_empty() && !segments.split('/').all(is_segment) {
        return Err(bad_path());
    }
    if !is_query(query) {
        return Err(Problem::bad_request(words::BAD_QUERY));
    }
    let whole = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    PathAndQuery::try_from(whole).map(Uri::from).map_err(|_| bad_path())
}

/// Returns true if a segment has only unreserved characters (RFC 3986, section 2.3), and is neither
/// `.` nor `..`.
fn is_segment(segment: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    !matches!(segment, "" | "." | "..") && segment.bytes().all(unreserved)
}

/// Returns true if a query has only the characters of RFC 3986, section 3.4, and complete
/// percent-encodings.
fn is_query(query: &str) -> bool {
    let mut pieces = query.split('%');
    let plain = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte))
    };
    let encoded = |piece: &str| {
        let digits = piece.get(..2).is_some_and(|two| two.bytes().all(|b| b.is_ascii_hexdigit()));
        digits && piece.get(2..).is_some_and(plain)
    };
    pieces.next().is_none_or(plain) && pieces.all(encoded)
}

/// Returns true if a header has only a host, with or without a port.
fn is_host(host: &HeaderValue) -> bool {
    let Ok(host) = host.to_str() else { return false };
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let labels = |b: u8| b.is_ascii_alphanumeric() || b"-.".contains(&b);
    !name.is_empty()
        && host.len() <= 255
        && name.bytes().all(labels)
        && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

/// Converts a response: cookies have a field of their own, and binary bodies are base64.
async fn response_event(response: Response) -> ApiGatewayV2httpResponse {
    let (parts, body) = lambda_http::IntoResponse::into_response(response).await.into_parts();
    let mut headers = parts.headers;
    let cookies = headers.get_all(header::SET_COOKIE).iter();
    let cookies = cookies.filter_map(|cookie| cookie.to_str().ok().map(str::to_owned)).collect();
    headers.remove(header::SET_COOKIE);
    let mut event = ApiGatewayV2httpResponse::default();
    event.status_code = parts.status.as_u16().into();
    event.headers = headers;
    event.cookies = cookies;
    event.is_base64_encoded = matches!(body, lambda_http::Body::Binary(_));
    event.body = Some(body);
    event
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use serde_json::{Value, json};

    fn event(path: &str, query: &str) -> Value {
        json!({
            "version": "2.0",
            "rawPath": path,
            "rawQueryString": query,
            "headers": { "host": "mfa.example.com" },
            "requestContext": { "stage": "$default", "http": { "method": "GET", "path": path } },
        })
    }

    async fn status(event: &Value) -> i64 {
        let echo = async |request: Request| request.uri().to_string();
        let router = Router::new().route("/v1/health", get(echo)).fallback(echo);
        answer(router, &event.to_string(), "i-1").await.status_code
    }

    #[tokio::test]
    async fn s41_a_path_of_other_characters_is_refused_and_never_read_again() {
        for path in ["/v1/health", "/v1/health/", "/", "/console/", "/v1/a.b~c_d-e", "/v1/..."] {
            assert_eq!(status(&event(path, "")).await, 200, "{path}");
        }
        for path in [
            "",
            "v1",
            "//",
            "/v1//health",
            "/v1/./health",
            "/v1/../health",
            "/v1/a#b",
            "/v1/a?b",
            "/v1/a%23b",
            "/v1/a\\b",
            "/v1/a b",
            "/v1/a+b",
            "/v1/é",
            "/v1/\u{202e}",
            "/v1/a\"b",
            "/v1/a<b",
            "/v1/\u{7f}",
            "/v1/a\tb",
        ] {
            assert_eq!(status(&event(path, "")).await, 400, "{path:?}");
        }
    }

    #[tokio::test]
    async fn s41_a_query_that_no_url_can_hold_is_refused() {
        for query in ["", "id=a", "id=a%23b&x", "id=%F0%9F%98%80", "a=b?c/d:e@f"] {
            assert_eq!(status(&event("/v1/health", query)).await, 200, "{query}");
        }
        for query in
            ["x=a<b", "x=\"", "x= ", "x=\t", "x=\u{7f}", "x#y", "x=é", "x=%", "x=%2", "x=%zz"]
        {
            assert_eq!(status(&event("/v1/health", query)).await, 400, "{query:?}");
        }
    }

    #[tokio::test]
    async fn s41_events_without_fields_and_odd_hosts_are_refused_with_a_problem_document() {
        let whole = event("/v1/health", "");
        for missing in ["rawPath", "requestContext"] {
            let mut event = whole.clone();
            event.as_object_mut().unwrap().remove(missing);
            assert_eq!(status(&event).await, 400, "without {missing}");
        }
        for host in ["a b", "a/b", "a@b", "é", "", "a:b", "a:1:2", "a:70000", "<", "a\u{7f}"] {
            let mut event = whole.clone();
            event["headers"]["host"] = json!(host);
            assert_eq!(status(&event).await, 400, "{host:?}");
        }
        let mut unnamed = whole.clone();
        unnamed["headers"] = json!({});
        assert_eq!(status(&unnamed).await, 400);
        unnamed["requestContext"]["domainName"] = json!("abc.execute-api.eu-west-1.amazonaws.com");
        assert_eq!(status(&unnamed).await, 200);
        for (pointer, value) in [
            ("/headers", json!({ "host": "a.example", "x": "a\nb" })),
            ("/headers", json!({ "host": "a.example", "x y": "b" })),
            ("/cookies", json!(["a=b\n"])),
            ("/body", json!(1)),
            ("/isBase64Encoded", json!("yes")),
        ] {
            let mut event = whole.clone();
            event[pointer.trim_start_matches('/')] = value;
            assert_eq!(status(&event).await, 400, "{pointer}");
        }
        for text in ["{}", "[]", "null", "\"\"", "1"] {
            let refused = answer(Router::new(), text, "i-1").await;
            assert_eq!(refused.status_code, 400, "{text}");
            assert_eq!(refused.headers["content-type"], "application/problem+json");
            let body = serde_json::to_value(&refused).unwrap()["body"].to_string();
            assert!(body.contains("i-1"), "{body}");
        }
    }

    #[tokio::test]
    async fn v20_a_named_stage_and_a_mapped_path_are_refused_with_the_way_out() {
        let mut staged = event("/prod/v1/health", "");
        staged["requestContext"]["stage"] = json!("prod");
        assert_eq!(status(&staged).await, 400);
        let mut mapped = event("/v1/health", "");
        mapped["requestContext"]["http"]["path"] = json!("/mfa/v1/health");
        assert_eq!(status(&mapped).await, 400);
    }

    #[tokio::test]
    async fn cookies_and_bytes_arrive_and_leave_as_the_gateway_has_them() {
        let echo = async |request: Request| {
            let cookie = request.headers()[header::COOKIE].to_str().unwrap().to_owned();
            let body = axum::body::to_bytes(request.into_body(), 100).await.unwrap();
            let cookies = [(header::SET_COOKIE, "a=1"), (header::SET_COOKIE, "b=2")];
            (axum::response::AppendHeaders(cookies), [body.as_ref(), cookie.as_bytes()].concat())
        };
        let router = Router::new().route("/v1/health", get(echo));
        let mut event = event("/v1/health", "");
        event["cookies"] = json!(["x=1", "y=2"]);
        event["body"] = json!("AP8=");
        event["isBase64Encoded"] = json!(true);
        let answer = answer(router, &event.to_string(), "i-1").await;
        let answer = serde_json::to_value(answer).unwrap();
        assert_eq!(answer["cookies"], json!(["a=1", "b=2"]));
        assert_eq!(answer["isBase64Encoded"], json!(true));
        let body = BASE64_STANDARD.decode(answer["body"].as_str().unwrap()).unwrap();
        assert_eq!(body, b"\0\xffx=1; y=2");
        assert!(answer["headers"].get("set-cookie").is_none());
    }
}
