//! The time that users have to set something up: that of a policy, and a user's use of it.

use portcullis_domain::{
    Day, Malformed, Timestamp,
    policy::{Grace, GraceDays, GraceSignIns},
    user::GraceState,
};
use serde::{Deserialize, Serialize};

use super::value::Moment;

/// The grace of a policy.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) enum StoredGrace {
    /// The number of the last UTC day.
    #[serde(rename = "u")]
    Until(i64),
    #[serde(rename = "n")]
    SignIns(u8),
    #[serde(rename = "d")]
    Days(u8),
}

impl From<Grace> for StoredGrace {
    fn from(grace: Grace) -> Self {
        match grace {
            Grace::Until(day) => Self::Until(day.number()),
            Grace::SignIns(sign_ins) => Self::SignIns(sign_ins.number()),
            Grace::Days(days) => Self::Days(days.number()),
        }
    }
}

impl TryFrom<StoredGrace> for Grace {
    type Error = Malformed;

    fn try_from(stored: StoredGrace) -> Result<Self, Malformed> {
        match stored {
            StoredGrace::Until(day) => Day::from_number(day).map(Self::Until),
            StoredGrace::SignIns(sign_ins) => GraceSignIns::parse(sign_ins).map(Self::SignIns),
            StoredGrace::Days(days) => GraceDays::parse(days).map(Self::Days),
        }
    }
}

/// The first sign-in that met a grace, and the sign-ins in which the user skipped; 0 if
/// nothing gives one any more. It is absent if none has begun.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum StoredGraceState {
    Begun(Moment, u8),
    Over(u8),
}

impl StoredGraceState {
    pub(super) fn of(state: GraceState) -> Option<Self> {
        match state {
            GraceState::NotBegun => None,
            GraceState::Begun { since, sign_ins } => Some(Self::Begun(since.into(), sign_ins)),
            GraceState::Over => Some(Self::Over(0)),
        }
    }

    pub(super) fn state(stored: Option<Self>) -> GraceState {
        match stored {
            None => GraceState::NotBegun,
            Some(Self::Begun(since, sign_ins)) => {
                GraceState::Begun { since: Timestamp::from(since), sign_ins }
            }
            Some(Self::Over(_)) => GraceState::Over,
        }
    }
}
