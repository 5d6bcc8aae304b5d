use crate::harness::{World, anna};
use serde_json::{Value, json};

const PORTAL: &str = "/v1/admin/portals/authenticator-app";

#[tokio::test(flavor = "multi_thread")]
async fn s46_an_operator_gives_a_portal_another_share_and_takes_it_back() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let path = format!("{PORTAL}/share");
    let shown = async || world.admin("GET", PORTAL, None, None).await.body["share"].clone();
    assert_eq!(shown().await, Value::Null);
    for (body, what) in [
        (json!({}), "nothing said"),
        (json!({ "per_minute": 0 }), "no portal is stopped like this"),
        (json!({ "per_minute": 60_001 }), "more than the route lets through"),
        (json!({ "per_minute": -1 }), "less than nothing"),
        (json!({ "per_minute": "600" }), "a text"),
        (json!({ "per_minute": 600, "confirm": true }), "a field that is not known"),
    ] {
        let refused = world.admin("PUT", &path, None, Some(body)).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{what}");
    }
    assert_eq!(shown().await, Value::Null);
    world.set_share(&portal, 1).await;
    assert_eq!(shown().await, json!(1));
    portal.open(anna()).await;
    assert_eq!(portal.try_open(anna()).await.problem(), (429, "over_share"));
    let usual = world.admin_ok("PUT", &path, Some(json!({ "per_minute": null }))).await;
    assert_eq!(usual, json!({ "per_minute": 3_000 }));
    assert_eq!(shown().await, Value::Null);
    // The minute that was used up stays so.
    assert_eq!(portal.try_open(anna()).await.problem(), (429, "over_share"));
    world.advance(60);
    portal.open(anna()).await;
    portal.open(anna()).await;
    world.running.stream_is_delivered().await;
    let log = world.admin_ok("GET", &format!("{PORTAL}/activity"), None).await;
    let changes = log["entries"].as_array().unwrap().iter().flat_map(|entry| {
        let changes = entry["changes"].as_array().into_iter().flatten();
        changes.filter(|change| change["field"] == "share").map(Value::to_string)
    });
    // Both are of one second, in which the log has no order.
    let mut changes: Vec<String> = changes.collect();
    changes.sort();
    let told = |old, new| json!({ "field": "share", "old": old, "new": new }).to_string();
    assert_eq!(changes, [told("1", "none"), told("none", "1")]);
    let console = world.admin("PUT", "/v1/admin/portals/console/share", None, None).await;
    assert_eq!(console.problem(), (403, "not_permitted"), "admins are in no portal's share");
}
