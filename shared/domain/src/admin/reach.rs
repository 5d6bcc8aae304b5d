use crate::OrganisationId;

/// The reach of an admin's rights inside a portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    Portal,
    Organisation(OrganisationId),
}

impl Reach {
    /// Returns true if users of this organisation are within it.
    pub fn covers(&self, organisation: Option<&OrganisationId>) -> bool {
        match self {
            Self::Portal => true,
            Self::Organisation(own) => organisation == Some(own),
        }
    }

    /// Returns true if everyone within the other reach is within this one.
    pub fn includes(&self, other: &Self) -> bool {
        match other {
            Self::Portal => *self == Self::Portal,
            Self::Organisation(own) => self.covers(Some(own)),
        }
    }
}
