//! The settings of a policy for passkeys.

use crate::values::named::named;

/// The demands of a policy on a passkey, each time it is made or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasskeyRules {
    pub user_verification: UserVerification,
    pub synced: SyncedPasskeys,
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

named! {
    UserVerification { Preferred: "preferred", Required: "required" }
    SyncedPasskeys { Allowed: "allowed", Refused: "refused" }
}
