use crate::{
    decision::UnavailableReason,
    passkey::RpId,
    policy::{PasskeyRules, SyncedPasskeys},
    user::Passkey,
};

/// Checks that a passkey can be used on a domain, under these rules. If it can verify the user is
/// not known before it is used.
///
/// # Errors
/// [`UnavailableReason`] if a prompt for it could only fail.
pub(in crate::sign_in) fn check_usable(
    passkey: &Passkey,
    rp_id: &RpId,
    rules: PasskeyRules,
) -> Result<(), UnavailableReason> {
    if passkey.rp_id != *rp_id {
        return Err(UnavailableReason::OtherPasskeyDomain);
    }
    match rules.synced {
        SyncedPasskeys::Refused if passkey.backup.is_eligible() => {
            Err(UnavailableReason::SyncedPasskey)
        }
        SyncedPasskeys::Refused | SyncedPasskeys::Allowed => Ok(()),
    }
}
