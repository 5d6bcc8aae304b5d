//! The rules of passkeys alone, with cryptography that anybody can do: the order of their steps,
//! counters, and data of every length. The vectors of the standard judge them in shared/keys.

mod lengths;
mod steps;

use crate::portal_keys::{Keys, signed};
use portcullis_domain::{
    passkey::{
        Backup, ClientData, CredentialId, Origin, PasskeyAlgorithm, PasskeyChallenge, PasskeyKey,
        RelyingParty, RpId, Signatures,
    },
    policy::{PasskeyRules, SyncedPasskeys, UserVerification},
    sign_in::passkey::{Ceremony, NotMet, Proven, Registration, SignedResponse, prove, register},
    user::Passkey,
};

const UP: u8 = 1;
const UV: u8 = 4;
const BE: u8 = 8;
const BS: u8 = 16;
const AT: u8 = 64;
const ED: u8 = 128;

/// A key of ES256; its point is made up.
fn spki() -> Vec<u8> {
    const HEAD: [u8; 27] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];
    [&HEAD[..], &[9; 64]].concat()
}

/// Both sides of a ceremony, all of it good, to be changed piece by piece.
#[derive(Clone)]
struct Side {
    rules: PasskeyRules,
    bound: Vec<Passkey>,
    kind: &'static str,
    challenge: [u8; 32],
    origin: &'static str,
    cross_origin: bool,
    top_origin: Option<&'static str>,
    rp_id: &'static str,
    flags: u8,
    counter: u32,
    /// All that follows the counter.
    rest: Vec<u8>,
    algorithm: i32,
    spki: Vec<u8>,
    credential: Vec<u8>,
    user_handle: Option<&'static [u8]>,
    is_signed: bool,
}

const CHALLENGE: [u8; 32] = [5; 32];
const HANDLE: &[u8] = b"handle";

fn passkey() -> Passkey {
    Passkey {
        credential: CredentialId::new(&[3; 32]).unwrap(),
        key: PasskeyKey::parse(PasskeyAlgorithm::Es256, &spki()).unwrap(),
        rp_id: RpId::parse("example.com").unwrap(),
        counter: 4,
        backup: Backup::SingleDevice,
    }
}

/// The bytes after the counter in a registration: model, id, key.
fn attested(credential: &[u8]) -> Vec<u8> {
    let length = u16::try_from(credential.len()).unwrap().to_be_bytes();
    [&[1; 16][..], &length, credential, &[2; 77]].concat()
}

impl Side {
    fn of_proof() -> Self {
        Self {
            rules: PasskeyRules {
                user_verification: UserVerification::Required,
                synced: SyncedPasskeys::Refused,
            },
            bound: vec![passkey()],
            kind: "webauthn.get",
            challenge: CHALLENGE,
            origin: "https://login.example.com",
            cross_origin: false,
            top_origin: None,
            rp_id: "example.com",
            flags: UP | UV,
            counter: 5,
            rest: vec![],
            algorithm: -7,
            spki: spki(),
            credential: vec![3; 32],
            user_handle: Some(HANDLE),
            is_signed: true,
        }
    }

    fn of_registration() -> Self {
        Self {
            bound: vec![],
            kind: "webauthn.create",
            flags: UP | UV | AT,
            rest: attested(&[3; 32]),
            ..Self::of_proof()
        }
    }

    fn authenticator_data(&self) -> Vec<u8> {
        let hash = Keys.hash(self.rp_id.as_bytes());
        [&hash[..], &[self.flags], &self.counter.to_be_bytes(), &self.rest].concat()
    }

    fn client_data(&self) -> ClientData<'_> {
        ClientData {
            json: self.kind.as_bytes(),
            kind: self.kind.to_owned(),
            challenge: PasskeyChallenge::new(self.challenge).to_string(),
            origin: self.origin.to_owned(),
            cross_origin: self.cross_origin,
            top_origin: self.top_origin.map(str::to_owned),
        }
    }

    fn ceremony<T>(&self, act: impl FnOnce(&Ceremony<'_>) -> T) -> T {
        let origins = vec![Origin::parse("https://login.example.com").unwrap()];
        let rp_id = RpId::parse("example.com").unwrap();
        act(&Ceremony {
            relying_party: &RelyingParty::new(rp_id, origins).unwrap(),
            rules: self.rules,
            challenge: &PasskeyChallenge::new(CHALLENGE),
            user_handle: HANDLE,
            signatures: &Keys,
        })
    }

    fn register(&self) -> Result<Passkey, NotMet> {
        self.register_with(&self.authenticator_data())
    }

    fn register_with(&self, authenticator_data: &[u8]) -> Result<Passkey, NotMet> {
        let client_data = self.client_data();
        let given = Registration {
            client_data: &client_data,
            authenticator_data,
            public_key: &self.spki,
            algorithm: self.algorithm,
        };
        let made = self.ceremony(|ceremony| register(ceremony, &self.bound, &given))?;
        assert_eq!(made.is_user_verified, self.flags & UV != 0);
        Ok(made.passkey)
    }

    fn prove(&self) -> Result<Proven, NotMet> {
        self.prove_with(&self.authenticator_data())
    }

    /// Signs whatever the authenticator data is, so that nothing is refused for its signature.
    fn prove_with(&self, authenticator_data: &[u8]) -> Result<Proven, NotMet> {
        let client_data = self.client_data();
        let message = [authenticator_data, &Keys.hash(client_data.json)].concat();
        let signature = if self.is_signed { signed(&passkey().key, &message) } else { vec![0; 32] };
        let given = SignedResponse {
            credential: &CredentialId::new(&self.credential).unwrap(),
            user_handle: self.user_handle,
            client_data: &client_data,
            authenticator_data,
            signature: &signature,
        };
        self.ceremony(|ceremony| prove(ceremony, &self.bound, &given))
    }
}
