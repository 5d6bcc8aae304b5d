//! The activity of all portals that an admin may read.

use crate::harness::{Admin, World, anna};
use portcullis_domain::{PortalId, limits::DAY_SECONDS, user::EntryKind};
use portcullis_store::{LogLine, LogPlan};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const PATH: &str = "/v1/admin/activity";
/// The calls that a page makes besides its 256 queries of the log: the session, the list of
/// portals and what belongs to it, and the users of each portal.
const BESIDES: u32 = 40;

/// Adds a line to a portal's log.
async fn add(world: &World, portal: &str, id: String, at: i64) {
    let entry = EntryKind::Locked.at(world.now().plus(at));
    let line = LogLine { id, locator: None, entry };
    let portal = PortalId::parse(portal).unwrap();
    let store = &world.running.store;
    assert!(store.append(&portal, LogPlan::default(), &line).await.unwrap());
}

fn ids(page: &Value) -> Vec<(String, String)> {
    let entries = page["entries"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    entries.map(|entry| (text(&entry["portal"]), text(&entry["id"]))).collect()
}

/// Reads every page, and checks that none makes more calls than it may.
async fn every_page(world: &World, query: &str) -> Vec<Value> {
    let (mut pages, mut cursor) = (vec![], String::new());
    loop {
        world.aws.reset();
        let path = format!("{PATH}?{query}{cursor}");
        let page = world.admin_ok("GET", &path, None).await;
        assert!(world.aws.count() <= 256 + BESIDES, "{:?}", world.aws.calls());
        let next = page["next_cursor"].as_str().map(|next| format!("&cursor={next}"));
        pages.push(page);
        match next {
            Some(next) => cursor = next,
            None => return pages,
        }
    }
}

/// Returns the entries of each portal's own log.
async fn of_each_portal(world: &World) -> BTreeSet<(String, String)> {
    let list = world.admin_ok("GET", "/v1/admin/portals", None).await;
    let mut all = BTreeSet::new();
    for portal in list["portals"].as_array().unwrap() {
        let log = format!("/v1/admin/portals/{}/activity?", portal["id"].as_str().unwrap());
        let mut cursor = String::new();
        loop {
            let page = world.admin_ok("GET", &format!("{log}{cursor}"), None).await;
            all.extend(ids(&page));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn all_portals_entries_are_merged_and_each_page_makes_a_bounded_number_of_calls() {
    let world = World::start().await;
    world.running.stream_is_delivered().await;
    // A few lines on some days, and on one of them more than a page has.
    for day in [1, 2, 9, 20] {
        for (n, portal) in ["managed", "always-on", "authenticator-app"].into_iter().enumerate() {
            let lines = if day == 9 && n == 0 { 230 } else { 3 };
            for line in 0..lines {
                let at = day * DAY_SECONDS + line * 10 + i64::try_from(n).unwrap();
                add(&world, portal, format!("made.{day}.{n}.{line}"), at).await;
            }
        }
    }
    world.advance(25 * DAY_SECONDS);
    // The operator signs in again, which is an entry too.
    world.admin_ok("GET", "/v1/admin/presets", None).await;
    world.running.stream_is_delivered().await;
    let pages = every_page(&world, "").await;
    assert!(pages.len() > 3, "{}", pages.len());
    let entries: Vec<&Value> =
        pages.iter().flat_map(|page| page["entries"].as_array().unwrap()).collect();
    assert!(entries.is_sorted_by(|one, other| one["at"].as_i64() >= other["at"].as_i64()));
    let read: Vec<_> = pages.iter().flat_map(ids).collect();
    let once: BTreeSet<_> = read.iter().cloned().collect();
    assert_eq!(once.len(), read.len(), "none twice");
    assert_eq!(once, of_each_portal(&world).await, "none missing");
    // Each page says how far it looked, and the next begins there.
    let portals = world.admin_ok("GET", "/v1/admin/portals", None).await;
    let portals = portals["portals"].as_array().unwrap().len();
    assert_eq!(pages[0]["looked_at"]["portals"], portals);
    assert_eq!(pages[0]["looked_at"]["until"], world.now().unix());
    for two in pages.windows(2) {
        assert!(two[0]["looked_at"]["since"].as_i64() >= two[1]["looked_at"]["until"].as_i64());
    }
    assert_eq!(pages.last().unwrap()["looked_at"]["since"], Value::Null, "nothing older");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_of_two_portals_of_three_reads_the_entries_of_these_two() {
    let world = World::start().await;
    for preset in ["managed", "always_on", "authenticator_app"] {
        world.portal(preset).open(anna()).await;
        world.portal(preset).put_user("ben", &json!({ "display_name": "Ben" })).await;
    }
    let role = json!({ "role": "technician", "portals": ["managed", "authenticator-app"] });
    let tech = world.make_admin("tech", role).await;
    let boss = json!({ "role": "portal_admin", "portal": "always-on" });
    let boss = world.make_admin("boss", boss).await;
    world.running.stream_is_delivered().await;
    let seen = async |admin: &Admin, query: &str| {
        let page = world.by(admin, "GET", &format!("{PATH}{query}"), None).await.body;
        assert_eq!(page["next_cursor"], Value::Null, "{page}");
        let portals: BTreeSet<String> = ids(&page).into_iter().map(|(portal, _)| portal).collect();
        (portals.into_iter().collect::<Vec<_>>(), ids(&page).len())
    };
    assert_eq!(seen(&tech, "").await.0, ["authenticator-app", "managed"]);
    assert_eq!(seen(&boss, "").await.0, ["always-on"]);
    assert_eq!(
        seen(&tech, "?user=ben").await,
        (vec!["authenticator-app".into(), "managed".into()], 2)
    );
    assert_eq!(seen(&tech, "?event=portal_created").await.1, 2);
    assert_eq!(seen(&tech, "?until=1000").await.1, 0);
    let page = world.by(&tech, "GET", &format!("{PATH}?user=ben"), None).await.body;
    assert_eq!(page["entries"][0]["user"], "ben");
    assert_eq!(page["looked_at"]["portals"], 2);
    for query in ["?format=csv", "?actor=jo", "?event=magic", "?cursor=AAAA", "?x=1"] {
        let refused = world.by(&tech, "GET", &format!("{PATH}{query}"), None).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{query}");
    }
}
