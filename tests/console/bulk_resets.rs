//! A bulk reset by pages alone: counted, asked for, approved in another session, and continued.

use super::{operator, signed_in};
use crate::harness::{Browser, Page, World, anna};
use serde_json::json;

const AT: &str = "/console/portals/authenticator-app/bulk-reset";

pub(super) async fn post(
    browser: &Browser,
    from: &Page,
    action: &str,
    fields: &[(&str, &str)],
) -> Page {
    browser.post_form(action, &from.form(), fields).await
}

pub(super) fn hidden(page: &Page, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.text.split_once(&start).unwrap_or_else(|| panic!("{name}: {}", page.text));
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_reset_goes_from_page_to_page_without_a_script() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    portal.enrol_app(&world, json!({ "id": "no-address" })).await;
    let second = world.make_admin("second", json!({ "role": "operator" })).await;
    world.advance(60);
    let asks = signed_in(&world, &operator(&world)).await;
    let list = asks.get("/console/portals/authenticator-app/users").await;
    assert!(list.says("Reset many users"), "{}", list.text);
    let select = asks.get(AT).await;
    let blank = [("state", ""), ("organization", ""), ("users", "")];
    let both = [("state", "enrolled"), ("organization", ""), ("users", "anna")];
    let count = format!("{AT}/count");
    let wrong = post(&asks, &select, &count, &both).await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.says("without a filter"), "{}", wrong.text);
    let counted = post(&asks, &select, &count, &blank).await;
    assert!(counted.says("no-address") && counted.says("To be reset"), "{}", counted.text);
    let long = "x".repeat(91);
    let ask = |reason| [&blank[..], &[("reason", reason), ("confirm", "true")]].concat();
    let refused = post(&asks, &counted, AT, &ask(&long)).await;
    assert_eq!(refused.status, 400, "{}", refused.text);
    assert!(refused.says("at most 90 bytes") && refused.says("To be reset"), "{}", refused.text);
    let asked = post(&asks, &refused, AT, &ask("phones were stolen")).await;
    assert_eq!((asked.status, asked.location.as_deref()), (303, Some(AT)), "{}", asked.text);
    let open = asks.get(AT).await;
    let id = hidden(&open, "id");
    let approve = format!("{AT}/approve");
    let confirm = [("id", id.as_str()), ("confirm", "true")];
    let own = post(&asks, &open, &approve, &confirm).await;
    assert_eq!(own.status, 409, "{}", own.text);
    let approves = signed_in(&world, &second).await;
    let seen = approves.get(AT).await;
    assert!(seen.says("asked for it: phones were stolen"), "{}", seen.text);
    let begun = post(&approves, &seen, &approve, &confirm).await;
    assert_eq!(begun.location.as_deref(), Some(AT), "{}", begun.text);
    let page = approves.get(AT).await;
    let next = "/console/portals/authenticator-app/users/bulk/step";
    let done = post(&approves, &page, next, &[("id", id.as_str()), ("cursor", "")]).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert!(done.says("The bulk reset has ended.") && done.says("no-address"), "{}", done.text);
    assert_eq!(portal.open(anna()).await["status"], "check_email");
    let over = approves.get(AT).await;
    assert!(over.says("Count the users"), "{}", over.text);
}
