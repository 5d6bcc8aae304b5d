//! The policy of a portal as admins replace and switch it, each within the rights of the role.

use super::Role;
use crate::{Policy, Portal, Refusal, policy::SwitchedBy};

impl Portal {
    /// The portal under the policy an admin put in place of the old one.
    ///
    /// # Errors
    /// [`Refusal::PolicyLocked`] where nobody switches it, unless an operator says so;
    /// [`Refusal::NotPermitted`] where the role may not switch it and more than the issuer changes;
    /// [`Refusal::Policy`] when it cannot be saved.
    pub fn with_policy_by(
        self,
        policy: Policy,
        role: &Role,
        confirm_unlock: bool,
    ) -> Result<Self, Refusal> {
        let by = self.policy.switched_by;
        let unlocks = *role == Role::Operator && confirm_unlock;
        if self.id.is_console() || (by == SwitchedBy::Nobody && !unlocks) {
            return Err(Refusal::PolicyLocked);
        }
        let presents_only = self.policy.with_issuer_of(&policy) == policy;
        let hands_over = policy.switched_by != by && !role.is_provider();
        let locks = policy.switched_by == SwitchedBy::Nobody && *role != Role::Operator;
        if !presents_only && (!role.may_switch_from(by) || hands_over || locks) {
            return Err(Refusal::NotPermitted);
        }
        Ok(self.with_policy(policy)?)
    }

    /// The portal with its policy switched on or off.
    ///
    /// # Errors
    /// [`Refusal::PolicyLocked`] where nobody switches it, [`Refusal::NotPermitted`] where this
    /// role does not.
    pub fn switched(self, enabled: bool, role: &Role) -> Result<Self, Refusal> {
        let by = self.policy.switched_by;
        if by == SwitchedBy::Nobody {
            return Err(Refusal::PolicyLocked);
        }
        if !role.may_switch(by) {
            return Err(Refusal::NotPermitted);
        }
        let policy = Policy { enabled, ..self.policy.clone() };
        Ok(self.with_policy(policy)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Acted, PortalId, UnknownMembers,
        policy::{Issuer, MethodPolicy, Preset, WhenOff},
        portal::{LogDays, PortalSalt, Profile, Sending},
    };

    fn portal(preset: Preset) -> Portal {
        let enrolment_url = Some("https://portal.example/enrol".to_owned());
        Portal {
            id: PortalId::parse("acme").unwrap(),
            profile: Profile { enrolment_url, ..Profile::plain("Acme") },
            policy: preset.policy(),
            generation: 1,
            salt: PortalSalt::new([0; 16]),
            trust_not_before: None,
            share: None,
            log_days: LogDays::MOST,
            sending: Sending::default(),
            keys: vec![],
            acted: Acted::default(),
            unknown: UnknownMembers::default(),
        }
    }

    fn portal_admin() -> Role {
        Role::PortalAdmin { portal: PortalId::parse("acme").unwrap() }
    }

    fn technician() -> Role {
        Role::Technician { portals: vec![PortalId::parse("acme").unwrap()] }
    }

    #[test]
    fn i7_a_portal_admin_sets_the_issuer_also_where_only_the_provider_switches() {
        let before = portal(Preset::Managed);
        let mut policy = before.policy.clone();
        for method in &mut policy.methods {
            if let MethodPolicy::AuthenticatorApp { issuer, .. } = method {
                *issuer = Issuer::parse("Acme app").ok();
            }
        }
        assert!(before.clone().with_policy_by(policy.clone(), &portal_admin(), false).is_ok());
        for weaker in [
            Policy { enabled: false, ..policy.clone() },
            Policy { when_off: WhenOff::ChallengeNobody, ..policy.clone() },
            Policy { switched_by: SwitchedBy::PortalAdmin, ..policy.clone() },
        ] {
            let refused = before.clone().with_policy_by(weaker, &portal_admin(), true);
            assert_eq!(refused.map(|_| ()), Err(Refusal::NotPermitted));
        }
    }

    #[test]
    fn who_switches_is_handed_on_by_the_provider_and_taken_from_all_by_an_operator_alone() {
        let open = portal(Preset::AuthenticatorApp);
        let to = |switched_by| Policy { switched_by, ..open.policy.clone() };
        for (role, switched_by, may) in [
            (portal_admin(), SwitchedBy::PortalAdmin, true),
            (portal_admin(), SwitchedBy::Provider, false),
            (portal_admin(), SwitchedBy::Nobody, false),
            (technician(), SwitchedBy::Provider, true),
            (technician(), SwitchedBy::Nobody, false),
            (Role::Operator, SwitchedBy::Nobody, true),
        ] {
            let policy = Policy { when_off: WhenOff::ChallengeEnrolled, ..to(switched_by) };
            let replaced = open.clone().with_policy_by(policy.clone(), &role, false);
            let expected = if may { Ok(policy) } else { Err(Refusal::NotPermitted) };
            assert_eq!(replaced.map(|portal| portal.policy), expected, "{role:?} {switched_by:?}");
        }
    }

    #[test]
    fn m2_the_portals_own_admin_cannot_switch_what_the_provider_switches() {
        let managed = || portal(Preset::Managed);
        let refused = managed().switched(false, &portal_admin());
        assert_eq!(refused.map(|_| ()), Err(Refusal::NotPermitted));
        assert!(managed().switched(false, &technician()).is_ok());
        assert!(portal(Preset::SmsEnrolment).switched(false, &portal_admin()).is_ok());
    }

    #[test]
    fn a1_what_nobody_switches_is_replaced_by_an_operator_who_says_so_and_by_nobody_else() {
        let always_on = || portal(Preset::AlwaysOn);
        let other = Preset::AuthenticatorApp.policy();
        for role in [Role::Operator, technician(), portal_admin()] {
            let switched = always_on().switched(false, &role).map(|_| ());
            assert_eq!(switched, Err(Refusal::PolicyLocked));
            let unsaid = always_on().with_policy_by(other.clone(), &role, false).map(|_| ());
            assert_eq!(unsaid, Err(Refusal::PolicyLocked));
        }
        assert!(always_on().with_policy_by(other.clone(), &Role::Operator, true).is_ok());
        let locked = always_on().with_policy_by(other, &technician(), true).map(|_| ());
        assert_eq!(locked, Err(Refusal::PolicyLocked));
    }

    #[test]
    fn o9_switching_on_again_begins_a_generation_by_either_route() {
        let off = portal(Preset::SmsEnrolment).switched(false, &Role::Operator).unwrap();
        assert_eq!(off.generation, 1);
        let policy = Policy { enabled: true, ..off.policy.clone() };
        let replaced = off.clone().with_policy_by(policy, &Role::Operator, false).unwrap();
        let switched = off.switched(true, &Role::Operator).unwrap();
        assert_eq!((replaced.generation, switched.generation), (2, 2));
    }
}
