use portcullis_domain::admin::{Admin, Role, Stage};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{RoleDocument, as_document};

/// Creates an admin.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAdmin {
    /// The name to sign in with; never used again for somebody else.
    #[schema(example = "jo")]
    pub name: String,
    /// The role, which says what the admin may do and where.
    pub role: RoleDocument,
}

/// Changes the role of an admin.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeAdmin {
    /// The new role.
    pub role: RoleDocument,
}

/// A new admin, with the first password.
#[derive(Serialize, ToSchema)]
pub struct AdminMade {
    /// The name.
    #[schema(example = "jo")]
    pub name: String,
    /// The role, which says what the admin may do and where.
    #[serde(serialize_with = "as_document::<RoleDocument, _, _>")]
    #[schema(value_type = RoleDocument)]
    pub role: Role,
    /// The first password, shown only once. It opens one session within 7 days, in which it must be
    /// changed.
    #[schema(example = "KJ4M-22QX-90AB-7YTR")]
    pub password: String,
}

/// An admin.
#[derive(Serialize, ToSchema)]
pub struct AdminView {
    /// The name.
    #[schema(example = "jo")]
    pub name: String,
    /// The role, which says what the admin may do and where.
    #[serde(serialize_with = "as_document::<RoleDocument, _, _>")]
    #[schema(value_type = RoleDocument)]
    pub role: Role,
    /// True if the admin has not chosen a password yet.
    pub password_must_change: bool,
    /// The number of open sessions.
    pub sessions: usize,
    /// Unix time at which the admin was created.
    pub created_at: i64,
    /// Unix time at which the admin was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed_at: Option<i64>,
    /// Unix time of the last sign-in, with its second step; none if there was none.
    pub last_sign_in: Option<i64>,
    /// Unix time at which one of the sessions was last used, for the console's pages.
    #[serde(skip)]
    pub seen_at: Option<i64>,
}

impl From<&Admin> for AdminView {
    fn from(admin: &Admin) -> Self {
        let active = |stage: &Stage| *stage == Stage::Active;
        let in_use = admin.sessions.iter().filter(|session| active(&session.stage));
        Self {
            name: admin.id.to_string(),
            role: admin.role.clone(),
            password_must_change: admin.must_choose_password(),
            sessions: admin.sessions.iter().filter(|session| active(&session.stage)).count(),
            created_at: admin.created_at.unix(),
            removed_at: admin.removed_at.map(|at| at.unix()),
            last_sign_in: admin.last_sign_in().map(|at| at.unix()),
            seen_at: in_use.map(|session| session.seen_at.unix()).max(),
        }
    }
}
