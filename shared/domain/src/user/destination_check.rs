//! A code outside of any sign-in, which shows that somebody has a destination.

use super::User;
use crate::{Destination, KeyVersion, Purpose, SignInKey, Timestamp, limits};

/// The code that was sent last, and the tries of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DestinationCheck {
    /// The moment of the code and its random part, in the place of a sign-in's.
    pub key: SignInKey,
    pub version: KeyVersion,
    pub purpose: Purpose,
    pub to: Destination,
    pub expires_at: Timestamp,
    /// The moment of the first code; a day later the counts begin anew.
    pub since: Timestamp,
    /// Codes sent since.
    pub sends: u8,
    /// Wrong codes since.
    pub wrong: u8,
}

impl DestinationCheck {
    /// Returns the moment from which the counts begin anew.
    pub const fn until(&self) -> Timestamp {
        self.since.plus(limits::DAY_SECONDS)
    }

    pub const fn guesses_left(&self) -> u8 {
        limits::WRONG_PER_CHECK_DAY.saturating_sub(self.wrong)
    }
}

impl User {
    /// Returns the check whose counts still hold.
    pub fn destination_check(&self, now: Timestamp) -> Option<&DestinationCheck> {
        self.destination_check.as_ref().filter(|check| now < check.until())
    }

    /// Ends the code of a check, whose counts go on: nobody buys guesses with it.
    pub fn end_destination_check(&mut self, now: Timestamp) {
        if let Some(check) = &mut self.destination_check {
            check.expires_at = check.expires_at.min(now);
        }
    }
}
