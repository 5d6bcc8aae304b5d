//! The keyring of a process.

mod journal;
mod lookup;
mod pushed_request;
mod sealed_text;
mod token;

use aws_sdk_kms::Client;
use portcullis_domain::{
    KeyVersion, Timestamp, Unreadable,
    sign_in::{Acceptance, SignInView, result::Redeemed},
};
use std::sync::atomic::{AtomicBool, Ordering};
use zeroize::Zeroizing;

use self::lookup::LookupKeys;
use crate::{
    Assertion, Jwks, KeyError, KeyPurpose, Purposes, RsaJwks, SignedAssertion, WrappedKeyring,
    in_use::to_write_with,
    root::SubPurpose,
    signing::{Signer, SigningKey},
    wrapped_keyring::{OpenRoot, Unwrapped},
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
    /// The versions to write with, chosen when the keyring was opened.
    in_use: Vec<(KeyPurpose, KeyVersion)>,
    met_unknown_version: AtomicBool,
    left_out: Vec<KeyError>,
}

impl Keyring {
    /// Unwraps the keys of these purposes.
    pub async fn open(
        client: &Client,
        wrapped_keyring: &WrappedKeyring,
        purposes: Purposes,
        now: Timestamp,
    ) -> Result<Self, KeyError> {
        let unwrapped = wrapped_keyring.unwrap(client, purposes, &[], now).await?;
        Self::of_unwrapped(unwrapped, wrapped_keyring, now)
    }

    /// Opens a keyring that was read again: only versions that are not open yet are unwrapped.
    pub async fn open_again(
        &self,
        client: &Client,
        wrapped_keyring: &WrappedKeyring,
        purposes: Purposes,
        now: Timestamp,
    ) -> Result<Self, KeyError> {
        let unwrapped = wrapped_keyring.unwrap(client, purposes, &self.roots, now).await?;
        Self::of_unwrapped(unwrapped, wrapped_keyring, now)
    }

    fn of_unwrapped(
        Unwrapped { roots, left_out }: Unwrapped,
        wrapped_keyring: &WrappedKeyring,
        now: Timestamp,
    ) -> Result<Self, KeyError> {
        Ok(Self { left_out, ..Self::of(roots, wrapped_keyring.signing(), now)? })
    }

    /// The errors of versions that do not open, and that nothing is written with. One that is
    /// published is in use soon, and then nothing of its purpose works.
    pub fn left_out(&self) -> &[KeyError] {
        &self.left_out
    }

    /// Takes unwrapped root keys and sealed signing keys, both oldest first.
    fn of(roots: Vec<OpenRoot>, signing: &[SigningKey], now: Timestamp) -> Result<Self, KeyError> {
        let signing_key = to_write_with(signing, SigningKey::published_at, now);
        let signing_key = signing_key.ok_or(KeyError::Damaged)?;
        let signs = roots.iter().any(|root| root.purpose == KeyPurpose::Signing);
        let signer = if signs { Some(Signer::open(signing_key, &roots)?) } else { None };
        let jwks = Jwks { keys: signing.iter().rev().map(SigningKey::public).collect() };
        let rsa_jwks = RsaJwks { keys: signing.iter().rev().map(SigningKey::public_rsa).collect() };
        let lookup = LookupKeys::of(&roots)?;
        let in_use = KeyPurpose::ALL.into_iter().filter_map(|purpose| {
            let versions: Vec<_> = roots.iter().filter(|root| root.purpose == purpose).collect();
            let root = to_write_with(&versions, |root| root.published_at, now)?;
            Some((purpose, root.version))
        });
        let (in_use, met_unknown_version) = (in_use.collect(), AtomicBool::new(false));
        let left_out = vec![];
        Ok(Self { roots, signer, jwks, rsa_jwks, lookup, in_use, met_unknown_version, left_out })
    }

    /// The version that new secrets of a purpose are made under.
    pub fn in_use(&self, purpose: KeyPurpose) -> Result<KeyVersion, Unreadable> {
        let in_use = self.in_use.iter().find(|(of, _)| *of == purpose);
        in_use.map(|(_, version)| *version).ok_or_else(|| not_open(purpose))
    }

