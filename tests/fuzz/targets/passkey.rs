//! Answers of browsers about passkeys: data of authenticators, client data, and keys.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_domain::{
    passkey::{
        AuthenticatorData, Backup, CredentialId, Origin, PasskeyAlgorithm, PasskeyChallenge,
        PasskeyKey, RelyingParty, RpId, Signatures,
    },
    policy::{PasskeyRules, SyncedPasskeys, UserVerification},
    sign_in::passkey::{Ceremony, Registration, SignedResponse, prove, register},
    user::Passkey,
};
use portcullis_keys::{PasskeySignatures, client_data};

/// Every key and every signature is a good one here, and every RP id has the same hash, so that the
/// rules alone say what is accepted.
struct Credulous;

impl Signatures for Credulous {
    fn hash(&self, _: &[u8]) -> [u8; 32] {
        [b'#'; 32]
    }

    fn is_usable(&self, key: &PasskeyKey) -> bool {
        // Nothing that looks like a key makes the library panic.
        let _ = PasskeySignatures.is_usable(key);
        true
    }

    fn is_signed(&self, key: &PasskeyKey, message: &[u8], signature: &[u8]) -> bool {
        let _ = PasskeySignatures.is_signed(key, message, signature);
        true
    }
}

const CHALLENGE: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const ORIGIN: &str = "https://example.com";
/// The head of a key of Ed25519, which any 32 bytes follow.
const EDDSA: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

fn key() -> Option<PasskeyKey> {
    PasskeyKey::parse(PasskeyAlgorithm::EdDsa, &[&EDDSA[..], &[7; 32]].concat()).ok()
}

fn run(authenticator_data: &[u8], json: &[u8], spki: &[u8]) -> Option<()> {
    for algorithm in PasskeyAlgorithm::ALL {
        if let Ok(key) = PasskeyKey::parse(algorithm, spki) {
            assert_eq!((key.spki(), key.algorithm()), (spki, algorithm));
            assert!(PasskeySignatures.is_usable(&key) || algorithm != PasskeyAlgorithm::EdDsa);
        }
    }
    let given = client_data(json).ok()?;
    let relying_party =
        RelyingParty::new(RpId::parse("example.com").ok()?, vec![Origin::parse(ORIGIN).ok()?]);
    let ceremony = Ceremony {
        relying_party: &relying_party.ok()?,
        rules: PasskeyRules {
            user_verification: UserVerification::Required,
            synced: SyncedPasskeys::Refused,
        },
        challenge: &PasskeyChallenge::parse(CHALLENGE).ok()?,
        user_handle: b"handle",
        signatures: &Credulous,
    };
    for algorithm in PasskeyAlgorithm::ALL {
        let registration = Registration {
            client_data: &given,
            authenticator_data,
            public_key: spki,
            algorithm: algorithm.cose(),
        };
        if let Ok(made) = register(&ceremony, [], &registration) {
            assert_eq!(given.kind, "webauthn.create");
            assert_eq!(
                (made.passkey.key.spki(), made.passkey.backup),
                (spki, Backup::SingleDevice)
            );
            assert_eq!(authenticator_data[32] & 0b0101_1101, 0b0100_0101, "AT, UV and UP alone");
        }
    }
    let credential = CredentialId::new(b"id").ok()?;
    let bound = Passkey {
        credential: credential.clone(),
        key: key()?,
        rp_id: RpId::parse("example.com").ok()?,
        counter: 1,
        backup: Backup::SingleDevice,
    };
    let response = SignedResponse {
        credential: &credential,
        user_handle: None,
        client_data: &given,
        authenticator_data,
        signature: spki,
    };
    let proven = prove(&ceremony, [&bound], &response).ok()?;
    assert!(proven.is_user_verified && proven.passkey.counter > 1);
    assert_eq!(proven.passkey, Passkey { counter: proven.passkey.counter, ..bound });
    assert_eq!((given.kind.as_str(), given.origin.as_str()), ("webauthn.get", ORIGIN));
    assert_eq!((given.challenge.as_str(), given.cross_origin), (CHALLENGE, false));
    assert!(given.top_origin.is_none());
    let data = AuthenticatorData::of_assertion(authenticator_data).ok()?;
    assert_eq!(data.rp_id_hash(), &[b'#'; 32]);
    Some(())
}

fuzz_target!(|given: (&[u8], &[u8], &[u8])| {
    let (authenticator_data, json, spki) = given;
    let _ = run(authenticator_data, json, spki);
    // The client data of a browser that did as it was asked, so that more of the rest is reached.
    for kind in ["webauthn.create", "webauthn.get"] {
        let json = format!(
            r#"{{"type":"{kind}","challenge":"{CHALLENGE}","origin":"{ORIGIN}","crossOrigin":false}}"#
        );
        let _ = run(authenticator_data, json.as_bytes(), spki);
        let whole = [&[b'#'; 32][..], authenticator_data].concat();
        let _ = run(&whole, json.as_bytes(), &[&EDDSA[..], spki].concat());
    }
});
