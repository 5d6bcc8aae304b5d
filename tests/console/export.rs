//! Exports of a log and of a list of users that are too long for one file.

use super::{operator, signed_in};
use crate::harness::{Browser, Crowd, Page, World, fill_log};
use portcullis_domain::{PortalId, user::EntryKind};
use portcullis_store::{LogLine, LogPlan};
use std::collections::BTreeSet;

fn link(page: &str, words: &str) -> Option<String> {
    let (before, _) = page.split_once(&format!("\">{words}"))?;
    let (_, url) = before.rsplit_once("href=\"")?;
    Some(url.replace("&#38;", "&").replace("&amp;", "&"))
}

fn name_of(file: &Page) -> String {
    file.headers["content-disposition"].split('"').nth(1).unwrap().to_owned()
}

/// Returns the entries that were made here, one for each row.
fn made(file: &Page) -> Vec<String> {
    let rows = file.text.lines().filter(|line| line.contains(",made."));
    rows.map(|line| line.split(",made.").nth(1).unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn v18_more_than_five_thousand_entries_come_whole_in_one_file() {
    let world = World::start().await;
    let portal = world.portal("managed");
    fill_log(&world, &portal, 5_300, "left").await;
    let browser = signed_in(&world, &operator(&world)).await;
    let file = browser.get(&format!("/console/portals/{}/activity/export", portal.id)).await;
    assert!(file.headers["content-type"].starts_with("text/csv"), "{:?}", file.headers);
    assert!(name_of(&file).starts_with("managed-") && name_of(&file).ends_with("Z.csv"));
    assert!(file.text.starts_with('\u{feff}') && !file.headers.contains_key("x-next-cursor"));
    let rows = made(&file);
    assert_eq!((rows.len(), BTreeSet::from_iter(rows).len()), (5_300, 5_300), "each once");
}

#[tokio::test(flavor = "multi_thread")]
async fn v18_a_log_too_long_for_one_file_comes_in_several_that_one_page_names() {
    let world = World::start().await;
    let portal = world.portal("managed");
    // Quotation marks take four bytes each in an answer, so three files are full before 10,000.
    fill_log(&world, &portal, 5_300, &"\"".repeat(500)).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let log = format!("/console/portals/{}/activity", portal.id);
    let page = browser.get(&log).await;
    let export = link(&page.text, "Export as CSV").unwrap();
    let several = browser.get(&export).await;
    assert!(several.says("This export has 3 files, newest entries first."), "{}", several.text);
    assert!(!several.says("There are more entries"), "{}", several.text);
    // Entries that come meanwhile are in no file twice, and push none out of one.
    let id = PortalId::parse(&portal.id).unwrap();
    for n in 0..200_i64 {
        for (name, at) in [("now", 0), ("late", -3_000)] {
            let entry = EntryKind::Reset.at(world.now().plus(at)).because("\"".repeat(500));
            let line = LogLine { id: format!("made.{name}.{n}"), locator: None, entry };
            let plan = LogPlan::default();
            assert!(world.running.store.append(&id, plan, &line).await.unwrap());
        }
    }
    let mut rows = vec![];
    for n in 1..=3 {
        let words = format!("File {n} of 3: managed-");
        let file = browser.get(&link(&several.text, &words).unwrap()).await;
        assert!(file.headers["content-type"].starts_with("text/csv"), "{:?}", file.headers);
        // The first file is named by its newest entry, which is one of those that came meanwhile.
        let named = several.says(&format!("{words}{}", &name_of(&file)[8..]));
        assert!(named || n == 1, "{}", name_of(&file));
        assert!(file.text.starts_with('\u{feff}'));
        rows.extend(made(&file));
    }
    let once = BTreeSet::from_iter(&rows);
    assert_eq!(once.len(), rows.len(), "none twice");
    assert_eq!(once.len(), 5_700, "none missing, also of those that came meanwhile");
}

#[tokio::test(flavor = "multi_thread")]
async fn v18_a_program_that_follows_the_cursors_has_each_entry_once() {
    let world = World::start().await;
    let portal = world.portal("managed");
    fill_log(&world, &portal, 1_700, &"\"".repeat(1_900)).await;
    let session = world.running.demo.session.clone().unwrap();
    let log = format!("/v1/admin/portals/{}/activity?format=csv", portal.id);
    let (mut rows, mut files, mut cursor) = (vec![], 0, String::new());
    loop {
        let url = world.url(&format!("{log}{cursor}"));
        let answer = world.http.get(url).bearer_auth(&session).send().await.unwrap();
        let next =
            answer.headers().get("x-next-cursor").map(|next| next.to_str().unwrap().to_owned());
        let text = answer.text().await.unwrap();
        rows.extend(text.lines().filter_map(|line| Some(line.split_once(",made.")?.1.to_owned())));
        files += 1;
        match next {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert!(files > 1, "{files}");
    assert_eq!((rows.len(), BTreeSet::from_iter(rows).len()), (1_700, 1_700));
}

/// More than one page looks at.
const USERS: usize = 26_100;

/// Returns the ids in a file of users, and its first line.
fn users_in(file: &Page) -> (Vec<String>, String) {
    let mut lines = file.text.trim_start_matches('\u{feff}').lines();
    let head = lines.next().unwrap().to_owned();
    let ids = lines.map(|line| line.split(',').next().unwrap().to_owned());
    (ids.collect(), head)
}

#[tokio::test(flavor = "multi_thread")]
async fn v18_a_list_of_users_comes_whole_in_files_that_are_counted_before() {
    let world = World::start().await;
    let mut crowd = Crowd::begin(&world).await;
    crowd.grow(USERS).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let users = format!("/console/portals/{}/users", Crowd::PORTAL);
    let list = browser.get(&users).await;
    let first = browser.get(&link(&list.text, "Export this list as CSV").unwrap()).await;
    assert!(first.says("Files with the first users: 3. There are more users"), "{}", first.text);
    assert!(first.says("10000 users") && first.says("5000 users") && first.says("25000 users"));
    let last = browser.get(&link(&first.text, "Continue with more users").unwrap()).await;
    assert!(last.says("The files with the last users: 1. Save each of them."), "{}", last.text);
    let mut ids = BTreeSet::new();
    for (n, page, rows) in [(1, &first, 10_000), (2, &first, 10_000), (3, &first, 5_000)]
        .into_iter()
        .chain([(4, &last, USERS - 25_000)])
    {
        let name = format!("{}-users-{n}.csv", Crowd::PORTAL);
        let place = if n == 4 { 1 } else { n };
        let file = browser.get(&link(&page.text, &format!("File {place}: {name}")).unwrap()).await;
        assert!(file.headers["content-type"].starts_with("text/csv"), "{:?}", file.headers);
        assert_eq!(name_of(&file), name);
        let (of_file, head) = users_in(&file);
        assert_eq!(head, "id,name,organization,state,methods,passkeys,grace");
        assert_eq!(of_file.len(), rows);
        ids.extend(of_file);
    }
    assert_eq!(ids.len(), USERS, "each user once");
    a_file_has_the_users_whom_the_list_shows(&browser, &users).await;
}

async fn a_file_has_the_users_whom_the_list_shows(browser: &Browser, users: &str) {
    let enrolled = browser.get(&format!("{users}?state=enrolled&organization=acme")).await;
    let page = browser.get(&link(&enrolled.text, "Export this list as CSV").unwrap()).await;
    assert!(page.says("Files with the first users: 1. There are more users"), "{}", page.text);
    let file = browser.get(&link(&page.text, "File 1: ").unwrap()).await;
    let (of_file, _) = users_in(&file);
    assert!((6_000..6_500).contains(&of_file.len()), "{} of those with an app", of_file.len());
    let mut lines = file.text.lines().skip(1);
    assert!(lines.all(|line| line.contains(",acme,enrolled,authenticator_app,")));
    // Nobody is found among those whom one page looks at.
    let none = browser.get(&format!("{users}?state=frozen")).await;
    let page = browser.get(&link(&none.text, "Export this list as CSV").unwrap()).await;
    assert!(page.says("No users found so far. There are more users to look at."), "{}", page.text);
    let page = browser.get(&link(&page.text, "Continue with more users").unwrap()).await;
    assert!(page.says("No users.") && !page.says("Continue"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn v18_a_program_has_each_user_once_and_no_file_of_those_who_are_looked_for() {
    let world = World::start().await;
    let mut crowd = Crowd::begin(&world).await;
    crowd.grow(10_400).await;
    let session = world.running.demo.session.clone().unwrap();
    let list = format!("/v1/admin/portals/{}/users", Crowd::PORTAL);
    let ask = async |query: &str| {
        let url = world.url(&format!("{list}?{query}"));
        let answer = world.http.get(url).bearer_auth(&session).send().await.unwrap();
        let next = answer.headers().get("x-next-cursor").cloned();
        let next = next.map(|next| next.to_str().unwrap().to_owned());
        (answer.status().as_u16(), next, answer.text().await.unwrap())
    };
    let (mut ids, mut cursor) = (vec![], String::new());
    loop {
        let (status, next, text) = ask(&format!("format=jsonl{cursor}")).await;
        assert_eq!(status, 200, "{text}");
        let id = |line: &str| {
            let user: serde_json::Value = serde_json::from_str(line).unwrap();
            user["id"].as_str().unwrap().to_owned()
        };
        ids.extend(text.lines().map(id));
        match next {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!((ids.len(), BTreeSet::from_iter(&ids).len()), (10_400, 10_400));
    for looked_for in ["find=c-00000", "state=locked"] {
        let (status, _, text) = ask(&format!("format=csv&{looked_for}")).await;
        assert_eq!(status, 400, "{text}");
        assert!(text.contains("format must be json for users who are found or locked"), "{text}");
    }
    let (status, ..) = ask(&format!("format=csv{cursor}x")).await;
    assert_eq!(status, 400, "a cursor that was changed");
}
