//! Changing the roles of admins in the console.

use super::{operator, signed_in};
use crate::harness::{Browser, World};
use serde_json::{Value, json};

async fn role_of(world: &World, name: &str) -> Value {
    let admins = world.admin_ok("GET", "/v1/admin/admins", None).await;
    let mut all = admins.as_array().unwrap().iter();
    all.find(|admin| admin["name"] == name).unwrap()["role"].clone()
}

async fn technician(world: &World) -> (Browser, Value) {
    let role = json!({ "role": "technician", "portals": ["managed", "always-on"] });
    world.make_admin("jo", role.clone()).await;
    (signed_in(world, &operator(world)).await, role)
}

async fn asked(browser: &Browser, path: &str) -> Vec<(String, String)> {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let hidden = page.text.split("<input type=\"hidden\" name=\"").skip(1);
    let hidden = hidden.map(|part| {
        let (name, rest) = part.split_once("\" value=\"").unwrap();
        (name.to_owned(), rest.split('"').next().unwrap().replace("&#34;", "\""))
    });
    // The form that signs out comes first.
    hidden.skip(1).collect()
}

async fn proceed(browser: &Browser, fields: &[(String, String)]) -> crate::harness::Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.post("/console/admins/jo", &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_the_form_for_a_role_shows_the_role_there_is() {
    let world = World::start().await;
    let (browser, _) = technician(&world).await;
    let page = browser.get("/console/admins/jo").await;
    assert!(page.says("<option value=\"technician\" selected>"), "{}", page.text);
    assert!(!page.says("<option value=\"auditor\" selected>"));
    for (portal, ticked) in [("managed", true), ("always-on", true), ("sms-enrolment", false)] {
        let start = format!("name=\"portals\" value=\"{portal}\"");
        let (_, rest) = page.text.split_once(&start).expect(portal);
        assert_eq!(rest.starts_with(" checked"), ticked, "{portal}");
    }
    assert!(!page.says("value=\"console\""), "operators run the console, and nobody else");
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_a_role_changes_after_it_was_asked_with_what_changes() {
    let world = World::start().await;
    let (browser, before) = technician(&world).await;
    let path = "/console/admins/jo/role?role=portal_admin&portals=managed&organization=";
    let page = browser.get(path).await;
    assert!(page.says("From: technician of managed, always-on."), "{}", page.text);
    assert!(page.says("To: portal admin of managed."), "{}", page.text);
    let fields = asked(&browser, path).await;
    assert_eq!(role_of(&world, "jo").await, before, "asking changes nothing");
    let done = proceed(&browser, &fields).await;
    assert_eq!(done.location.as_deref(), Some("/console/admins"), "{}", done.text);
    let now = json!({ "role": "portal_admin", "portal": "managed" });
    assert_eq!(role_of(&world, "jo").await, now);
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_a_role_that_was_changed_meanwhile_is_shown_again() {
    let world = World::start().await;
    let (browser, _) = technician(&world).await;
    let fields = asked(&browser, "/console/admins/jo/role?role=auditor&organization=").await;
    let other = json!({ "role": { "role": "technician", "portals": ["managed"] } });
    world.admin_ok("PUT", "/v1/admin/admins/jo", Some(other.clone())).await;
    let refused = proceed(&browser, &fields).await;
    assert_eq!(refused.status, 412, "{}", refused.text);
    assert!(refused.says("It was changed in the meantime."), "{}", refused.text);
    assert_eq!(role_of(&world, "jo").await, other["role"]);
}
