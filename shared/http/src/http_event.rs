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
    body::{Body, to_bytes},
    extract::Request,
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use http::{HeaderValue, Uri, header, uri::PathAndQuery};
use lambda_http::{
    aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse},
    lambda_runtime::{LambdaEvent, Runtime, service_fn},
    request::RequestContext,
};
use portcullis_app::Deadline;
use serde_json::value::RawValue;
use std::convert::Infallible;
use tower::ServiceExt as _;

use crate::{Edge, Problem, base_path::BasePath, layer::finish_unrouted, words};

/// Answers the events of a Lambda function until the execution environment ends. `deadline` gets
/// the end of each invocation.
///
/// # Errors
/// If the Runtime API cannot be reached, or refuses an answer.
pub async fn serve(
    edge: Edge,
    router: Router,
    deadline: Deadline,
) -> Result<(), lambda_http::Error> {
    let handle = |event: LambdaEvent<Box<RawValue>>| {
        deadline.set(event.context.deadline);
        let (edge, router) = (edge.clone(), router.clone());
        async move {
            let LambdaEvent { payload, context } = event;
            let answer = answer_behind(&edge, router, payload.get(), &context.request_id);
            Ok::<_, Infallible>(answer.await)
        }
    };
    // No line of the log shows spans, so there is none for an invocation.
    Runtime::new(service_fn(handle)).run().await
}

/// Answers one event in JSON. Anything else gets a problem document that names the invocation.
pub async fn answer(router: Router, event: &str, invocation: &str) -> ApiGatewayV2httpResponse {
    answer_behind(&Edge::default(), router, event, invocation).await
}

/// Answers one event of a deployment that may lie behind CloudFront.
pub async fn answer_behind(
    edge: &Edge,
    router: Router,
    event: &str,
    invocation: &str,
) -> ApiGatewayV2httpResponse {
    let (base, response) = match request(edge, event) {
        Ok((base, request)) => {
            let Ok(response) = router.oneshot(request).await;
            (base, response)
        }
        Err(refused) => (BasePath::default(), finish_unrouted(refused.into_response(), invocation)),
    };
    response_event(response, &base).await
}

fn request(edge: &Edge, event: &str) -> Result<(BasePath, Request), Problem> {
    let event: ApiGatewayV2httpRequest =
        serde_json::from_str(event).map_err(|_| Problem::bad_request(words::NOT_AN_EVENT))?;
    let (base, path) = BasePath::split(&event);
    if !base.as_str().split('/').skip(1).all(is_segment) || is_relative(base.as_str()) {
        return Err(Problem::bad_request(words::BAD_PATH));
    }
    let uri = uri(&path, event.raw_query_string.as_deref().unwrap_or_default())?;
    let mut context = event.request_context;
    let mut headers = event.headers;
    edge.admit(&mut headers, &mut context.http.source_ip)?;
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
    request.extensions_mut().insert(base.clone());
    Ok((base, request))
}

fn is_relative(path: &str) -> bool {
    !path.is_empty() && !path.starts_with('/')
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

/// Converts a response: cookies have a field of their own, and what is no text is base64. The
/// length is left to the gateway.
async fn response_event(mut response: Response, base: &BasePath) -> ApiGatewayV2httpResponse {
    base.lead_headers(&mut response);
    let (parts, body) = response.into_parts();
    let mut headers = parts.headers;
    // A body of ours is whole already, so there is nothing that reading it could fail at.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(is_html);
    let body = match String::from_utf8(bytes.into()) {
        Ok(page) if is_page => lambda_http::Body::Text(base.lead_page(page)),
        Ok(text) => lambda_http::Body::Text(text),
        Err(bytes) => lambda_http::Body::Binary(bytes.into_bytes()),
    };
    let cookies = headers.get_all(header::SET_COOKIE).iter();
    let cookies = cookies.filter_map(|cookie| cookie.to_str().ok().map(str::to_owned)).collect();
    headers.remove(header::SET_COOKIE);
    headers.remove(header::CONTENT_LENGTH);
    let mut event = ApiGatewayV2httpResponse::default();
    event.status_code = parts.status.as_u16().into();
    event.headers = headers;
    event.cookies = cookies;
    event.is_base64_encoded = matches!(body, lambda_http::Body::Binary(_));
    event.body = Some(body);
    event
}

fn is_html(kind: &HeaderValue) -> bool {
    kind.to_str().is_ok_and(|kind| kind.starts_with("text/html"))
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
        answered(event).await.status_code
    }

    /// Returns the URI that the router gets.
    async fn uri_of(event: &Value) -> String {
        let answer = serde_json::to_value(answered(event).await).unwrap();
        answer["body"].as_str().unwrap().to_owned()
    }

    async fn answered(event: &Value) -> ApiGatewayV2httpResponse {
        let echo = async |request: Request| request.uri().to_string();
        let router = Router::new().route("/v1/health", get(echo)).fallback(echo);
        answer(router, &event.to_string(), "i-1").await
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
    async fn a_request_past_cloudfront_is_answered_as_an_unknown_address() {
        let secret = portcullis_keys::secret_hash("a long secret");
        let edge = Edge::parse(&hex::encode(secret.as_bytes())).unwrap();
        for (secret, status) in [("a long secret", 200), ("guessed", 404)] {
            let mut event = event("/v1/health", "");
            event["headers"]["x-portcullis-edge"] = json!(secret);
            let router = Router::new().route("/v1/health", get(async || "healthy"));
            let answer = answer_behind(&edge, router, &event.to_string(), "i-1").await;
            assert_eq!(answer.status_code, status, "{secret}");
        }
    }

    #[tokio::test]
    async fn v20_a_named_stage_and_a_mapped_path_reach_the_route_behind_them() {
        let mut staged = event("/prod/v1/health", "");
        staged["requestContext"]["stage"] = json!("prod");
        assert_eq!(uri_of(&staged).await, "/v1/health");
        let mut mapped = event("/v1/health", "");
        for base in ["/mfa", "/a/b"] {
            mapped["requestContext"]["http"]["path"] = json!(format!("{base}/v1/health"));
            assert_eq!(uri_of(&mapped).await, "/v1/health");
        }
        for base in ["/a\"", "/a b", "/..", "/", "x", "/<"] {
            mapped["requestContext"]["http"]["path"] = json!(format!("{base}/v1/health"));
            assert_eq!(status(&mapped).await, 400, "{base}");
        }
    }

    #[tokio::test]
    async fn v18_a_byte_order_mark_leaves_as_it_is_and_no_length_does() {
        let file = async || ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], "\u{feff}a,b\n");
        let router = Router::new().route("/v1/health", get(file));
        let answer = answer(router, &event("/v1/health", "").to_string(), "i-1").await;
        let answer = serde_json::to_value(answer).unwrap();
        assert_eq!(answer["body"], "\u{feff}a,b\n");
        assert_eq!(answer["isBase64Encoded"], json!(false));
        assert!(answer["headers"].get("content-length").is_none());
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
