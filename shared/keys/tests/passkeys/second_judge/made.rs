//! Ceremonies of an authenticator of our own, with a new key of each algorithm.

use crate::{Given, LENIENT, Passkey};
use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    rand::SystemRandom,
    rsa::KeySize,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
        RSA_PKCS1_SHA256, RsaKeyPair,
    },
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use portcullis_domain::passkey::Signatures as _;
use portcullis_keys::PasskeySignatures;

/// The counter at the registration.
pub const STORED_COUNTER: u32 = 6;

const ID: [u8; 32] = [0x1d; 32];
const CHALLENGE: [u8; 32] = [0xc4; 32];

enum KeyPair {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
    Rs256(RsaKeyPair),
}

/// An authenticator with one passkey.
pub struct Made(KeyPair);

impl Made {
    pub fn all() -> [Self; 3] {
        [Self::new(-7), Self::new(-8), Self::new(-257)]
    }

    /// An authenticator with another key of the same algorithm.
    pub fn another_of(other: &Self) -> Self {
        Self::new(other.algorithm())
    }

    fn new(algorithm: i32) -> Self {
        Self(match algorithm {
            -7 => {
                let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING);
                KeyPair::Es256(key.unwrap())
            }
            -8 => KeyPair::EdDsa(Ed25519KeyPair::generate().unwrap()),
            _ => KeyPair::Rs256(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()),
        })
    }

    pub fn algorithm(&self) -> i32 {
        match self.0 {
            KeyPair::Es256(_) => -7,
            KeyPair::EdDsa(_) => -8,
            KeyPair::Rs256(_) => -257,
        }
    }

    fn spki(&self) -> Vec<u8> {
        let der: PublicKeyX509Der<'_> = match &self.0 {
            KeyPair::Es256(key) => key.public_key().as_der().unwrap(),
            KeyPair::EdDsa(key) => key.public_key().as_der().unwrap(),
            KeyPair::Rs256(key) => key.public_key().as_der().unwrap(),
        };
        der.as_ref().to_vec()
    }

    pub fn cose(&self) -> Vec<u8> {
        self.cose_saying(self.algorithm())
    }

    /// Returns the key in COSE's encoding (RFC 9053, section 7; RFC 8230, section 4), with the
    /// number of an algorithm.
    fn cose_saying(&self, algorithm: i32) -> Vec<u8> {
        let number = match u16::try_from(-1 - algorithm) {
            Err(_) => vec![u8::try_from(algorithm).unwrap()],
            Ok(n @ 0..24) => vec![0x20 | n.to_be_bytes()[1]],
            Ok(n @ 24..256) => vec![0x38, n.to_be_bytes()[1]],
            Ok(n) => [&[0x39], &n.to_be_bytes()[..]].concat(),
        };
        let spki = self.spki();
        match &self.0 {
            KeyPair::Es256(_) => {
                let (x, y) = spki[27..].split_at(32);
                let head = [&[0xa5, 0x01, 0x02, 0x03], &number[..]].concat();
                let x = [&[0x20, 0x01, 0x21, 0x58, 0x20], x].concat();
                [head, x, [&[0x22, 0x58, 0x20], y].concat()].concat()
            }
            KeyPair::EdDsa(_) => {
                let head = [&[0xa4, 0x01, 0x01, 0x03], &number[..]].concat();
                [head, [&[0x20, 0x06, 0x21, 0x58, 0x20], &spki[12..]].concat()].concat()
            }
            KeyPair::Rs256(_) => {
                let (modulus, _) = spki[33..].split_at(256);
                let head = [&[0xa4, 0x01, 0x03, 0x03], &number[..]].concat();
                let modulus = [&[0x20, 0x59, 0x01, 0x00], modulus].concat();
                [head, modulus, vec![0x21, 0x43, 0x01, 0x00, 0x01]].concat()
            }
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.0 {
            KeyPair::Es256(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            KeyPair::EdDsa(key) => key.sign(message).as_ref().to_vec(),
            KeyPair::Rs256(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                signature
            }
        }
    }

    /// Signs what is given, as it is.
    pub fn signed(&self, mut given: Given) -> Given {
        let hash = PasskeySignatures.hash(&given.client_data);
        given.signature = self.sign(&[&given.authenticator_data[..], &hash].concat());
        given
    }

    pub fn registration(&self) -> Given {
        self.registration_of(&ID, self.algorithm())
    }

    /// A registration whose key says another algorithm.
    pub fn registration_saying(&self, algorithm: i32) -> Given {
        self.registration_of(&ID, algorithm)
    }

    /// A registration of another credential id.
    pub fn registration_called(&self, id: &[u8]) -> Given {
        self.registration_of(id, self.algorithm())
    }

    fn registration_of(&self, id: &[u8], algorithm: i32) -> Given {
        let length = u16::try_from(id.len()).unwrap().to_be_bytes();
        let credential = [&[0xaa; 16], &length[..], id, &self.cose_saying(algorithm)].concat();
        let public_key = self.spki();
        let given = given("create", 0x5d, STORED_COUNTER, &credential);
        Given { algorithm, public_key, credential: id.to_vec(), ..given }
    }

    pub fn proof(&self) -> Given {
        given("get", 0x1d, STORED_COUNTER + 1, &[])
    }

    /// Returns what a registration leaves.
    pub fn stored(&self) -> Passkey {
        self.registration().register(&[]).unwrap()
    }
}

/// A ceremony with a user who is present and verified, and a passkey that is backed up.
fn given(kind: &str, flags: u8, counter: u32, more: &[u8]) -> Given {
    let (rp_id, origin) = ("example.org", "https://example.org");
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(CHALLENGE);
    let client_data = format!(
        r#"{{"type":"webauthn.{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#
    );
    let head = PasskeySignatures.hash(rp_id.as_bytes());
    Given {
        rp_id: rp_id.to_owned(),
        origin: origin.to_owned(),
        rules: LENIENT,
        challenge: CHALLENGE,
        client_data: client_data.into_bytes(),
        authenticator_data: [&head, &[flags][..], &counter.to_be_bytes(), more].concat(),
        algorithm: 0,
        public_key: vec![],
        credential: ID.to_vec(),
        user_handle: None,
        signature: vec![],
    }
}
