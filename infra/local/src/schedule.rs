//! The stand-in for the schedules of EventBridge: by the clock that can be moved, each turn becomes
//! the event that the rule of template.yaml would deliver ("Creating a rule that runs on a
//! schedule" in Amazon's user guide).

use aws_sdk_dynamodb::primitives::{DateTime, DateTimeFormat};
use portcullis_domain::Timestamp;
use serde_json::{Value, json};
use std::time::Duration;

use crate::{clock::LocalClock, functions::StreamFunction, template::Schedule};

/// Between two looks at the clock.
const PAUSE: Duration = Duration::from_millis(100);

/// Delivers an event at each turn, for as long as the process runs. A clock that is moved over
/// several turns makes one.
pub(crate) async fn run(
    function: StreamFunction,
    clock: LocalClock,
    Schedule { seconds, input }: Schedule,
) {
    let turn = || clock.now().unix().div_euclid(seconds);
    let mut last = turn();
    loop {
        tokio::time::sleep(PAUSE).await;
        if turn() == last {
            continue;
        }
        last = turn();
        // A constant input takes the event's place ("Input" of a target in the API reference).
        let event = input.clone().unwrap_or_else(|| event(clock.now()));
        if let Err(error) = function.invoke(event).await {
            tracing::error!(%error, "a function did not do what was scheduled");
        }
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
