use crate::{ListedState, Malformed, OrganisationId, UserId};

/// The users that an admin selects, to do something for many of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Those whom the list of users shows under the same filter.
    Filtered { state: Option<ListedState>, organisation: Option<OrganisationId> },
    /// These, by their exact ids.
    Named(Vec<UserId>),
}

impl Selection {
    /// The most users that can be named.
    pub const NAMED: usize = 100;
    /// The most users of one step.
    pub const STEP: usize = 100;

    pub fn named(users: Vec<UserId>) -> Result<Self, Malformed> {
        if (1..=Self::NAMED).contains(&users.len()) {
            Ok(Self::Named(users))
        } else {
            Err(Malformed::new("users", "must be 1 to 100 user ids"))
        }
    }

    /// Returns true if a user of this id, organisation and state is one of them.
    pub fn has(
        &self,
        id: &UserId,
        organisation: Option<&OrganisationId>,
        state: ListedState,
    ) -> bool {
        match self {
            Self::Filtered { state: wanted, organisation: own } => {
                wanted.is_none_or(|wanted| wanted == state)
                    && own.as_ref().is_none_or(|own| organisation == Some(own))
            }
            Self::Named(users) => users.contains(id),
        }
    }
}
