//! The keyring of a process.

mod freeze_link;
mod lookup;
mod pushed_request;
mod sealed_text;

use aws_sdk_kms::Client;
use portcullis_domain::{
    KeyVersion, Timestamp, Unreadable,
    sign_in::{Acceptance, SignInView, result::Redeemed},
};
use zeroize::Zeroizing;

use self::lookup::LookupKeys;
use crate::{
    Assertion, Jwks, KeyError, KeyPurpose, Purposes, RsaJwks, SignedAssertion, WrappedKeyring,
    root::SubPurpose,
    signing::{Signer, SigningKey},
    wrapped_keyring::OpenRoot,
};

pub(crate) use self::lookup::API_KEY_MAC;
pub use self::pushed_request::PushedState;

/// The unwrapped keys of the purposes that a process needs.
pub struct Keyring {
    roots: Vec<OpenRoot>,
    signer: Option<Signer>,
    jwks: Jwks,
    rsa_jwks: RsaJwks,
    lookup: LookupKeys,
}

impl Keyring {
    /// Unwraps the keys of these purposes.
    pub async fn open(
        client: &Client,
        wrapped_keyring: &WrappedKeyring,
        purposes: Purposes,
    ) -> Result<Self, KeyError> {
        Self::of(wrapped_keyring.unwrap(client, purposes).await?, wrapped_keyring.signing())
    }

    /// Takes unwrapped root keys and sealed signing keys, both oldest first.
    fn of(roots: Vec<OpenRoot>, signing: &[SigningKey]) -> Result<Self, KeyError> {
        let newest = signing.last().ok_or(KeyError::Damaged)?;
        let signs = roots.iter().any(|root| root.purpose == KeyPurpose::Signing);
        let signer = if signs { Some(Signer::open(newest, &roots)?) } else { None };
        let jwks = Jwks { keys: signing.iter().rev().map(SigningKey::public).collect() };
        let rsa_jwks = RsaJwks { keys: signing.iter().rev().map(SigningKey::public_rsa).collect() };
        let lookup = LookupKeys::of(&roots)?;
        Ok(Self { roots, signer, jwks, rsa_jwks, lookup })
    }

    /// The version that new secrets of a purpose are made under.
    pub(crate) fn newest(&self, purpose: KeyPurpose) -> Result<KeyVersion, Unreadable> {
        let newest = self.roots.iter().rfind(|root| root.purpose == purpose);
        newest.map(|root| root.version).ok_or_else(|| not_open(purpose))
    }

    /// Derives a key under one version of its purpose's root key; `salt` makes it one portal's own.
    pub(crate) fn key(
        &self,
        wanted: SubPurpose,
        version: KeyVersion,
        salt: &[u8],
    ) -> Result<Zeroizing<[u8; 32]>, Unreadable> {
        let purpose = wanted.purpose();
        let mut open = self.roots.iter().filter(|root| root.purpose == purpose).peekable();
        if open.peek().is_none() {
            return Err(not_open(purpose));
        }
        let root = open.find(|root| root.version == version);
        let root = root.ok_or(Unreadable::UnknownVersion(version))?;
        root.key.derive(wanted, salt).map_err(|_| Unreadable::DoesNotOpen)
    }

    /// Signs the assertion of a sign-in that ended with this acceptance.
    pub fn sign(
        &self,
        issuer: &str,
        view: &SignInView,
        acceptance: &Acceptance,
        issued_at: Timestamp,
    ) -> Result<SignedAssertion, KeyError> {
        let signer = self.signer.as_ref().ok_or_else(|| not_open(KeyPurpose::Signing))?;
        Assertion::of(issuer, view, acceptance, issued_at).sign(signer)
    }

    /// Signs the ID token of a sign-in (OpenID Connect Core, section 2): the claims of an
    /// assertion, with the nonce that the portal pushed, if it did.
    pub fn sign_id_token(
        &self,
        issuer: &str,
        redeemed: &Redeemed,
        nonce: Option<&str>,
    ) -> Result<String, KeyError> {
        let signer = self.signer.as_ref().ok_or_else(|| not_open(KeyPurpose::Signing))?;
        let Redeemed { view, acceptance, issued_at } = redeemed;
        signer
            .sign_rs256(&Assertion { nonce, ..Assertion::of(issuer, view, acceptance, *issued_at) })
    }

    pub const fn jwks(&self) -> &Jwks {
        &self.jwks
    }

