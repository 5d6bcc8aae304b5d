//! Verifying an authentication assertion (section 7.2).

use super::{Ceremony, Kind, NotMet};
use crate::{
    passkey::{AuthenticatorData, ClientData, CredentialId},
    user::{Passkey, PasskeyUse},
};

/// The answer of a browser that used a passkey.
#[derive(Clone, Copy, Debug)]
pub struct SignedResponse<'a> {
    pub credential: &'a CredentialId,
    pub user_handle: Option<&'a [u8]>,
    pub client_data: &'a ClientData<'a>,
    pub authenticator_data: &'a [u8],
    pub signature: &'a [u8],
}

/// The making or a use of a passkey that passed every step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The passkey as it is from now on.
    pub passkey: Passkey,
    /// True if the authenticator checked a PIN, a finger or a face, beside the touch.
    pub is_user_verified: bool,
}

impl Proven {
    pub(crate) const fn shown(&self) -> PasskeyUse {
        PasskeyUse {
            is_user_verified: self.is_user_verified,
            is_synced: self.passkey.backup.is_eligible(),
        }
    }
}

/// Checks the use of a passkey, one of the user's in this portal's generation.
pub fn prove<'p>(
    ceremony: &Ceremony<'_>,
    bound: impl IntoIterator<Item = &'p Passkey>,
    given: &SignedResponse<'_>,
) -> Result<Proven, NotMet> {
    // Steps 5 and 6.
    let rp_id = ceremony.relying_party.rp_id();
    let mut bound = bound.into_iter().filter(|passkey| passkey.rp_id == *rp_id);
    let passkey = bound.find(|passkey| passkey.credential == *given.credential);
    let passkey = passkey.ok_or(NotMet::CredentialUnknown)?;
    if given.user_handle.is_some_and(|handle| handle != ceremony.user_handle) {
        return Err(NotMet::UserHandle);
    }
    ceremony.check_client_data(given.client_data, Kind::Get)?;
    let data = AuthenticatorData::of_assertion(given.authenticator_data)?;
    let backup = ceremony.check_flags(&data)?;
    // Step 19.
    if backup.is_eligible() != passkey.backup.is_eligible() {
        return Err(NotMet::BackupEligibilityChanged);
    }
    ceremony.check_synced(backup)?;
    // Steps 20 and 21.
    let hash = ceremony.signatures.hash(given.client_data.json);
    let message = [given.authenticator_data, &hash].concat();
    if !ceremony.signatures.is_signed(&passkey.key, &message, given.signature) {
        return Err(NotMet::Signature);
    }
    // Step 22: two zeros say that nothing is counted.
    let counts = data.counter() != 0 || passkey.counter != 0;
    if counts && data.counter() <= passkey.counter {
        return Err(NotMet::Counter);
    }
    // Step 24.
    Ok(Proven {
        passkey: Passkey { counter: data.counter(), backup, ..passkey.clone() },
        is_user_verified: data.is_user_verified(),
    })
}
