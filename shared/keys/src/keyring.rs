//! The keys as a process holds them: unwrapped, and only those of the purposes it needs.

use aws_lc_rs::hmac;
use aws_sdk_kms::Client;
use portcullis_domain::{
    Destination, DestinationHash, KeyVersion, Locator, PortalId, Sealed, SignInKey, SignInTag,
    SignInTags, Timestamp, Unreadable, UserId,
    sign_in::{Acceptance, SignInView},
};
use zeroize::Zeroizing;

use crate::{
    Assertion, Jwks, KeyError, KeyPurpose, Purposes, SignedAssertion, WrappedKeyring,
    root::{SubPurpose, length_prefixed},
    seal,
    signing::{Signer, SigningKey},
    wrapped_keyring::OpenRoot,
};

/// How many bytes the MAC of an API key has: twelve characters of base64url, with no bit left over.
pub(crate) const API_KEY_MAC: usize = 9;

/// The keyring, unwrapped, as a process holds it.
pub struct Keyring {
    roots: Vec<OpenRoot>,
    signer: Option<Signer>,
    jwks: Jwks,
    lookup: LookupKeys,
}

/// The keys of the purpose `lookup`, ready for use. They are of its first version, without salt, and never rotated: they
/// hide and filter, and nothing is ever decided by them.
struct LookupKeys {
    locator: hmac::Key,
    destination: hmac::Key,
    sign_in_id: hmac::Key,
    api_key: hmac::Key,
}

impl LookupKeys {
    fn of(roots: &[OpenRoot]) -> Result<Self, KeyError> {
        let first = roots.iter().find(|root| root.purpose == KeyPurpose::Lookup);
        let OpenRoot { key, .. } = first.ok_or(KeyError::Damaged)?;
        Ok(Self {
            locator: key.hmac(SubPurpose::Locator, b"")?,
            destination: key.hmac(SubPurpose::Destination, b"")?,
            sign_in_id: key.hmac(SubPurpose::SignInId, b"")?,
            api_key: key.hmac(SubPurpose::ApiKey, b"")?,
        })
    }
}

impl Keyring {
    /// Unwraps the keys of these purposes.
    ///
    /// # Errors
    /// [`KeyError`] when any of them cannot be opened; there is no weaker ring.
    pub async fn open(
        client: &Client,
        wrapped_keyring: &WrappedKeyring,
        purposes: Purposes,
    ) -> Result<Self, KeyError> {
        Self::of(wrapped_keyring.unwrap(client, purposes).await?, wrapped_keyring.signing())
    }

