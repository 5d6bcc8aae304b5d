//! The policy of the console, whose users are the admins.

use super::{
    EmailFallback, MethodPolicy, PasskeyRules, Policy, Preset, Promotion, SelfService, SwitchedBy,
    SyncedPasskeys, UserVerification, WhenBound,
};

/// Passkeys as admins have them. The authenticator checks who touches it: one that was left in a
/// machine with an open session is no proof for what cannot be undone. The app stays on offer
/// beside them, because calls and browsers without a script take codes alone; an admin who removes
/// the app is asked for nothing but a passkey.
const PASSKEY: MethodPolicy = MethodPolicy::Passkey {
    rules: PasskeyRules {
        user_verification: UserVerification::Required,
        synced: SyncedPasskeys::Allowed,
    },
    when_bound: WhenBound::Prefer,
    promotion: Promotion::On,
};

impl Policy {
    /// Returns the policy of the portal `console`: an authenticator app or a passkey, always, and
    /// switched by nobody. It belongs to the release, so that a console that was set up before has
    /// it, too.
    pub fn of_console() -> Self {
        let app = MethodPolicy::AuthenticatorApp {
            issuer: None,
            email_fallback: EmailFallback::Forbidden,
        };
        Self {
            switched_by: SwitchedBy::Nobody,
            methods: vec![app, PASSKEY],
            self_service: SelfService::WithProof,
            ..Preset::AuthenticatorApp.policy()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        policy::{Enforcement, RecoveryCodesPolicy},
        portal::Profile,
    };

    #[test]
    fn p8_the_policy_of_the_console_is_on_for_good_and_takes_nothing_that_is_sent() {
        let policy = Policy::of_console();
        assert_eq!(policy.check(&Profile::plain("Portcullis console")), Ok(()));
        assert!(policy.enabled && policy.enforcement == Enforcement::REQUIRED);
        assert_eq!(policy.switched_by, SwitchedBy::Nobody);
        assert_eq!(policy.email_fallback(), EmailFallback::Forbidden);
        assert_eq!(policy.recovery_codes, RecoveryCodesPolicy::Off);
        assert!(policy.methods.iter().all(|method| !method.method().is_delivered()));
    }
}