    /// The keys of ID tokens. They are apart from those of assertions, so that neither passes for
    /// the other.
    pub const fn rsa_jwks(&self) -> &RsaJwks {
        &self.rsa_jwks
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyring")
    }
}

const fn not_open(purpose: KeyPurpose) -> Unreadable {
    Unreadable::NotOpened(purpose.as_str())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::root::RootKey;

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    fn root(purpose: KeyPurpose, version: u32, byte: u8) -> OpenRoot {
        OpenRoot { purpose, version: KeyVersion(version), key: RootKey::new(&[byte; 32]).unwrap() }
    }

    /// Two versions of the root keys of these purposes, and a signing key made under each.
    fn keyring_for(purposes: &[KeyPurpose]) -> Keyring {
        let roots = |purpose| [root(purpose, 1, 7), root(purpose, 2, 8)];
        let make = |root: &OpenRoot| SigningKey::make(root, [1; 12], NOW).unwrap();
        let signing = roots(KeyPurpose::Signing).each_ref().map(make);
        Keyring::of(purposes.iter().copied().flat_map(roots).collect(), &signing).unwrap()
    }

    pub(crate) fn keyring() -> Keyring {
        keyring_for(&KeyPurpose::ALL)
    }

    /// The keyring of another service.
    pub(crate) fn keyring_of(byte: u8) -> Keyring {
        let roots = KeyPurpose::ALL.map(|purpose| root(purpose, 1, byte));
        let signing =
            [SigningKey::make(&root(KeyPurpose::Signing, 1, byte), [1; 12], NOW).unwrap()];
        Keyring::of(roots.into(), &signing).unwrap()
    }

    #[test]
    fn a_keyring_without_lookup_or_the_key_of_its_signing_key_is_refused() {
        use KeyPurpose::{Lookup, Signing};
        let signing = [SigningKey::make(&root(Signing, 1, 7), [1; 12], NOW).unwrap()];
        let keyring = |signs: &[OpenRoot], looks: bool| {
            let signs = signs.iter().map(|open| root(open.purpose, open.version.0, 7));
            Keyring::of(signs.chain(looks.then(|| root(Lookup, 1, 7))).collect(), &signing)
        };
        assert!(keyring(&[root(Signing, 1, 7)], false).is_err());
        assert!(keyring(&[root(Signing, 2, 7)], true).is_err());
        assert!(Keyring::of(vec![root(Lookup, 1, 7), root(Signing, 1, 8)], &signing).is_err());
        assert!(Keyring::of(vec![root(Lookup, 1, 7)], &[]).is_err());
        assert_eq!(format!("{:?}", keyring(&[root(Signing, 1, 7)], true).unwrap()), "Keyring");
    }

    #[test]
    fn s45_a_keyring_without_a_purpose_refuses_it_and_names_it() {
        let not_open = |error: KeyError| match error {
            KeyError::Unreadable(Unreadable::NotOpened(purpose)) => {
                assert!(error.to_string().contains(purpose), "the log names the purpose");
                purpose
            }
            other => panic!("{other}"),
        };
        let sealed = keyring().seal_setting("twilio", "secret", [3; 12]).unwrap();
        for without in KeyPurpose::ALL.into_iter().filter(|p| *p != KeyPurpose::Lookup) {
            let others: Vec<_> = KeyPurpose::ALL.into_iter().filter(|p| *p != without).collect();
            let keyring = keyring_for(&others);
            for purpose in KeyPurpose::ALL {
                let wanted = if purpose == without {
                    Err(Unreadable::NotOpened(without.as_str()))
                } else {
                    Ok(KeyVersion(2))
                };
                assert_eq!(keyring.newest(purpose), wanted);
            }
            let settings = [
                keyring.seal_setting("twilio", "secret", [3; 12]).map(drop),
                keyring.open_setting("twilio", &sealed).map(drop),
            ];
            for done in settings {
                match done {
                    Ok(()) => assert_ne!(without, KeyPurpose::Settings),
                    Err(error) => assert_eq!(not_open(error), without.as_str()),
                }
            }
            assert_eq!(keyring.signer.is_none(), without == KeyPurpose::Signing);
            let shown = keyring.seal_shown_once("page", "secret", [3; 12]);
            assert_eq!(shown.is_err(), without == KeyPurpose::Codes);
        }
        assert!(Keyring::of(vec![root(KeyPurpose::Seal, 1, 7)], &[]).is_err());
    }
}
