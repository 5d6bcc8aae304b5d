//! The stand-in for API Gateway's HTTP API: each request becomes the event that Lambda would deliver, and goes to the
//! function that template.yaml names for its path.
//!
//! Each rule names its source. [routes]: "Create routes for HTTP APIs in API Gateway"; [events]: "Create AWS Lambda proxy
//! integrations for HTTP APIs in API Gateway"; [quotas]: "Quotas for configuring and running an HTTP API in API Gateway",
//! all three in Amazon's developer guide.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::HashMap, net::SocketAddr, sync::Arc};

use crate::{Function, LocalClock, LocalError, Route};

/// The functions by the name of their folder.
pub(crate) type Functions = HashMap<String, Function>;

/// The largest body and the largest header block, in bytes [quotas].
const MAX_BODY: usize = 10 * 1024 * 1024;
const MAX_HEADERS: usize = 10_240;

/// What a path leads to.
struct Target {
    route: String,
    function: Function,
}

struct Gateway {
    targets: matchit::Router<Arc<Target>>,
    clock: LocalClock,
}

/// Returns a router for these routes. Everything else is not found, as behind API Gateway.
pub(crate) fn router(
    routes: &[Route],
    functions: &Functions,
    clock: &LocalClock,
) -> Result<Router, LocalError> {
    let mut targets = matchit::Router::new();
    for Route { path, function } in routes {
        let missing = || LocalError::NoFunction(function.clone());
        let function = functions.get(function.as_str()).ok_or_else(missing)?.clone();
        let target = Arc::new(Target { route: format!("ANY {path}"), function });
        let bad = |error: matchit::InsertError| LocalError::Route(path.clone(), error.to_string());
        // A greedy variable takes all that follows [routes], and also nothing after the slash, on which others rely
        // (github.com/storacha/w3infra/pull/166).
        if let Some((start, _)) = path.split_once("{proxy+}") {
            targets.insert(start, target.clone()).map_err(bad)?;
        }
        targets.insert(path.replace("{proxy+}", "{*proxy}"), target).map_err(bad)?;
    }
    let gateway = Arc::new(Gateway { targets, clock: clock.clone() });
    let handle = move |ConnectInfo(peer): ConnectInfo<SocketAddr>, request: Request| {
        let gateway = gateway.clone();
        async move { gateway.answer(peer, request).await }
    };
    Ok(Router::new().fallback(handle))
}

/// An answer of the gateway itself.
fn own(status: StatusCode, message: &str) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status, kind, json!({ "message": message }).to_string()).into_response()
}

