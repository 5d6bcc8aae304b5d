//! The role of an admin on the wire.

use portcullis_domain::{Malformed, OrganisationId, PortalId, admin::Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The role of an admin, which says what the admin may do and where.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "role", rename_all = "snake_case", deny_unknown_fields)]
pub enum RoleDocument {
    /// Everything, everywhere.
    Operator {},
    /// Policies and users of the portals assigned.
    Technician {
        /// The portals.
        #[schema(min_items = 1, max_items = 50)]
        portals: Vec<String>,
    },
    /// One portal.
    PortalAdmin {
        /// The portal.
        portal: String,
    },
    /// The users of one organisation: to find and to reset them.
    OrgAdmin {
        /// The portal.
        portal: String,
        /// The organisation.
        organization: String,
    },
    /// Everything everywhere, to read.
    Auditor {},
}

impl From<Role> for RoleDocument {
    fn from(role: Role) -> Self {
        match role {
            Role::Operator => Self::Operator {},
            Role::Technician { portals } => {
                Self::Technician { portals: portals.iter().map(ToString::to_string).collect() }
            }
            Role::PortalAdmin { portal } => Self::PortalAdmin { portal: portal.to_string() },
            Role::OrgAdmin { portal, organisation } => Self::OrgAdmin {
                portal: portal.to_string(),
                organization: organisation.to_string(),
            },
            Role::Auditor => Self::Auditor {},
        }
    }
}

impl RoleDocument {
    /// The role.
    ///
    /// # Errors
    /// [`Malformed`] naming the first id that is none, or what cannot be assigned.
    pub fn into_role(self) -> Result<Role, Malformed> {
        let role = match self {
            Self::Operator {} => Role::Operator,
            Self::Technician { portals } => {
                let portals: Result<Vec<_>, _> =
                    portals.iter().map(|id| PortalId::parse(id)).collect();
                Role::Technician { portals: portals? }
            }
            Self::PortalAdmin { portal } => Role::PortalAdmin { portal: PortalId::parse(&portal)? },
            Self::OrgAdmin { portal, organization } => Role::OrgAdmin {
                portal: PortalId::parse(&portal)?,
                organisation: OrganisationId::parse(&organization)?,
            },
            Self::Auditor {} => Role::Auditor,
        };
        role.check()?;
        Ok(role)
    }
}
