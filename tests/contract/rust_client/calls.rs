//! The calls that are made again, and those that are not; the keys that are fetched, and how often.

use super::{serve, user};
use crate::contract::samples::Signer;
use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use portcullis_client::{
    Error, Expected, Manage, Opening, Options, Portcullis, Settings, SignIn, Step, Typed,
};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

const NOW: i64 = 1_800_000_000;

/// An answer that is not the one that was asked for.
#[derive(Clone)]
enum Failing {
    With(StatusCode, Value),
    /// The page of something in between.
    Page,
    Slow,
}

/// A service that opens sign-ins and answers everything else one way.
#[derive(Clone)]
struct Service {
    failing: Failing,
    also_openings: bool,
    keys: Arc<Mutex<Value>>,
    /// The calls, each by its method and its path.
    seen: Arc<Mutex<Vec<String>>>,
    /// The moment, in seconds since the Unix epoch.
    now: Arc<Mutex<i64>>,
}

impl Service {
    fn new(failing: Failing) -> Self {
        let (keys, now) = (Arc::new(Mutex::new(json!([]))), Arc::new(Mutex::new(NOW)));
        Self { failing, also_openings: false, keys, seen: Arc::default(), now }
    }

    async fn client(&self) -> Portcullis {
        let service = serve(Router::new().fallback(answer).with_state(self.clone())).await;
        let (issuer, portal) = ("urn:test".to_owned(), "acme".to_owned());
        let settings = Settings { service, issuer, portal, key: "pcl_acme_x".to_owned() };
        let now = Arc::clone(&self.now);
        let clock = Arc::new(move || *now.lock().unwrap());
        let timeout = Duration::from_millis(500);
        Portcullis::with(settings, Options { clock, timeout, ..Options::default() }).unwrap()
    }

    fn count(&self, call: &str) -> usize {
        self.seen.lock().unwrap().iter().filter(|seen| seen.starts_with(call)).count()
    }
}

fn view() -> Value {
    json!({
        "id": "si_acme_x", "status": "challenge", "reason": "usable", "expires_at": NOW + 600,
        "options": [], "unavailable": [], "links": [], "message": "", "skippable": false,
    })
}

/// Answers a call, if it says which library makes it.
async fn answer(
    State(service): State<Service>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if headers["user-agent"] != concat!("portcullis-client-rust/", env!("CARGO_PKG_VERSION")) {
        return StatusCode::IM_A_TEAPOT.into_response();
    }
    service.seen.lock().unwrap().push(format!("{method} {uri}"));
    let is_opening = uri.path() == "/v1/sign-ins" && !service.also_openings;
    if uri.path() == "/.well-known/jwks.json" {
        return Json(json!({ "keys": *service.keys.lock().unwrap() })).into_response();
    }
    if method == Method::GET || is_opening {
        return (StatusCode::CREATED, Json(view())).into_response();
    }
    match service.failing {
        Failing::With(status, problem) => (status, Json(problem)).into_response(),
        Failing::Page => (StatusCode::BAD_GATEWAY, "<html>").into_response(),
        Failing::Slow => {
            tokio::time::sleep(Duration::from_secs(5)).await;
            Json(view()).into_response()
        }
    }
}

/// The answer of API Gateway itself: "Throttle requests to your HTTP APIs" in its developer guide
/// says 429 Too Many Requests, and its body is captured in many reports.
fn gateway() -> Value {
    json!({ "message": "Too Many Requests" })
}

