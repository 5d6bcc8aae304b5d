//! Roles: one table says what each may do, and each says where.

use super::{Reach, Right};
use crate::{Malformed, OrganisationId, PortalId, Refusal, policy::SwitchedBy};

/// The role of an admin: the rights, and the portals they hold in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Everything, everywhere.
    Operator,
    /// Policies and users of the portals assigned.
    Technician {
        /// The portals assigned, at most [`Role::PORTALS`].
        portals: Vec<PortalId>,
    },
    /// One portal: all of it but its making.
    PortalAdmin { portal: PortalId },
    /// The users of one organisation: to find and to reset them.
    OrgAdmin { portal: PortalId, organisation: OrganisationId },
    /// Everything everywhere, to read.
    Auditor,
}

impl Role {
    /// The most portals a technician can be assigned to.
    pub const PORTALS: usize = 50;

    /// Refuses what cannot be assigned.
    ///
    /// # Errors
    /// [`Malformed`] for no portal, too many, or the console, which only operators run.
    pub fn check(&self) -> Result<(), Malformed> {
        let portals = self.portals();
        if portals.iter().any(|portal| portal.is_console()) {
            return Err(Malformed::new("portal", "must not be the console, which operators run"));
        }
        match self {
            Self::Technician { portals } if portals.is_empty() || portals.len() > Self::PORTALS => {
                Err(Malformed::new("portals", "must be 1 to 50 portal ids"))
            }
            Self::Operator
            | Self::Technician { .. }
            | Self::PortalAdmin { .. }
            | Self::OrgAdmin { .. }
            | Self::Auditor => Ok(()),
        }
    }

