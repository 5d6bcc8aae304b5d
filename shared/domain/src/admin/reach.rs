//! The users of a portal that an admin may act on.

use crate::OrganisationId;

/// How far an admin's rights go inside a portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The whole portal.
    Portal,
    /// The users of one organisation.
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
}
