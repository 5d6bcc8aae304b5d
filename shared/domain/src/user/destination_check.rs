//! A code outside of any sign-in, which shows that somebody has a destination.

use super::User;
use crate::{Destination, KeyVersion, Purpose, SignInKey, Timestamp, limits};

/// The code that was sent last, with the codes and wrong guesses of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DestinationCheck {
    /// The moment of the code and its random part, in the place of a sign-in's.
    pub key: SignInKey,
    pub version: KeyVersion,
    /// The user's epoch at that moment.
    pub epoch: u32,
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
    /// Returns the moment from which the counts begin anew, and the code is no longer needed.
    pub fn until(&self) -> Timestamp {
        self.since.plus(limits::DAY_SECONDS).max(self.expires_at)
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

    /// Returns the check for a purpose whose code is still good.
    pub fn open_check(&self, purpose: Purpose, now: Timestamp) -> Option<&DestinationCheck> {
        let is_open = |check: &&DestinationCheck| {
            check.purpose == purpose && check.epoch == self.epoch && now < check.expires_at
        };
        self.destination_check(now).filter(is_open)
    }
}
