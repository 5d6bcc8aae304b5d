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
