use portcullis_domain::{ListedState, Malformed, OrganisationId, UserId, decision::Selection};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::StateName;

/// The most bytes of user ids and reasons that the progress of steps names: a cursor carries them.
const NAMED_BYTES: usize = 2_000;

/// The users that something is done for: a filter, as the list of users has it, or users by their
/// ids.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectionDocument {
    /// Only users in this state.
    #[serde(default)]
    pub state: Option<StateName>,
    /// Only users of this organisation.
    #[serde(default)]
    pub organization: Option<String>,
    /// These users alone, by their exact ids, at most 100. No filter can stand beside them.
    #[serde(default)]
    pub users: Vec<String>,
}

impl SelectionDocument {
    pub fn parse(&self) -> Result<Selection, Malformed> {
        let organisation = self.organization.as_deref().map(OrganisationId::parse).transpose()?;
        let state = self.state.map(ListedState::from);
        if self.users.is_empty() {
            return Ok(Selection::Filtered { state, organisation });
        }
        if state.is_some() || organisation.is_some() {
            return Err(Malformed { what: "users", why: "must stand alone, without a filter" });
        }
        let users: Result<Vec<_>, _> = self.users.iter().map(|id| UserId::parse(id)).collect();
        Selection::named(users?)
    }
}

impl From<&Selection> for SelectionDocument {
    fn from(selection: &Selection) -> Self {
        match selection {
            Selection::Filtered { state, organisation } => Self {
                state: state.map(StateName::from),
                organization: organisation.as_ref().map(ToString::to_string),
                users: vec![],
            },
            Selection::Named(users) => {
                Self { users: users.iter().map(ToString::to_string).collect(), ..Self::default() }
            }
        }
    }
}

/// A user with whom a step failed.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct BulkFailure {
    /// The portal's id of the user.
    pub user: String,
    /// The reason.
    pub reason: String,
}

impl BulkFailure {
    /// Adds it to those that are named, if there is room.
    pub fn name_in(self, named: &mut Vec<Self>) {
        let bytes = |failure: &Self| failure.user.len() + failure.reason.len();
        if named.iter().map(bytes).sum::<usize>() + bytes(&self) <= NAMED_BYTES {
            named.push(self);
        }
    }
}

/// Adds a user to those that are named, if there is room.
pub fn name_user(id: &UserId, named: &mut Vec<String>) {
    if named.iter().map(String::len).sum::<usize>() + id.as_str().len() <= NAMED_BYTES {
        named.push(id.to_string());
    }
}
