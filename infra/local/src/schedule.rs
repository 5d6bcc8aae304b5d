//! The stand-in for the schedules of EventBridge: by the clock that can be moved, each turn becomes
//! the event that the rule of template.yaml would deliver ("Creating a rule that runs on a
//! schedule" in Amazon's user guide).

use aws_sdk_dynamodb::primitives::{DateTime, DateTimeFormat};
use portcullis_domain::Timestamp;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

use crate::{clock::LocalClock, functions::StreamFunction, template::Schedule};

/// Between two looks at the clock.
const PAUSE: Duration = Duration::from_millis(100);

/// The turns of a schedule, by the clock.
#[derive(Debug)]
pub(crate) struct Turns {
    clock: LocalClock,
    schedule: Schedule,
    /// The last turn whose event was handled.
    handled: watch::Sender<i64>,
}

impl Turns {
    /// A schedule whose next turn is the first one.
    pub(crate) fn new(schedule: Schedule, clock: LocalClock) -> Self {
        let turns = Self { clock, schedule, handled: watch::Sender::new(0) };
        turns.handled.send_replace(turns.now());
        turns
    }

    fn now(&self) -> i64 {
        self.clock.now().unix().div_euclid(self.schedule.seconds)
    }

    /// Delivers an event at each turn, for as long as the process runs. A clock that is moved over
    /// several turns makes one.
    pub(crate) async fn run(self: Arc<Self>, function: StreamFunction) {
        loop {
            tokio::time::sleep(PAUSE).await;
            let turn = self.now();
            if turn == *self.handled.borrow() {
                continue;
            }
            // A constant input takes the event's place ("Input" of a target in the API reference).
            let event = self.schedule.input.clone().unwrap_or_else(|| event(self.clock.now()));
            if let Err(error) = function.invoke(event).await {
                tracing::error!(%error, "a function did not do what was scheduled");
            }
            self.handled.send_replace(turn);
        }
    }

    /// Waits until the event of the current turn was handled.
    pub(crate) async fn wait(&self) {
        let turn = self.now();
        let mut handled = self.handled.subscribe();
        // It cannot fail: the sender lives as long as this.
        let _over = handled.wait_for(|handled| *handled >= turn).await;
    }
}

/// Returns the event of a rule with a schedule.
fn event(now: Timestamp) -> Value {
    let time = DateTime::from_secs(now.unix()).fmt(DateTimeFormat::DateTime).unwrap_or_default();
    json!({
        "version": "0",
        "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": time,
        "region": "eu-west-1",
        "resources": ["arn:aws:events:eu-west-1:000000000000:rule/local"],
        "detail": {},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_an_event_is_written_as_eventbridge_writes_it() {
        assert_eq!(event(Timestamp::from_unix(1_800_000_000))["time"], "2027-01-15T08:00:00Z");
    }
}
