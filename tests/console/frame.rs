//! The frame that every page of the console has: its title, its heading, the way past the
//! navigation, and the marks of the place where it is.

use super::{forms::forms, operator, roles::crawl, signed_in};
use crate::harness::{Browser, World};
use serde_json::json;

fn between<'a>(text: &'a str, first: &str, last: &str) -> Vec<&'a str> {
    text.split(first).skip(1).filter_map(|part| part.split(last).next()).collect()
}

/// Returns the words of a part, without its tags.
fn words(part: &str) -> String {
    let mut tags = part.split('<');
    let first = tags.next().unwrap_or_default().to_owned();
    tags.fold(first, |text, tag| text + tag.split_once('>').map_or("", |(_, rest)| rest))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_says_what_it_is_and_marks_its_place() {
    let world = World::start().await;
    let user = json!({ "id": "anna", "email": "testing@example.co.nz", "email_verified": true });
    world.portal("managed").open(user).await;
    world.make_admin("jo", json!({ "role": "auditor" })).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let pages = crawl(&browser).await.2;
    assert!(pages.len() > 60, "{}", pages.len());
    let own =
        ["/console/sessions", "/console/password", "/console/address", "/console/second-step"];
    for (path, text) in &pages {
        if !text.contains("<html") {
            let files = ["/activity/export", "/users-export/file"];
            assert!(files.iter().any(|file| path.contains(file)), "{path}: {text}");
            continue;
        }
        let headings = between(text, "<h1>", "</h1>");
        assert_eq!(headings.len(), 1, "{path}: {headings:?}");
        let titles = between(text, "<title>", "</title>");
        assert_eq!(titles.len(), 1, "{path}");
        assert!(titles[0].starts_with(headings[0]), "{path}: {titles:?}, {headings:?}");
        assert!(titles[0].ends_with(" · Portcullis"), "{path}: {titles:?}");
        assert_eq!(text.matches("<main id=\"main\"").count(), 1, "{path}");
        assert_eq!(text.matches("href=\"#main\"").count(), 1, "{path}");
        let navs = between(text, "<nav", "</nav>");
        let marked = |nav: &str| nav.matches("aria-current=").count();
        let page = path.split('?').next().unwrap();
        if !own.contains(&page) {
            assert_eq!(marked(navs[0]), 1, "one section of {path} is marked: {}", navs[0]);
        }
        let portal = page.strip_prefix("/console/portals/").filter(|rest| *rest != "new");
        if let Some(portal) = portal.and_then(|rest| rest.split('/').next()) {
            let tabs = navs.iter().find(|nav| nav.starts_with(" class=\"tabs\""));
            assert_eq!(tabs.map(|tabs| marked(tabs)), Some(1), "one tab of {path} is marked");
            let stored = world.admin_ok("GET", &format!("/v1/admin/portals/{portal}"), None).await;
            let name = stored["profile"]["description"].as_str().unwrap();
            assert!(titles[0].contains(name), "{path}: {titles:?}");
            let above = navs.iter().find(|nav| nav.starts_with(" class=\"above\"")).unwrap();
            assert!(words(above).contains("Portals"), "{path}: {above}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_looks_like_the_console_and_leads_back() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    for path in ["/console/nothing", "/console/portals/managed/nothing/at/all"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.says("<h1>There is no such page</h1>"), "{path}: {}", page.text);
        assert!(page.says("operator (operator)") && page.says("href=\"/console/portals\""));
        assert!(page.says("class=\"button\" href=\"/console\""), "{path}: {}", page.text);
        assert!(page.headers.contains_key("content-security-policy"), "{path}");
    }
    let wrong = browser.get("/console/settings/check").await;
    assert_eq!(wrong.status, 405);
    assert!(wrong.says("<h1>") && wrong.says("operator (operator)"), "{}", wrong.text);
    // A stranger sees no navigation.
    let stranger = Browser::new(&world).get("/console/nothing").await;
    assert_eq!(stranger.status, 404);
    assert!(stranger.says("<h1>There is no such page</h1>") && !stranger.says("<nav"));
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_listed_above_the_form_and_lead_to_their_fields() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let at = "/console/portals/managed/profile";
    let page = browser.get(at).await;
    let form = forms(&page.text).into_iter().find(|form| form.action == at).unwrap();
    let form = form.filled(&[("color", "yellow")]);
    let refused = form.send(&browser, &form.sent).await;
    assert_eq!(refused.status, 400);
    let summary = between(&refused.text, "aria-labelledby=\"errors\"", "</div>");
    assert_eq!(summary.len(), 1, "{}", refused.text);
    for target in between(summary[0], "href=\"#", "\"") {
        assert!(refused.says(&format!("id=\"{target}\"")), "{target} in {}", refused.text);
    }
    assert!(between(&refused.text, "<title>", "</title>")[0].starts_with("Error: "));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_icon_and_the_sheet_are_for_everybody() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    for (path, kind) in
        [("/console/style.css", "text/css; charset=utf-8"), ("/console/icon.svg", "image/svg+xml")]
    {
        let asset = browser.get(path).await;
        assert_eq!((asset.status, asset.headers["content-type"].as_str()), (200, kind));
        assert!(asset.headers["cache-control"].contains("max-age=600"), "{path}");
    }
}
