//! The numbers of a portal's days: counted from its log, again and again until no record can come
//! late, and shown with today's.

use super::digests::{Activity, activity};
use crate::harness::{Portal, World, anna};
use portcullis_activity::{CountTurn, answer, count_days};
use portcullis_domain::{
    Locator, Method, PortalId, Timestamp, limits,
    user::{DayNumbers, Entry, EntryKind, RollUp},
};
use portcullis_store::{LogLine, LogPlan, RollUps};
use serde_json::{Value, json};

const DAY: i64 = limits::DAY_SECONDS;

/// A portal, and one more function `activity` that counts its log by a clock of its own.
struct Counting {
    world: World,
    portal: Portal,
    id: PortalId,
    activity: Activity,
    // The first moment of the day that is counted.
    day: Timestamp,
}

async fn counting() -> Counting {
    let world = World::start().await;
    let portal = world.portal("managed");
    let (id, activity) = (PortalId::parse(&portal.id).unwrap(), activity(&world).await);
    let day = Timestamp::from_unix((world.now().day() + 1) * DAY);
    Counting { world, portal, id, activity, day }
}

impl Counting {
    async fn add(&self, n: usize, locator: Option<Locator>, entry: Entry) {
        let line = LogLine { id: format!("made.{n}"), locator, entry };
        let store = &self.world.running.store;
        assert!(store.append(&self.id, LogPlan::default(), &line).await.unwrap());
    }

    /// Counts at a moment so many days after the day has ended.
    async fn count_after(&self, days: i64) -> CountTurn {
        let until = self.day.plus((1 + days) * DAY + 60);
        self.activity.clock.advance(until.since(self.activity.clock.now()));
        count_days(&self.activity.handler).await.unwrap()
    }

    async fn roll_ups(&self) -> RollUps {
        let days = self.day.day() - 1..=self.day.day() + 30;
        self.world.running.store.roll_ups(&self.id, days).await.unwrap()
    }

    async fn roll_up(&self) -> RollUp {
        self.roll_ups().await.remove(&self.day.day()).unwrap().value
    }

    async fn numbers(&self) -> DayNumbers {
        self.roll_up().await.counted.unwrap().numbers
    }

    async fn asked(&self, days: &str) -> Value {
        let path = format!("/v1/admin/portals/{}/numbers{days}", self.portal.id);
        self.world.admin_ok("GET", &path, None).await
    }
}

