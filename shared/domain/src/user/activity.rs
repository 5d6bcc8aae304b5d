//! The activity log of a user: destinations masked, and never a code.

mod kind;

pub use kind::{Counted, EntryKind, Subject};

use crate::{
    Malformed, Masked, Method, SignInKey, Timestamp, UserId, admin::AdminId, change::Change,
    values::id::text_outside,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub at: Timestamp,
    pub kind: EntryKind,
    pub method: Option<Method>,
    pub to: Option<Masked>,
    pub sign_in: Option<SignInKey>,
    /// The person who did it, if it was not the user.
    pub by: Option<By>,
    /// Why, in the words of whoever did it; or what it was done to.
    pub why: Option<String>,
    /// The fields that were changed, if it was a change of a portal, of the settings or of a role.
    pub changes: Vec<Change>,
}

/// A person other than the user who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// An admin of a portal's own, whom its back end vouched for.
    Portal(UserId),
    Admin(AdminId),
    /// Whoever has the set-up secret of the deployment.
    SetUp,
}

impl By {
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        match text.split_once(':') {
            Some(("portal", id)) => UserId::parse(id).map(Self::Portal),
            Some(("admin", id)) => AdminId::parse(id).map(Self::Admin),
            Some(_) => Err(Malformed::new("actor", "must begin with portal: or admin:")),
            None if text == "set-up" => Ok(Self::SetUp),
            None => Err(Malformed::new("actor", "must begin with portal: or admin:")),
        }
    }
}

impl std::fmt::Display for By {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Portal(id) => write!(f, "portal:{id}"),
            Self::Admin(id) => write!(f, "admin:{id}"),
            Self::SetUp => f.write_str("set-up"),
        }
    }
}

text_outside!(By, |by| by.to_string());

impl Entry {
    #[must_use]
    pub fn by_method(self, method: Method) -> Self {
        Self { method: Some(method), ..self }
    }

    #[must_use]
    pub fn to(self, to: Option<Masked>) -> Self {
        Self { to, ..self }
    }

    #[must_use]
    pub fn within(self, sign_in: SignInKey) -> Self {
        Self { sign_in: Some(sign_in), ..self }
    }

    #[must_use]
    pub fn done_by(self, by: By) -> Self {
        Self { by: Some(by), ..self }
    }

    /// For this reason, or with this about it.
    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Self {
        Self { why: Some(why.into()), ..self }
    }

    #[must_use]
    pub fn changing(self, changes: Vec<Change>) -> Self {
        Self { changes, ..self }
    }
}
