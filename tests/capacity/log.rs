//! The bytes that a sign-in writes to the logs, to the log of its portal, and to the archive,
//! measured.

use super::{limits, load::count, sign_ins, template::Template};
use crate::{
    harness::{World, anna},
    operations::alarms::log::Log,
};
use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::Value;
use std::collections::HashMap;

// What CloudWatch Logs counts of an event beside its text, at least for the size of a batch
// ("PutLogEvents"). Amazon's pages do not say if it is paid for; the cost is not to be too low.
const BESIDE_ITS_TEXT: usize = 26;
// What the namespace of a stack that is called portcullis has beside that of the tests.
const STACK: usize = "/portcullis".len();
// How far a figure of the costs may be from what is measured.
const PERCENT: f64 = 5.0;

/// The members that only a line with latencies has.
const OF_LATENCIES: [&str; 3] = ["_aws", "group", "Latency"];

fn is_near(figure: f64, measured: f64) -> bool {
    (figure / measured - 1.0).abs() * 100.0 < PERCENT
}

/// Returns the bytes of a function's line without latencies, and of the gateway's line beside it.
fn bytes(line: &Value, template: &Template) -> usize {
    let mut line = line.clone();
    OF_LATENCIES.iter().for_each(|name| _ = line.as_object_mut().unwrap().remove(*name));
    let own = BESIDE_ITS_TEXT + line.to_string().len();
    line["route"]
        .as_str()
        .map_or(own, |route| own + BESIDE_ITS_TEXT + template.access_line(route).len())
}

#[tokio::test]
async fn a_call_writes_as_many_bytes_to_the_logs_as_the_costs_say() {
    let (template, log) = (Template::read(), Log::start());
    let sign_ins = sign_ins::with_a_message().await;
    assert_eq!(sign_ins.len(), 2, "by email and by text message");
    let lines = log.take();
    let of_users = |line: &&Value| {
        let route = line["route"].as_str().unwrap_or_default();
        line["message"] == "answered" && !route.contains("admin")
    };
    let lines: Vec<&Value> = lines.iter().filter(of_users).collect();
    // The two sign in three times each, with seven calls.
    assert_eq!(lines.len(), 6 * 7, "{lines:#?}");
    let written: usize = lines.iter().map(|line| bytes(line, &template)).sum();
    let a_call = count(written) / count(lines.len());
    assert!(is_near(limits::LOG_BYTES_PER_CALL, a_call), "a call writes {a_call:.0} bytes");
    // The first call of a process writes its own alone.
    let of_one = |line: &&&Value| line["Latency"].as_array().is_some_and(|all| all.len() == 1);
    let with_latency: Vec<_> = lines.iter().filter(of_one).collect();
    assert!(!with_latency.is_empty());
    for line in with_latency {
        let mut without = (*line).clone();
        OF_LATENCIES.iter().for_each(|name| _ = without.as_object_mut().unwrap().remove(*name));
        let more = count(line.to_string().len() - without.to_string().len() + STACK);
        assert!(is_near(limits::LATENCIES_BYTES, more), "latencies take {more} bytes: {line}");
    }
}

/// Returns the bytes of an item as DynamoDB counts them: a number has one for two digits, and one.
fn item_bytes(item: &HashMap<String, AttributeValue>) -> usize {
    let value = |value: &AttributeValue| match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(number) => number.len().div_ceil(2) + 1,
        other => panic!("how large is {other:?}?"),
    };
    item.iter().map(|(name, is)| name.len() + value(is)).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_has_as_many_bytes_in_the_table_and_in_the_archive_as_the_costs_say() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    world.advance(60);
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.status, 200);
    world.running.stream_is_delivered().await;
    let scanned = world.table_client().await.scan().table_name(&world.running.table).send().await;
    let lines: Vec<_> = scanned
        .unwrap()
        .items
        .unwrap()
        .into_iter()
        .filter(|item| item["pk"].as_s().unwrap().starts_with("LOG#authenticator-app#"))
        .collect();
    let last = lines.iter().max_by_key(|item| item["sk"].as_s().unwrap().clone()).unwrap();
    let in_table = count(item_bytes(last));
    assert!(is_near(limits::LINE_BYTES, in_table), "a line has {in_table} bytes: {last:?}");
    let objects = world.running.bucket.objects();
    let archived = objects.iter().filter(|(at, _)| at.starts_with("archive/"));
    let archived: Vec<&str> = archived
        .flat_map(|(_, text)| text.lines())
        .filter(|line| line.contains("code_accepted"))
        .collect();
    let size = count(archived.last().unwrap().len() + 1);
    assert!(
        is_near(limits::ARCHIVED_BYTES, size),
        "an archived line has {size} bytes: {archived:?}"
    );
}
