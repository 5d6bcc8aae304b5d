//! Policies that make no sense, refused when they are saved.

use super::{
    AfterReset, EmailFallback, Enforcement, MethodPolicy, Policy, Promotion, RecoveryCodesPolicy,
    SelfService, SwitchedBy,
};
use crate::{
    Method, PolicyRefusal,
    portal::{Audience, Profile},
};

impl Policy {
    /// Refuses what the types cannot exclude, each with its reason.
    ///
    /// # Errors
    /// The first [`PolicyRefusal`] that applies to this policy on a portal with this profile.
    pub fn check(&self, profile: &Profile) -> Result<(), PolicyRefusal> {
        if self.methods.is_empty() {
            return Err(PolicyRefusal::NoMethod);
        }
        for method in Method::ALL {
            if self.methods.iter().filter(|m| m.method() == method).count() > 1 {
                return Err(PolicyRefusal::MethodTwice(method));
            }
        }
        if self.email_fallback() != EmailFallback::Forbidden
            && profile.audience != Audience::Clients
        {
            return Err(PolicyRefusal::FallbackForStaff);
        }
        let users_enrol = self.methods.iter().any(MethodPolicy::is_enrolled_by_users);
        if self.enforcement == Enforcement::OptOut && !users_enrol {
            return Err(PolicyRefusal::OptOutOfNothing);
        }
        if self.enforcement.grace().is_some() && !users_enrol {
            return Err(PolicyRefusal::GraceOfNothing);
        }
        if self.recovery_codes != RecoveryCodesPolicy::Off && !users_enrol {
            return Err(PolicyRefusal::RecoveryOfNothing);
        }
        if self.recovery_codes != RecoveryCodesPolicy::Off && self.self_service == SelfService::Off
        {
            return Err(PolicyRefusal::RecoveryWithoutSelfService);
        }
        let promotes = self.passkeys().is_some_and(|passkeys| passkeys.promotion == Promotion::On);
        if promotes && self.self_service == SelfService::Off {
            return Err(PolicyRefusal::PromotionWithoutSelfService);
        }
        if self.after_reset == AfterReset::EmailedLink && profile.enrolment_url.is_none() {
            return Err(PolicyRefusal::LinkWithoutPage);
        }
        let always_on = self.enabled && self.enforcement == Enforcement::REQUIRED;
        if self.switched_by == SwitchedBy::Nobody && !always_on {
            return Err(PolicyRefusal::NobodyButNotAlwaysOn);
        }
        if self.switched_by == SwitchedBy::Nobody && self.remember_browser.is_some() {
            return Err(PolicyRefusal::RememberButEveryTime);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{EarnedBy, Preset, RememberBrowser, TrustDays};

    fn profile(audience: Audience) -> Profile {
        Profile {
            audience,
            enrolment_url: Some("https://portal.example/enrol".into()),
            ..Profile::plain("Portal")
        }
    }

    #[test]
    fn every_preset_can_be_saved() {
        for preset in Preset::ALL {
            assert_eq!(
                preset.policy().check(&profile(Audience::Clients)),
                Ok(()),
                "{}",
                preset.as_str()
            );
        }
    }

    #[test]
    fn nonsense_is_refused_with_its_reason() {
        let app = || Preset::AuthenticatorApp.policy();
        let twice = [app().methods, app().methods].concat();
        let cases = [
            (Policy { methods: vec![], ..app() }, PolicyRefusal::NoMethod),
            (
                Policy { methods: twice, ..app() },
                PolicyRefusal::MethodTwice(Method::AuthenticatorApp),
            ),
            (
                Policy {
                    enforcement: Enforcement::OptOut,
                    switched_by: SwitchedBy::PortalAdmin,
                    ..Preset::AlwaysOn.policy()
                },
                PolicyRefusal::OptOutOfNothing,
            ),
            (
                Policy {
                    recovery_codes: RecoveryCodesPolicy::Offered,
                    ..Preset::AlwaysOn.policy()
                },
                PolicyRefusal::RecoveryOfNothing,
            ),
            (
                Policy { recovery_codes: RecoveryCodesPolicy::Required, ..app() },
                PolicyRefusal::RecoveryWithoutSelfService,
            ),
            (
                Policy {
                    self_service: SelfService::Off,
                    recovery_codes: RecoveryCodesPolicy::Off,
                    ..Preset::PasskeyFirst.policy()
                },
                PolicyRefusal::PromotionWithoutSelfService,
            ),
            (
                Policy { switched_by: SwitchedBy::Nobody, enabled: false, ..app() },
                PolicyRefusal::NobodyButNotAlwaysOn,
            ),
            (
                Policy {
                    switched_by: SwitchedBy::Nobody,
                    enforcement: Enforcement::OptOut,
                    ..app()
                },
                PolicyRefusal::NobodyButNotAlwaysOn,
            ),
        ];
        let remember = RememberBrowser { days: TrustDays::MOST, earned_by: EarnedBy::Any };
        let every_time = Policy { remember_browser: Some(remember), ..Preset::AlwaysOn.policy() };
        let cases = [cases.as_slice(), &[(every_time, PolicyRefusal::RememberButEveryTime)]];
        for (policy, refusal) in cases.concat() {
            assert_eq!(policy.check(&profile(Audience::Clients)), Err(refusal));
        }
        assert_eq!(
            Preset::AuthenticatorAppWithEmail.policy().check(&profile(Audience::Staff)),
            Err(PolicyRefusal::FallbackForStaff)
        );
        assert_eq!(
            Preset::Managed.policy().check(&Profile::plain("Portal")),
            Err(PolicyRefusal::LinkWithoutPage)
        );
    }
}
