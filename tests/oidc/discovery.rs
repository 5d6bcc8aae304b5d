//! The document that libraries begin with (Discovery 1.0, section 3; RFC 8414, section 2), and the
//! keys of id_tokens.

use super::{Client, client::PAR};
use crate::harness::World;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn the_configuration_says_all_that_a_library_needs_and_nothing_that_there_is_not() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    let said = &client.metadata;
    let issuer = client.endpoint("issuer");
    assert!(!issuer.ends_with('/') && !issuer.contains(['?', '#']), "{issuer}");
    for (endpoint, path) in [
        ("authorization_endpoint", "/oidc/authorize"),
        (PAR, "/oidc/par"),
        ("token_endpoint", "/oidc/token"),
        ("jwks_uri", "/oidc/jwks.json"),
    ] {
        assert_eq!(client.endpoint(endpoint), format!("{issuer}{path}"));
    }
    for (member, value) in [
        ("response_types_supported", json!(["code"])),
        ("subject_types_supported", json!(["public"])),
        ("id_token_signing_alg_values_supported", json!(["RS256"])),
        ("code_challenge_methods_supported", json!(["S256"])),
        ("grant_types_supported", json!(["authorization_code"])),
        ("scopes_supported", json!(["openid"])),
        ("response_modes_supported", json!(["query"])),
        ("require_pushed_authorization_requests", json!(true)),
        ("authorization_response_iss_parameter_supported", json!(true)),
        ("claims_parameter_supported", json!(true)),
        ("request_parameter_supported", json!(false)),
        ("request_uri_parameter_supported", json!(false)),
    ] {
        assert_eq!(said[member], value, "{member}");
    }
    let has = |member: &str, value: &str| {
        let values = said[member].as_array().unwrap_or_else(|| panic!("{member}"));
        assert!(values.iter().any(|other| other == value), "{value} in {member}: {values:?}");
    };
    for way in ["client_secret_basic", "client_secret_post"] {
        has("token_endpoint_auth_methods_supported", way);
    }
    let acrs = ["none", "bypass", "recovery", "fallback", "delivered", "app", "passkey"];
    for acr in acrs {
        has("acr_values_supported", &format!("urn:portcullis:acr:{acr}"));
    }
    for claim in ["iss", "aud", "sub", "auth_time", "acr", "amr", "mfa", "event"] {
        has("claims_supported", claim);
    }
    for absent in ["userinfo_endpoint", "registration_endpoint", "introspection_endpoint"] {
        assert_eq!(said.get(absent), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_issuer_that_is_a_url_every_call_says_what_to_set_and_does_nothing() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    let pushed = client.push(client.request()).await;
    let before = world.state().await;
    // The functions of a deployment whose issuer is `urn:test`.
    let (context, _) = world.function().await;
    let verify = served(portcullis_verify::router(context)).await;
    let (context, sender) = world.function().await;
    let state = portcullis_challenge_dispatch::AppState { context, sender };
    let dispatch = served(portcullis_challenge_dispatch::router(state)).await;
    let get = |url: String| world.http.get(url).send();
    let found = get(format!("{verify}/.well-known/openid-configuration")).await.unwrap();
    assert_eq!(found.status(), 404);
    assert_eq!(found.headers()["content-type"], "application/problem+json");
    let problem: Value = found.json().await.unwrap();
    assert_eq!(problem["code"], "oidc_needs_domain", "{problem}");

    let post = |url: String| {
        let call = world.http.post(url).basic_auth(&client.portal.id, Some(&client.key));
        call.form(&pushed.request.fields).send()
    };
    for url in [format!("{dispatch}/oidc/par"), format!("{verify}/oidc/token")] {
        let refused = post(url.clone()).await.unwrap();
        let status = refused.status().as_u16();
        let said = refused.text().await.unwrap();
        assert!(status >= 400 && !said.contains("request_uri"), "{url}: {status} {said}");
        assert!(!said.contains("id_token"), "{url}: {said}");
    }
    let address = client.address(&pushed);
    let (_, query) = address.split_once('?').unwrap();
    let page = get(format!("{dispatch}/oidc/authorize?{query}")).await.unwrap();
    assert!(page.status().is_client_error(), "{page:?}");
    assert!(page.headers().get("set-cookie").is_none());
    assert!(world.state().await == before, "nothing changed");
}

async fn served(function: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, function).await });
    base
}

async fn keys(world: &World, url: &str) -> Vec<Value> {
    let jwks: Value = world.http.get(url).send().await.unwrap().json().await.unwrap();
    jwks["keys"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_of_id_tokens_are_apart_from_those_of_assertions_and_have_no_secret_part() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    let rsa = keys(&world, client.endpoint("jwks_uri")).await;
    assert!(!rsa.is_empty());
    for key in &rsa {
        assert_eq!(
            (&key["kty"], &key["alg"], &key["use"]),
            (&json!("RSA"), &json!("RS256"), &json!("sig"))
        );
        assert!(key["n"].as_str().unwrap().len() >= 342, "at least 2048 bits");
        for private in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
            assert_eq!(key.get(private), None, "{private}");
        }
    }
    let ours = keys(&world, &world.url("/.well-known/jwks.json")).await;
    assert!(ours.iter().all(|key| key["kty"] == "EC" && key["alg"] == "ES256"), "{ours:?}");
    let ids = |keys: &[Value]| keys.iter().map(|key| key["kid"].to_string()).collect::<Vec<_>>();
    assert!(ids(&rsa).iter().all(|id| !ids(&ours).contains(id)));
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_answer_their_own_methods_only() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    let before = world.state().await;
    for (method, path) in [
        ("POST", "/.well-known/openid-configuration"),
        ("POST", "/oidc/jwks.json"),
        ("GET", "/oidc/par"),
        ("GET", "/oidc/token"),
        ("PUT", "/oidc/authorize"),
        ("DELETE", "/oidc/token"),
    ] {
        let url = format!("{}{path}", client.endpoint("issuer"));
        let call = world.http.request(method.parse().unwrap(), url);
        assert_eq!(call.send().await.unwrap().status(), 405, "{method} {path}");
    }
    assert!(world.state().await == before, "nothing changed");
}
