//! The stand-in for API Gateway's HTTP API: each request becomes the event that Lambda would deliver, and goes to the
//! function that template.yaml names for its path.
//!
//! Each rule names its source. [routes]: "Create routes for HTTP APIs in API Gateway"; [events]: "Create AWS Lambda proxy
//! integrations for HTTP APIs in API Gateway"; [quotas]: "Quotas for configuring and running an HTTP API in API Gateway",
//! all three in Amazon's developer guide.

mod answer;
mod event;

use axum::{
    Router,
    body::to_bytes,
    extract::{ConnectInfo, Request},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::{net::SocketAddr, sync::Arc};

use self::{
    answer::{own, response},
    event::Call,
};
use crate::{
    clock::LocalClock,
    error::LocalError,
    functions::{Function, Functions},
    template::Route,
};

/// The largest body and the largest header block, in bytes [quotas].
const MAX_BODY: usize = 10 * 1024 * 1024;
const MAX_HEADERS: usize = 10_240;

/// The route of a path, and its function.
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
        let (route, now) = (target.route.as_str(), self.clock.now());
        let call = Call { route, parts: &parts, path: &path, parameters, body: &body, peer, now };
        match target.function.invoke(&call.event()).await {
            Ok(answer) => response(&answer),
            Err(error) => {
                tracing::error!(%error, route = target.route, "the function did not answer");
                own(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{body::Body, response::AppendHeaders};
    use tower::ServiceExt as _;

    /// A gateway with one function, which says which function it is, and what it was asked.
    fn gateway() -> Router {
        let echo = |name: &'static str| {
            let echo = async move |request: Request| {
                let (parts, body) = request.into_parts();
                let body = to_bytes(body, MAX_BODY).await.unwrap();
                let cookies = AppendHeaders([("set-cookie", "a=1"), ("set-cookie", "b=2")]);
                let seen = parts.headers.get("cookie").and_then(|v| v.to_str().ok()).unwrap_or("");
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
    }

    #[tokio::test]
    async fn bytes_of_every_kind_arrive_whole() {
        for kind in ["application/octet-stream", "application/x-www-form-urlencoded", "text/plain"]
        {
            let request = Request::builder().method("POST").uri("/console");
            let (_, body) = ask(request.header("content-type", kind), "a=\u{fc}").await;
            assert!(body.ends_with("a=\u{fc}"), "{kind}: {body}");
        }
    }

    #[tokio::test]
    async fn what_is_over_the_gateways_quotas_never_reaches_a_function() {
        let request = Request::builder().uri("/console").header("x-long", "a".repeat(MAX_HEADERS));
        assert_eq!(ask(request, "").await.0, 431);
        let request = Request::builder().method("POST").uri("/console");
        assert_eq!(ask(request, vec![0; MAX_BODY + 1]).await.0, 413);
    }
}
