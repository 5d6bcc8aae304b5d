//! The cost and the size of each page of the console, in a portal with many users: the calls
//! to the table and the bytes of a page do not grow with them.
//!
//! `CROWD=100000 tests/run the_pages_of_a_portal` does the same with so many users, which takes
//! minutes; with `UPDATE=1` it writes the table of the documents.

use super::{operator, signed_in};
use crate::{
    capacity::page::{hold, paragraph, table, thousands},
    harness::{Browser, Crowd, World},
};
use portcullis_domain::limits::LISTED_PER_CALL;
use serde_json::json;
use std::collections::{BTreeMap, VecDeque};

const PORTAL: &str = Crowd::PORTAL;
const EVERYWHERE: &str = "/console/activity";
/// The users that the first walk meets, and the second.
const FEW: usize = 1_000;
const MANY: usize = 10_000;
/// The users that a page reads at once, if it looks through them.
const AT_ONCE: usize = 1_000;
/// The queries of a page that are not for users: of the log, and of figures of days.
const BESIDES: u32 = 10;
/// The most calls of a page beside those that look through users, of the activity of all portals,
/// which asks each partition of each log, and the most bytes of a page.
const CALLS: u32 = 40;
const CALLS_EVERYWHERE: u32 = 300;
const BYTES: usize = 150 * 1_024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cost {
    calls: u32,
    /// The calls that read a list or the log.
    queries: u32,
    /// Half units of reads: one of a query is half of one of an item.
    half_units: usize,
    bytes: usize,
}

/// Names a page without ids, and without what is sealed or counts on. Pages of other portals than
/// the crowded one have no name: they look the same.
fn shape(path: &str) -> Option<String> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut parts: Vec<&str> = path.split('/').collect();
    for n in 1..parts.len() {
        match (parts[n - 1], parts[n]) {
            (_, "new") | ("portals", PORTAL) => {}
            ("portals", _) => return None,
            ("users" | "keys" | "admins" | "sessions", _) => parts[n] = "*",
            _ => {}
        }
    }
    let named = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let is_said = ["days", "state"].contains(&name);
        let said = || if is_said { pair.replace("%5F", "_") } else { format!("{name}=*") };
        (!value.is_empty()).then(said)
    };
    let pairs: Vec<String> = query.split('&').filter_map(named).collect();
    let path = parts.join("/");
    Some(if pairs.is_empty() { path } else { format!("{path}?{}", pairs.join("&")) })
}

/// Returns true if a page looks through the users: it counts them, or shows those of a state.
fn looks_through(shape: &str) -> bool {
    let counts = ["/overview", "/switch", "/delete", "/users-export"];
    shape.contains("state=") || counts.iter().any(|page| shape.contains(page))
}

/// Opens one page of each kind that a link leads to, and the lists of some states.
async fn walk(world: &World, browser: &Browser) -> BTreeMap<String, Cost> {
    let users = format!("/console/portals/{PORTAL}/users");
    let lists = ["enrolled", "frozen"].map(|state| format!("{users}?state={state}"));
    let mut queue = VecDeque::from_iter(["/console".to_owned()].into_iter().chain(lists));
    let mut costs = BTreeMap::new();
    while let Some(path) = queue.pop_front() {
        let Some(shape) = shape(&path) else { continue };
        if costs.contains_key(&shape) {
            continue;
        }
        world.aws.reset();
        let page = browser.get(&path).await;
        if let Some(next) = page.location.clone() {
            queue.push_back(next);
            continue;
        }
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        let calls = world.aws.calls().into_iter();
        let queries = calls.filter(|(name, _)| name == "Query").map(|(_, count)| count);
        let cost = Cost {
            calls: world.aws.count(),
            queries: queries.sum(),
            half_units: 2 * world.aws.units().read + world.aws.queried(),
            bytes: page.text.len(),
        };
        costs.insert(shape, cost);
        queue.extend(super::roles::leads(&page.text, "href"));
    }
    costs
}

fn crowd() -> usize {
    std::env::var("CROWD").map_or(MANY, |size| size.parse().expect("a number of users"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_a_portal_cost_no_more_with_more_users() {
    let world = World::start().await;
    world.make_admin("jo", json!({ "role": "technician", "portals": [PORTAL] })).await;
    let mut crowd_of = Crowd::begin(&world).await;
    let browser = signed_in(&world, &operator(&world)).await;
    // What is kept, and what a process asks once, is there before anything is counted.
    walk(&world, &browser).await;
    crowd_of.grow(FEW).await;
    let few = walk(&world, &browser).await;
    let size = crowd();
    crowd_of.grow(size).await;
    let many = walk(&world, &browser).await;
    assert!(many.len() > 40, "{:?}", many.keys());
    println!("{}", printed(&many));
    for (shape, cost) in &many {
        let before = few.get(shape);
        let own = if looks_through(shape) { cost.queries } else { 0 };
        let most = u32::try_from(LISTED_PER_CALL.min(size).div_ceil(AT_ONCE)).unwrap();
        assert!(own <= most + BESIDES, "{shape} looks through too many users: {cost:?}");
        let calls = if shape.starts_with(EVERYWHERE) { CALLS_EVERYWHERE } else { CALLS };
        assert!(cost.calls - own <= calls, "{shape} makes too many calls: {cost:?}");
        // A file of users is as large as they are many, up to a bound of its own.
        let is_file = shape.contains("/users-export/file");
        assert!(is_file || cost.bytes <= BYTES, "{shape} is too large: {cost:?}");
        match before {
            Some(before) if !looks_through(shape) => {
                assert!(
                    cost.calls <= before.calls,
                    "the calls of {shape} grow: {before:?}, {cost:?}"
                );
                let kilobytes = |cost: &Cost| cost.bytes / 1_024;
                assert!(kilobytes(cost) <= kilobytes(before) + 2, "{shape} grows with users");
            }
            Some(_) => {}
            // Where a page finds nobody and there are more, it leads on, and to the export.
            None => assert!(
                shape.contains("cursor=") || shape.contains("/users-export?state="),
                "{shape} is there with more users alone"
            ),
        }
    }
    if size >= 100_000 {
        let written = |number: usize| thousands(f64::from(u32::try_from(number).unwrap()));
        let words = paragraph(&format!(
            "Each page of the console in a portal with {} users and 300 lines in today's log: its \
             calls to AWS, the units of the table that they read, and the kilobytes of its HTML. A \
             page that counts users, or shows those of one state, looks through at most {} of \
             them, and that of an export through 25,000. `CROWD=100000 tests/run \
             the_pages_of_a_portal` measures it in minutes; without it the test takes {} users, \
             and holds that no other page makes a call more than with {}, and that none has more \
             than {} KB.",
            written(size),
            written(LISTED_PER_CALL),
            written(MANY),
            written(FEW),
            BYTES / 1_024,
        ));
        hold(
            "operate/capacity.md",
            "Pages of the console",
            &format!("{words}\n{}", printed(&many)),
        );
    }
}

fn printed(costs: &BTreeMap<String, Cost>) -> String {
    let row = |(shape, cost): (&String, &Cost)| {
        let units = format!("{}{}", cost.half_units / 2, [".0", ".5"][cost.half_units % 2]);
        let kilobytes = cost.bytes.div_ceil(1_024).to_string();
        [format!("`{shape}`"), cost.calls.to_string(), units, kilobytes]
    };
    let rows: Vec<_> = costs.iter().map(row).collect();
    table(["page", "calls", "read units", "KB"], &rows)
}
