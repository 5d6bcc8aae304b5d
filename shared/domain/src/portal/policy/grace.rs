//! The time that users have to set something up, once a policy requires it.

use std::fmt;

use crate::{Day, Malformed};

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

/// Declares a number of at least one.
macro_rules! counted {
    ($($(#[$doc:meta])* $type:ident up to $most:literal: $what:literal, $why:literal;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $type(u8);

        impl $type {
            pub const MOST: u8 = $most;

            pub const fn parse(number: u8) -> Result<Self, Malformed> {
                if 1 <= number && number <= Self::MOST {
                    Ok(Self(number))
                } else {
                    Err(Malformed::new($what, $why))
                }
            }

            pub const fn number(self) -> u8 {
                self.0
            }
        })*
    };
}

counted! {
    /// The number of sign-ins in which a user may skip: 1 to 20.
    GraceSignIns up to 20: "sign_ins", "must be 1 to 20";
    /// The number of days in which a user may skip: 1 to 90.
    GraceDays up to 90: "days", "must be 1 to 90";
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
