//! The settings of a policy for passkeys.

use crate::values::named::named;

/// The demands of a policy on a passkey, each time it is made or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasskeyRules {
    pub user_verification: UserVerification,
    pub synced: SyncedPasskeys,
}

/// The settings of passkeys in a policy, side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasskeySettings {
    pub rules: PasskeyRules,
    pub when_bound: WhenBound,
    pub promotion: Promotion,
}

/// The check of the person by their authenticator, with a PIN, a finger or a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserVerification {
    /// It is asked for, and a touch alone is accepted.
    Preferred,
    Required,
}

/// The use of passkeys that their maker copies to other devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncedPasskeys {
    Allowed,
    /// A passkey must stay on its device.
    Refused,
}

/// The use of a passkey, once a user has one that works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenBound {
    /// It is asked for first, and the other ways stay on offer.
    Prefer,
    /// No weaker way is offered any more but a recovery code, so that nobody can be led to one.
    Insist,
}

/// The offer to set a passkey up, after a sign-in by something weaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promotion {
    Off,
    On,
}

named! {
    UserVerification { Preferred: "preferred", Required: "required" }
    SyncedPasskeys { Allowed: "allowed", Refused: "refused" }
    WhenBound { Prefer: "prefer", Insist: "insist" }
    Promotion { Off: "off", On: "on" }
}
