//! The reminder of many users by pages alone: counted, sent in steps, and kept from who enrolled.

use super::{
    bulk_resets::{hidden, post},
    operator, signed_in,
};
use crate::{
    harness::{World, anna},
    journeys::admin::bulk_resets::fill,
};
use serde_json::json;

const AT: &str = "/console/portals/authenticator-app/users/bulk/reminder";
const STEP: &str = "/console/portals/authenticator-app/users/bulk/remind";
const BLANK: [(&str, &str); 3] = [("state", ""), ("organization", ""), ("users", "")];

#[tokio::test(flavor = "multi_thread")]
async fn many_users_are_reminded_from_page_to_page_without_a_script() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    portal.open(json!({ "id": "no-address" })).await;
    fill(&world, &portal, 102, 0, |_| {}).await;
    let desk = signed_in(&world, &operator(&world)).await;
    let list = desk.get("/console/portals/authenticator-app/users").await;
    assert!(list.says("Remind users to enrol") && list.says(AT), "{}", list.text);
    let select = desk.get(AT).await;
    let both = [("state", "enrolled"), ("organization", "acme"), ("users", "anna")];
    let wrong = post(&desk, &select, AT, &both).await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.says("without a filter"), "{}", wrong.text);
    assert!(wrong.says("value=\"acme\"") && wrong.says(">anna</textarea>"), "{}", wrong.text);
    let counted = post(&desk, &wrong, AT, &BLANK).await;
    assert_eq!(counted.status, 200, "{}", counted.text);
    assert!(counted.says("Remind 102 users") && counted.says("no-address"), "{}", counted.text);
    let next = [&BLANK[..], &[("cursor", "")]].concat();
    let first = post(&desk, &counted, STEP, &next).await;
    assert_eq!(first.status, 200, "{}", first.text);
    assert!(first.says("Remind the next users") && !first.says("has ended"), "{}", first.text);
    let cursor = hidden(&first, "cursor");
    let next = [&BLANK[..], &[("cursor", cursor.as_str())]].concat();
    let last = post(&desk, &first, STEP, &next).await;
    assert!(last.says("The reminder has ended.") && last.says("<dd>102</dd>"), "{}", last.text);
    let changed = post(&desk, &last, STEP, &[("cursor", "")]).await;
    assert_eq!(changed.status, 400, "{}", changed.text);
    let again = post(&desk, &last, AT, &BLANK).await;
    assert!(again.says("needs a reminder now") && !again.says(STEP), "{}", again.text);
    assert_eq!(world.notices("now asks for a second step", 102).await.len(), 102);
    let role = json!({ "role": "auditor" });
    let auditor = signed_in(&world, &world.make_admin("auditor", role).await).await;
    let list = auditor.get("/console/portals/authenticator-app/users").await;
    assert!(!list.says("Remind users to enrol"), "{}", list.text);
    assert_eq!(auditor.get(AT).await.status, 403);
}
