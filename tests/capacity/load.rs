//! The arithmetic from counted sign-ins to loads and limits.

use super::{limits, sign_ins::Taken, template::Template};
use portcullis_domain::portal::{LogPartitions, Share};

pub const MINUTE: f64 = 60.0;
pub const DAY_MINUTES: f64 = 1_440.0;
/// Sign-ins of one kind, so many in a minute, all in one portal.
#[derive(Clone, Copy)]
pub struct Load<'a> {
    pub of: &'a Taken,
    pub a_minute: f64,
}

/// The partitions that the keys of a class lie in, all in one portal, and what one of them holds.
pub struct Spread {
    pub class: String,
    // `None` if each user has one of their own.
    pub over: Option<f64>,
}

/// The copies of the documents that every sign-in reads, as they were counted in a table.
#[derive(Clone, Copy)]
pub struct Copies {
    pub settings: f64,
    pub portal: f64,
}

impl Copies {
    pub fn spread(self, class: &str) -> Spread {
        let over = match class {
            "PORTAL#*" => Some(self.portal),
            "SYSTEM#settings#*" => Some(self.settings),
            "LOG#*" => Some(f64::from(LogPartitions::FIRST)),
            // Each has one item for a portal's day, or for all numbers that begin alike.
            "COUNT#texts#*" | "COUNT#emails#*" | "COUNT#prefix#*" => Some(1.0),
            // One for each user, or for each destination.
            "USER#*#*" | "COUNT#confirmed#*" => None,
            other => panic!("how far is {other} spread?"),
        };
        Spread { class: class.to_owned(), over }
    }
}

impl Load<'_> {
    pub fn a_second(self, units: usize) -> f64 {
        count(units) * self.a_minute / MINUTE
    }

    /// The share of one partition that a class takes: of its reads, or of its writes, whichever is
    /// more. The partition of a user has one sign-in at a time.
    pub fn share(self, spread: &Spread) -> f64 {
        let units = self.of.of(&spread.class);
        let Some(over) = spread.over else {
            return share_of(count(units.read), count(units.write));
        };
        share_of(self.a_second(units.read) / over, self.a_second(units.write) / over)
    }

    pub fn calls_a_second(self) -> f64 {
        f64::from(self.of.calls()) * self.a_minute / MINUTE
    }

    pub fn lines_a_second(self) -> f64 {
        self.a_second(self.of.lines())
    }

    pub fn messages_a_second(self) -> f64 {
        f64::from(self.of.emails + self.of.texts) * self.a_minute / MINUTE
    }

    /// Functions that run at once: calls in a second, times the seconds of each.
    pub fn functions_at_once(self, template: &Template) -> f64 {
        self.calls_a_second() * self.call_seconds(template)
            + self.sending_at_once(PROVIDER_SECONDS)
            + self.lines_a_second() * limits::RECORD_MS / 1_000.0
    }

    pub fn sending_at_once(self, seconds: f64) -> f64 {
        self.messages_a_second() * seconds
    }

    fn call_seconds(self, template: &Template) -> f64 {
        let cpu = limits::CPU_MS_PER_CALL / (template.memory() * limits::VCPU_PER_MB);
        let table = f64::from(self.of.table_calls) / f64::from(self.of.calls()) * limits::TABLE_MS;
        (cpu + table) / 1_000.0
    }
}

const PROVIDER_SECONDS: f64 = limits::PROVIDER_MS / 1_000.0;

pub fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap())
}

fn share_of(reads: f64, writes: f64) -> f64 {
    (reads / limits::PARTITION_READS).max(writes / limits::PARTITION_WRITES)
}

/// A limit, and the sign-ins in a minute that it allows.
pub struct Limit {
    pub what: String,
    pub value: String,
    pub allows: f64,
}

/// Every limit that sign-ins of this kind meet, from the template and from AWS's own limits.
pub fn all_limits(of: &Taken, copies: Copies, template: &Template) -> Vec<Limit> {
    let one = Load { of, a_minute: 1.0 };
    let mut all = vec![];
    for (route, calls) in &of.routes {
        let throttle = template.throttle(route);
        all.push(Limit {
            what: format!("throttle of `{route}`"),
            value: format!("{throttle:.0} calls a second"),
            allows: throttle * MINUTE / f64::from(*calls),
        });
    }
    for class in of.classes() {
        let spread = copies.spread(class);
        let Some(over) = spread.over else { continue };
        all.push(Limit {
            what: format!("`{class}`"),
            value: format!("{over:.0} of 3,000 reads and 1,000 writes a second"),
            allows: 1.0 / one.share(&spread),
        });
    }
    let share = Share::default();
    all.push(Limit {
        what: "share of a portal".to_owned(),
        value: format!(
            "{} openings a minute, unless an operator gave it another; one write for {} of them",
            share.per_minute(),
            share.batch(),
        ),
        allows: f64::from(share.per_minute()),
    });
    let batches = template.parallel_batches();
    all.push(Limit {
        what: "the stream, by `activity`".to_owned(),
        value: format!(
            "{:.0} shards, {batches:.0} batches of each at once, {:.0} ms a record",
            limits::SHARDS,
            limits::RECORD_MS
        ),
        allows: limits::SHARDS * batches * 1_000.0 / limits::RECORD_MS / one.lines_a_second(),
    });
    all.push(Limit {
        what: "functions at once".to_owned(),
        value: format!("{:.0} in a usual account", limits::CONCURRENCY),
        allows: limits::CONCURRENCY / one.functions_at_once(template),
    });
    if one.messages_a_second() > 0.0 {
        all.push(Limit {
            what: format!("the same, if the provider takes {:.0} s", limits::SLOW_PROVIDER_SECONDS),
            value: "give challenge-dispatch a share of its own".to_owned(),
            allows: limits::CONCURRENCY / one.sending_at_once(limits::SLOW_PROVIDER_SECONDS),
        });
        let (what, a_second) =
            if of.emails > 0 { ("SES", limits::EMAILS) } else { ("SNS", limits::TEXTS) };
        all.push(Limit {
            what: format!("{what}, at first"),
            value: format!("{a_second:.0} messages a second"),
            allows: a_second / one.messages_a_second(),
        });
    }
    all.sort_by(|one, other| one.allows.total_cmp(&other.allows));
    all
}
