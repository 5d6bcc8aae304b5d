//! The domains of passkeys: the system's, and a portal's own.

use crate::harness::World;
use serde_json::{Value, json};

const SETTINGS: &str = "/v1/admin/settings";
const PORTAL: &str = "authenticator-app";

async fn put_domain(world: &World, domain: Value) -> crate::harness::Reply {
    let mut settings = world.admin("GET", SETTINGS, None, None).await.body;
    settings["passkey_domain"] = domain;
    world.put_settings(settings).await
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_the_domain_of_passkeys_is_one_that_the_service_lies_on() {
    let world = World::start().await;
    let before = world.admin("GET", SETTINGS, None, None).await;
    assert_eq!(before.body["passkey_domain"], json!(null));
    for (domain, words) in [
        ("127.0.0.1", "passkey_domain must be a domain name"),
        ("co.nz", "passkey_domain must be below a public suffix"),
        ("abc1.execute-api.eu-west-1.amazonaws.com", "passkey_domain must be"),
        ("https://localhost", "passkey_domain must be a domain name"),
        ("example.com", "passkey_domain must be this service's own domain, or one that it lies"),
    ] {
        let refused = put_domain(&world, json!(domain)).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{domain}");
        let detail = refused.body["detail"].as_str().unwrap();
        assert!(detail.starts_with(words), "{detail}");
    }
    let after = world.admin("GET", SETTINGS, None, None).await;
    assert_eq!((after.etag, after.body), (before.etag, before.body), "nothing was saved");
    for domain in [json!("localhost"), json!(null)] {
        let saved = put_domain(&world, domain.clone()).await;
        assert_eq!((saved.status, &saved.body["passkey_domain"]), (200, &domain));
        let read = world.admin("GET", SETTINGS, None, None).await;
        assert_eq!(read.body["passkey_domain"], domain);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_a_portals_own_domain_covers_every_page_that_passkeys_or_browsers_come_to() {
    let world = World::start().await;
    let passkeys = json!({
        "rp_id": "acme.example", "origins": ["https://acme.example", "https://login.acme.example"]
    });
    let with = |passkeys: &Value, urls: &[&str]| {
        let (passkeys, urls) = (passkeys.clone(), json!(urls));
        world.change_profile(PORTAL, move |profile| {
            profile["passkeys"] = passkeys;
            profile["return_urls"] = urls;
        })
    };
    let before = world.admin("GET", &format!("/v1/admin/portals/{PORTAL}"), None, None).await;
    let covered = ["https://acme.example/back", "https://shop.acme.example/"];
    for (passkeys, urls, words) in [
        (passkeys.clone(), &["https://acme.example.evil.org/"][..], "return_urls must all lie on"),
        (passkeys.clone(), &["http://localhost:3000/back"], "return_urls must all lie on"),
        (json!({ "rp_id": "example", "origins": ["https://a.example"] }), &covered, "rp_id must"),
        (json!({ "rp_id": "1.2.3.4", "origins": ["https://1.2.3.4"] }), &covered, "rp_id must"),
        (
            json!({ "rp_id": "acme.example", "origins": ["https://badacme.example"] }),
            &covered,
            "origins must be on the domain of rp_id",
        ),
        (
            json!({ "rp_id": "acme.example", "origins": ["http://acme.example"] }),
            &covered,
            "origins must be origins such as",
        ),
        (json!({ "rp_id": "acme.example", "origins": [] }), &covered, "origins must not be empty"),
        (json!({ "rp_id": "acme.example" }), &covered, "missing field"),
        (json!({ "rp_id": "acme.example", "origins": [], "x": 1 }), &covered, "unknown field"),
    ] {
        let refused = with(&passkeys, urls).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{passkeys} {urls:?}");
        let detail = refused.body["detail"].as_str().unwrap();
        assert!(detail.contains(words), "{passkeys}: {detail}");
    }
    let after = world.admin("GET", &format!("/v1/admin/portals/{PORTAL}"), None, None).await;
    assert_eq!((after.etag, after.body), (before.etag, before.body), "nothing was saved");
    let saved = with(&passkeys, &covered).await;
    assert_eq!((saved.status, &saved.body["profile"]["passkeys"]), (200, &passkeys));
    // A URL that is changed later is held to the same, and the way out stands in the refusal.
    let moved = world
        .change_profile(PORTAL, |profile| {
            profile["return_urls"] = json!(["https://other.example/"])
        })
        .await;
    assert_eq!(moved.problem(), (400, "bad_request"));
    let detail = moved.body["detail"].as_str().unwrap();
    assert!(detail.contains("or remove passkeys from the profile"), "{detail}");
    let sent_back = world.change_profile(PORTAL, |_| ()).await;
    assert_eq!(sent_back.body["profile"]["passkeys"], passkeys, "what was read can be sent back");
    let removed = world
        .change_profile(PORTAL, |profile| {
            profile["return_urls"] = json!(["https://other.example/"]);
            profile.as_object_mut().unwrap().remove("passkeys");
        })
        .await;
    assert_eq!(removed.status, 200);
    assert_eq!(removed.body["profile"].get("passkeys"), None);
}
