//! The first pages of a help desk: what needs attention, and who gets in and who does not.

use super::{operator, signed_in};
use crate::{
    harness::{Browser, World},
    journeys::digests::activity,
};
use portcullis_activity::count_days;
use portcullis_domain::limits;
use serde_json::json;

const DAY: i64 = limits::DAY_SECONDS;
const OVERVIEW: &str = "/console/portals/authenticator-app/overview";

/// Returns the first link of a page with this text.
fn link(page: &str, text: &str) -> String {
    let (before, _) =
        page.split_once(&format!(">{text}</a>")).unwrap_or_else(|| panic!("{text}: {page}"));
    let (_, href) = before.rsplit_once("href=\"").unwrap();
    href.trim_end_matches('"').replace("&#38;", "&")
}

fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("<h2>{heading}</h2>")).unwrap();
    rest.split("</section>").next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overview_says_who_got_in_who_did_not_and_why() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, json!({ "id": "anna" })).await;
    let sign_in = portal.open(json!({ "id": "anna" })).await;
    portal.act(&sign_in, "verify", json!({ "code": "000000" })).await;
    portal.open(json!({ "id": "ben" })).await;
    world.running.stream_is_delivered().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let page = browser.get(OVERVIEW).await;
    assert!(page.says("Today is not over"), "{}", page.text);
    // One of two users is enrolled, and one of two tries got in.
    assert!(page.says("of 2 users") && page.says("50\u{a0}%"), "{}", page.text);
    let wrong = section(&page.text, "What went wrong");
    assert!(wrong.contains("A wrong code was entered"), "{wrong}");
    let log = browser.get(&link(wrong, "A wrong code was entered")).await;
    assert_eq!(log.status, 200);
    assert!(log.says("anna") && log.says("<option value=\"code_wrong\" selected>"), "{}", log.text);
    for days in ["7", "30", "90"] {
        let page = browser.get(&format!("{OVERVIEW}?days={days}")).await;
        let said = format!("overview?days={days}\" aria-current=\"page\"");
        assert!(page.says(&said), "{days}: {}", page.text);
    }
    assert_eq!(browser.get(&format!("{OVERVIEW}?days=8")).await.status, 400);
    // No style and no script but the service's own.
    assert!(!page.says(" style=") && !page.says("<script"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_cannot_get_in_is_counted_by_state_with_a_link_to_them() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    // The policy sends to what the contact record has, and carl's has nothing.
    portal.open(json!({ "id": "carl" })).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let page = browser.get("/console/portals/always-on/overview").await;
    let shut_out = section(&page.text, "Cannot get in");
    assert!(shut_out.contains("no way in</a>: 1"), "{shut_out}");
    let users = browser.get(&link(shut_out, "no way in")).await;
    assert!(users.status == 200 && users.says("carl"), "{}", users.text);
    assert!(shut_out.contains("frozen</a>: 0"), "{shut_out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_users_are_counted_once_a_day_and_each_day_stays_as_it_was_counted() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.open(json!({ "id": "anna" })).await;
    let numbers =
        async || world.admin_ok("GET", "/v1/admin/portals/authenticator-app/numbers", None).await;
    let share = |of: &serde_json::Value| (of["users"].as_u64(), of["enrolled"].as_u64());
    assert_eq!(share(&numbers().await["users"]), (Some(1), Some(0)));
    portal.enrol_app(&world, json!({ "id": "ben" })).await;
    let later = numbers().await;
    assert_eq!(share(&later["users"]), (Some(2), Some(1)), "as they are now");
    assert_eq!(share(&later["days"][0]["users"]), (Some(1), Some(0)), "as first counted");
    world.advance(2 * DAY);
    let after = numbers().await;
    assert_eq!(share(&after["days"][0]["users"]), (Some(2), Some(1)));
    assert_eq!(after["days"][1]["users"], json!(null), "nobody looked");
    assert_eq!(share(&after["days"][2]["users"]), (Some(1), Some(0)));
    let items = world.raw_items().await;
    let kept = items.iter().filter(|(key, _)| *key == "STAT#authenticator-app#enrolled");
    let kept: Vec<_> = kept.collect();
    assert_eq!(kept.len(), 1, "one item for a portal");
    assert!(!kept[0].1.contains("anna") && !kept[0].1.contains("ben"), "{kept:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_has_the_portals_one_may_see_and_what_needs_attention_first() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.enrol_app(&world, json!({ "id": "anna" })).await;
    world.running.stream_is_delivered().await;
    let activity = activity(&world).await;
    world.advance(DAY);
    activity.clock.advance(world.now().since(activity.clock.now()));
    count_days(&activity.handler).await.unwrap();
    // A key that expires soon.
    let keys = "/v1/admin/portals/managed/keys";
    let expires = world.now().plus(5 * DAY).unix();
    world.admin_ok("POST", keys, Some(json!({ "expires_at": expires }))).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let page = browser.get("/console").await;
    assert!(page.says("An API key expires within 30 days"), "{}", page.text);
    let first = page.text.split("<tbody>").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(first.contains("/console/portals/managed\""), "{first}");
    assert!(first.contains("100\u{a0}%"), "{first}");
    let others = page.text.split("<tbody>").nth(1).unwrap();
    assert!(others.contains("/console/portals/always-on\""), "{others}");
    // What was not counted is not shown as nothing.
    assert!(others.contains("Not counted"), "{others}");

    let role = json!({ "role": "technician", "portals": ["always-on", "managed"] });
    let technician = world.make_admin("tech", role).await;
    let theirs = signed_in(&world, &technician).await.get("/console").await;
    let table = theirs.text.split("<tbody>").nth(1).unwrap();
    assert_eq!(table.matches("<th scope=\"row\">").count(), 2, "{table}");
    assert!(!theirs.says("/console/settings"), "{}", theirs.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandbox_stands_on_the_first_page_of_those_who_may_see_the_settings() {
    let world = World::start().await;
    let settings = json!({ "email_from": "no-reply@portal.example" });
    assert_eq!(world.put_settings(settings).await.status, 200);
    let browser = signed_in(&world, &operator(&world)).await;
    let start = async |browser: &Browser| browser.get("/console").await;
    let healthy = start(&browser).await;
    assert!(!healthy.says("/console/settings/readiness"), "{}", healthy.text);
    world.set_accounts(json!({ "ses": { "sandbox": true } })).await;
    // The providers are not asked by each view.
    assert!(!start(&browser).await.says("sandbox"));
    world.advance(301);
    let limited = start(&browser).await;
    assert!(limited.says("/console/settings/readiness"), "{}", limited.text);
    assert!(limited.says("sandbox"), "{}", limited.text);
    let role = json!({ "role": "portal_admin", "portal": "managed" });
    let boss = world.make_admin("boss", role).await;
    let theirs = start(&signed_in(&world, &boss).await).await;
    assert!(!theirs.says("sandbox"), "{}", theirs.text);
}