impl Gateway {
    async fn answer(&self, peer: SocketAddr, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        // A path is matched and handed over percent-decoded [events]; a slash at its end is part of it.
        let path = percent_decode_str(parts.uri.path()).decode_utf8_lossy().into_owned();
        let Ok(matched) = self.targets.at(&path) else {
            return own(StatusCode::NOT_FOUND, "Not Found");
        };
        let header_bytes = |(name, value): (&header::HeaderName, &HeaderValue)| {
            name.as_str().len() + value.len() + ": \r\n".len()
        };
        if parts.headers.iter().map(header_bytes).sum::<usize>() > MAX_HEADERS {
            return own(
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                "Request Header Fields Too Large",
            );
        }
        let Ok(body) = to_bytes(body, MAX_BODY).await else {
            return own(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large");
        };
        let parameters: serde_json::Map<String, Value> = matched
            .params
            .iter()
            .map(|(name, value)| (name.to_owned(), Value::from(value)))
            .collect();
        let target = matched.value;
        let event = self.event(target, &parts, &path, parameters, &body, peer);
        match target.function.invoke(&event.to_string()).await {
            Ok(answer) => response(&answer),
            Err(error) => {
                tracing::error!(%error, route = target.route, "the function did not answer");
                own(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
            }
        }
    }

    fn event(
        &self,
        target: &Target,
        parts: &Parts,
        path: &str,
        parameters: serde_json::Map<String, Value>,
        body: &[u8],
        peer: SocketAddr,
    ) -> Value {
        let header = |name| text(&parts.headers, name);
        let domain = header(header::HOST).unwrap_or_default();
        let (is_text, body) = match std::str::from_utf8(body) {
            Ok(body) if is_text(header(header::CONTENT_TYPE)) => (true, body.to_owned()),
            _ => (false, BASE64_STANDARD.encode(body)),
        };
        let mut event = json!({
            "version": "2.0",
            "routeKey": target.route,
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
                "routeKey": target.route,
                "stage": "$default",
                "timeEpoch": self.clock.now().unix() * 1000,
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
        event
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// Returns whether a body arrives as text: everything but these types arrives as base64, forms too. The guide says only
/// that binary bodies do; which these are was tried on AWS (github.com/ministackorg/ministack/pull/766).
fn is_text(content_type: Option<String>) -> bool {
    let kind = content_type.unwrap_or_default().to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.starts_with("text/")
        || matches!(kind, "application/json" | "application/xml" | "application/javascript")
}

/// Headers by lower-case name, with those that come twice joined by commas; cookies are not among them [events].
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

/// What a function answers [events].
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

/// The response of an answer: each of its cookies becomes a header [events]. An answer of another form is an error.
fn response(answer: &str) -> Response {
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
    use axum::response::AppendHeaders;
    use tower::ServiceExt as _;

    /// A gateway with one function, which says which function it is, and what it was asked.
    fn gateway() -> Router {
        let echo = |name: &'static str| {
            let echo = async move |request: Request| {
                let (parts, body) = request.into_parts();
                let body = to_bytes(body, MAX_BODY).await.unwrap();
                let cookies = AppendHeaders([("set-cookie", "a=1"), ("set-cookie", "b=2")]);
                let seen = text(&parts.headers, header::COOKIE).unwrap_or_default();
                let twice =
                    parts.headers.get("x-twice").and_then(|v| v.to_str().ok()).unwrap_or("");
                let head = format!("{name} {} {seen} {twice} ", parts.uri);
                (cookies, [head.as_bytes(), &body].concat())
            };
            Function::InProcess(name, Router::new().fallback(echo))
        };
        let routes = [
            ("/prompt/{id}", "challenge-dispatch"),
            ("/prompt/style.css", "verify"),
            ("/console", "policy-admin"),
            ("/console/{proxy+}", "policy-admin"),
            ("/console/users/{user}/{action}", "reset"),
        ];
        let routes: Vec<Route> = routes
            .map(|(path, function)| Route { path: path.to_owned(), function: function.to_owned() })
            .into();
        let names = ["challenge-dispatch", "verify", "policy-admin", "reset"];
        let functions = names.map(|name| (name.to_owned(), echo(name))).into();
        router(&routes, &functions, &LocalClock::default()).unwrap()
    }

    async fn ask(request: axum::http::request::Builder, body: impl Into<Body>) -> (u16, String) {
        let peer = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1)));
        let request = request.header("host", "localhost").extension(peer);
        let response = gateway().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), MAX_BODY).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    async fn get(path: &str) -> (u16, String) {
        ask(Request::builder().uri(path), "").await
    }

    #[tokio::test]
    async fn the_most_specific_route_takes_a_path_and_no_route_is_not_found() {
        for (path, function) in [
            ("/prompt/si_1", "challenge-dispatch"),
            ("/prompt/style.css", "verify"),
            ("/console", "policy-admin"),
            ("/console/", "policy-admin"),
            ("/console/users/u/other/more", "policy-admin"),
            ("/console/users/u/reset", "reset"),
        ] {
            let (status, body) = get(path).await;
            assert_eq!((status, body.split(' ').next()), (200, Some(function)), "{path}");
        }
        let not_found = (404, "{\"message\":\"Not Found\"}".to_owned());
        for path in ["/", "/prompt", "/prompt/", "/prompt/si_1/", "/prompt/style.css/", "/v1"] {
            assert_eq!(get(path).await, not_found, "{path}");
        }
    }

    #[tokio::test]
    async fn a_path_arrives_decoded_and_a_query_as_it_was_typed() {
        let (status, body) = get("/prompt/%61b?q=%61+b&q=c").await;
        assert_eq!((status, body.as_str()), (200, "challenge-dispatch /prompt/ab?q=%61+b&q=c   "));
        // Decoded, this is a path that no function takes.
        assert_eq!(get("/prompt/a%23b").await.0, 400);
        assert_eq!(get("/prompt/%2e%2e").await.0, 400);
    }

    #[tokio::test]
    async fn cookies_and_headers_that_come_twice_arrive_as_one() {
        let request = Request::builder().uri("/console").header("cookie", "a=1; b=2");
        let request = request.header("cookie", "c=3").header("x-twice", "1").header("x-twice", "2");
        let (_, body) = ask(request, "").await;
        assert_eq!(body, "policy-admin /console a=1; b=2; c=3 1,2 ");
    }

    #[tokio::test]
    async fn each_cookie_of_an_answer_becomes_a_header() {
        let peer = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1)));
        let request = Request::builder().uri("/console").header("host", "localhost");
        let request = request.extension(peer).body(Body::empty()).unwrap();
        let response = gateway().oneshot(request).await.unwrap();
        let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
        assert_eq!(cookies, ["a=1", "b=2"]);
        assert_eq!(super::response("{}").status(), 500);
        let unreadable = r#"{"statusCode":200,"body":"*","isBase64Encoded":true}"#;
        assert_eq!(super::response(unreadable).status(), 500);
    }

    #[tokio::test]
    async fn bytes_of_every_kind_arrive_whole_and_only_text_arrives_as_text() {
        for kind in ["application/octet-stream", "application/x-www-form-urlencoded", "text/plain"]
        {
            let request = Request::builder().method("POST").uri("/console");
            let (_, body) = ask(request.header("content-type", kind), "a=\u{fc}").await;
            assert!(body.ends_with("a=\u{fc}"), "{kind}: {body}");
        }
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

    #[tokio::test]
    async fn what_is_over_the_gateways_quotas_never_reaches_a_function() {
        let request = Request::builder().uri("/console").header("x-long", "a".repeat(MAX_HEADERS));
        assert_eq!(ask(request, "").await.0, 431);
        let request = Request::builder().method("POST").uri("/console");
        assert_eq!(ask(request, vec![0; MAX_BODY + 1]).await.0, 413);
    }
}
