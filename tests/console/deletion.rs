//! Deleting a portal asks for its id, and says how many users lose what they have set up.

use super::{operator, signed_in};
use crate::harness::World;
use serde_json::json;

const DELETE: &str = "/console/portals/authenticator-app/delete";

#[tokio::test(flavor = "multi_thread")]
async fn s42_a_portal_is_deleted_only_by_its_id_and_the_question_counts_who_loses() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    for id in ["anna", "ben"] {
        portal.enrol_app(&world, json!({ "id": id })).await;
    }
    portal.open(json!({ "id": "carl" })).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let settings = browser.get("/console/portals/authenticator-app/settings").await;
    assert!(settings.says(&format!("href=\"{DELETE}\"")), "{}", settings.text);
    let asked = browser.get(DELETE).await;
    assert!(asked.says("Users who lose what they have set up: 2."), "{}", asked.text);
    assert!(asked.says("<button class=\"danger\">Delete portal</button>"), "{}", asked.text);
    let fields = |id: &'static str| [("id", id), ("reason", "no longer used"), ("confirm", "true")];
    for wrong in ["", "managed", "Authenticator-App", "authenticator-apps"] {
        let refused = browser.submit(DELETE, DELETE, &fields(wrong)).await;
        assert_eq!(refused.status, 400, "{wrong}");
        assert!(refused.says("id=\"id-refused\""), "{wrong}: {}", refused.text);
        assert!(refused.says("value=\"no longer used\""), "what was typed is kept");
        let there = world.admin("GET", "/v1/admin/portals/authenticator-app", None, None).await;
        assert_eq!(there.status, 200, "{wrong}");
    }
    let done = browser.submit(DELETE, DELETE, &fields("authenticator-app")).await;
    assert_eq!(done.location.as_deref(), Some("/console/portals"), "{}", done.text);
    let gone = world.admin("GET", "/v1/admin/portals/authenticator-app", None, None).await;
    assert_eq!(gone.status, 404);
}