    /// The portals named in it; none where it holds for all.
    pub fn portals(&self) -> Vec<&PortalId> {
        match self {
            Self::Operator | Self::Auditor => vec![],
            Self::Technician { portals } => portals.iter().collect(),
            Self::PortalAdmin { portal } | Self::OrgAdmin { portal, .. } => vec![portal],
        }
    }

    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Technician { .. } => "technician",
            Self::PortalAdmin { .. } => "portal_admin",
            Self::OrgAdmin { .. } => "org_admin",
            Self::Auditor => "auditor",
        }
    }

    /// The table of rights. Returns true if the role has this one in any portal.
    pub fn has(&self, right: Right) -> bool {
        use Right::{
            ChangeAdmins, ChangePolicies, ChangePortals, ChangeSettings, ChangeUsers, MakePortals,
            ReadActivity, ReadAdmins, ReadPortals, ReadSettings, ReadUsers, ResetUsers,
        };
        match self {
            Self::Operator => true,
            Self::Auditor => right.is_reading(),
            Self::Technician { .. } => match right {
                ReadPortals | ChangePolicies | ReadUsers | ResetUsers | ChangeUsers
                | ReadActivity => true,
                ChangePortals | MakePortals | ReadSettings | ChangeSettings | ReadAdmins
                | ChangeAdmins => false,
            },
            Self::PortalAdmin { .. } => match right {
                ReadPortals | ChangePortals | ChangePolicies | ReadUsers | ResetUsers
                | ChangeUsers | ReadActivity => true,
                MakePortals | ReadSettings | ChangeSettings | ReadAdmins | ChangeAdmins => false,
            },
            Self::OrgAdmin { .. } => match right {
                ReadUsers | ResetUsers => true,
                ReadPortals | ChangePortals | MakePortals | ChangePolicies | ChangeUsers
                | ReadActivity | ReadSettings | ChangeSettings | ReadAdmins | ChangeAdmins => false,
            },
        }
    }

    /// Returns the reach of a right in a portal. A foreign portal is as unknown as one that never
    /// existed.
    ///
    /// # Errors
    /// [`Refusal::UnknownPortal`] outside the role's portals, [`Refusal::NotPermitted`] without the
    /// right.
    pub fn reach(&self, right: Right, portal: &PortalId) -> Result<Reach, Refusal> {
        let (covered, reach) = match self {
            Self::Operator | Self::Auditor => (true, Reach::Portal),
            Self::Technician { portals } => (portals.contains(portal), Reach::Portal),
            Self::PortalAdmin { portal: own } => (own == portal, Reach::Portal),
            Self::OrgAdmin { portal: own, organisation } => {
                (own == portal, Reach::Organisation(organisation.clone()))
            }
        };
        if !covered {
            return Err(Refusal::UnknownPortal);
        }
        // Admins are reset and removed as admins, which ends their sessions too; never as users.
        let may = self.has(right) && (right.is_reading() || !portal.is_console());
        if may { Ok(reach) } else { Err(Refusal::NotPermitted) }
    }

    pub const fn may_switch(&self, switched_by: SwitchedBy) -> bool {
        match (switched_by, self) {
            (SwitchedBy::Nobody, _) | (_, Self::OrgAdmin { .. } | Self::Auditor) => false,
            (SwitchedBy::Provider | SwitchedBy::PortalAdmin, _) if self.is_provider() => true,
            (SwitchedBy::Provider, _) => false,
            (SwitchedBy::PortalAdmin, _) => true,
        }
    }

    /// Returns true if the role may replace a policy that is switched like this; what nobody
    /// switches, only an operator replaces, and says so.
    pub fn may_switch_from(&self, switched_by: SwitchedBy) -> bool {
        match switched_by {
            SwitchedBy::Nobody => *self == Self::Operator,
            SwitchedBy::Provider | SwitchedBy::PortalAdmin => self.may_switch(switched_by),
        }
    }

    pub const fn is_provider(&self) -> bool {
        match self {
            Self::Operator | Self::Technician { .. } => true,
            Self::PortalAdmin { .. } | Self::OrgAdmin { .. } | Self::Auditor => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn portal(id: &str) -> PortalId {
        PortalId::parse(id).unwrap()
    }

    fn all() -> [Role; 5] {
        [
            Role::Operator,
            Role::Technician { portals: vec![portal("own")] },
            Role::PortalAdmin { portal: portal("own") },
            Role::OrgAdmin {
                portal: portal("own"),
                organisation: OrganisationId::parse("acme").unwrap(),
            },
            Role::Auditor,
        ]
    }

    #[test]
    fn s12_a_foreign_portal_is_unknown_to_whoever_has_portals_of_their_own() {
        for role in all() {
            for right in Right::ALL {
                let foreign = role.reach(right, &portal("foreign"));
                let everywhere = match role {
                    Role::Operator | Role::Auditor => true,
                    Role::Technician { .. } | Role::PortalAdmin { .. } | Role::OrgAdmin { .. } => {
                        false
                    }
                };
                if !everywhere {
                    assert_eq!(foreign, Err(Refusal::UnknownPortal), "{role:?} {right:?}");
                }
            }
        }
    }

    #[test]
    fn every_role_has_the_rights_of_the_table() {
        use Right::{
            ChangeAdmins, ChangePolicies, ChangePortals, ChangeSettings, ChangeUsers, MakePortals,
            ReadActivity, ReadAdmins, ReadPortals, ReadSettings, ReadUsers, ResetUsers,
        };
        for (right, may) in [
            (ReadPortals, [true, true, true, false, true]),
            (ChangePortals, [true, false, true, false, false]),
            (MakePortals, [true, false, false, false, false]),
            (ChangePolicies, [true, true, true, false, false]),
            (ReadUsers, [true, true, true, true, true]),
            (ResetUsers, [true, true, true, true, false]),
            (ChangeUsers, [true, true, true, false, false]),
            (ReadActivity, [true, true, true, false, true]),
            (ReadSettings, [true, false, false, false, true]),
            (ChangeSettings, [true, false, false, false, false]),
            (ReadAdmins, [true, false, false, false, true]),
            (ChangeAdmins, [true, false, false, false, false]),
        ] {
            assert_eq!(all().map(|role| role.has(right)), may, "{right:?}");
            let reaches = all().map(|role| role.reach(right, &portal("own")).is_ok());
            assert_eq!(reaches, may, "{right:?}");
            let console = all().map(|role| role.reach(right, &PortalId::console()).is_ok());
            let read = [right.is_reading(), false, false, false, right.is_reading()];
            assert_eq!(console, read, "{right:?}");
        }
    }

    #[test]
    fn a_role_is_of_portals_that_are_some_and_not_too_many_and_never_the_console() {
        let technician = |count| Role::Technician {
            portals: (0..count).map(|n| portal(&format!("portal-{n}"))).collect(),
        };
        for (count, good) in [(0, false), (1, true), (2, true), (50, true), (51, false)] {
            assert_eq!(technician(count).check().is_ok(), good, "{count}");
            assert_eq!(technician(count).portals().len(), count);
        }
        let console = Role::PortalAdmin { portal: PortalId::console() };
        assert!(console.check().is_err());
        assert_eq!(all().map(|role| role.check()), [Ok(()); 5]);
        assert_eq!(all().map(|role| role.portals().len()), [0, 1, 1, 1, 0]);
        let words = ["operator", "technician", "portal_admin", "org_admin", "auditor"];
        assert_eq!(all().each_ref().map(Role::as_str), words);
    }

    #[test]
    fn nobody_changes_the_console_as_a_portal_and_an_auditor_changes_nothing() {
        for right in Right::ALL.into_iter().filter(|right| !right.is_reading()) {
            for role in all() {
                assert!(role.reach(right, &PortalId::console()).is_err(), "{role:?} {right:?}");
            }
            assert!(!Role::Auditor.has(right));
        }
    }

    #[test]
    fn m2_a_policy_of_the_provider_is_switched_by_the_provider_alone() {
        let may = |by| all().map(|role| role.may_switch(by));
        assert_eq!(may(SwitchedBy::Nobody), [false; 5]);
        assert_eq!(may(SwitchedBy::Provider), [true, true, false, false, false]);
        assert_eq!(may(SwitchedBy::PortalAdmin), [true, true, true, false, false]);
    }
}
