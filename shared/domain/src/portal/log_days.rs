//! The days for which a portal's log keeps entries. The archive keeps each, whatever a portal says.

use crate::{Malformed, Timestamp, limits};

/// The days for which the log keeps an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogDays(u32);

impl LogDays {
    /// The days of a portal that is made now.
    pub const USUAL: Self = Self(limits::LOG_DAYS);
    /// The most days: those of portals that were made when all had as many, of deleted ones, and of
    /// what admins do.
    pub const MOST: Self = Self(limits::LOG_DAYS_AT_MOST);

    /// # Errors
    /// [`Malformed`] for fewer than the numbers of a day are counted from, and for too many.
    pub fn parse(days: u32) -> Result<Self, Malformed> {
        if (limits::LOG_DAYS_AT_LEAST..=limits::LOG_DAYS_AT_MOST).contains(&days) {
            Ok(Self(days))
        } else {
            Err(Malformed::new("days", "must be 30 to 400"))
        }
    }

    pub const fn days(self) -> u32 {
        self.0
    }

    /// Returns the moment from which an entry is no longer kept.
    pub fn end_of(self, at: Timestamp) -> Timestamp {
        at.plus(i64::from(self.0) * limits::DAY_SECONDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::user::RollUp;

    #[test]
    fn a_log_keeps_entries_for_30_to_400_days() {
        for days in [30, 90, 400] {
            assert_eq!(LogDays::parse(days).unwrap().days(), days);
        }
        for wrong in [0, 29, 401, u32::MAX] {
            assert_eq!(LogDays::parse(wrong).unwrap_err().to_string(), "days must be 30 to 400");
        }
        let at = Timestamp::from_unix(1_800_000_000);
        assert_eq!(LogDays::USUAL.end_of(at).since(at), 90 * limits::DAY_SECONDS);
        assert!(LogDays::USUAL < LogDays::MOST);
    }

    #[test]
    fn a_day_is_counted_for_the_last_time_while_the_log_has_all_of_it() {
        assert!(RollUp::OPEN_DAYS + 7 < i64::from(limits::LOG_DAYS_AT_LEAST));
    }
}
