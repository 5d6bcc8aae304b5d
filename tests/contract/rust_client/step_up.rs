//! Step-ups, whose proof is good for one thing; and what follows a result in the same sign-in, when
//! somebody else may sit at the browser.

use super::{PENDING, serve, user};
use crate::contract::samples::Signer;
use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, Uri, header::COOKIE},
    response::{IntoResponse, Response},
};
use portcullis_client::{
    Browser, Error, Manage, Opening, Options, Portcullis, Prompt, Settings, SignIn, Step, StepUp,
    Transport, Typed, wire::AcrName,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

const NOW: i64 = 1_800_000_000;
const BACK: &str = "https://portal.example/back";
const PAYMENT: &str = "payment 4711";

/// A service that answers each call about a sign-in with the same view, and signs its claims.
#[derive(Clone)]
struct Service(Arc<Mutex<World>>);

struct World {
    signer: Signer,
    view: Value,
    claims: Value,
    nonces: Vec<String>,
    openings: Vec<Value>,
}

impl Service {
    fn new(view: Value, claims: Value) -> Self {
        let signer = Signer::new("ours");
        Self(Arc::new(Mutex::new(World { signer, view, claims, nonces: vec![], openings: vec![] })))
    }

    fn steps_up(acr: Value) -> Self {
        let view = json!({ "prompt_url": "https://mfa.example/prompt/x" });
        Self::new(view, json!({ "event": "step_up", "acr": acr }))
    }

    fn with_an_offer(event: &str) -> Self {
        let link = json!({ "action": "settings", "body": {}, "label": "Add a second way" });
        let acr = "urn:portcullis:acr:app";
        Self::new(json!({ "links": [link] }), json!({ "event": event, "acr": acr }))
    }

    async fn client(&self) -> Portcullis {
        let service = serve(Router::new().fallback(answer).with_state(self.clone())).await;
        let (issuer, portal) = ("urn:test".to_owned(), "acme".to_owned());
        let key = "pcl_acme_x".to_owned();
        let options = Options { clock: Arc::new(|| NOW), ..Options::default() };
        Portcullis::with(Settings { service, issuer, portal, key }, options).unwrap()
    }

    fn back(&self) -> String {
        let state = self.0.lock().unwrap().nonces.last().unwrap().clone();
        format!("state={state}&result_code=x")
    }
}

async fn answer(State(service): State<Service>, method: Method, uri: Uri, body: Bytes) -> Response {
    let mut world = service.0.lock().unwrap();
    if uri.path() == "/.well-known/jwks.json" {
        return Json(json!({ "keys": [world.signer.jwk] })).into_response();
    }
    if uri.path() == "/v1/sign-ins" && method == Method::POST {
        let opening: Value = serde_json::from_slice(&body).unwrap();
        world.nonces.push(opening["nonce"].as_str().unwrap().to_owned());
        world.openings.push(opening);
    }
    let nonce = world.nonces.last().unwrap();
    let mut claims = json!({
        "iss": "urn:test", "aud": "acme", "sub": "anna", "nonce": nonce,
        "iat": NOW, "nbf": NOW, "exp": NOW + 120, "mfa": "done",
    });
    let mut view = json!({
        "id": "si_acme_x", "status": "done", "reason": "done", "expires_at": NOW + 600,
        "options": [], "unavailable": [], "links": [], "message": "", "skippable": false,
        "browser_token": "bt_1",
    });
    claims.as_object_mut().unwrap().extend(world.claims.as_object().unwrap().clone());
    view.as_object_mut().unwrap().extend(world.view.as_object().unwrap().clone());
    view["assertion"] = json!(world.signer.sign(&claims));
    Json(view).into_response()
}

fn add() -> Typed {
    let body = json!({ "change": "add_second_way" }).as_object().unwrap().clone();
    Typed { action: "settings".to_owned(), body }
}

#[derive(Default)]
struct Jar(BTreeMap<String, String>);

impl Jar {
    fn browser(&self, portcullis: &Arc<Portcullis>, query: &str) -> Browser {
        let pairs: Vec<_> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = HeaderMap::from_iter([(COOKIE, pairs.join("; ").parse().unwrap())]);
        let uri: Uri = format!("/back?{query}").parse().unwrap();
        Browser::new(Arc::clone(portcullis), &uri, &headers, None, Transport::Https)
    }

    fn keep(&mut self, browser: &Browser) {
        for cookie in browser.set_cookies() {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            self.0.insert(name.to_owned(), rest.split(';').next().unwrap().to_owned());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_the_proof_for_one_thing_finishes_nothing_else() {
    let service = Service::steps_up(json!("urn:portcullis:acr:delivered"));
    let portcullis = Arc::new(service.client().await);
    let mut jar = Jar::default();
    for (acr, intent) in [(AcrName::Passkey, PAYMENT), (AcrName::Delivered, "address")] {
        let browser = jar.browser(&portcullis, "");
        browser.open(&user(), Opening::step_up(acr, intent), BACK).await.unwrap();
        jar.keep(&browser);
    }
    let asked: Vec<_> =
        service.0.lock().unwrap().openings.iter().map(|opening| opening["acr"].clone()).collect();
    assert_eq!(asked, ["passkey", "delivered"]);
    let back = service.back();
    for intent in [PAYMENT, "", "payment 4712", "Address"] {
        let browser = jar.browser(&portcullis, &back);
        let refused = browser.finish_step_up(intent).await.unwrap_err();
        assert_eq!(refused.code(), "wrong_step", "{intent}");
        assert!(browser.set_cookies().is_empty(), "the browser still holds what it began last");
    }
    for refused in [
        jar.browser(&portcullis, &back).finish().await.map(|_| ()),
        jar.browser(&portcullis, &back).finish_for::<Manage>().await.map(|_| ()),
    ] {
        assert_eq!(refused.unwrap_err().code(), "wrong_step");
    }
    let sealed = jar.0[PENDING].as_str();
    let as_payment = portcullis.unseal_step_up::<Prompt>(Some(sealed), PAYMENT).unwrap_err();
    assert_eq!(as_payment.code(), "wrong_step");
    let stepped_up = jar.browser(&portcullis, &back).finish_step_up("address").await.unwrap();
    let said = (stepped_up.user.as_str(), stepped_up.event.as_str(), stepped_up.acr.as_str());
    assert_eq!(said, ("anna", "step_up", "delivered"));
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_a_proof_that_is_weaker_or_of_another_kind_is_refused() {
    let strengths = [AcrName::Delivered, AcrName::App, AcrName::Passkey];
    let urns = strengths.each_ref().map(|acr| format!("urn:portcullis:acr:{}", acr.as_str()));
    let others = [
        json!(null),
        json!("app"),
        json!("passkey"),
        json!("urn:portcullis:acr:none"),
        json!("urn:portcullis:acr:bypass"),
        json!("urn:portcullis:acr:fallback"),
        json!("urn:portcullis:acr:later"),
        json!(["urn:portcullis:acr:app"]),
    ];
    let service = Service::steps_up(json!(null));
    let portcullis = service.client().await;
    for (at, least) in strengths.iter().enumerate() {
        for given in urns.iter().map(|urn| json!(urn)).chain(others.clone()) {
            service.0.lock().unwrap().claims["acr"] = given.clone();
            let is_good = urns[at..].iter().any(|urn| given == *urn);
            let opening = || Opening::step_up(least.clone(), PAYMENT);
            let opened = portcullis.open(&user(), opening(), BACK).await.unwrap();
            let finished = portcullis.finish(&opened.pending, &service.back()).await;
            let on_screens = portcullis.open_screens(&user(), opening().code("123456")).await;
            for refused in [finished.err(), on_screens.err()] {
                let is_refused = matches!(refused, Some(Error::Assertion { .. }));
                assert_eq!((refused.is_none(), is_refused), (is_good, !is_good), "{given}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_a_proof_for_one_text_is_refused_for_another() {
    const TEXT: &str = "Pay EUR 250.00 to ACME";
    const HASH: &str = "MI7ifchmjXO85oZculB9Jv42o3o-z2hgclpF7LiCH8w";
    let service = Service::steps_up(json!("urn:portcullis:acr:delivered"));
    let portcullis = service.client().await;
    for (asked, given, is_good) in [
        (Some(TEXT), json!(HASH), true),
        (Some("Pay EUR 950.00 to ACME"), json!(HASH), false),
        (Some(TEXT), json!(null), false),
        (None, json!(HASH), false),
        (None, json!(null), true),
    ] {
        service.0.lock().unwrap().claims["text_sha256"] = given.clone();
        let opening = Opening::step_up(AcrName::Delivered, PAYMENT);
        let opening = match asked {
            Some(text) => opening.text(text),
            None => opening,
        };
        let opened = portcullis.open(&user(), opening, BACK).await.unwrap();
        let sent = service.0.lock().unwrap().openings.last().unwrap().get("text").cloned();
        assert_eq!(sent, asked.map(|text| json!(text)));
        let finished = portcullis.finish(&opened.pending, &service.back()).await;
        let is_refused = matches!(finished.err(), Some(Error::Assertion { .. }));
        assert_eq!(is_refused, !is_good, "{asked:?} {given}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_an_older_proof_than_was_asked_for_is_refused_also_if_the_service_took_it() {
    let view = json!({ "prompt_url": "https://mfa.example/prompt/x" });
    let service = Service::new(view, json!({}));
    let portcullis = service.client().await;
    for (claims, max_age, is_good) in [
        (json!({ "mfa": "trusted_browser", "auth_time": NOW - 100 }), Some(120), true),
        (json!({ "mfa": "trusted_browser", "auth_time": NOW - 100 }), None, true),
        (json!({ "mfa": "trusted_browser", "auth_time": NOW - 100 }), Some(60), false),
        (json!({ "mfa": "trusted_browser", "auth_time": NOW - 100 }), Some(0), false),
        (json!({ "mfa": "done", "auth_time": NOW - 100 }), Some(60), false),
        (json!({ "mfa": "done", "auth_time": NOW }), Some(0), true),
        (json!({ "mfa": "trusted_browser" }), Some(60), false),
        (json!({ "mfa": "trusted_browser", "auth_time": NOW.to_string() }), Some(60), false),
        (json!({ "mfa": "not_required" }), Some(60), true),
    ] {
        let mut all = json!({ "event": "login" });
        all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
        service.0.lock().unwrap().claims = all;
        let opening = || match max_age {
            Some(seconds) => Opening::login().max_age(seconds),
            None => Opening::login(),
        };
        let opened = portcullis.open(&user(), opening(), BACK).await.unwrap();
        let sent = service.0.lock().unwrap().openings.last().unwrap().get("max_age").cloned();
        assert_eq!(sent, max_age.map(|seconds| json!(seconds)));
        let finished = portcullis.finish(&opened.pending, &service.back()).await;
        let on_screens = portcullis.open_screens(&user(), opening()).await;
        for refused in [finished.err(), on_screens.err()] {
            let is_refused = matches!(refused, Some(Error::Assertion { .. }));
            assert_eq!(
                (refused.is_none(), is_refused),
                (is_good, !is_good),
                "{claims} {max_age:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_the_next_person_at_a_browser_is_signed_in_by_nothing_that_it_holds() {
    let service = Service::with_an_offer("login");
    let portcullis = Arc::new(service.client().await);
    let mut jar = Jar::default();
    let browser = jar.browser(&portcullis, "");
    let opened = browser.open_screens::<SignIn>(&user(), Opening::login()).await.unwrap();
    let Step::Done(done) = opened else { panic!("somebody is in") };
    assert_eq!((done.outcome.user.as_str(), done.pending.is_some()), ("anna", true));
    jar.keep(&browser);
    for acts in [None, Some(add()), None] {
        let browser = jar.browser(&portcullis, "");
        let step = match acts {
            Some(typed) => browser.post_typed::<SignIn>(&typed).await.unwrap(),
            None => browser.look::<SignIn>().await.unwrap(),
        };
        let Step::GoesOn { view, pending } = step else { panic!("it was given before") };
        let is_shown = (&view.assertion, &view.browser_token, view.links.len(), pending.is_some());
        assert_eq!(is_shown, (&None, &None, 1, true));
        jar.keep(&browser);
    }
    let browser = jar.browser(&portcullis, "");
    browser.forget();
    jar.keep(&browser);
    assert_eq!(jar.0[PENDING], "");
    assert_eq!(jar.0["__Host-portcullis-browser"], "bt_1", "the browser stays a known one");
    let refused = jar.browser(&portcullis, "").look::<SignIn>().await.unwrap_err();
    assert_eq!(refused.code(), "no_pending");
    let refused = jar.browser(&portcullis, "").post_typed::<SignIn>(&add()).await.unwrap_err();
    assert_eq!(refused.code(), "no_pending");

    let opened = portcullis.open_screens::<SignIn>(&user(), Opening::login()).await.unwrap();
    let Step::Done(done) = opened else { panic!("somebody is in") };
    service.0.lock().unwrap().view = json!({});
    let last = portcullis.look(&done.pending.unwrap()).await.unwrap();
    assert!(matches!(last, Step::GoesOn { pending: None, .. }), "there is nothing left to do");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_a_step_up_has_its_result_once_and_the_settings_have_one_with_each_change() {
    let portcullis = Service::with_an_offer("step_up").client().await;
    let opening = Opening::step_up(AcrName::App, PAYMENT);
    let opened = portcullis.open_screens::<StepUp>(&user(), opening).await.unwrap();
    let Step::Done(done) = opened else { panic!("it is proved") };
    assert_eq!(done.outcome.acr, "app");
    let shown = portcullis.look(&done.pending.unwrap()).await.unwrap();
    assert!(matches!(shown, Step::GoesOn { .. }));

    let portcullis = Service::with_an_offer("manage").client().await;
    let mut step = portcullis.open_screens::<Manage>(&user(), Opening::manage()).await.unwrap();
    for _ in 0..2 {
        let Step::Done(done) = step else { panic!("each change has a result") };
        assert_eq!(done.outcome.event, "manage");
        step = portcullis.post_typed(&done.pending.unwrap(), &add()).await.unwrap();
    }
}