/// Entries of every kind and method in an order that looks like none, over the whole day.
fn entries(day: Timestamp, count: usize) -> Vec<(Option<Locator>, Entry)> {
    let mut drawn = 20_261_130_u64;
    let mut draw = |below: usize| {
        drawn =
            drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(drawn >> 33).unwrap() % below
    };
    let entry = |_| {
        let at = day.plus(i64::try_from(draw(86_400)).unwrap());
        let kind = EntryKind::ALL[draw(EntryKind::ALL.len())];
        let method = [None, Some(Method::Email), Some(Method::AuthenticatorApp)][draw(3)];
        let locator = [None, Some(u8::try_from(draw(256)).unwrap())][draw(2)];
        (locator.map(|byte| Locator::new([byte; 16])), Entry { method, ..kind.at(at) })
    };
    (0..count).map(entry).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_numbers_of_a_day_are_a_recount_of_its_log() {
    let counting = counting().await;
    let entries = entries(counting.day, 400);
    for (n, (locator, entry)) in entries.iter().enumerate() {
        counting.add(n, *locator, entry.clone()).await;
    }
    // Neither the day before nor the day after counts.
    counting.add(1_000, None, EntryKind::Locked.at(counting.day.plus(-1))).await;
    counting.add(1_001, None, EntryKind::Locked.at(counting.day.plus(DAY))).await;
    assert_eq!(counting.count_after(0).await, CountTurn::Done);
    let recounted: DayNumbers = entries.iter().map(|(_, entry)| entry).collect();
    assert!(recounted.counts().count() > 20);
    assert_eq!(counting.numbers().await, recounted);
    assert_eq!(counting.roll_ups().await.len(), 1, "only what is over is counted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_comes_late_changes_a_day_until_it_is_closed_and_never_after() {
    let counting = counting().await;
    let locked = |n: i64| EntryKind::Locked.at(counting.day.plus(n));
    let count = async || counting.numbers().await.counts().map(|(.., count)| count).sum::<u64>();
    counting.add(0, None, locked(0)).await;
    counting.count_after(0).await;
    assert_eq!(count().await, 1);
    counting.add(1, None, locked(1)).await;
    counting.count_after(2).await;
    assert_eq!(count().await, 2, "two days after its end");
    counting.add(2, None, locked(2)).await;
    counting.count_after(RollUp::OPEN_DAYS - 1).await;
    assert_eq!(count().await, 2, "it waits for its last count");
    counting.count_after(RollUp::OPEN_DAYS).await;
    assert_eq!(count().await, 3);
    let closed = counting.roll_up().await;
    assert!(closed.is_closed(counting.day.day()));
    counting.add(3, None, locked(3)).await;
    counting.count_after(RollUp::OPEN_DAYS + 5).await;
    assert_eq!(counting.roll_up().await, closed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_that_runs_out_of_time_goes_on_where_it_stopped_and_counts_nothing_twice() {
    let counting = counting().await;
    let deadline = counting.activity.handler.context.deadline().clone();
    for n in 0..30 {
        let locator = Locator::new([u8::try_from(n).unwrap(); 16]);
        let entry = EntryKind::CodeWrong.at(counting.day.plus(i64::try_from(n).unwrap()));
        counting.add(n, Some(locator), entry).await;
    }
    counting.activity.clock.advance(counting.day.plus(DAY).since(counting.activity.clock.now()));
    let ends = |seconds: i64| {
        let at = counting.activity.clock.now().plus(seconds).unix();
        deadline.set(u64::try_from(at).unwrap() * 1_000);
    };
    ends(2);
    assert_eq!(count_days(&counting.activity.handler).await.unwrap(), CountTurn::Stopped);
    ends(900);
    assert_eq!(count_days(&counting.activity.handler).await.unwrap(), CountTurn::Done);
    let counts: Vec<_> = counting.numbers().await.counts().collect();
    assert_eq!(counts, [(EntryKind::CodeWrong, None, 30)]);
    assert_eq!(counting.roll_up().await.under_way, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schedule_that_counts_is_told_from_the_one_that_sends_by_its_input() {
    let counting = counting().await;
    counting.activity.clock.advance(counting.day.plus(DAY).since(counting.activity.clock.now()));
    let turn = json!({ "portcullis": "count-days" });
    assert_eq!(answer(&counting.activity.handler, turn).await.unwrap(), Value::Null);
    assert!(counting.roll_up().await.counted.is_some());
    for other in [json!({ "portcullis": "count" }), json!({ "portcullis": null })] {
        assert!(answer(&counting.activity.handler, other.clone()).await.is_err(), "{other}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s26_what_an_erased_user_did_stays_counted_and_names_nobody() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    let user = format!("/v1/user?id={}", "anna");
    assert_eq!(portal.send("DELETE", &user, None).await.status, 200);
    world.running.stream_is_delivered().await;
    let activity = activity(&world).await;
    let day = world.now().day();
    activity.clock.advance((day + 1) * DAY + 60 - world.now().unix());
    count_days(&activity.handler).await.unwrap();
    let id = PortalId::parse(&portal.id).unwrap();
    let known = world.running.store.roll_ups(&id, day..=day).await.unwrap();
    let numbers = &known[&day].value.counted.as_ref().unwrap().numbers;
    let enrolled = (EntryKind::Enrolled, Some(Method::AuthenticatorApp), 1);
    assert!(numbers.counts().any(|counted| counted == enrolled), "{numbers:?}");
    let items = world.raw_items().await;
    let start = format!("STAT#{id}#{day}");
    let (_, item) = items.iter().find(|(key, _)| *key == start).unwrap();
    for personal in ["anna", "testing", "nz", "locator"] {
        assert!(!item.contains(personal), "{item}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_sees_the_days_that_were_counted_and_today() {
    let counting = counting().await;
    counting.add(0, None, EntryKind::Locked.at(counting.day)).await;
    counting.count_after(0).await;
    let world = &counting.world;
    // Three days later: one day that was counted, and two that were not.
    world.advance(counting.day.plus(3 * DAY + 3_600).since(world.now()));
    counting.add(1, None, EntryKind::Reset.at(world.now())).await;
    let asked = counting.asked("").await;
    let days = asked["days"].as_array().unwrap();
    assert_eq!(days.len(), 7);
    assert_eq!((&days[0]["state"], &days[0]["helped"]), (&json!("today"), &json!(1)));
    let day = days.iter().find(|day| day["locked"] == 1).unwrap();
    assert!(["open", "closed"].contains(&day["state"].as_str().unwrap()), "{day}");
    assert_eq!(day["events"], json!([{ "event": "locked", "method": null, "count": 1 }]));
    assert_eq!(days[6]["state"], "uncounted");
    assert_eq!((&asked["total"]["locked"], &asked["total"]["helped"]), (&json!(1), &json!(1)));
    for (query, wanted) in [("?days=30", 30), ("?days=90", 90)] {
        assert_eq!(counting.asked(query).await["days"].as_array().unwrap().len(), wanted);
    }
    for wrong in ["?days=8", "?days=", "?days=7&more=1"] {
        let path = format!("/v1/admin/portals/{}/numbers{wrong}", counting.portal.id);
        assert_eq!(world.admin("GET", &path, None, None).await.status, 400, "{wrong}");
    }
}

/// Returns the ids of all entries of the log that begin with `made.`, page by page.
async fn read_all(world: &World, portal: &str, first: Option<String>) -> Vec<String> {
    let (mut ids, mut cursor) = (vec![], first);
    loop {
        let at = cursor.map(|cursor| format!("?cursor={cursor}")).unwrap_or_default();
        let path = format!("/v1/admin/portals/{portal}/activity{at}");
        let page = world.admin_ok("GET", &path, None).await;
        let entries = page["entries"].as_array().unwrap();
        let of_page = entries.iter().map(|entry| entry["id"].as_str().unwrap().to_owned());
        ids.extend(of_page.filter(|id| id.starts_with("made.")));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return ids,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_gets_more_partitions_from_the_next_day_on_and_loses_and_doubles_nothing() {
    let world = World::start().await;
    let portal = world.portal("managed");
    let id = PortalId::parse(&portal.id).unwrap();
    let store = &world.running.store;
    let path = format!("/v1/admin/portals/{id}/log-partitions");
    // Noon, so that the change counts from the next day.
    world.advance((world.now().day() + 1) * DAY + DAY / 2 - world.now().unix());
    let today = world.now().day();
    let line = |n: usize, at: Timestamp| LogLine {
        id: format!("made.{n}"),
        locator: Some(Locator::new([u8::try_from(n % 256).unwrap(); 16])),
        entry: EntryKind::CodeWrong.at(at),
    };
    let before: Vec<_> = (0..150).map(|n| line(n, world.now().plus(-1))).collect();
    for line in &before {
        assert!(store.append(&id, LogPlan::default(), line).await.unwrap());
    }
    let list = format!("/v1/admin/portals/{id}/activity");
    let page = world.admin_ok("GET", &list, None).await;
    let cursor_of_before = page["next_cursor"].as_str().unwrap().to_owned();
    let rest = read_all(&world, &portal.id, Some(cursor_of_before.clone())).await;

    let raised = world.admin_ok("PUT", &path, Some(json!({ "partitions": 16 }))).await;
    assert_eq!((&raised["today"], &raised["raised"][0]["partitions"]), (&json!(4), &json!(16)));
    let partitions = store.log_partitions(&id).await.unwrap();
    assert_eq!([today, today + 1].map(|day| partitions.on(day)), [4, 16]);
    let plan = LogPlan { partitions, ..LogPlan::default() };
    // A record that is delivered again finds its line, on either side of the change.
    for line in &before {
        assert!(!store.append(&id, plan, line).await.unwrap(), "{line:?}");
    }
    let again = read_all(&world, &portal.id, Some(cursor_of_before)).await;
    assert_eq!(again, rest, "a cursor of before the change means what it meant");

    world.advance(DAY);
    let after: Vec<_> = (150..400).map(|n| line(n, world.now().plus(-1))).collect();
    for line in &after {
        assert!(store.append(&id, plan, line).await.unwrap());
        assert!(!store.append(&id, plan, line).await.unwrap());
    }
    let keys = world.raw_items().await.into_iter().map(|(key, _)| key);
    let start = format!("LOG#{id}#{}#", today + 1);
    let mut used: Vec<String> = keys.filter(|key| key.starts_with(&start)).collect();
    used.sort();
    used.dedup();
    assert_eq!(used.len(), 16);
    let mut ids = read_all(&world, &portal.id, None).await;
    assert_eq!(ids.len(), 400, "nothing is lost, and nothing stands twice");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 400);
    world.running.stream_is_delivered().await;
    let log = world.admin_ok("GET", &format!("{list}?event=portal_changed"), None).await;
    let change = &log["entries"][0]["changes"][0];
    assert_eq!(change, &json!({ "field": "log_partitions", "old": "4", "new": "16" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn partitions_are_raised_only() {
    let world = World::start().await;
    let path = "/v1/admin/portals/managed/log-partitions";
    for wrong in [json!(0), json!(4), json!(12), json!(65), json!("8"), json!(null), json!(300)] {
        let refused = world.admin("PUT", path, None, Some(json!({ "partitions": wrong }))).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{wrong}");
    }
    assert_eq!(world.admin_ok("GET", path, None).await, json!({ "today": 4, "raised": [] }));
    world.admin_ok("PUT", path, Some(json!({ "partitions": 32 }))).await;
    let lower = world.admin("PUT", path, None, Some(json!({ "partitions": 8 }))).await;
    assert_eq!(lower.problem(), (400, "bad_request"));
    let elsewhere = "/v1/admin/portals/no-such-portal/log-partitions";
    let nowhere = world.admin("PUT", elsewhere, None, Some(json!({ "partitions": 8 }))).await;
    assert_eq!(nowhere.problem(), (404, "portal_unknown"));
}
