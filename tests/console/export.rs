//! The export of a log that is too long for one file.

use super::{operator, signed_in};
use crate::harness::{World, fill_log};
use std::collections::BTreeSet;

fn link(page: &str, words: &str) -> Option<String> {
    let (before, _) = page.split_once(&format!("\">{words}"))?;
    let (_, url) = before.rsplit_once("href=\"")?;
    Some(url.replace("&amp;", "&"))
}

#[tokio::test(flavor = "multi_thread")]
async fn v18_a_log_too_long_for_one_file_comes_in_several_that_links_lead_through() {
    let world = World::start().await;
    let portal = world.portal("managed");
    // Quotation marks take four bytes each in an answer, so a file is full before 5,000 entries.
    fill_log(&world, &portal, 800, &"\"".repeat(1_900)).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let log = format!("/console/portals/{}/activity", portal.id);
    let page = browser.get(&log).await;
    let export = link(&page.text, "Export as CSV").unwrap();
    let first = browser.get(&export).await;
    assert!(first.says("This export has several files"), "{}", first.text);
    let names = |headers: &std::collections::HashMap<String, String>| {
        headers["content-disposition"].split('"').nth(1).unwrap().to_owned()
    };
    let saved = browser.get(&link(&first.text, "managed-").unwrap()).await;
    let last = browser.get(&link(&first.text, "Next file").unwrap()).await;
    assert!(first.says(&names(&saved.headers)), "{}", first.text);
    assert_ne!(names(&saved.headers), names(&last.headers));
    let mut rows = BTreeSet::new();
    for file in [&saved, &last] {
        assert!(file.headers["content-type"].starts_with("text/csv"), "{:?}", file.headers);
        let made = file.text.lines().filter(|line| line.contains(",made."));
        rows.extend(made.map(|line| line.split(",made.").nth(1).unwrap().to_owned()));
    }
    let in_first = saved.text.lines().count() - 1;
    assert!(first.says(&format!("{in_first} entries")) && in_first < 800, "{}", first.text);
    assert_eq!(rows.len(), 800, "each once");
}
