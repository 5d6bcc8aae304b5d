//! Attacks on the freeze link of notices, and with it.

use crate::harness::{Browser, Page, Portal, World, anna, freeze_link_of, reset_of, text};
use serde_json::{Value, json};

const EMAIL: &str = "testing@example.co.nz";
const ENROLLED: &str = "A new way to sign in was set up";
const CHANGED: &str = "contact details";

async fn enrolled(world: &World) -> (Portal, String) {
    let portal = world.with_freeze_links("authenticator_app").await;
    portal.enrol_app(world, anna()).await;
    let link = world.freeze_link_in(ENROLLED, EMAIL).await;
    (portal, link)
}

/// Opens the page of a link and presses its button, as far as it lets one.
async fn pressed(world: &World, link: &str) -> Page {
    let browser = Browser::new(world);
    let page = browser.open(link).await;
    if !page.says("name=\"form\"") {
        return page;
    }
    browser.post(link, &[("form", &page.form())]).await
}

async fn is_refused(world: &World, link: &str, why: &str) {
    let page = pressed(world, link).await;
    assert!(page.status == 410 && page.says("This link no longer works"), "{why}: {page:?}");
}

async fn state(portal: &Portal) -> Value {
    portal.open(anna()).await["status"].clone()
}

/// Returns the links in the messages about a change to an address, once there are so many messages.
async fn mailed_about(world: &World, words: &str, to: &str, wanted: usize) -> Vec<Option<String>> {
    for _ in 0..100 {
        let messages = world.messages().await;
        let theirs = messages.iter().filter(|m| m["to"] == to && text(m).contains(words));
        let links: Vec<_> = theirs.map(|message| freeze_link_of(text(message))).collect();
        if links.len() >= wanted {
            return links;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{wanted} messages with \"{words}\" did not come to {to} within ten seconds");
}

/// Returns the items of all users.
async fn users(world: &World) -> Vec<(String, String)> {
    let items = world.raw_items().await;
    items.into_iter().filter(|(key, _)| key.starts_with("USER#")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn s44_machines_that_fetch_a_freeze_link_change_nothing() {
    let world = World::start().await;
    let (portal, link) = enrolled(&world).await;
    let other = token_for_another_user(&world, &portal).await;
    let before = users(&world).await;
    let url = world.url(&link);
    let head = world.http.head(&url).send().await.unwrap();
    assert_eq!(head.status(), 204);
    for (name, value) in [
        ("sec-purpose", "prefetch"),
        ("sec-purpose", "prefetch;prerender"),
        ("purpose", "prefetch"),
    ] {
        let fetched = world.http.get(&url).header(name, value).send().await.unwrap();
        assert_eq!(fetched.status(), 204, "{name}: {value}");
        let posted = world.http.post(&url).header(name, value).send().await.unwrap();
        assert_eq!(posted.status(), 204, "{name}: {value}");
    }
    for _ in 0..20 {
        let page = Browser::with_agent(&world, "LinkScanner/1.0").open(&link).await;
        assert!(page.status == 200 && page.says("Was this not you?"));
    }
    // What a scanner posts comes from no form of the page.
    let made_up = "A".repeat(22);
    let browser = Browser::new(&world);
    for fields in [vec![], vec![("form", made_up.as_str())], vec![("form", other.as_str())]] {
        let page = browser.post(&link, &fields).await;
        assert_eq!(page.status, 403, "{fields:?} {}", page.text);
    }
    let form = browser.open(&link).await.form();
    let page = browser.post(&link, &[("form", &form), ("more", "1")]).await;
    assert_eq!(page.status, 400);
    for method in ["PUT", "DELETE", "PATCH"] {
        let answer = world.http.request(method.parse().unwrap(), &url).send().await.unwrap();
        assert_eq!(answer.status(), 405, "{method}");
    }
    assert_eq!(users(&world).await, before);
    assert_eq!(state(&portal).await, "challenge");
}

/// The token of the form on the page of another user's link.
async fn token_for_another_user(world: &World, portal: &Portal) -> String {
    let ben = json!({ "id": "ben", "email": "ben@example.com", "email_verified": true });
    portal.open(ben.clone()).await;
    world.advance(86_400);
    portal.enrol_app(world, ben).await;
    let link = world.freeze_link_in(ENROLLED, "ben@example.com").await;
    Browser::new(world).open(&link).await.form()
}

#[tokio::test(flavor = "multi_thread")]
async fn s40_a_forged_or_cut_freeze_link_asks_nothing_of_the_table_or_kms() {
    let world = World::start().await;
    let (portal, link) = enrolled(&world).await;
    let other = world.portal("managed");
    let browser = Browser::new(&world);
    browser.open(&link).await;
    let form = browser.open(&link).await.form();
    world.aws.reset();
    let (path, token) = link.split_once("link=").unwrap();
    let mut forged: Vec<String> = vec![
        String::new(),
        "x".to_owned(),
        format!("{token}A"),
        token.replacen(&portal.id, &other.id, 1),
        token.replacen("_enrolled_", "_reset_", 1),
        format!("{}_enrolled_{}", portal.id, "A".repeat(80)),
        "%00".to_owned(),
    ];
    for n in 0..token.len() {
        let new = if token.as_bytes()[n] == b'b' { "c" } else { "b" };
        forged.push(format!("{}{new}{}", &token[..n], &token[n + 1..]));
        forged.push(token[..n].to_owned());
        forged.push(token[n + 1..].to_owned());
    }
    for token in forged {
        let at = format!("{path}link={token}");
        let page = browser.get(&at).await;
        assert!(page.status == 410 && !page.says("name=\"form\""), "{at} {page:?}");
        let page = browser.post(&at, &[("form", &form)]).await;
        assert_eq!(page.status, 410, "{at} {page:?}");
        assert_eq!(world.aws.calls(), [], "{at}");
    }
    let page = browser.get(path.trim_end_matches('?')).await;
    assert_eq!((page.status, world.aws.calls().len()), (410, 0), "no link at all");
    // The real one twice in one query is none either.
    let page = browser.get(&format!("{link}&link={token}")).await;
    assert_eq!((page.status, world.aws.calls().len()), (410, 0));
    assert_eq!(state(&portal).await, "challenge");
}

#[tokio::test(flavor = "multi_thread")]
async fn s44_a_freeze_link_dies_after_seven_days_and_with_a_reset() {
    let world = World::start().await;
    let (portal, link) = enrolled(&world).await;
    world.advance(7 * 86_400 - 120);
    assert_eq!(Browser::new(&world).open(&link).await.status, 200);
    world.advance(120);
    is_refused(&world, &link, "after a week").await;
    assert_eq!(state(&portal).await, "challenge");
    // A newer one, and a reset after it.
    let on = |action: &str| format!("/v1/admin/portals/{}/user/{action}", portal.id);
    world.admin_ok("POST", &on("reset"), reset_of("anna", "called back")).await;
    let of_reset = world.freeze_link_in("Your second step was reset", EMAIL).await;
    assert_eq!(Browser::new(&world).open(&of_reset).await.status, 200);
    world.advance(3_700);
    world.admin_ok("POST", &on("reset"), reset_of("anna", "called back")).await;
    is_refused(&world, &of_reset, "of an older epoch").await;
    assert_eq!(state(&portal).await, "enrol");
    // Forwarded, it is as good as in its own mailbox: it opens nothing, and stops sign-in.
    let newest = mailed_about(&world, "Your second step was reset", EMAIL, 2).await.remove(0);
    let newest = newest.unwrap();
    assert_ne!(newest, of_reset);
    assert_eq!(pressed(&world, &newest).await.status, 303);
    assert_eq!(state(&portal).await, "denied");
}

#[tokio::test(flavor = "multi_thread")]
async fn s48_an_address_that_the_user_changed_can_freeze_and_one_that_an_admin_dropped_cannot() {
    let world = World::start().await;
    let (portal, before) = enrolled(&world).await;
    let record = |email: &str, by: &str| json!({ "email": email, "email_verified": true, "phone": "021 123 4589", "changed_by": by });
    // An admin takes the address away: it is told, without a link, and its older link is dead.
    let put = portal.put_user("anna", &record("new@example.com", "admin")).await;
    assert_eq!(put.status, 200, "{:?}", put.body);
    assert_eq!(mailed_about(&world, CHANGED, EMAIL, 1).await, [None]);
    let new = mailed_about(&world, CHANGED, "new@example.com", 1).await;
    assert_eq!(new, [None], "new that moment");
    is_refused(&world, &before, "dropped by an admin").await;
    assert_eq!(state(&portal).await, "challenge");

    // Within a day the new address gets no link; then it does.
    world.advance(86_400 - 60);
    let put = portal.put_user("anna", &record("newer@example.com", "user")).await;
    assert_eq!(put.status, 200, "{:?}", put.body);
    let linked = mailed_about(&world, CHANGED, "new@example.com", 2).await;
    assert_eq!(linked, [None, None], "it was verified for less than a day");
    // That one is told before the day is over, so that it does not wait for a digest with the next.
    assert_eq!(mailed_about(&world, CHANGED, "newer@example.com", 1).await, [None]);
    world.advance(86_400);
    let put = portal.put_user("anna", &record("newest@example.com", "user")).await;
    assert_eq!(put.status, 200, "{:?}", put.body);
    let link = world.freeze_link_in(CHANGED, "newer@example.com").await;
    assert_eq!(Browser::new(&world).open(&link).await.status, 200, "dropped by that very change");
    // A later change of the same kind keeps it alive; a pressed link of before does not revive.
    is_refused(&world, &before, "never again").await;
    assert_eq!(pressed(&world, &link).await.status, 303);
    assert_eq!(state(&portal).await, "denied");
}

#[tokio::test(flavor = "multi_thread")]
async fn s48_a_freeze_ends_what_was_issued_before_it_and_no_code_brings_it_back() {
    let world = World::start().await;
    let (portal, link) = enrolled(&world).await;
    let on = |action: &str| format!("/v1/admin/portals/{}/user/{action}", portal.id);
    let why = json!({ "id": "anna", "reason": "called back", "confirm": true });
    let issued = world.admin_ok("POST", &on("bypass-code"), Some(why)).await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(pressed(&world, &link).await.status, 303);
    let bypass = issued["code"].as_str().unwrap();
    assert_eq!(portal.verify(&sign_in, bypass).await.problem(), (404, "sign_in_unknown"));
    let again = portal.open(anna()).await;
    assert_eq!(portal.verify(&again, bypass).await.problem(), (403, "frozen"));
    // Also where the policy is switched off, and after an erasure.
    let switch = format!("/v1/admin/portals/{}/mfa", portal.id);
    let off = json!({ "enabled": false, "confirm": true });
    world.admin_ok("POST", &switch, Some(off)).await;
    assert_eq!(state(&portal).await, "denied");
    let erased = portal.send("DELETE", "/v1/user?id=anna", None).await;
    assert_eq!(erased.status, 200, "{:?}", erased.body);
    assert_eq!(state(&portal).await, "denied");
    is_refused(&world, &link, "of a user who was erased").await;
}
