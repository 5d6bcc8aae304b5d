//! Notices that wait: one digest within the hour, whatever becomes of processes and providers.

use super::activity::record_of_a_reset;
use crate::harness::{Portal, World, because, freeze_link_of, on_user, text};
use portcullis_activity::{
    ActivityHandler, HandOver, HeldLogs, KeyUses, PURPOSES, answer, handle, sweep,
};
use portcullis_domain::Timestamp;
use portcullis_local::LocalClock;
use serde_json::{Value, json};
use std::sync::Mutex;

const RESET: &str = "Your second step was reset";
const CHANGED: &str = "The contact details of your account were changed";

/// The lines with metrics of this process.
static METRICS: Mutex<Vec<String>> = Mutex::new(vec![]);

/// One more function `activity`, with a clock of its own, so that no other sweep comes before those
/// of the test.
pub struct Activity {
    pub handler: ActivityHandler,
    pub clock: LocalClock,
    at: Timestamp,
}

pub async fn activity(world: &World) -> Activity {
    let (at, clock) = (world.now(), LocalClock::stopped_at(world.now()));
    let (context, sender) = world.function_by(PURPOSES, &clock).await;
    let meter = |line| METRICS.lock().unwrap().push(line);
    let sender = sender.with_meter(meter);
    let (noted, logs) = (KeyUses::default(), HeldLogs::default());
    let journal = world.journal().await;
    let hand_over = HandOver::AtOnce;
    let handler =
        ActivityHandler { context, sender, meter, noted, logs, journal, hand_over, bus: None };
    Activity { handler, clock, at }
}

impl Activity {
    /// Delivers resets of one user, and returns the first that failed.
    pub async fn deliver(&self, user: u8, writes: &[u8]) -> Option<String> {
        let records = writes.iter().map(|write| record_of_a_reset(user, *write, self.at));
        let event = json!({ "Records": records.collect::<Vec<_>>() });
        let event = serde_json::from_value(event).unwrap();
        let failed = handle(&self.handler, event).await.batch_item_failures;
        failed.first().and_then(|failure| failure.item_identifier.clone())
    }

    /// Moves its clock, and has it sweep.
    pub async fn sweep_after(&self, seconds: i64) {
        self.clock.advance(seconds);
        sweep(&self.handler).await.unwrap();
    }
}

/// Returns how often a metric was written at a moment that only one test has.
pub fn counted(metric: &str, at: Timestamp) -> usize {
    let (metric, at) = (format!("\"{metric}\":"), format!("\"Timestamp\":{}000", at.unix()));
    let lines = METRICS.lock().unwrap();
    lines.iter().filter(|line| line.contains(&metric) && line.contains(&at)).count()
}

/// Returns the texts of all messages to a user's address, oldest first.
pub async fn told(world: &World, user: u8) -> Vec<String> {
    let to = format!("told{user}@example.com");
    let messages = world.messages().await.into_iter().rev();
    let theirs = messages.filter(|message| message["to"] == to.as_str());
    theirs.map(|message| message["text"].as_str().unwrap().to_owned()).collect()
}

/// Returns the items of notices that are in the index, or know a destination.
async fn unsent(world: &World) -> Vec<String> {
    let items = world.raw_items().await.into_iter();
    let notices = items.filter(|(key, _)| key.starts_with("NOTICE#")).map(|(_, item)| item);
    notices.filter(|item| item.contains("users_of") || item.contains("\\\"to\\\"")).collect()
}

