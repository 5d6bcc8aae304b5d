//! Pushed authorization requests (RFC 9126), PKCE (RFC 7636) and the client's authentication.

use super::{
    Client,
    client::{Answer, PAR, Request, answer, challenge, essential},
};
use crate::harness::World;
use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use serde_json::json;

/// Pushes a request that is refused so, and changes nothing.
async fn refused(world: &World, client: &Client, what: &str, request: Request, error: &str) {
    let before = world.state().await;
    let answer = client.try_push(&request).await;
    is_refused(&answer, what, (400, error));
    assert!(world.state().await == before, "{what} changed something");
}

fn is_refused(answer: &Answer, what: &str, error: (u16, &str)) {
    assert_eq!(answer.error(), error, "{what}: {answer:?}");
    assert!(answer.body["error_description"].as_str().is_some_and(|text| text.len() > 10));
    assert_eq!(answer.body.get("request_uri"), None, "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pushed_request_is_answered_with_a_request_uri_for_sixty_seconds() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    let answer = client.try_push(&client.request()).await;
    assert_eq!((answer.status, &answer.body["expires_in"]), (201, &json!(60)));
    assert_eq!(answer.headers["content-type"], "application/json");
    assert_eq!(answer.body.as_object().unwrap().len(), 2, "{answer:?}");
    let uri = answer.body["request_uri"].as_str().unwrap();
    let random = uri.strip_prefix("urn:ietf:params:oauth:request_uri:").unwrap();
    assert!(random.len() >= 22, "at least 128 bits: {uri}");
    for hidden in ["anna", "testing@example", "state", "nonce-"] {
        assert!(!uri.contains(hidden), "{uri}");
    }
    assert!(world.outbox().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_lacks_something_or_says_it_wrong_is_refused_by_its_name() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    let base = || client.request();
    let (no, scope) = ("invalid_request", "invalid_scope");
    for missing in ["response_type", "redirect_uri", "login_hint", "code_challenge"] {
        refused(&world, &client, missing, base().without(missing), no).await;
    }
    refused(&world, &client, "no scope", base().without("scope"), scope).await;
    let slash = format!("{}/", client.portal.return_url());
    let query = format!("{}?x=1", client.portal.return_url());
    let (nonce, state) = ("n".repeat(257), "s".repeat(2_049));
    let unheard_of = essential(&["unheard-of"]);
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "code id_token", "unsupported_response_type"),
        ("scope", "profile email", scope),
        ("scope", "openids", scope),
        ("redirect_uri", "https://attacker.example/back", no),
        ("redirect_uri", slash.as_str(), no),
        ("redirect_uri", query.as_str(), no),
        ("redirect_uri", "", no),
        ("login_hint", "", no),
        ("user", "anna", no),
        ("user", r#"{"id":"bert"}"#, no),
        ("user", r#"{"email":7}"#, no),
        ("user", r#"{"unheard_of":true}"#, no),
        ("nonce", nonce.as_str(), no),
        ("state", state.as_str(), no),
        ("claims", "acr", no),
        ("claims", r#"{"id_token":{"acr":{"essential":"yes"}}}"#, no),
        ("claims", unheard_of.as_str(), no),
        ("max_age", "-1", no),
        ("max_age", "soon", no),
        ("prompt", "none login", no),
        ("event", "anything", no),
        ("ticket", "made up", no),
        ("request_uri", "urn:ietf:params:oauth:request_uri:x", no),
    ] {
        let what = format!("{name}={value}");
        refused(&world, &client, &what, base().with(name, value), error).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pkce_is_required_and_plain_is_refused() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    let base = client.request();
    let verifier = base.verifier.clone();
    let plain = base.clone().with("code_challenge", &verifier);
    for (what, request) in [
        ("no challenge", base.clone().without("code_challenge")),
        ("no PKCE", base.clone().without("code_challenge").without("code_challenge_method")),
        ("plain by default", plain.clone().without("code_challenge_method")),
        ("plain", plain.with("code_challenge_method", "plain")),
        ("another method", base.clone().with("code_challenge_method", "S512")),
        ("small letters", base.clone().with("code_challenge_method", "s256")),
        ("too short", base.clone().with("code_challenge", &challenge("x")[..42])),
        ("too long", base.clone().with("code_challenge", &format!("{}A", challenge("x")))),
        ("padded", base.clone().with("code_challenge", &format!("{}=", challenge("x")))),
        ("other letters", base.with("code_challenge", &"+".repeat(43))),
    ] {
        refused(&world, &client, what, request, "invalid_request").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_parameter_is_refused_and_an_unknown_one_ignored() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    let base = client.request().with("max_age", "60").with("acr_values", "urn:portcullis:acr:app");
    let base = base.with("claims", &essential(&["app"])).with("prompt", "login");
    for (name, value) in base.fields.clone() {
        let twice = base.clone().and(&name, &value);
        refused(&world, &client, &name, twice, "invalid_request").await;
    }
    let other = base.clone().and("login_hint", "bert");
    refused(&world, &client, "another user", other, "invalid_request").await;
    let unknown = base.with("display", "page").with("ui_locales", "de").with("x", "y");
    assert_eq!(client.try_push(&unknown).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_known_by_its_key_alone_in_the_header_or_in_the_body() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    let (id, key) = (client.portal.id.as_str(), client.key.as_str());
    let other = Client::of(&world, "always_on").await;
    let request = client.request();
    let fields = &request.fields;
    let before = world.state().await;
    let last = if key.ends_with('A') { 'Q' } else { 'A' };
    let made_up = format!("{}{last}", &key[..key.len() - 1]);
    for (what, as_client) in [
        ("nobody", None),
        ("no key", Some((id, ""))),
        ("a made-up key", Some((id, made_up.as_str()))),
        ("another portal's key", Some((id, other.key.as_str()))),
        ("another portal's name", Some((other.portal.id.as_str(), key))),
        ("no name", Some(("", key))),
    ] {
        let answer = client.post_as(PAR, fields, as_client).await;
        is_refused(&answer, what, (401, "invalid_client"));
        assert!(answer.headers["www-authenticate"].starts_with("Basic"), "{what}: {answer:?}");
    }
    for (what, id, key) in [
        ("no key", id, None),
        ("a made-up key", id, Some(made_up.as_str())),
        ("another portal's key", id, Some(other.key.as_str())),
        ("another portal's name", &other.portal.id, Some(key)),
    ] {
        let mut posted = request.clone().with("client_id", id);
        if let Some(key) = key {
            posted = posted.with("client_secret", key);
        }
        let answer = client.post_as(PAR, &posted.fields, None).await;
        is_refused(&answer, what, (401, "invalid_client"));
    }
    assert!(world.state().await == before, "nothing changed");
    let posted = request.clone().with("client_id", id).with("client_secret", key);
    assert_eq!(client.post_as(PAR, &posted.fields, None).await.status, 201);
    let named_twice = client.request().with("client_id", id);
    assert_eq!(client.try_push(&named_twice).await.status, 201, "the same name in the body");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_ways_of_authentication_or_two_names_in_one_request_are_refused() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    let before = world.state().await;
    let both = client.request().with("client_secret", &client.key);
    let both = client.try_push(&both.with("client_id", &client.portal.id)).await;
    is_refused(&both, "both ways", (400, "invalid_request"));
    let contradicts = client.try_push(&client.request().with("client_id", "always-on")).await;
    assert!(contradicts.status == 400 || contradicts.status == 401, "{contradicts:?}");
    assert!(world.state().await == before, "nothing changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn name_and_key_in_the_header_may_be_form_encoded() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    // RFC 6749, section 2.3.1: libraries encode each character that may be.
    let encode = |text: &str| {
        let mut encoded = text.replace('%', "%25");
        for (plain, octets) in [("-", "%2D"), ("_", "%5F"), (".", "%2E"), ("~", "%7E")] {
            encoded = encoded.replace(plain, octets);
        }
        encoded
    };
    let (id, key) = (encode(&client.portal.id), encode(&client.key));
    assert!(id.contains("%2D") && key.contains("%5F"), "{id}");
    let fields = client.request().fields;
    assert_eq!(client.post_as(PAR, &fields, Some((&id, &key))).await.status, 201);

    let before = world.state().await;
    let call = || client.portal.http.post(client.endpoint(PAR)).form(&fields);
    let bad = BASE64.encode([0xff, 0xfe, b':', 0xff]);
    for header in ["Basic", "Basic ===", &format!("Basic {bad}"), "Basic %2D", "Bearer x"] {
        let refused = answer(call().header("authorization", header)).await;
        is_refused(&refused, header, (401, "invalid_client"));
    }
    assert!(world.state().await == before, "nothing changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_another_scope_pushes_nothing_and_an_oidc_key_opens_nothing_else() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    for scope in ["sign_in", "contacts", "reset", "erase"] {
        let keys = format!("/v1/admin/portals/{}/keys", client.portal.id);
        let made = world.admin_ok("POST", &keys, Some(json!({ "scopes": [scope] }))).await;
        let before = world.state().await;
        let as_client = Some((client.portal.id.as_str(), made["api_key"].as_str().unwrap()));
        let answer = client.post_as(PAR, &client.request().fields, as_client).await;
        is_refused(&answer, scope, (400, "unauthorized_client"));
        assert!(world.state().await == before, "{scope} changed something");
        // A portal has no more than a few keys at a time.
        let revoke = format!("{keys}/{}", made["id"].as_str().unwrap());
        world.admin_ok("DELETE", &revoke, None).await;
    }
    let holder = crate::harness::Portal { key: client.key.clone(), ..client.portal.clone() };
    let before = world.state().await;
    assert_eq!(holder.try_open(crate::harness::anna()).await.problem(), (403, "scope"));
    assert_eq!(holder.get("/v1/user?id=anna").await.problem(), (403, "scope"));
    assert!(world.state().await == before, "an oidc key changed something");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_no_form_is_refused() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    let before = world.state().await;
    let call = || {
        let call = client.portal.http.post(client.endpoint(PAR));
        call.basic_auth(&client.portal.id, Some(&client.key))
    };
    let json = answer(call().json(&json!({ "response_type": "code" }))).await;
    is_refused(&json, "JSON", (400, "invalid_request"));
    let form = "application/x-www-form-urlencoded";
    for body in ["", "scope=%FF%FE", "scope", "&&&"] {
        let refused = answer(call().header("content-type", form).body(body)).await;
        is_refused(&refused, body, (400, "invalid_request"));
    }
    let in_address = format!("{}?login_hint=anna", client.endpoint(PAR));
    let got = client.portal.http.get(in_address).send().await.unwrap();
    assert_eq!(got.status(), 405);
    assert!(world.state().await == before, "nothing changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn s15_a_user_id_that_is_no_utf_8_is_refused_and_makes_nobody() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    let rest = client.request().without("login_hint").fields;
    let rest = reqwest::Url::parse_with_params("http://localhost", &rest).unwrap();
    let form = "application/x-www-form-urlencoded";
    let before = world.state().await;
    // The first two would be one user if bytes were replaced; the third is what replaces them.
    for hint in ["M%FCller", "M%F6ller", "M%EF%BF%BDller", "%C3", "%ED%A0%80", "anna%00", "%0Aanna"]
    {
        let body = format!("{}&login_hint={hint}", rest.query().unwrap());
        let call = client.portal.http.post(client.endpoint(PAR)).body(body);
        let call = call.basic_auth(&client.portal.id, Some(&client.key));
        let refused = answer(call.header("content-type", form)).await;
        is_refused(&refused, hint, (400, "invalid_request"));
    }
    for (name, value) in [("state", "%FF"), ("nonce", "%FF"), ("user", "%FF"), ("%FF", "x")] {
        let body = format!("{}&login_hint=anna&{name}={value}", rest.query().unwrap());
        let call = client.portal.http.post(client.endpoint(PAR)).body(body);
        let call = call.basic_auth(&client.portal.id, Some(&client.key));
        let refused = answer(call.header("content-type", form)).await;
        is_refused(&refused, name, (400, "invalid_request"));
    }
    assert!(world.state().await == before, "nothing changed");
    let umlaut = client.try_push(&client.request().with("login_hint", "M\u{fc}ller")).await;
    assert_eq!(umlaut.status, 201, "{umlaut:?}");
}
