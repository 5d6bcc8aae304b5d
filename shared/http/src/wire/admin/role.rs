use portcullis_domain::{Malformed, OrganisationId, PortalId, admin::Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The role of an admin, which says what the admin may do and where.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "role", rename_all = "snake_case", deny_unknown_fields)]
pub enum RoleDocument {
    /// Does everything, everywhere.
    Operator {},
    /// Manages policies and users of some portals.
    Technician {
        /// The portals.
        #[schema(min_items = 1, max_items = 50)]
        portals: Vec<String>,
    },
    /// Manages one portal.
    PortalAdmin {
        /// The portal.
        portal: String,
    },
    /// Finds and resets the users of one organisation.
    OrgAdmin {
        /// The portal.
        portal: String,
        /// The organisation.
        organization: String,
    },
    /// Reads everything, everywhere.
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
    /// Parses the ids, and checks that the role can be assigned.
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
