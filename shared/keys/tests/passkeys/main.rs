//! The rules of passkeys, judged by the test vectors of Web Authentication Level 3, section 16.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect fails"
)]

mod mutated;
mod second_judge;
mod vectors;

use portcullis_domain::{
    passkey::{CredentialId, Origin, PasskeyChallenge, RelyingParty, RpId},
    policy::{PasskeyRules, SyncedPasskeys, UserVerification},
    sign_in::passkey::{Ceremony, NotMet, Proven, Registration, SignedResponse, prove, register},
    user::Passkey,
};
use portcullis_keys::{PasskeySignatures, client_data};

/// The rules that the vectors are made for: several of them verify no user, or can be synced.
pub const LENIENT: PasskeyRules = PasskeyRules {
    user_verification: UserVerification::Preferred,
    synced: SyncedPasskeys::Allowed,
};

const HANDLE: &[u8] = b"a user's handle";

/// All that a ceremony reads, to be changed piece by piece.
#[derive(Clone)]
pub struct Given {
    pub rp_id: String,
    pub origin: String,
    pub rules: PasskeyRules,
    pub challenge: [u8; 32],
    pub client_data: Vec<u8>,
    pub authenticator_data: Vec<u8>,
    /// For a registration.
    pub algorithm: i32,
    pub public_key: Vec<u8>,
    /// For a proof.
    pub credential: Vec<u8>,
    pub user_handle: Option<Vec<u8>>,
    pub signature: Vec<u8>,
}

impl Given {
    fn ceremony<T>(&self, act: impl FnOnce(&Ceremony<'_>) -> T) -> T {
        let rp_id = RpId::parse(&self.rp_id).unwrap();
        let origins = vec![Origin::parse(&self.origin).unwrap()];
        let relying_party = RelyingParty::new(rp_id, origins).unwrap();
        act(&Ceremony {
            relying_party: &relying_party,
            rules: self.rules,
            challenge: &PasskeyChallenge::new(self.challenge),
            user_handle: HANDLE,
            signatures: &PasskeySignatures,
        })
    }

    pub fn register(&self, bound: &[Passkey]) -> Result<Passkey, NotMet> {
        let client_data = client_data(&self.client_data)?;
        let registration = Registration {
            client_data: &client_data,
            authenticator_data: &self.authenticator_data,
            public_key: &self.public_key,
            algorithm: self.algorithm,
        };
        let made = self.ceremony(|ceremony| register(ceremony, bound, &registration));
        made.map(|made| made.passkey)
    }

    pub fn prove(&self, bound: &[Passkey]) -> Result<Proven, NotMet> {
        let client_data = client_data(&self.client_data)?;
        let response = SignedResponse {
            credential: &CredentialId::new(&self.credential)?,
            user_handle: self.user_handle.as_deref(),
            client_data: &client_data,
            authenticator_data: &self.authenticator_data,
            signature: &self.signature,
        };
        self.ceremony(|ceremony| prove(ceremony, bound, &response))
    }
}
