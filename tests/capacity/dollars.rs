//! The arithmetic from counted sign-ins to dollars.

use super::{
    limits,
    load::{DAY_MINUTES, Load, MINUTE, count},
    prices::{self, price},
    template::Template,
};
use crate::harness::Units;
use portcullis_domain::{
    limits::SHARE_BATCHES,
    portal::{LogDays, Share},
};

const MONTH_DAYS: f64 = 30.0;
const GB: f64 = 1e9;
// The times that a day is counted for its numbers.
const COUNTED: f64 = 3.0;
// Five pollers that each wait for twenty seconds ("Using Lambda with Amazon SQS").
const IDLE_QUEUE_REQUESTS: f64 = 5.0 * 86_400.0 / 20.0;

impl Load<'_> {
    /// The dollars of a million sign-ins by service, with what is on by default.
    pub fn million(self, template: &Template) -> Vec<(&'static str, f64)> {
        let (calls, lines) = (f64::from(self.of.calls()), count(self.of.lines()));
        let messages = f64::from(self.of.emails + self.of.texts);
        let Units { read, write } = self.of.total();
        let table = count(read) * price("table read")
            + (count(write) + 1.0 / self.share_batch()) * price("table write");
        let batches = lines / self.records_per_batch(template);
        let invocations = calls + batches;
        let gb_seconds = self.billed_seconds() * template.memory() / 1_024.0;
        let lambda = invocations * price("invocation") + gb_seconds * price("gigabyte second");
        let bytes = calls * limits::LOG_BYTES_PER_CALL
            + messages * limits::LOG_BYTES_PER_CODE
            + self.latency_bytes(template);
        let in_table = lines * (limits::LINE_BYTES + limits::ITEM_BYTES) / GB
            * f64::from(LogDays::USUAL.days())
            * (price("table month") + price("backup month"))
            / MONTH_DAYS;
        let archived = lines * limits::ARCHIVED_BYTES / GB * template.archive_days() / MONTH_DAYS
            * price("object month");
        let mut all = vec![
            ("DynamoDB, reads and writes", table),
            ("API Gateway", self.api_call() * calls),
            ("Lambda", lambda),
            ("CloudWatch Logs", bytes / GB * price("log gigabyte")),
            ("DynamoDB, the log of 90 days", in_table),
            ("S3, puts of the archive", batches * price("object put")),
            ("S3, the archive of 400 days", archived),
            ("DynamoDB, counting the day for the numbers", roll_ups(lines)),
            ("KMS, keys of processes that start", self.keys(template)),
            ("SES", f64::from(self.of.emails) * price("email")),
        ];
        all.iter_mut().for_each(|(_, dollars)| *dollars *= 1e6);
        all
    }

    /// The records of the stream that come together. Each of the batches at once gathers on its own
    /// from its first record on, until it is full or its window is over.
    pub fn records_per_batch(self, template: &Template) -> f64 {
        let gatherers = limits::SHARDS * template.parallel_batches();
        let gathered = self.lines_a_second() / gatherers * template.batch_window();
        (1.0 + gathered).min(template.batch_size())
    }

    /// The openings of which one adds them to the sum of their portal's share.
    fn share_batch(self) -> f64 {
        let per_minute = f64::from(Share::default().per_minute()).max(self.a_minute);
        (per_minute / f64::from(SHARE_BATCHES)).ceil()
    }

    /// The seconds of a sign-in that are paid for: of its calls, and of its records.
    fn billed_seconds(self) -> f64 {
        let table_calls = f64::from(self.of.table_calls);
        let cpu = table_calls * limits::CPU_MS_PER_TABLE_CALL / limits::VCPU;
        let waits = table_calls * limits::TABLE_MS
            + f64::from(self.of.emails + self.of.texts) * limits::PROVIDER_MS;
        (cpu + waits + count(self.of.lines()) * limits::RECORD_MS) / 1_000.0
    }

    /// The bytes of latencies in a sign-in's share of the log: each process writes those of a group
    /// once a minute, or of a hundred calls.
    fn latency_bytes(self, template: &Template) -> f64 {
        let calls = f64::from(self.of.calls());
        let a_minute = (self.functions_at_once(template).ceil() * limits::GROUPS_PER_PROCESS)
            .min(self.calls_a_second() * MINUTE)
            .max(calls * self.a_minute / 100.0);
        (a_minute * limits::LATENCIES_BYTES + calls * self.a_minute * limits::LATENCY_BYTES)
            / self.a_minute
    }

    /// The dollars of a call of the API, if each day of the month has as many.
    fn api_call(self) -> f64 {
        let month = self.calls_a_second() * MINUTE * DAY_MINUTES * MONTH_DAYS;
        let first = month.min(prices::API_CALLS_AT_FIRST);
        let beyond = month - first;
        (first * price("API call") + beyond * price("further API call")) / month
    }

    fn keys(self, template: &Template) -> f64 {
        let processes = self.functions_at_once(template).ceil() * 24.0 / limits::PROCESS_HOURS;
        processes * limits::KEYS_PER_PROCESS * price("key request") / (self.a_minute * DAY_MINUTES)
    }
}

/// The dollars of counting so many lines, by eventually consistent reads of half a unit for 4 KB.
fn roll_ups(lines: f64) -> f64 {
    COUNTED * lines * limits::LINE_BYTES / 4_096.0 * 0.5 * price("table read")
}

/// The dollars of a month in which nobody signs in, beside the alarms.
pub fn idle_month() -> f64 {
    price("key month") + MONTH_DAYS * IDLE_QUEUE_REQUESTS * price("queue request")
}
