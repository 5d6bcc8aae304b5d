//! The log of one test: what the functions write to standard output at AWS, lines with metrics
//! included. Everything runs on the test's own thread, so that tests do not read each other's.

use portcullis_http::json_lines;
use portcullis_keys::KeyPurpose;
use portcullis_local::running_function;
use serde_json::{Value, json};
use std::{
    cell::{Cell, RefCell},
    io::{Result, Write, sink},
    sync::LazyLock,
};
use tracing::{
    Dispatch,
    subscriber::{DefaultGuard, set_default},
};

thread_local! {
    static LINES: RefCell<Vec<Value>> = const { RefCell::new(vec![]) };
    /// The function that works where none of the deployment's own does.
    static FUNCTION: Cell<&'static str> = const { Cell::new("") };
}

/// A second subscriber, registered as long as tests run. With one alone, tracing asks only the
/// thread that meets a line first whether anybody wants it: a test without a log says no for all.
static SECOND: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(json_lines(sink)));

pub struct Log(DefaultGuard);

/// Writes a line to the log, as functions do with those that have metrics.
pub fn meter(line: String) {
    keep(line.as_bytes());
}

struct Writer;

impl Write for Writer {
    fn write(&mut self, line: &[u8]) -> Result<usize> {
        keep(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Keeps a line without what differs each time.
fn keep(line: &[u8]) {
    let mut line: Value = serde_json::from_slice(line).unwrap();
    for (member, value) in [
        ("timestamp", json!("2026-01-01T00:00:00.000000Z")),
        ("request_id", json!("JKJaXmPLvHcESHA=")),
        ("took", json!(1.5)),
        ("Latency", json!([1.5])),
        ("cause", json!("(as Rust shows it)")),
    ] {
        if let Some(differs) = line.get_mut(member) {
            *differs = value;
        }
    }
    // Keys are asked for at once, and the first that fails is told.
    if line["message"] == "a dependency failed"
        && let Some(Value::String(error)) = line.get_mut("error")
    {
        for purpose in KeyPurpose::ALL {
            *error = error.replace(&format!("for {purpose}"), "for lookup");
        }
    }
    if let Some(at) = line.pointer_mut("/_aws/Timestamp") {
        *at = json!(1_800_000_000_000_u64);
    }
    let function = running_function().unwrap_or(FUNCTION.get());
    LINES.with_borrow_mut(|lines| lines.push(json!({ "function": function, "line": line })));
}

impl Log {
    pub fn start() -> Self {
        LazyLock::force(&SECOND);
        Self(set_default(json_lines(|| Writer)))
    }

    /// Says which function works next, if none of the deployment does.
    pub fn of(&self, function: &'static str) {
        FUNCTION.set(function);
    }

    /// Takes the lines that were written since the start, or since they were taken last.
    pub fn take(&self) -> Vec<Value> {
        let lines = LINES.take().into_iter();
        lines.map(|mut written| written["line"].take()).collect()
    }

    /// Checks that the lines of this test in lines.json were written. A line may have more members
    /// than are kept of it there.
    pub fn has_lines_of(self, test: &str) {
        drop(self.0);
        let kept = std::fs::read_to_string("operations/alarms/lines.json").unwrap();
        let mut kept: Value = serde_json::from_str(&kept).unwrap();
        let kept = kept[test].as_array_mut().map(std::mem::take).unwrap_or_default();
        LINES.with_borrow(|lines| {
            let missing: Vec<&Value> = kept
                .iter()
                .filter(|line| !lines.iter().any(|written| has(written, line)))
                .collect();
            let all: Vec<String> = lines.iter().map(Value::to_string).collect();
            assert!(!kept.is_empty() && missing.is_empty(), "{missing:?}\nin\n{}", all.join("\n"));
        });
    }
}

/// Returns true if a value has what is kept of it: each member of an object, all of anything else.
fn has(written: &Value, kept: &Value) -> bool {
    match (written, kept) {
        (Value::Object(written), Value::Object(kept)) => kept
            .iter()
            .all(|(name, kept)| written.get(name).is_some_and(|written| has(written, kept))),
        _ => written == kept,
    }
}

#[test]
fn a_line_that_another_test_wrote_first_is_in_the_log() {
    let say = || tracing::info!(target: "portcullis_tests", "said twice");
    let log = Log::start();
    std::thread::spawn(say).join().unwrap();
    say();
    drop(log.0);
    LINES.with_borrow(|lines| assert_eq!(lines.len(), 1, "{lines:?}"));
}
