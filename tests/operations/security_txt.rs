//! `/.well-known/security.txt`, read as RFC 9116 has it.

use crate::harness::World;
use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use portcullis_domain::Day;
use portcullis_verify::{AppState, SecurityTxt, router};
use std::collections::BTreeMap;
use tower::ServiceExt as _;

const PATH: &str = "/.well-known/security.txt";

#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_with_a_contact_says_where_vulnerabilities_are_reported() {
    let world = World::start().await;
    let (context, _) = world.function_for(portcullis_verify::PURPOSES).await;
    let security_txt =
        SecurityTxt::parse("mailto:security@example.com", "https://example.com/reports").unwrap();
    let asked = Request::get(PATH).body(Body::empty()).unwrap();
    let answer = router(AppState { context, security_txt }).oneshot(asked).await.unwrap();
    assert_eq!(answer.status(), 200);
    // Section 3: text/plain in UTF-8.
    assert_eq!(answer.headers()["content-type"], "text/plain; charset=utf-8");
    let text = to_bytes(answer.into_body(), 10_000).await.unwrap();
    let text = std::str::from_utf8(&text).unwrap();
    // Section 2.2: each line has a field, ends, and none comes twice here.
    assert!(text.ends_with('\n'));
    let fields: Vec<_> = text.lines().map(|line| line.split_once(": ").unwrap()).collect();
    let named: BTreeMap<&str, &str> = fields.iter().copied().collect();
    assert_eq!(named.len(), fields.len(), "{text}");
    assert_eq!(named["Contact"], "mailto:security@example.com");
    assert_eq!(named["Policy"], "https://example.com/reports");
    assert_eq!(named["Canonical"], format!("{}{PATH}", world.origin()));
    // Section 2.5.5: a moment of RFC 3339, less than a year away.
    let day = Day::parse(named["Expires"].strip_suffix("T00:00:00Z").unwrap()).unwrap();
    let left = day.begins().since(world.now()) / 86_400;
    assert!((30..365).contains(&left), "{left} days");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_without_a_contact_says_what_its_operator_has_to_set() {
    let world = World::start().await;
    let reply = world.portal("managed").get(PATH).await;
    assert_eq!(reply.problem(), (404, "unknown_route"));
    assert!(reply.body["detail"].as_str().unwrap().contains("parameter SecurityContact"));
}
