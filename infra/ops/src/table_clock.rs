//! The clock of the table. Every wait of a rotation ends by this machine's clock, so one that is
//! wrong would use a key too early, or retire one that is still written with.

use aws_sdk_dynamodb::{
    config::{
        ConfigBag, Intercept, RuntimeComponents,
        interceptors::BeforeDeserializationInterceptorContextRef,
    },
    primitives::{DateTime, DateTimeFormat},
};
use portcullis_domain::{Timestamp, limits};
use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use crate::{Operator, OpsError};

/// The moment of the table's last answer, by its `Date` (RFC 9110, section 6.6.1), as Unix seconds;
/// 0 if there was none.
#[derive(Clone, Debug, Default)]
pub struct TableClock(Arc<AtomicI64>);

impl Intercept for TableClock {
    fn name(&self) -> &'static str {
        "TableClock"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _bag: &mut ConfigBag,
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        let date = context.response().headers().get("date");
        let date = date.and_then(|date| DateTime::from_str(date, DateTimeFormat::HttpDate).ok());
        if let Some(date) = date {
            self.0.store(date.secs(), Ordering::Relaxed);
        }
        Ok(())
    }
}

impl TableClock {
    /// Refuses a moment that is not the table's.
    fn refuse_another(&self, now: Timestamp) -> Result<(), OpsError> {
        let served = self.0.load(Ordering::Relaxed);
        if served == 0 {
            return Err(OpsError::Refused("the table did not say what time it is".to_owned()));
        }
        let ahead = now.since(Timestamp::from_unix(served));
        let difference = match ahead {
            seconds if seconds > limits::CLOCK_SKEW_SECONDS => {
                format!("{seconds} seconds ahead of")
            }
            seconds if seconds < -limits::CLOCK_SKEW_SECONDS => {
                format!("{} seconds behind", -seconds)
            }
            _ => return Ok(()),
        };
        Err(OpsError::Refused(format!(
            "this machine's clock is {difference} the table's; set it first, because keys are \
             used and retired by it"
        )))
    }
}

impl Operator {
    /// Refuses to go on if this machine's clock is not the table's, within a minute.
    ///
    /// # Errors
    /// [`OpsError`] also if the table does not answer.
    pub async fn check_clock(&self, table_clock: &TableClock) -> Result<(), OpsError> {
        self.keyring().await?;
        table_clock.refuse_another(self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s43_a_clock_that_is_not_the_tables_is_refused() {
        let served = Timestamp::from_unix(1_800_000_000);
        let table_clock = TableClock(Arc::new(AtomicI64::new(served.unix())));
        for right in [-60, -1, 0, 60] {
            assert!(table_clock.refuse_another(served.plus(right)).is_ok(), "{right}");
        }
        for (wrong, words) in [(61, "61 seconds ahead of"), (-2_700, "2700 seconds behind")] {
            let refused = table_clock.refuse_another(served.plus(wrong)).unwrap_err().to_string();
            assert!(refused.contains(words), "{refused}");
        }
        assert!(TableClock::default().refuse_another(served).is_err());
    }
}
