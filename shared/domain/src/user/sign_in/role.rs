//! The part that a method plays in a sign-in.

use crate::values::named::named;
use crate::{Method, Strength};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The user has bound it, and the policy has it.
    Bound,
    /// The user has bound it or made it the default, and the policy no longer has it.
    Old,
    /// The contact record has a destination for it.
    Directory,
    /// It stands in for the app.
    Fallback,
    Enrol,
    /// Its code comes before the first enrolment.
    First,
    /// It stands in for everything that the user has bound.
    Recovery,
}

impl Role {
    /// Returns the strength of a code by this method in this role.
    pub const fn strength(self, method: Method) -> Strength {
        match self {
            Self::Fallback | Self::First => Strength::Fallback,
            Self::Bound | Self::Old | Self::Directory | Self::Enrol | Self::Recovery => {
                method.strength()
            }
        }
    }

    pub const fn is_bound(self) -> bool {
        match self {
            Self::Bound | Self::Old => true,
            Self::Directory | Self::Fallback | Self::Enrol | Self::First | Self::Recovery => false,
        }
    }
}

named! {
    Role {
        Bound: "bound", Old: "old", Directory: "directory", Fallback: "fallback", Enrol: "enrol",
        First: "first", Recovery: "recovery",
    }
}