fn problem(status: StatusCode, code: &str, retry_after: Option<i64>) -> Failing {
    let detail = "Sorry.";
    let status_code = status.as_u16();
    let mut problem =
        json!({ "type": "about:blank", "status": status_code, "code": code, "detail": detail });
    problem.as_object_mut().unwrap().extend(retry_after.map(|s| ("retry_after".into(), json!(s))));
    Failing::With(status, problem)
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_what_may_have_been_judged_is_read_and_not_posted_again() {
    let (gone, held) = (StatusCode::SERVICE_UNAVAILABLE, StatusCode::TOO_MANY_REQUESTS);
    let cases = [
        // The answer, the code, and how often an opening and a code are posted.
        (Failing::Slow, "unavailable", 2, 1),
        (Failing::Page, "unavailable", 2, 1),
        (problem(gone, "unavailable", None), "unavailable", 2, 1),
        (problem(gone, "unavailable", Some(60)), "unavailable", 1, 1),
        (problem(gone, "newer_release", None), "newer_release", 1, 1),
        (problem(StatusCode::CONFLICT, "conflict", None), "conflict", 2, 2),
        (problem(held, "locked", Some(1)), "locked", 1, 1),
        (problem(held, "over_share", Some(40)), "over_share", 1, 1),
        // The gateway's own, which is no problem document and says no time.
        (Failing::With(held, gateway()), "unavailable", 2, 1),
        (problem(StatusCode::FORBIDDEN, "code_wrong", None), "code_wrong", 1, 1),
        (problem(StatusCode::FORBIDDEN, "of_a_later_release", None), "of_a_later_release", 1, 1),
    ];
    for (failing, code, openings, codes) in cases {
        let service = Service { also_openings: true, ..Service::new(failing.clone()) };
        let opened = service.client().await.open_screens::<SignIn>(&user(), Opening::login()).await;
        assert_eq!(opened.unwrap_err().code(), code);
        assert_eq!(service.count("POST"), openings, "openings: {code}");

        let service = Service::new(failing);
        let portcullis = service.client().await;
        let opened = portcullis.open_screens::<SignIn>(&user(), Opening::login()).await.unwrap();
        let Step::Show { pending, .. } = opened else { panic!("nobody is in") };
        let body = json!({ "code": "123456" }).as_object().unwrap().clone();
        let typed = Typed { action: "verify".to_owned(), body };
        let refused = portcullis.post_typed(&pending, &typed).await.unwrap_err();
        assert_eq!(refused.code(), code);
        assert_eq!(service.count("POST /v1/sign-ins/si_acme_x/verify"), codes, "codes: {code}");
        let is_unanswered = matches!(refused, Error::Unavailable(_));
        assert_eq!(service.count("GET /v1/sign-ins/"), usize::from(is_unanswered), "{code}");
        assert_eq!(refused.sign_in().is_some(), is_unanswered, "what can be shown is kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_a_user_is_shown_what_is_written_for_users_and_otherwise_one_sentence() {
    const OWN: &str = "Something went wrong with this sign-in. Sign in again, or ask for help.";
    let mistyped = |sign_in: Option<Value>| {
        let mut problem = json!({
            "type": "about:blank", "status": 400, "code": "bad_request", "detail": "Sorry.",
        });
        problem.as_object_mut().unwrap().extend(sign_in.map(|view| ("sign_in".into(), view)));
        Failing::With(StatusCode::BAD_REQUEST, problem)
    };
    for (failing, sentence) in [
        (mistyped(None), OWN),
        (mistyped(Some(view())), "Sorry."),
        (problem(StatusCode::FORBIDDEN, "result_refused", None), OWN),
        (problem(StatusCode::UNAUTHORIZED, "key_refused", None), OWN),
        (problem(StatusCode::UNPROCESSABLE_ENTITY, "return_url_refused", None), OWN),
        (problem(StatusCode::FORBIDDEN, "of_a_later_release", None), OWN),
        (problem(StatusCode::FORBIDDEN, "code_wrong", None), "Sorry."),
        (problem(StatusCode::SERVICE_UNAVAILABLE, "newer_release", None), "Sorry."),
    ] {
        let service = Service { also_openings: true, ..Service::new(failing) };
        let opened = service.client().await.open_screens::<SignIn>(&user(), Opening::login()).await;
        let refused = opened.unwrap_err();
        let Error::Refused { problem, .. } = &refused else { panic!("{refused:?}") };
        let said = (refused.sentence(), problem.detail.as_str());
        assert_eq!(said, (sentence, "Sorry."), "{}", refused.code());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_in_rust_over_the_share_a_user_reads_its_sentence_and_the_gateways_words_never() {
    let held = StatusCode::TOO_MANY_REQUESTS;
    let refused = async |failing| {
        let service = Service { also_openings: true, ..Service::new(failing) };
        let opened = service.client().await.open_screens::<SignIn>(&user(), Opening::login()).await;
        opened.unwrap_err()
    };
    let over = refused(problem(held, "over_share", Some(40))).await;
    assert_eq!((over.sentence(), over.retry_after()), ("Sorry.", Some(40)));
    let turned_away = refused(Failing::With(held, gateway())).await;
    assert_eq!((turned_away.code(), turned_away.retry_after()), ("unavailable", None));
    assert!(!turned_away.sentence().contains("Too Many Requests"), "{}", turned_away.sentence());
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_a_success_that_is_none_is_no_way_in() {
    let elsewhere = |url: &str| {
        let mut view = view();
        view["prompt_url"] = json!(url);
        view
    };
    for success in [
        json!({}),
        json!(null),
        view(),
        elsewhere("http://mfa.example/prompt/x"),
        elsewhere("javascript:alert(1)"),
    ] {
        let failing = Failing::With(StatusCode::CREATED, success.clone());
        let service = Service { also_openings: true, ..Service::new(failing) };
        let portcullis = service.client().await;
        let opened =
            portcullis.open(&user(), Opening::login(), "https://portal.example/back").await;
        assert_eq!(opened.unwrap_err().code(), "unavailable", "{success}");
    }
}

fn claims() -> Value {
    json!({
        "iss": "urn:test", "aud": "acme", "sub": "anna", "nonce": "0123456789abcdef",
        "event": "login", "iat": NOW, "nbf": NOW, "exp": NOW + 900, "mfa": "done",
    })
}

const EXPECTED: Expected<'_> = Expected {
    user: "anna",
    nonce: "0123456789abcdef",
    event: "login",
    acr: None,
    text: None,
    proven_since: None,
};

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_keys_are_kept_for_five_minutes_and_an_unknown_one_is_looked_for_once_a_minute() {
    let (ours, next) = (Signer::new("ours"), Signer::new("next"));
    let service = Service::new(Failing::Page);
    let portcullis = Arc::new(service.client().await);
    *service.keys.lock().unwrap() = json!([ours.jwk, { "kty": "RSA", "alg": "RS256", "kid": "x" }]);
    let good = ours.sign(&claims());
    let checks = (0..8).map(|_| {
        let (portcullis, good) = (Arc::clone(&portcullis), good.clone());
        tokio::spawn(async move { portcullis.check::<SignIn>(&good, EXPECTED).await.is_ok() })
    });
    for check in checks.collect::<Vec<_>>() {
        assert!(check.await.unwrap());
    }
    let fetches = || service.count("GET /.well-known/jwks.json");
    assert_eq!(fetches(), 1);
    let unknown = next.sign(&claims());
    for _ in 0..20 {
        assert!(portcullis.check::<SignIn>(&unknown, EXPECTED).await.is_err());
    }
    assert_eq!(fetches(), 2);
    *service.keys.lock().unwrap() = json!([ours.jwk, next.jwk]);
    *service.now.lock().unwrap() += 59;
    assert!(portcullis.check::<SignIn>(&unknown, EXPECTED).await.is_err());
    *service.now.lock().unwrap() += 1;
    assert!(portcullis.check::<SignIn>(&unknown, EXPECTED).await.is_ok());
    assert_eq!(fetches(), 3);
    *service.keys.lock().unwrap() = json!([]);
    *service.now.lock().unwrap() += 300;
    assert!(portcullis.check::<SignIn>(&good, EXPECTED).await.is_err(), "it was withdrawn");
    assert_eq!(fetches(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_an_assertion_for_one_purpose_is_none_for_another() {
    let ours = Signer::new("ours");
    let service = Service::new(Failing::Page);
    *service.keys.lock().unwrap() = json!([ours.jwk]);
    let portcullis = service.client().await;
    let mut manage = claims();
    manage["event"] = json!("manage");
    manage["changed"] = json!(["authenticator_added"]);
    let (login, manage) = (ours.sign(&claims()), ours.sign(&manage));
    let for_manage = Expected { event: "manage", ..EXPECTED };
    assert!(portcullis.check::<SignIn>(&manage, EXPECTED).await.is_err());
    assert!(portcullis.check::<SignIn>(&manage, for_manage).await.is_err());
    assert!(portcullis.check::<Manage>(&login, for_manage).await.is_err());
    assert!(portcullis.check::<Manage>(&login, EXPECTED).await.is_err());
    let managed = portcullis.check::<Manage>(&manage, for_manage).await.unwrap();
    assert_eq!(managed.changed, ["authenticator_added"]);

    for (name, value) in [
        ("aud", json!(["acme", "other"])),
        ("mfa", json!("")),
        ("mfa", json!(1)),
        ("nonce", json!(["0123456789abcdef"])),
        ("exp", json!(NOW as f64 + 0.5)),
        ("exp", json!(NOW - 5)),
        ("nbf", json!(NOW + 6)),
    ] {
        let mut claims = claims();
        claims[name] = value;
        let refused = portcullis.check::<SignIn>(&ours.sign(&claims), EXPECTED).await.unwrap_err();
        assert_eq!(refused.code(), "assertion_refused", "{claims}");
    }
    let nobody = Expected { user: "", nonce: "", ..EXPECTED };
    assert!(portcullis.check::<SignIn>(&login, nobody).await.is_err());
    let mut later = claims();
    (later["mfa"], later["newer"]) = (json!("trusted_browser"), json!(1));
    let result = portcullis.check::<SignIn>(&ours.sign(&later), EXPECTED).await.unwrap();
    assert_eq!((result.mfa.as_str(), &result.claims["newer"]), ("trusted_browser", &json!(1)));
}
