//! The log of a portal, as admins read it.

use crate::harness::{Portal, World, anna, because, reset_of};
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};

fn path(portal: &Portal, query: &str) -> String {
    format!("/v1/admin/portals/{}/activity{query}", portal.id)
}

/// Returns the log once it has this many lines; the stream needs a moment.
async fn log(world: &World, portal: &Portal, lines: usize) -> Vec<Value> {
    for _ in 0..100 {
        let page = world.admin_ok("GET", &path(portal, ""), None).await;
        let entries = page["entries"].as_array().unwrap().clone();
        if entries.len() >= lines {
            return entries;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the log did not reach {lines} lines within ten seconds");
}

/// Returns the entries once there are some of each kind; the stream needs a moment.
async fn log_with(world: &World, portal: &Portal, kinds: &[&str]) -> Value {
    let mut entries = Value::Null;
    for _ in 0..100 {
        entries = world.admin_ok("GET", &path(portal, ""), None).await["entries"].take();
        let seen = events(&entries);
        if kinds.iter().all(|kind| seen.contains(kind)) {
            return entries;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("within ten seconds the log had {:?} and not all of {kinds:?}", events(&entries));
}

/// Returns the entries of one kind, newest first, once there are as many: the stream needs a
/// moment.
pub async fn logged_of(world: &World, portal: &str, event: &str, wanted: usize) -> Vec<Value> {
    let path = format!("/v1/admin/portals/{portal}/activity?event={event}");
    for _ in 0..100 {
        let mut page = world.admin_ok("GET", &path, None).await;
        let Value::Array(entries) = page["entries"].take() else { panic!("{page}") };
        if entries.len() >= wanted {
            return entries;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{wanted} entries of {event} did not come within ten seconds");
}

fn events(entries: &Value) -> Vec<&str> {
    let entries = entries.as_array().unwrap();
    entries.iter().map(|entry| entry["event"].as_str().unwrap()).collect()
}

async fn a_day_of_work(world: &World, portal: &Portal) {
    portal.enrol_app(world, anna()).await;
    portal.enrol_app(world, json!({ "id": "=ben" })).await;
    let reason = reset_of("anna", "=HYPERLINK(\"https://evil.example\"), \"quoted\"");
    world.admin_ok("POST", &format!("/v1/admin/portals/{}/user/reset", portal.id), reason).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn x5_the_log_is_read_newest_first_and_filtered_by_time_user_type_and_actor() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let start = world.now().unix();
    a_day_of_work(&world, &portal).await;
    // Made, two enrolments of two lines each, a reset.
    let all = log(&world, &portal, 6).await;
    assert_eq!(all.len(), 6);
    let times: Vec<i64> = all.iter().map(|entry| entry["at"].as_i64().unwrap()).collect();
    assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
    assert_eq!((&all[0]["event"], &all[0]["user"]), (&json!("reset"), &json!("anna")));
    assert_eq!(all[0]["actor"], "admin:operator");
    let read = async |query: &str| {
        world.admin_ok("GET", &path(&portal, query), None).await["entries"].clone()
    };
    assert_eq!(events(&read("?event=enrolled").await), ["enrolled", "enrolled"]);
    assert_eq!(read("?user=anna").await.as_array().unwrap().len(), 3);
    assert_eq!(read("?user=nobody").await, json!([]));
    assert_eq!(events(&read("?actor=admin:operator").await), ["reset", "portal_created"]);
    assert_eq!(events(&read(&format!("?since={}", start + 60)).await), ["reset"]);
    assert_eq!(read(&format!("?until={}", start - 1)).await, json!([]));
    for query in ["?event=magic", "?actor=jo", "?since=yesterday", "?cursor=AAAA", "?x=1"] {
        let refused = world.admin("GET", &path(&portal, query), None, None).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn x5_the_log_is_exported_as_csv_and_json_lines_without_formulas() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    a_day_of_work(&world, &portal).await;
    log(&world, &portal, 6).await;
    let session = world.running.demo.session.clone().unwrap();
    let export = async |format: &str| {
        let url = world.url(&path(&portal, &format!("?format={format}")));
        let answer = world.http.get(url).bearer_auth(&session).send().await.unwrap();
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        (kind, answer.text().await.unwrap())
    };
    let (kind, csv) = export("csv").await;
    assert!(kind.starts_with("text/csv"), "{kind}");
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(rows.len(), 7, "{csv}");
    assert!(rows[0].starts_with("\u{feff}at,time,event,type,detail,user"));
    assert!(
        rows[1].contains("\"'=HYPERLINK(\"\"https://evil.example\"\"), \"\"quoted\"\"\""),
        "{csv}"
    );
    assert!(csv.contains(",'=ben,"), "{csv}");
    let (kind, lines) = export("jsonl").await;
    assert_eq!(kind, "application/x-ndjson");
    let lines: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_pages_of_a_long_log_over_days_hold_each_line_once() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    // Sixty days with a few lines each, some days without.
    for day in 0..30 {
        for n in 0..6 {
            let name = json!({ "display_name": format!("Anna {day} {n}") });
            portal.put_user("anna", &name).await;
        }
        world.advance(2 * 86_400);
    }
    // The portal's making is one more line. The stream needs a moment for the last ones.
    for _ in 0..200 {
        let ids = every_page(&world, &portal).await;
        if ids.len() >= 181 {
            assert_eq!((ids.len(), ids.iter().collect::<BTreeSet<_>>().len()), (181, 181));
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the log did not reach 181 lines within twenty seconds");
}

async fn every_page(world: &World, portal: &Portal) -> Vec<String> {
    let (mut ids, mut cursor) = (vec![], None::<String>);
    loop {
        let query = cursor.map(|cursor| format!("?cursor={cursor}")).unwrap_or_default();
        let page = world.admin_ok("GET", &path(portal, &query), None).await;
        let entries = page["entries"].as_array().unwrap().iter();
        ids.extend(entries.map(|entry| entry["id"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return ids,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_of_an_admin_is_an_entry_with_its_actor() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    world.change_policy(&portal, |policy| policy["code_lifetime_seconds"] = json!(60)).await;
    let base = format!("/v1/admin/portals/{}", portal.id);
    for enabled in [false, true] {
        let body = json!({ "enabled": enabled, "confirm": true });
        world.admin_ok("POST", &format!("{base}/mfa"), Some(body)).await;
    }
    let made = world.admin_ok("POST", &format!("{base}/keys"), Some(json!({}))).await;
    let key = format!("{base}/keys/{}", made["id"].as_str().unwrap());
    world.admin_ok("DELETE", &key, None).await;
    let entries = json!(log(&world, &portal, 6).await);
    let mut kinds = events(&entries);
    kinds.sort_unstable();
    let wanted = [
        "key_added",
        "key_revoked",
        "policy_changed",
        "portal_created",
        "switched_off",
        "switched_on",
    ];
    assert_eq!(kinds, wanted);
    assert!(entries.as_array().unwrap().iter().all(|e| e["actor"] == "admin:operator"));

    let console = Portal { id: "console".into(), ..portal };
    let admin = world.make_admin("jo", json!({ "role": "auditor" })).await;
    world.admin_ok("POST", "/v1/admin/admins/jo/reset", because("lost phone")).await;
    world.admin_ok("POST", "/v1/admin/admins/jo/remove", because("left")).await;
    let kinds =
        ["admin_added", "password_changed", "admin_reset", "admin_removed", "settings_changed"];
    let entries = log_with(&world, &console, &kinds).await;
    assert!(!entries.to_string().contains(&admin.password));
}

#[tokio::test(flavor = "multi_thread")]
async fn s9_a_user_is_told_at_every_known_address_also_at_one_that_was_just_taken_away() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    let both = ["+64211234589", "testing@example.co.nz"];
    assert_eq!(world.notices("A new way to sign in", 2).await, both);
    let moved = json!({ "email": "new@example.com", "email_verified": true });
    portal.put_user("anna", &moved).await;
    let told = world.notices("contact details of your account were changed", 3).await;
    assert_eq!(told, ["+64211234589", "new@example.com", "testing@example.co.nz"]);
    // A changed name or language is nobody's business but the log's.
    portal.open(json!({ "id": "anna", "display_name": "Anna", "locale": "en" })).await;
    let own =
        world.admin_ok("GET", &format!("/v1/admin/portals/{}/user?id=anna", portal.id), None).await;
    assert_eq!(own["activity"][0]["event"], "details_changed");
    let sign_in = portal.open(json!({ "id": "anna" })).await;
    let code = world.totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    for _ in 0..5 {
        portal.verify(&sign_in, &code).await;
    }
    assert_eq!(world.notices("Too many wrong codes", 1).await, ["new@example.com"], "once");
    let told = world.notices("contact details of your account were changed", 3).await;
    assert_eq!(told.len(), 3, "no more than before");
}
