//! An authenticator in memory, and the browser in front of it.

use super::ORIGIN;
use crate::portal_keys::{Keys, signed};
use portcullis_domain::{
    passkey::{ClientData, CredentialId, PasskeyAlgorithm, PasskeyKey, Signatures},
    sign_in::{
        AskedPasskey, NewPasskey,
        passkey::{Registration, SignedResponse},
    },
};

/// One authenticator, which holds one passkey.
pub struct Authenticator {
    pub number: u8,
    pub counter: u32,
    pub verifies: bool,
    pub is_synced: bool,
    pub origin: &'static str,
    pub cross_origin: bool,
}

/// A press of its button: all that a page gets of it.
#[derive(Clone)]
pub struct Press {
    pub json: Vec<u8>,
    pub kind: &'static str,
    pub challenge: String,
    pub origin: &'static str,
    pub cross_origin: bool,
    pub credential: CredentialId,
    pub user_handle: Option<Vec<u8>>,
    pub data: Vec<u8>,
    pub signature: Vec<u8>,
    pub spki: Vec<u8>,
}

impl Authenticator {
    pub const fn new(number: u8) -> Self {
        let (origin, cross_origin) = (ORIGIN, false);
        Self { number, counter: 1, verifies: true, is_synced: false, origin, cross_origin }
    }

    pub fn credential(&self) -> CredentialId {
        CredentialId::new(&[self.number; 16]).unwrap()
    }

    fn spki(&self) -> Vec<u8> {
        const HEAD: [u8; 27] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
            0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
        ];
        [&HEAD[..], &[self.number; 64]].concat()
    }

    fn data(&mut self, rp_id: &str, more: u8) -> Vec<u8> {
        self.counter += 1;
        let backup = if self.is_synced { 8 | 16 } else { 0 };
        let flags = 1 | (u8::from(self.verifies) << 2) | backup | more;
        let counter = if self.is_synced { 0 } else { self.counter };
        let head = [&Keys.hash(rp_id.as_bytes()), [flags].as_slice()].concat();
        [head, counter.to_be_bytes().to_vec()].concat()
    }

    pub fn press(&self, kind: &'static str, challenge: String, data: Vec<u8>) -> Press {
        let json = format!("{kind} {challenge}").into_bytes();
        let key = PasskeyKey::parse(PasskeyAlgorithm::Es256, &self.spki()).unwrap();
        let signature = signed(&key, &[data.as_slice(), &Keys.hash(&json)].concat());
        Press {
            json,
            kind,
            challenge,
            origin: self.origin,
            cross_origin: self.cross_origin,
            credential: self.credential(),
            user_handle: None,
            data,
            signature,
            spki: self.spki(),
        }
    }

    pub fn make(&mut self, asked: &NewPasskey) -> Press {
        let head = self.data(asked.rp_id.as_str(), 64);
        let id = self.credential();
        let attested = [&[0; 16], [0, 16].as_slice(), id.as_bytes(), &[0xa5; 77]].concat();
        self.press("webauthn.create", asked.challenge.to_string(), [head, attested].concat())
    }

    pub fn get(&mut self, asked: &AskedPasskey) -> Press {
        let data = self.data(asked.rp_id.as_str(), 0);
        self.press("webauthn.get", asked.challenge.to_string(), data)
    }
}

impl Press {
    pub fn client_data(&self) -> ClientData<'_> {
        ClientData {
            json: &self.json,
            kind: self.kind.to_owned(),
            challenge: self.challenge.clone(),
            origin: self.origin.to_owned(),
            cross_origin: self.cross_origin,
            top_origin: None,
        }
    }

    pub fn made<'a>(&'a self, client_data: &'a ClientData<'a>) -> Registration<'a> {
        Registration {
            client_data,
            authenticator_data: &self.data,
            public_key: &self.spki,
            algorithm: -7,
        }
    }

    pub fn used<'a>(&'a self, client_data: &'a ClientData<'a>) -> SignedResponse<'a> {
        SignedResponse {
            credential: &self.credential,
            user_handle: self.user_handle.as_deref(),
            client_data,
            authenticator_data: &self.data,
            signature: &self.signature,
        }
    }
}
