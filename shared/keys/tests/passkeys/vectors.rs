//! The vectors as they stand.

use super::{Given, LENIENT};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use portcullis_domain::{
    passkey::{AuthenticatorData, Backup, Signatures as _},
    sign_in::passkey::NotMet,
    user::Passkey,
};
use portcullis_keys::PasskeySignatures;
use serde_json::Value;

/// One pair of ceremonies with the same credential.
#[derive(Clone)]
pub struct Vector {
    pub section: String,
    pub aaguid: Vec<u8>,
    pub registration: Given,
    pub authentication: Given,
}

fn bytes(text: &Value) -> Vec<u8> {
    let text = text.as_str().unwrap();
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

/// Client data with a challenge of the length of ours. One vector has a longer one.
fn with_short_challenge(ceremony: &Value) -> Vec<u8> {
    let challenge = bytes(&ceremony["challenge"]);
    let client_data = String::from_utf8(bytes(&ceremony["client_data"])).unwrap();
    let short = BASE64_URL_SAFE_NO_PAD.encode(&challenge[..32]);
    client_data.replace(&BASE64_URL_SAFE_NO_PAD.encode(&challenge), &short).into_bytes()
}

pub fn vectors() -> Vec<Vector> {
    let document: Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
    let given = |vector: &Value, ceremony: &Value| Given {
        rp_id: document["rp_id"].as_str().unwrap().to_owned(),
        origin: document["origin"].as_str().unwrap().to_owned(),
        rules: LENIENT,
        challenge: *bytes(&ceremony["challenge"]).first_chunk().unwrap(),
        client_data: with_short_challenge(ceremony),
        authenticator_data: bytes(&ceremony["authenticator_data"]),
        algorithm: vector["algorithm"].as_i64().unwrap().try_into().unwrap(),
        public_key: bytes(&vector["registration"]["public_key"]),
        credential: bytes(&vector["credential_id"]),
        user_handle: None,
        signature: ceremony.get("signature").map(bytes).unwrap_or_default(),
    };
    let all = document["vectors"].as_array().unwrap().iter();
    let all = all.map(|vector| Vector {
        section: vector["section"].as_str().unwrap().replace("sctn-test-vectors-", ""),
        aaguid: bytes(&vector["aaguid"]),
        registration: given(vector, &vector["registration"]),
        authentication: given(vector, &vector["authentication"]),
    });
    all.collect()
}

impl Vector {
    /// The passkey that its registration makes.
    pub fn passkey(&self) -> Passkey {
        self.registration.register(&[]).unwrap()
    }
}

/// The vectors that both ceremonies accept.
pub fn accepted() -> Vec<Vector> {
    let sections = [
        "none-es256",
        "packed-self-es256",
        "packed-es256",
        "packed-rs256",
        "packed-eddsa",
        "tpm-es256",
        "android-key-es256",
        "apple-es256",
        "fido-u2f-es256",
    ];
    let found: Vec<Vector> = vectors()
        .into_iter()
        .filter(|vector| sections.contains(&vector.section.as_str()))
        .collect();
    assert_eq!(found.len(), sections.len());
    found
}

#[test]
fn p2_the_vectors_of_three_algorithms_register_and_prove() {
    for vector in accepted() {
        let passkey = vector.registration.register(&[]).unwrap();
        assert_eq!(passkey.credential.as_bytes(), vector.registration.credential);
        assert_eq!(passkey.key.spki(), vector.registration.public_key);
        assert_eq!((passkey.rp_id.as_str(), passkey.counter), ("example.org", 0));
        let data = AuthenticatorData::of_registration(&vector.registration.authenticator_data);
        assert_eq!(data.unwrap().1.aaguid(), vector.aaguid.as_slice());
        let proven = vector.authentication.prove(std::slice::from_ref(&passkey)).unwrap();
        let flags = vector.authentication.authenticator_data[32];
        assert_eq!(proven.is_user_verified, flags & 4 != 0, "{}", vector.section);
        let backup = match flags & 0x18 {
            0 => Backup::SingleDevice,
            0x08 => Backup::NotBackedUp,
            _ => Backup::BackedUp,
        };
        assert_eq!(proven.passkey, Passkey { backup, ..passkey });
    }
}

#[test]
fn p3_the_vectors_of_frames_long_ids_and_other_algorithms_are_refused() {
    let mut refused = vec![];
    for vector in vectors() {
        if let Err(why) = vector.registration.register(&[]) {
            refused.push((vector.section, why));
        }
    }
    let expected = [
        ("none-es256-crossOrigin", NotMet::CrossOrigin),
        ("none-es256-topOrigin", NotMet::CrossOrigin),
        ("none-es256-long-credential-id", NotMet::CredentialId),
        ("packed-es384", NotMet::Algorithm),
        ("packed-es512", NotMet::Algorithm),
        ("packed-ed448", NotMet::Algorithm),
    ];
    assert_eq!(refused, expected.map(|(section, why)| (section.to_owned(), why)));
}

/// The registrations are mended, so that the refusal is the proof's own.
#[test]
fn p3_the_proofs_of_frames_are_refused_with_a_signature_that_is_right() {
    let all = vectors();
    for (section, expected) in [
        ("none-es256-crossOrigin", NotMet::CrossOrigin),
        ("none-es256-topOrigin", NotMet::CrossOrigin),
    ] {
        let vector = all.iter().find(|vector| vector.section == section).unwrap();
        let mut registration = vector.registration.clone();
        let client_data = String::from_utf8(registration.client_data).unwrap();
        let client_data = client_data.replace(r#""crossOrigin":true"#, r#""crossOrigin":false"#);
        let client_data = client_data.replace(r#","topOrigin":"https://example.com""#, "");
        registration.client_data = client_data.into_bytes();
        let passkey = registration.register(&[]).unwrap();
        let proof = &vector.authentication;
        let hash = PasskeySignatures.hash(&proof.client_data);
        let message = [&proof.authenticator_data[..], &hash].concat();
        assert!(PasskeySignatures.is_signed(&passkey.key, &message, &proof.signature));
        assert_eq!(proof.prove(&[passkey]), Err(expected));
    }
}
