//! Every page and form of the console is reached by links from its first page, or is named here
//! with the reason: so the walks over all pages leave none out.

use super::{
    operator,
    roles::{crawl, lock, some_life},
    second_step, signed_in,
};
use crate::harness::{Browser, World};
use serde_json::json;
use std::{collections::BTreeSet, fs};

/// The pages that no link leads to, each with what does.
const PAGES: [(&str, &str); 6] = [
    ("/console/sign-in", "those who are signed out"),
    ("/console/back", "the prompt"),
    ("/console/second-step/back", "the prompt"),
    ("/console/done/{form}", "a form that has acted"),
    ("/console/admins/{name}/role", "the form of an admin's role"),
    ("/console/portals/{portal}/activity/file", "an export of several files"),
];

/// The forms that stand on none of the pages that links lead to, each with where they stand.
const FORMS: [(&str, &str); 9] = [
    ("/console/sign-in", "the page of those who are signed out"),
    ("/console/admins/{name}", "the page that a role is chosen on before"),
    ("/console/portals/{portal}/bulk-reset", "the page after users were counted"),
    ("/console/portals/{portal}/bulk-reset/approve", "the page of a reset that waits"),
    ("/console/portals/{portal}/bulk-reset/withdraw", "the page of a reset that waits"),
    ("/console/portals/{portal}/users/bulk/step", "the page of a reset that has begun"),
    ("/console/portals/{portal}/users/bulk/remind", "the page after users were counted"),
    ("/console/proof", "the page that asks for a second step again"),
    ("/console/address/verify", "the page after a code was sent"),
];

/// Returns the paths of the routes that take GET, and of those that take POST.
fn routes() -> [BTreeSet<String>; 2] {
    let (mut pages, mut forms) = (BTreeSet::new(), BTreeSet::new());
    let with_routes =
        ["policy-admin/src/console.rs", "reset/src/bulk_reminder.rs", "reset/src/bulk_reset.rs"];
    let read = |path| fs::read_to_string(format!("../functions/{path}")).unwrap();
    let sources = with_routes.map(read).concat();
    for route in sources.split(".route(").skip(1) {
        let path = route.split('"').nth(1).unwrap().to_owned();
        let is_page = path.starts_with("/console") && !path.contains("{*") && !path.contains('.');
        // `asks` is a GET of a question.
        if is_page && (route.contains("get(") || route.contains("asks(")) {
            pages.insert(path.clone());
        }
        if is_page && route.contains("post(") {
            forms.insert(path);
        }
    }
    // The dialogs about a user, which are in the function that resets users.
    let source = read("reset/src/console.rs");
    for action in source.split("\n    action: \"").skip(1) {
        let action = action.split('"').next().unwrap();
        let path = format!("/console/portals/{{portal}}/users/{{user}}/{action}");
        pages.insert(path.clone());
        forms.insert(path);
    }
    [pages, forms]
}

/// Returns the routes that none of these paths belongs to.
fn unreached<'a>(
    routes: &'a BTreeSet<String>,
    paths: impl Iterator<Item = &'a String>,
) -> BTreeSet<&'a str> {
    let fits = |route: &str, path: &str| {
        let (route, path): (Vec<_>, Vec<_>) =
            (route.split('/').collect(), path.split('/').collect());
        let same = |(r, p): (&&str, &&str)| r == p || (r.starts_with('{') && !p.is_empty());
        route.len() == path.len() && route.iter().zip(&path).all(same)
    };
    let mut left: BTreeSet<&str> = routes.iter().map(String::as_str).collect();
    for path in paths {
        let path = path.split('?').next().unwrap();
        // A path belongs to the route that says most of it in words.
        let variables = |route: &&String| route.matches('{').count();
        let own = routes.iter().filter(|route| fits(route, path)).min_by_key(variables);
        left.remove(own.unwrap_or_else(|| panic!("{path} has no route")).as_str());
    }
    left
}

#[tokio::test(flavor = "multi_thread")]
async fn s12_links_lead_to_every_page_and_every_form_of_the_console_but_those_named() {
    let world = World::start().await;
    let portal = some_life(&world).await;
    world.make_admin("jo", json!({ "role": "technician", "portals": ["managed"] })).await;
    world.running.stream_is_delivered().await;
    let operator = operator(&world);
    // Another session, which can be ended.
    second_step(&world, &Browser::new(&world), &operator).await;
    let browser = signed_in(&world, &operator).await;
    lock(&portal).await;
    let (reached, forms, _) = crawl(&browser).await;
    let [pages, posts] = routes();
    assert!(pages.len() > 45 && posts.len() > 35, "{} pages, {} forms", pages.len(), posts.len());
    let named = |all: &[(&'static str, &'static str)]| -> BTreeSet<&'static str> {
        all.iter().map(|(path, _)| *path).collect()
    };
    assert_eq!(unreached(&pages, reached.iter()), named(&PAGES), "pages");
    let actions = forms.iter().map(|(action, _)| action);
    assert_eq!(unreached(&posts, actions), named(&FORMS), "forms");
}
