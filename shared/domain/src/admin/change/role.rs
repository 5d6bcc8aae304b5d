use super::{Change, comparison::Comparison};
use crate::{OrganisationId, PortalId, admin::Role};

pub fn of_role(before: Option<&Role>, after: &Role) -> Vec<Change> {
    let mut comparison = Comparison::default();
    comparison.word("role", before.map(Role::as_str), Some(after.as_str()));
    let old = before.map(Place::of);
    let Place { portals, organisation } = Place::of(after);
    let portals_before = old.as_ref().map(|old| old.portals.clone());
    comparison.list("portals", portals_before, Some(portals), "all");
    comparison.text("organization", old.and_then(|old| old.organisation), organisation);
    comparison.changes()
}

/// The portals a role holds in: these, or all if there are none.
struct Place<'a> {
    portals: Vec<String>,
    organisation: Option<&'a str>,
}

impl<'a> Place<'a> {
    fn of(role: &'a Role) -> Self {
        let ids = |portals: &[PortalId]| portals.iter().map(ToString::to_string).collect();
        let one = |portal: &PortalId| vec![portal.to_string()];
        match role {
            Role::Operator | Role::Auditor => Self { portals: vec![], organisation: None },
            Role::Technician { portals } => Self { portals: ids(portals), organisation: None },
            Role::PortalAdmin { portal } => Self { portals: one(portal), organisation: None },
            Role::OrgAdmin { portal, organisation } => Self {
                portals: one(portal),
                organisation: Some(OrganisationId::as_str(organisation)),
            },
        }
    }
}
