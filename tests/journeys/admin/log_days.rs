use crate::harness::{World, anna};
use portcullis_domain::limits::DAY_SECONDS;
use serde_json::{Value, json};

const PORTAL: &str = "/v1/admin/portals/authenticator-app";

/// Returns the days for which each line of a log is kept, each number once.
async fn kept(world: &World, portal: &str) -> Vec<i64> {
    world.running.stream_is_delivered().await;
    let scan = world.table_client().await.scan().table_name(&world.running.table).send().await;
    let start = format!("LOG#{portal}#");
    let items = scan.unwrap().items.unwrap();
    let lines = items.iter().filter(|item| item["pk"].as_s().unwrap().starts_with(&start));
    let mut days: Vec<i64> = lines
        .map(|line| {
            let at: i64 = line["sk"].as_s().unwrap()[..12].parse().unwrap();
            let end: i64 = line["ttl"].as_n().unwrap().parse().unwrap();
            assert_eq!((end - at) % DAY_SECONDS, 0);
            (end - at) / DAY_SECONDS
        })
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_says_how_long_a_log_is_kept_and_it_counts_for_lines_from_then_on() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let path = format!("{PORTAL}/log-days");
    let shown = async || world.admin("GET", PORTAL, None, None).await.body["log_days"].clone();
    portal.enrol_app(&world, anna()).await;
    assert_eq!((shown().await, kept(&world, &portal.id).await), (json!(90), vec![90]));
    for (body, what) in [
        (json!({}), "nothing said"),
        (json!({ "days": null }), "none"),
        (json!({ "days": 29 }), "fewer than numbers need"),
        (json!({ "days": 401 }), "too many"),
        (json!({ "days": -1 }), "less than nothing"),
        (json!({ "days": "90" }), "a text"),
        (json!({ "days": 90, "confirm": true }), "a field that is not known"),
    ] {
        let refused = world.admin("PUT", &path, None, Some(body)).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{what}");
    }
    assert_eq!(shown().await, json!(90));
    let set = world.admin_ok("PUT", &path, Some(json!({ "days": 30 }))).await;
    assert_eq!((set, shown().await), (json!({ "days": 30 }), json!(30)));
    // Processes hold the number for five minutes.
    world.advance(300);
    let actor = json!({ "id": "boss", "role": "portal_admin" });
    let reset = json!({ "actor": actor, "reason": "lost phone", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    assert_eq!(kept(&world, &portal.id).await, [30, 90], "lines from before stay as they are");
    let log = world.admin_ok("GET", &format!("{PORTAL}/activity"), None).await;
    let entries = log["entries"].as_array().unwrap();
    let changes = entries.iter().filter_map(|entry| entry["changes"].as_array()).flatten();
    let told: Vec<&Value> = changes.filter(|change| change["field"] == "log_days").collect();
    assert_eq!(told, [&json!({ "field": "log_days", "old": "90", "new": "30" })]);
    assert_eq!(kept(&world, "console").await, [400], "what admins do is kept the longest");
    let console = world.admin("PUT", "/v1/admin/portals/console/log-days", None, None).await;
    assert_eq!(console.problem(), (403, "not_permitted"));
}