    /// The ring of unwrapped root keys and sealed signing keys, both oldest first.
    fn of(roots: Vec<OpenRoot>, signing: &[SigningKey]) -> Result<Self, KeyError> {
        let newest = signing.last().ok_or(KeyError::Damaged)?;
        let signs = roots.iter().any(|root| root.purpose == KeyPurpose::Signing);
        let signer = if signs { Some(Signer::open(newest, &roots)?) } else { None };
        let jwks = Jwks { keys: signing.iter().rev().map(SigningKey::public).collect() };
        let lookup = LookupKeys::of(&roots)?;
        Ok(Self { roots, signer, jwks, lookup })
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

    /// Where a user's item lies.
    pub fn locator(&self, portal: &PortalId, user: &UserId) -> Locator {
        Locator::new(short_mac(
            &self.lookup.locator,
            &[portal.as_str().as_bytes(), user.case_folded().as_bytes()],
        ))
    }

    /// The keyed hash of a destination, the same over all portals: caps are counted by it.
    pub fn destination_hash(&self, destination: &Destination) -> DestinationHash {
        DestinationHash::new(short_mac(
            &self.lookup.destination,
            &[destination.normalised().as_bytes()],
        ))
    }

    /// The keyed hash of a block of numbers, so that a cap on it needs no number as its key.
    pub fn prefix_hash(&self, prefix: &str) -> DestinationHash {
        self.hidden("prefix", prefix)
    }

    /// The keyed hash of anything that is counted and must not be read off the key of its counter.
    pub fn hidden(&self, what: &str, text: &str) -> DestinationHash {
        let fields = [what.as_bytes(), text.as_bytes()];
        DestinationHash::new(short_mac(&self.lookup.destination, &fields))
    }

    /// The MAC that an API key carries, so that one that was made up is known without a read.
    pub(crate) fn api_key_mac(&self, body: &str) -> [u8; API_KEY_MAC] {
        let mac = hmac::sign(&self.lookup.api_key, body.as_bytes());
        mac.as_ref().first_chunk().copied().unwrap_or_default()
    }

    /// Seals a secret of the system's settings.
    ///
    /// # Errors
    /// [`KeyError`] when the keys for settings are not open.
    pub fn seal_setting(
        &self,
        name: &str,
        secret: &str,
        nonce: [u8; 12],
    ) -> Result<Sealed, KeyError> {
        self.seal(SubPurpose::System, name, secret, nonce)
    }

    /// Opens a secret of the system's settings.
    ///
    /// # Errors
    /// [`KeyError`] when it does not open under this name, or the keys for settings are not open.
    pub fn open_setting(&self, name: &str, sealed: &Sealed) -> Result<Zeroizing<String>, KeyError> {
        self.open_sealed(SubPurpose::System, name, sealed)
    }

    /// Seals what one page of one session shows once, on its way through the browser. Under the keys for codes, because
    /// every function that shows an admin a secret has those.
    ///
    /// # Errors
    /// [`KeyError`] when the keys for codes are not open.
    pub fn seal_shown_once(
        &self,
        page: &str,
        text: &str,
        nonce: [u8; 12],
    ) -> Result<Sealed, KeyError> {
        self.seal(SubPurpose::ShownOnce, page, text, nonce)
    }

    /// Opens what a page of a session shows once.
    ///
    /// # Errors
    /// [`KeyError`] when it is another page's or session's, or the keys for codes are not open.
    pub fn open_shown_once(
        &self,
        page: &str,
        sealed: &Sealed,
    ) -> Result<Zeroizing<String>, KeyError> {
        self.open_sealed(SubPurpose::ShownOnce, page, sealed)
    }

    fn seal(
        &self,
        wanted: SubPurpose,
        owner: &str,
        text: &str,
        nonce: [u8; 12],
    ) -> Result<Sealed, KeyError> {
        let version = self.newest(wanted.purpose())?;
        let key = self.key(wanted, version, b"")?;
        Ok(Sealed { version, bytes: seal::seal(&key, nonce, owner.as_bytes(), text.as_bytes())? })
    }

    fn open_sealed(
        &self,
        wanted: SubPurpose,
        owner: &str,
        sealed: &Sealed,
    ) -> Result<Zeroizing<String>, KeyError> {
        let key = self.key(wanted, sealed.version, b"")?;
        let opened = seal::open(&key, owner.as_bytes(), &sealed.bytes)?;
        let text = std::str::from_utf8(&opened).map_err(|_| KeyError::Damaged)?;
        Ok(Zeroizing::new(text.to_owned()))
    }

    /// Signs what is said of a sign-in that ended with this acceptance, issued at this moment.
    ///
    /// # Errors
    /// [`KeyError`] when the signing key is not open or does not work.
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

    /// The public keys.
    pub const fn jwks(&self) -> &Jwks {
        &self.jwks
    }
}

impl SignInTags for Keyring {
    fn sign_in_tag(&self, portal: &PortalId, locator: Locator, key: SignInKey) -> SignInTag {
        let fields = [portal.as_str().as_bytes(), locator.as_bytes(), key.as_bytes()];
        SignInTag::new(short_mac(&self.lookup.sign_in_id, &fields))
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ring")
    }
}

const fn not_open(purpose: KeyPurpose) -> Unreadable {
    Unreadable::NotOpened(purpose.as_str())
}

fn short_mac(key: &hmac::Key, fields: &[&[u8]]) -> [u8; 16] {
    let mac = hmac::sign(key, &length_prefixed(fields));
    mac.as_ref().first_chunk::<16>().copied().unwrap_or_default()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::root::RootKey;
    use portcullis_domain::Email;

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

    /// A ring of every purpose.
    pub(crate) fn keyring() -> Keyring {
        keyring_for(&KeyPurpose::ALL)
    }

    /// The ring of another service.
    pub(crate) fn keyring_of(byte: u8) -> Keyring {
        let roots = KeyPurpose::ALL.map(|purpose| root(purpose, 1, byte));
        let signing =
            [SigningKey::make(&root(KeyPurpose::Signing, 1, byte), [1; 12], NOW).unwrap()];
        Keyring::of(roots.into(), &signing).unwrap()
    }

    fn portal(id: &str) -> PortalId {
        PortalId::parse(id).unwrap()
    }

    fn user(id: &str) -> UserId {
        UserId::parse(id).unwrap()
    }

    #[test]
    fn new_secrets_are_made_under_the_newest_key_and_old_ones_still_open() {
        let keyring = keyring();
        assert_eq!(keyring.newest(KeyPurpose::Settings), Ok(KeyVersion(2)));
        let sealed = keyring.seal_setting("twilio", "secret", [3; 12]).unwrap();
        assert_eq!(sealed.version, KeyVersion(2));
        assert_eq!(*keyring.open_setting("twilio", &sealed).unwrap(), "secret");
        assert!(keyring.open_setting("slack", &sealed).is_err());
        let of_another_key = Sealed { version: KeyVersion(1), ..sealed.clone() };
        assert!(keyring.open_setting("twilio", &of_another_key).is_err());
        let of_no_key = Sealed { version: KeyVersion(3), ..sealed };
        assert!(keyring.open_setting("twilio", &of_no_key).is_err());

        let older = keyring.key(SubPurpose::System, KeyVersion(1), b"").unwrap();
        let bytes = seal::seal(&older, [4; 12], b"twilio", b"before").unwrap();
        let before = Sealed { version: KeyVersion(1), bytes };
        assert_eq!(*keyring.open_setting("twilio", &before).unwrap(), "before");
    }

    #[test]
    fn what_is_shown_once_opens_on_its_own_page_and_nowhere_else() {
        let keyring = keyring();
        let sealed = keyring.seal_shown_once("page", "secret", [3; 12]).unwrap();
        assert_eq!(*keyring.open_shown_once("page", &sealed).unwrap(), "secret");
        assert!(keyring.open_shown_once("other", &sealed).is_err());
        assert!(keyring.open_setting("page", &sealed).is_err());
    }

    #[test]
    fn a_user_lies_in_one_place_per_portal_however_the_id_is_written() {
        let keyring = keyring();
        let anna = keyring.locator(&portal("acme"), &user("anna"));
        assert_eq!(keyring.locator(&portal("acme"), &user("ANNA")), anna);
        let others = [("acme", "ben"), ("initech", "anna"), ("acmea", "nna")];
        for (at, who) in others {
            assert_ne!(keyring.locator(&portal(at), &user(who)), anna, "{who} of {at}");
        }
    }

    #[test]
    fn what_is_counted_is_hidden_and_never_mixed_up() {
        let keyring = keyring();
        let anna = Destination::Email(Email::parse("anna@example.com").unwrap());
        let ben = Destination::Email(Email::parse("ben@example.com").unwrap());
        let mut all = vec![
            keyring.destination_hash(&anna),
            keyring.destination_hash(&ben),
            keyring.prefix_hash("+4412"),
            keyring.prefix_hash("+4413"),
            keyring.hidden("address", "+4412"),
            keyring.hidden("address", "anna@example.com"),
        ];
        assert_eq!(keyring.destination_hash(&anna), tests::keyring().destination_hash(&anna));
        assert_eq!(keyring.prefix_hash("+4412"), keyring.hidden("prefix", "+4412"));
        all.sort_by_key(|hash| *hash.as_bytes());
        all.dedup();
        assert_eq!(all.len(), 6);
    }

    #[test]
    fn a_ring_without_lookup_or_the_key_of_its_signing_key_is_none() {
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
        assert_eq!(format!("{:?}", keyring(&[root(Signing, 1, 7)], true).unwrap()), "Ring");
    }

    #[test]
    fn s45_a_ring_without_a_purpose_does_nothing_of_it_and_says_which() {
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

    #[test]
    fn the_tag_of_a_sign_in_id_depends_on_every_part_of_it() {
        let keyring = keyring();
        let (here, key) = (Locator::new([1; 16]), SignInKey::new([2; 21]));
        let tag = keyring.sign_in_tag(&portal("acme"), here, key);
        assert_eq!(keyring.sign_in_tag(&portal("acme"), here, key), tag);
        for other in [
            keyring.sign_in_tag(&portal("initech"), here, key),
            keyring.sign_in_tag(&portal("acme"), Locator::new([3; 16]), key),
            keyring.sign_in_tag(&portal("acme"), here, SignInKey::new([3; 21])),
        ] {
            assert_ne!(other, tag);
        }
    }
}