    /// Returns true if something was under a version that this keyring does not have: a newer one
    /// may have been published since it was read.
    pub fn met_unknown_version(&self) -> bool {
        self.met_unknown_version.load(Ordering::Relaxed)
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
        let Some(root) = root else {
            self.met_unknown_version.store(true, Ordering::Relaxed);
            return Err(Unreadable::UnknownVersion(version));
        };
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
    use crate::{USED_AFTER, root::RootKey};

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
    /// A moment at which all that was published `NOW` is in use.
    const LATER: Timestamp = NOW.plus(USED_AFTER);

    fn root(purpose: KeyPurpose, version: u32, byte: u8) -> OpenRoot {
        let key = RootKey::new(&[byte; 32]).unwrap();
        let version = KeyVersion(version);
        OpenRoot { purpose, version, published_at: NOW, key, wrapped: String::new() }
    }

    /// Two versions of the root keys of these purposes, and a signing key made under each.
    fn keyring_for(purposes: &[KeyPurpose]) -> Keyring {
        let roots = |purpose| [root(purpose, 1, 7), root(purpose, 2, 8)];
        let make = |root: &OpenRoot| SigningKey::make(root, [1; 12], NOW).unwrap();
        let signing = roots(KeyPurpose::Signing).each_ref().map(make);
        Keyring::of(purposes.iter().copied().flat_map(roots).collect(), &signing, LATER).unwrap()
    }

    pub(crate) fn keyring() -> Keyring {
        keyring_for(&KeyPurpose::ALL)
    }

    /// The keyring of another service.
    pub(crate) fn keyring_of(byte: u8) -> Keyring {
        let roots = KeyPurpose::ALL.map(|purpose| root(purpose, 1, byte));
        let signing =
            [SigningKey::make(&root(KeyPurpose::Signing, 1, byte), [1; 12], NOW).unwrap()];
        Keyring::of(roots.into(), &signing, LATER).unwrap()
    }

    #[test]
    fn a_keyring_without_lookup_or_the_key_of_its_signing_key_is_refused() {
        use KeyPurpose::{Lookup, Signing};
        let signing = [SigningKey::make(&root(Signing, 1, 7), [1; 12], NOW).unwrap()];
        let keyring = |signs: &[OpenRoot], looks: bool| {
            let signs = signs.iter().map(|open| root(open.purpose, open.version.0, 7));
            Keyring::of(signs.chain(looks.then(|| root(Lookup, 1, 7))).collect(), &signing, NOW)
        };
        assert!(keyring(&[root(Signing, 1, 7)], false).is_err());
        assert!(keyring(&[root(Signing, 2, 7)], true).is_err());
        assert!(Keyring::of(vec![root(Lookup, 1, 7), root(Signing, 1, 8)], &signing, NOW).is_err());
        assert!(Keyring::of(vec![root(Lookup, 1, 7)], &[], NOW).is_err());
        assert_eq!(format!("{:?}", keyring(&[root(Signing, 1, 7)], true).unwrap()), "Keyring");
    }

    #[test]
    fn s43_a_keyring_writes_with_what_was_in_use_when_it_was_opened_and_reads_all() {
        let purpose = KeyPurpose::Seal;
        let roots = || {
            let mut newer = root(purpose, 2, 8);
            newer.published_at = NOW.plus(60);
            vec![root(KeyPurpose::Lookup, 1, 7), root(purpose, 1, 7), newer]
        };
        let signing = [SigningKey::make(&root(KeyPurpose::Signing, 1, 7), [1; 12], NOW).unwrap()];
        for (opened_at, version) in [(NOW, 1), (LATER, 1), (LATER.plus(60), 2)] {
            let keyring = Keyring::of(roots(), &signing, opened_at).unwrap();
            assert_eq!(keyring.in_use(purpose), Ok(KeyVersion(version)));
            for version in [1, 2] {
                assert!(keyring.key(SubPurpose::Secret, KeyVersion(version), b"").is_ok());
            }
            assert!(!keyring.met_unknown_version());
            let unknown = keyring.key(SubPurpose::Secret, KeyVersion(3), b"");
            assert_eq!(unknown.map(drop), Err(Unreadable::UnknownVersion(KeyVersion(3))));
            assert!(keyring.met_unknown_version());
        }
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
                assert_eq!(keyring.in_use(purpose), wanted);
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
        assert!(Keyring::of(vec![root(KeyPurpose::Seal, 1, 7)], &[], NOW).is_err());
    }
}
