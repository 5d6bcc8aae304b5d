//! The latencies that a function gathers between two log lines with metrics: such a line is twice
//! as long, and each byte is paid for.

use portcullis_domain::Timestamp;
use std::{
    collections::HashMap,
    mem,
    sync::{Mutex, PoisonError},
};

const WAIT_SECONDS: i64 = 60;

/// The values that a metric of a line has at most ("Specification: Embedded metric format").
const AT_MOST: usize = 100;

#[derive(Debug, Default)]
pub(crate) struct Latencies(Mutex<HashMap<&'static str, Group>>);

#[derive(Debug)]
struct Group {
    written_at: Timestamp,
    waiting: Vec<f64>,
}

impl Latencies {
    /// Takes down the milliseconds of a call. Returns those to write now: of a group's first call,
    /// of all after another minute, or of as many as a metric takes.
    pub(crate) fn note(&self, group: &'static str, millis: f64, now: Timestamp) -> Vec<f64> {
        let mut groups = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(known) = groups.get_mut(group) else {
            groups.insert(group, Group { written_at: now, waiting: vec![] });
            return vec![millis];
        };
        known.waiting.push(millis);
        // A clock that was set back delays nothing.
        let waits = (0..WAIT_SECONDS).contains(&now.since(known.written_at));
        if waits && known.waiting.len() < AT_MOST {
            return vec![];
        }
        known.written_at = now;
        mem::take(&mut known.waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(1_800_000_000 + seconds)
    }

    #[test]
    fn the_first_call_is_written_at_once_and_those_after_it_with_the_first_of_another_minute() {
        let latencies = Latencies::default();
        assert_eq!(latencies.note("prompt", 9.0, at(0)), [9.0]);
        assert_eq!(latencies.note("sign-ins", 1.0, at(0)), [1.0], "a group of its own");
        assert!(latencies.note("prompt", 2.0, at(0)).is_empty());
        assert!(latencies.note("prompt", 3.0, at(59)).is_empty());
        assert_eq!(latencies.note("prompt", 4.0, at(60)), [2.0, 3.0, 4.0]);
        assert!(latencies.note("prompt", 5.0, at(119)).is_empty());
        assert_eq!(latencies.note("prompt", 6.0, at(3_600)), [5.0, 6.0]);
        assert_eq!(latencies.note("prompt", 7.0, at(0)), [7.0], "the clock was set back");
    }

    #[test]
    fn no_line_has_more_values_than_a_metric_takes_and_none_is_lost() {
        let latencies = Latencies::default();
        let written: Vec<Vec<f64>> = (0..=1_000)
            .map(|n| latencies.note("prompt", f64::from(n), at(0)))
            .filter(|values| !values.is_empty())
            .collect();
        assert!(written.iter().all(|values| values.len() <= AT_MOST));
        assert_eq!(written.len(), 11);
        let all: Vec<f64> = written.concat();
        assert_eq!(all, (0..=1_000).map(f64::from).collect::<Vec<_>>());
    }
}
