//! Policies that make no sense, refused when they are saved.

use thiserror::Error;

use super::{
    AfterReset, DestinationSource, EmailFallback, Enforcement, Method, MethodPolicy, Policy,
    SwitchedBy,
};
use crate::portal::{Audience, Profile};

/// Why a policy cannot be saved, in a sentence for the admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PolicyRefusal {
    /// There would be no way in.
    #[error("A policy needs at least one method.")]
    NoMethod,
    /// The same method twice.
    #[error("The method {0} is listed twice; list each method once.")]
    MethodTwice(Method),
    /// Fallback for staff.
    #[error(
        "Email when the app is out of reach is for client-facing portals only; set the portal's audience to clients, or forbid it."
    )]
    FallbackForStaff,
    /// Nothing to opt out of.
    #[error(
        "Opt-out needs a method that users enrol themselves; with destinations from the contact record there is nothing to skip."
    )]
    OptOutOfNothing,
    /// A link to nowhere.
    #[error(
        "after_reset emailed_link needs the portal's enrolment_url, the page the mailed link leads to."
    )]
    LinkWithoutPage,
    /// Locked in a state that is not locked.
    #[error(
        "switched_by nobody is for policies that are enabled and required; enable it and require it, or let somebody switch it."
    )]
    NobodyButNotAlwaysOn,
}

pub(super) fn check(policy: &Policy, profile: &Profile) -> Result<(), PolicyRefusal> {
    if policy.methods.is_empty() {
        return Err(PolicyRefusal::NoMethod);
    }
    for method in Method::ALL {
        if policy.methods.iter().filter(|m| m.method() == method).count() > 1 {
            return Err(PolicyRefusal::MethodTwice(method));
        }
    }
    if policy.email_fallback() != EmailFallback::Forbidden && profile.audience != Audience::Clients
    {
        return Err(PolicyRefusal::FallbackForStaff);
    }
    if policy.enforcement == Enforcement::OptOut && policy.methods.iter().all(from_directory) {
        return Err(PolicyRefusal::OptOutOfNothing);
    }
    if policy.after_reset == AfterReset::EmailedLink && profile.enrolment_url.is_none() {
        return Err(PolicyRefusal::LinkWithoutPage);
    }
    let always_on = policy.enabled && policy.enforcement == Enforcement::Required;
    if policy.switched_by == SwitchedBy::Nobody && !always_on {
        return Err(PolicyRefusal::NobodyButNotAlwaysOn);
    }
    Ok(())
}

fn from_directory(method: &MethodPolicy) -> bool {
    match method {
        MethodPolicy::AuthenticatorApp { .. } => false,
        MethodPolicy::Email { destination } | MethodPolicy::Sms { destination } => {
            *destination == DestinationSource::Directory
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Preset;

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
        for (policy, refusal) in cases {
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
