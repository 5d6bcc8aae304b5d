//! The time that users have to set something up, once a policy requires it.

use std::fmt;

use crate::{Day, values::bounded::bounded};

/// The grace of a policy: until it is over, users who have never set anything up may skip that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grace {
    /// For everybody through this day, in Coordinated Universal Time: the day itself is included.
    Until(Day),
    /// For so many sign-ins of each user.
    SignIns(GraceSignIns),
    /// For so many days after the day of a user's first sign-in under it; the last one is included.
    Days(GraceDays),
}

bounded! {
    /// The number of sign-ins in which a user may skip: 1 to 20.
    GraceSignIns(u8) from 1 to 20: "sign_ins", "must be 1 to 20";
    /// The number of days in which a user may skip: 1 to 90.
    GraceDays(u8) from 1 to 90: "days", "must be 1 to 90";
}

impl fmt::Display for Grace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Until(day) => write!(f, "until {day}"),
            Self::SignIns(sign_ins) => write!(f, "{} sign-ins", sign_ins.number()),
            Self::Days(days) => write!(f, "{} days", days.number()),
        }
    }
}