/// Returns the same once there are so many and none is being sent; the stream needs a moment.
async fn waiting(world: &World, wanted: usize) -> Vec<String> {
    for _ in 0..100 {
        let unsent = unsent(world).await;
        if unsent.len() == wanted && !unsent.iter().any(|item| item.contains("\\\"by\\\"")) {
            return unsent;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("there were not {wanted} destinations with a notice that waits within ten seconds");
}

async fn put_email(portal: &Portal, email: &str) {
    let put = portal.put_user("anna", &json!({ "email": email, "email_verified": true })).await;
    assert_eq!(put.status, 200, "{:?}", put.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_an_address_that_was_dropped_is_told_of_the_second_change_too_within_the_hour() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    for email in ["one@example.com", "two@example.com", "three@example.com"] {
        put_email(&portal, email).await;
    }
    // Each is told at once of the first change that it was known at.
    let all = ["one@example.com", "three@example.com", "two@example.com"];
    assert_eq!(world.notices(CHANGED, 3).await, all);
    // The second change waits for the dropped address.
    let waiting = waiting(&world, 1).await;
    assert!(!waiting[0].contains("example.com"), "which is sealed");
    // Local mode runs the sweep by its own clock.
    let hour = json!({ "advance_seconds": 3_600 });
    let moved = world.http.post(world.url("/local/clock")).json(&hour).send().await.unwrap();
    assert!(moved.status().is_success());
    let twice = ["one@example.com", "three@example.com", "two@example.com", "two@example.com"];
    assert_eq!(world.notices(CHANGED, 4).await, twice);
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_however_often_and_in_whatever_order_records_come_each_is_told_once() {
    let world = World::start().await;
    let activity = activity(&world).await;
    // The table fails in the midst of the second; the SDK tries three times.
    world.aws.break_calls("PutItem", 4, 3);
    assert_eq!(activity.deliver(1, &[1, 2, 3]).await.as_deref(), Some("2"));
    world.aws.mend();
    for writes in [&[3, 1][..], &[2, 3], &[1, 2, 3, 4], &[4, 2]] {
        assert_eq!(activity.deliver(1, writes).await, None);
    }
    assert_eq!(told(&world, 1).await.len(), 1, "the first goes at once, and the rest wait");
    activity.sweep_after(3_600).await;
    let messages = told(&world, 1).await;
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages[1].contains(RESET) && messages[1].contains("(3 times)"), "{messages:?}");
    assert_eq!(unsent(&world).await, [""; 0], "and the address is kept no longer");
    assert_eq!(activity.deliver(1, &[1, 2, 3, 4]).await, None);
    activity.sweep_after(3_600).await;
    assert_eq!(told(&world, 1).await, messages);
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_the_hour_of_a_notice_begins_when_the_stream_brings_it_however_late() {
    let world = World::start().await;
    let activity = activity(&world).await;
    activity.clock.advance(3_599);
    assert_eq!(activity.deliver(6, &[1]).await, None);
    activity.clock.advance(1);
    assert_eq!(activity.deliver(6, &[2]).await, None);
    assert_eq!(told(&world, 6).await.len(), 1, "an hour after the change, a second after its mail");
    activity.clock.advance(3_599);
    assert_eq!(activity.deliver(6, &[3]).await, None);
    assert_eq!(told(&world, 6).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_of_two_changes_an_hour_apart_each_is_told_at_once_with_a_link_of_its_own() {
    let world = World::start().await;
    let portal = world.with_freeze_links("authenticator_app").await;
    let path = format!("/v1/admin/portals/{}/user/bypass-code", portal.id);
    let links = async || {
        let issued = world.admin("POST", &path, None, on_user("anna", "lost phone")).await;
        assert_eq!(issued.status, 201, "{:?}", issued.body);
        world.running.stream_is_delivered().await;
        let messages = world.messages().await;
        let mut links: Vec<_> = messages.iter().filter_map(|m| freeze_link_of(text(m))).collect();
        links.dedup();
        links.len()
    };
    assert_eq!(links().await, 1);
    world.advance(3_599);
    assert_eq!(links().await, 1, "the second within the hour waits for the digest");
    world.advance(1);
    assert_eq!(links().await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_a_process_that_ends_between_claim_and_send_loses_no_notice() {
    let world = World::start().await;
    let activity = activity(&world).await;
    // The first write is the line of the log, the second the claim.
    let gone = world.aws.gone_after("PutItem", 1);
    tokio::select! {
        failed = activity.deliver(2, &[1]) => panic!("the process answered: {failed:?}"),
        () = gone.notified() => {}
    }
    world.aws.mend();
    assert_eq!(activity.deliver(2, &[1]).await, None);
    activity.sweep_after(299).await;
    assert_eq!(told(&world, 2).await, [""; 0], "a process has claimed it, and may be sending it");
    activity.sweep_after(1).await;
    let messages = told(&world, 2).await;
    assert!(messages.len() == 1 && messages[0].contains(RESET), "{messages:?}");
    assert_eq!(counted("NoticesRepeated", activity.clock.now()), 1, "it is flagged");
    activity.sweep_after(3_600).await;
    assert_eq!(told(&world, 2).await, messages);
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_a_process_that_ends_after_the_send_tells_twice_and_flags_it() {
    let world = World::start().await;
    let activity = activity(&world).await;
    let gone = world.aws.gone_after("SendEmail", 0);
    tokio::select! {
        failed = activity.deliver(3, &[1]) => panic!("the process answered: {failed:?}"),
        () = gone.notified() => {}
    }
    world.aws.mend();
    assert_eq!(told(&world, 3).await.len(), 1);
    activity.sweep_after(301).await;
    assert_eq!(told(&world, 3).await.len(), 2);
    assert_eq!(counted("NoticesRepeated", activity.clock.now()), 1);
    activity.sweep_after(3_600).await;
    assert_eq!(told(&world, 3).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn s18_a_notice_that_the_provider_refuses_is_tried_again_until_it_takes_it() {
    let world = World::start().await;
    let activity = activity(&world).await;
    world.set_providers("refuse").await;
    assert_eq!(activity.deliver(4, &[1, 2]).await, None);
    for _ in 0..3 {
        activity.sweep_after(300).await;
    }
    world.set_providers("deliver").await;
    assert_eq!(told(&world, 4).await, [""; 0]);
    activity.sweep_after(302).await;
    let messages = told(&world, 4).await;
    assert!(messages.len() == 1 && messages[0].contains("(2 times)"), "{messages:?}");
    assert_eq!(counted("NoticesRepeated", activity.clock.now()), 0, "nothing was sent before");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_could_not_be_sent_for_a_day_is_given_up_and_counted() {
    let world = World::start().await;
    let activity = activity(&world).await;
    world.set_providers("refuse").await;
    assert_eq!(activity.deliver(5, &[1]).await, None);
    activity.sweep_after(86_303).await;
    assert_eq!(unsent(&world).await.len(), 1);
    activity.sweep_after(300).await;
    assert_eq!(unsent(&world).await, [""; 0]);
    assert_eq!(counted("NoticesGivenUp", activity.clock.now()), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s17_the_notices_of_one_user_go_to_five_different_numbers_a_day() {
    // An hour later it is still the same day.
    let world = World::start_at(LocalClock::stopped_at(Timestamp::from_unix(1_800_000_000))).await;
    let portal = world.portal("email_enrolment");
    let number = |n: u32| format!("+6421123450{n}");
    for n in 0..9 {
        let put = portal.put_user("anna", &json!({ "phone": number(n) })).await;
        assert_eq!(put.status, 200, "{:?}", put.body);
    }
    let first_five: Vec<String> = (0..5).map(number).collect();
    assert_eq!(world.notices(CHANGED, 5).await, first_five);
    // The others wait for another day.
    world.advance(3_600);
    world.notices(CHANGED, 9).await;
    let messages = world.messages().await;
    let texted = |n: u32| messages.iter().filter(|message| message["to"] == *number(n)).count();
    assert_eq!([0, 1, 2, 3, 4, 5, 8].map(texted), [1, 2, 2, 2, 2, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_portal_leaves_no_notice_unsent() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    for email in ["one@example.com", "two@example.com", "one@example.com"] {
        put_email(&portal, email).await;
    }
    waiting(&world, 2).await;
    let path = format!("/v1/admin/portals/{}/delete", portal.id);
    world.admin_ok("POST", &path, because("gone")).await;
    let activity = activity(&world).await;
    activity.sweep_after(3_600).await;
    assert_eq!(unsent(&world).await, [""; 0]);
    assert_eq!(world.notices(CHANGED, 2).await.len(), 2, "nobody is told in its name");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_no_stream_and_of_no_schedule_is_refused() {
    let world = World::start().await;
    let activity = activity(&world).await.handler;
    for event in [json!({}), json!([]), json!({ "detail-type": "EC2 Instance State-change" })] {
        assert!(answer(&activity, event.clone()).await.is_err(), "{event}");
    }
    let turn = json!({ "detail-type": "Scheduled Event", "source": "aws.events", "detail": {} });
    assert_eq!(answer(&activity, turn).await.unwrap(), Value::Null);
}
