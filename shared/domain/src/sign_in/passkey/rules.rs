use crate::{
    Policy,
    policy::{PasskeyRules, SyncedPasskeys, UserVerification},
};

/// The rules for a passkey whose method has left the policy: any is taken, to be replaced.
const OLD: PasskeyRules = PasskeyRules {
    user_verification: UserVerification::Preferred,
    synced: SyncedPasskeys::Allowed,
};

/// Returns the rules that passkeys are held to now.
pub(in crate::sign_in) fn rules_in_force(policy: &Policy) -> PasskeyRules {
    policy.passkeys().map_or(OLD, |passkeys| passkeys.rules)
}
