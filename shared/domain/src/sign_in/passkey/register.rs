//! Registering a new credential (section 7.1).

use super::{Ceremony, Kind, NotMet, Proven};
use crate::{
    passkey::{AuthenticatorData, ClientData, PasskeyAlgorithm, PasskeyKey},
    user::Passkey,
};

/// The answer of a browser that made a passkey.
#[derive(Clone, Copy, Debug)]
pub struct Registration<'a> {
    pub client_data: &'a ClientData<'a>,
    /// The result of `getAuthenticatorData()`.
    pub authenticator_data: &'a [u8],
    /// The result of `getPublicKey()`.
    pub public_key: &'a [u8],
    /// The result of `getPublicKeyAlgorithm()`.
    pub algorithm: i32,
}

/// Returns the passkey to bind, beside the user's others. Nobody asks if another user has the same:
/// a passkey is only ever looked for among those of the user that a sign-in is about.
pub fn register<'p>(
    ceremony: &Ceremony<'_>,
    bound: impl IntoIterator<Item = &'p Passkey>,
    given: &Registration<'_>,
) -> Result<Proven, NotMet> {
    ceremony.check_client_data(given.client_data, Kind::Create)?;
    let (data, attested) = AuthenticatorData::of_registration(given.authenticator_data)?;
    let backup = ceremony.check_flags(&data)?;
    ceremony.check_synced(backup)?;
    // Step 20.
    let algorithm = PasskeyAlgorithm::from_cose(given.algorithm).ok_or(NotMet::Algorithm)?;
    let key = PasskeyKey::parse(algorithm, given.public_key).map_err(|_| NotMet::Key)?;
    if !attested.has_room_for(&key) || !ceremony.signatures.is_usable(&key) {
        return Err(NotMet::Key);
    }
    // Steps 25 and 26.
    let credential = attested.id().map_err(|_| NotMet::CredentialId)?;
    if bound.into_iter().any(|passkey| passkey.credential == credential) {
        return Err(NotMet::AlreadyRegistered);
    }
    let rp_id = ceremony.relying_party.rp_id().clone();
    let passkey = Passkey { credential, key, rp_id, counter: data.counter(), backup };
    Ok(Proven { passkey, is_user_verified: data.is_user_verified() })
}
