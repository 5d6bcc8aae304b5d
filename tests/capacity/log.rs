//! The bytes that a call writes to the logs, measured.

use super::{limits, sign_ins, template::Template};
use crate::operations::alarms::log::Log;
use serde_json::Value;

// What CloudWatch Logs counts of an event beside its text, at least for the size of a batch
// ("PutLogEvents"). Amazon's pages do not say if it is paid for; the cost is not to be too low.
const BESIDE_ITS_TEXT: usize = 26;
// What the namespace of a stack that is called portcullis has beside that of the tests.
const STACK: usize = "/portcullis".len();
// The bytes of the two lines by which `activity` counts a code as sent and as typed. It writes none
// where the tests run it, so they are counted from functions/activity/src/metric.rs.
const SENT_AND_TYPED: usize = 604 + 2 * BESIDE_ITS_TEXT;
// How far the figure of the costs may be from what is measured.
const PERCENT: f64 = 5.0;

/// Returns the bytes of a function's line, and of the gateway's line if it answered a call.
fn bytes(line: &Value, template: &Template) -> usize {
    let namespace = line.get("_aws").map_or(0, |_| STACK);
    let own = BESIDE_ITS_TEXT + line.to_string().len() + namespace;
    let (Some(method), Some(route)) = (line["method"].as_str(), line["route"].as_str()) else {
        return own;
    };
    own + BESIDE_ITS_TEXT + template.access_line(method, route).len()
}

#[tokio::test]
async fn a_call_writes_as_many_bytes_to_the_logs_as_the_costs_say() {
    let (template, log) = (Template::read(), Log::start());
    let sign_ins = sign_ins::with_a_message().await;
    assert_eq!(sign_ins.len(), 2, "by email and by text message");
    let lines = log.take();
    let users = |line: &&Value| !line["route"].as_str().unwrap_or_default().contains("admin");
    let written: usize = lines.iter().filter(users).map(|line| bytes(line, &template)).sum();
    let calls = lines.iter().filter(users).filter(|line| line["message"] == "answered").count();
    // The two sign in three times each, with seven calls.
    assert_eq!(calls, 6 * 7, "{lines:#?}");
    let a_call = super::load::count(written + 6 * SENT_AND_TYPED) / super::load::count(calls);
    let off = (limits::LOG_BYTES_PER_CALL / a_call - 1.0).abs() * 100.0;
    assert!(off < PERCENT, "a call writes {a_call:.0} bytes");
}
