//! An authenticator in software, with a key on P-256, and the browser in front of it.

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use serde_json::{Value, json};

/// The bytes before the coordinates of a point on P-256 (RFC 5480, section 2).
const SPKI_HEAD: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

pub struct Authenticator {
    key: EcdsaKeyPair,
    credential: [u8; 32],
    pub counter: u32,
    pub origin: String,
    pub cross_origin: bool,
    /// True if it checks who touches it.
    pub verifies: bool,
    /// True if the passkey is copied to other devices; such a passkey counts nothing.
    pub is_synced: bool,
}

/// The things that an authenticator and its browser say of one touch.
pub struct Said<'a> {
    /// The member `type` of client data.
    pub kind: &'a str,
    pub challenge: &'a Value,
    pub rp_id: &'a str,
    pub counter: u32,
    /// Web Authentication, section 6.1.
    pub flags: u8,
}

impl Said<'_> {
    fn data(&self, more: u8) -> Vec<u8> {
        let flags = [self.flags | more];
        let rp_id = hash(self.rp_id.as_bytes());
        [rp_id.as_slice(), &flags, &self.counter.to_be_bytes()].concat()
    }
}

impl Authenticator {
    pub fn on(origin: &str) -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let credential = hash(key.public_key().as_ref());
        let origin = origin.to_owned();
        let (cross_origin, verifies, is_synced) = (false, true, false);
        Self { key, credential, counter: 0, origin, cross_origin, verifies, is_synced }
    }

    pub fn id(&self) -> String {
        BASE64URL.encode(self.credential)
    }

    /// Returns what it says when it is touched.
    fn touched<'a>(&mut self, kind: &'a str, rp_id: &'a Value, options: &'a Value) -> Said<'a> {
        self.counter += 1;
        let backup = if self.is_synced { 8 | 16 } else { 0 };
        Said {
            kind,
            challenge: &options["challenge"],
            rp_id: rp_id.as_str().unwrap(),
            counter: if self.is_synced { 0 } else { self.counter },
            flags: 1 | (u8::from(self.verifies) << 2) | backup,
        }
    }

    fn client_data(&self, said: &Said<'_>) -> Vec<u8> {
        let data = json!({
            "type": said.kind, "challenge": said.challenge, "origin": self.origin,
            "crossOrigin": self.cross_origin,
        });
        data.to_string().into_bytes()
    }

    pub fn make(&mut self, options: &Value) -> Value {
        let said = self.touched("webauthn.create", &options["rp"]["id"], options);
        self.made(&said)
    }

    pub fn get(&mut self, options: &Value) -> Value {
        let said = self.touched("webauthn.get", &options["rpId"], options);
        self.used(&said)
    }

    pub fn made(&self, said: &Said<'_>) -> Value {
        let data = said.data(64);
        let length = u16::try_from(self.credential.len()).unwrap().to_be_bytes();
        // The key in COSE's encoding, which nobody reads: a map of five.
        let cose = [&[0xa5], [7; 76].as_slice()].concat();
        let data = [&data, [0; 16].as_slice(), &length, &self.credential, &cose].concat();
        let spki = [&SPKI_HEAD, self.key.public_key().as_ref()].concat();
        json!({ "passkey": {
            "id": self.id(),
            "client_data_json": BASE64URL.encode(self.client_data(said)),
            "authenticator_data": BASE64URL.encode(data),
            "public_key": BASE64URL.encode(spki),
            "algorithm": -7,
        } })
    }

    pub fn used(&self, said: &Said<'_>) -> Value {
        let data = said.data(0);
        let client_data = self.client_data(said);
        let message = [data.as_slice(), &hash(&client_data)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &message).unwrap();
        json!({ "passkey": {
            "id": self.id(),
            "client_data_json": BASE64URL.encode(client_data),
            "authenticator_data": BASE64URL.encode(data),
            "signature": BASE64URL.encode(signature.as_ref()),
        } })
    }
}

fn hash(bytes: &[u8]) -> [u8; 32] {
    *digest(&SHA256, bytes).as_ref().first_chunk().unwrap()
}

/// Returns the options for the browser of a sign-in that asks for a passkey.
pub fn asked(view: &Value) -> &Value {
    let options = &view["input"]["public_key"];
    assert!(options.is_object(), "no passkey is asked for: {view}");
    options
}
