//! The cost and the size of each page of the console, in a portal with many users: the calls
//! to the table and the bytes of a page do not grow with them.
//!
//! `CROWD=100000 tests/run the_pages_of_a_portal` does the same with so many users, which takes
//! minutes; with `UPDATE=1` it writes the table of the documents.

use super::{operator, signed_in};
use crate::{
    capacity::page::{hold, paragraph, table, thousands},
    harness::{Browser, World, fill_log},
};
use aws_sdk_dynamodb::{
    Client,
    types::{AttributeValue, PutRequest, StreamSpecification, WriteRequest},
};
use portcullis_app::AppContext;
use portcullis_domain::{PortalId, UserId, limits::LISTED_PER_CALL};
use portcullis_keys::Keyring;
use serde_json::json;
use std::collections::{BTreeMap, HashMap, VecDeque};

const PORTAL: &str = "authenticator-app";
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
const BATCH: usize = 25;

type Item = HashMap<String, AttributeValue>;

/// The calls and the bytes of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cost {
    calls: u32,
    /// The calls that read a list or the log.
    queries: u32,
    /// Half units of reads: one of a query is half of one of an item.
    half_units: usize,
    bytes: usize,
}

/// Copies of some users, written straight into the table.
struct Crowd {
    context: AppContext,
    client: Client,
    table: String,
    patterns: Vec<Item>,
    size: usize,
}

impl Crowd {
    /// Starts with users who came through the API. Nothing reads the stream of the copies.
    async fn begin(world: &World) -> Self {
        let portal = world.portal("authenticator_app");
        for n in 0..4 {
            let user = json!({ "id": format!("u-{n:07}"), "display_name": format!("Person {n}"), "organization": "acme", "email": format!("person{n}@example.co.nz"), "email_verified": true });
            if n == 0 {
                portal.enrol_app(world, user).await;
            } else {
                portal.open(user).await;
            }
        }
        fill_log(world, &portal, 300, &"a reason of some length ".repeat(8)).await;
        world.running.stream_is_delivered().await;
        let (client, table) = (world.table_client().await, world.running.table.clone());
        let off = StreamSpecification::builder().stream_enabled(false).build().unwrap();
        let update = client.update_table().table_name(&table).stream_specification(off);
        update.send().await.unwrap();
        let all = client.scan().table_name(&table).send().await.unwrap();
        let start = format!("USER#{PORTAL}#");
        let is_user = |item: &&Item| item["pk"].as_s().unwrap().starts_with(&start);
        let mut patterns: Vec<Item> = all.items().iter().filter(is_user).cloned().collect();
        // By their ids, from which those of the copies are made.
        let texts = |item: &Item| item.values().filter_map(|v| v.as_s().ok().cloned()).collect();
        patterns.sort_by_key(|item| {
            let texts: Vec<String> = texts(item);
            (0..4).find(|n| texts.iter().any(|text| text.contains(&format!("u-{n:07}"))))
        });
        assert_eq!(patterns.len(), 4);
        let (context, _) = world.function().await;
        Self { context, client, table, patterns, size: 4 }
    }

    /// Returns the user of this number: a pattern with an id and a locator of its own.
    fn copy(&self, keyring: &Keyring, n: usize) -> Item {
        let mut item = self.patterns[n % self.patterns.len()].clone();
        let id = format!("c-{n:07}");
        let (portal, user) = (PortalId::parse(PORTAL).unwrap(), UserId::parse(&id).unwrap());
        let locator = keyring.locator(&portal, &user).to_string();
        let text = |value: &str| AttributeValue::S(value.to_owned());
        let known = format!("u-{:07}", n % self.patterns.len());
        let mut has_id = false;
        for value in item.values_mut() {
            if let AttributeValue::S(held) = value {
                has_id |= held.contains(&known);
                *held = held.replace(&known, &id);
            }
        }
        assert!(has_id, "{known} is not the user of the pattern");
        item.insert("pk".to_owned(), text(&format!("USER#{PORTAL}#{locator}")));
        item.insert("locator".to_owned(), text(&locator));
        item.remove("entries");
        item
    }

    async fn grow(&mut self, size: usize) {
        let keyring = self.context.keyring().await.unwrap();
        let put = |n| {
            let item = self.copy(&keyring, n);
            let put = PutRequest::builder().set_item(Some(item)).build().unwrap();
            WriteRequest::builder().put_request(put).build()
        };
        for start in (self.size..size).step_by(BATCH) {
            let batch = (start..size.min(start + BATCH)).map(put).collect();
            let write = self.client.batch_write_item().request_items(&self.table, batch);
            let answer = write.send().await.unwrap();
            assert!(answer.unprocessed_items().is_none_or(HashMap::is_empty));
        }
        self.size = size;
    }
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
        (!value.is_empty()).then(|| if is_said { pair.to_owned() } else { format!("{name}=*") })
    };
    let pairs: Vec<String> = query.split('&').filter_map(named).collect();
    let path = parts.join("/");
    Some(if pairs.is_empty() { path } else { format!("{path}?{}", pairs.join("&")) })
}

/// Returns true if a page looks through the users: it counts them, or shows those of a state.
fn looks_through(shape: &str) -> bool {
    let counts = ["/overview", "/switch", "/delete"];
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
        assert!(cost.bytes <= BYTES, "{shape} is too large: {cost:?}");
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
            None => assert!(shape.contains("cursor="), "{shape} is there with more users alone"),
        }
    }
    if size >= 100_000 {
        let written = |number: usize| thousands(f64::from(u32::try_from(number).unwrap()));
        let words = paragraph(&format!(
            "Each page of the console in a portal with {} users and 300 lines in today's log: its \
             calls to AWS, the units of the table that they read, and the kilobytes of its HTML. A \
             page that counts users, or shows those of one state, looks through at most {} of \
             them. `CROWD=100000 tests/run the_pages_of_a_portal` measures it in minutes; without \
             it the test takes {} users, and holds that no other page makes a call more than with \
             {}, and that none has more than {} KB.",
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
