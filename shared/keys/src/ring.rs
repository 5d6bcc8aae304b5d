//! The keyring: every version of the root key, wrapped, and the keys assertions are signed with, sealed.

use aws_lc_rs::{
    hmac,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use aws_sdk_kms::Client;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use jsonwebtoken::EncodingKey;
use portcullis_domain::{
    Destination, DestinationHash, KeyVersion, Locator, PortalId, Sealed, Timestamp, UserId,
    sign_in::{Acceptance, Picture},
};
use serde::{Deserialize, Serialize};

use crate::{
    Assertion, Jwk, Jwks, KeyError, SignedAssertion, kms,
    root::{Purpose, RootKey, length_prefixed},
    seal,
};

/// The keyring as it is stored. Nothing in it is readable without KMS.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Keyring {
    roots: Vec<WrappedRoot>,
    signing: Vec<SigningKey>,
}

/// One version of the root key, wrapped by KMS.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct WrappedRoot {
    version: KeyVersion,
    wrapped: String,
    published_at: Timestamp,
}

/// A key assertions are signed with: the private half sealed, the public half for the JWKS.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct SigningKey {
    kid: String,
    private: Sealed,
    x: String,
    y: String,
    published_at: Timestamp,
}

impl Keyring {
    /// Makes the first keyring: one root key, one signing key.
    ///
    /// # Errors
    /// [`KeyError`] when KMS or the making of a key fails.
    pub async fn make(
        client: &Client,
        key_id: &str,
        nonce: [u8; 12],
        now: Timestamp,
    ) -> Result<Self, KeyError> {
        let version = KeyVersion(1);
        let (root, wrapped) = kms::generate(client, key_id).await?;
        let signing = SigningKey::make(&root, version, nonce, now)?;
        let root = WrappedRoot { version, wrapped: BASE64URL.encode(wrapped), published_at: now };
        Ok(Self { roots: vec![root], signing: vec![signing] })
    }
}

impl SigningKey {
    fn make(
        root: &RootKey,
        version: KeyVersion,
        nonce: [u8; 12],
        now: Timestamp,
    ) -> Result<Self, KeyError> {
        let failed = |_| KeyError::Crypto("P-256 key");
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(failed)?;
        let pkcs8 = pair.to_pkcs8v1().map_err(failed)?;
        // The uncompressed point: 4, then x, then y (SEC 1, section 2.3.3).
        let point = pair.public_key().as_ref();
        let x = BASE64URL.encode(point.get(1..33).ok_or(KeyError::Crypto("P-256 point"))?);
        let y = BASE64URL.encode(point.get(33..65).ok_or(KeyError::Crypto("P-256 point"))?);
        let kid: String = x.chars().take(12).collect();
        let bytes = seal::seal(
            &*root.derive(Purpose::Signing, b"")?,
            nonce,
            kid.as_bytes(),
            pkcs8.as_ref(),
        )?;
        Ok(Self { kid, private: Sealed { version, bytes }, x, y, published_at: now })
    }
}

/// The keyring, unwrapped, as a process holds it.
pub struct Ring {
    roots: Vec<(KeyVersion, RootKey)>,
    kid: String,
    signing: EncodingKey,
    jwks: Jwks,
    locator: hmac::Key,
    destination: hmac::Key,
}

impl Ring {
    /// Unwraps a stored keyring: one call to KMS per root key.
    ///
    /// # Errors
    /// [`KeyError`] when anything in it cannot be opened; there is no weaker ring.
    pub async fn open(client: &Client, keyring: &Keyring) -> Result<Self, KeyError> {
        let mut roots = Vec::new();
        for stored in &keyring.roots {
            let wrapped = BASE64URL.decode(&stored.wrapped).map_err(|_| KeyError::Damaged)?;
            roots.push((stored.version, kms::unwrap(client, &wrapped).await?));
        }
        Self::of(roots, &keyring.signing)
    }

    /// The ring of unwrapped root keys and sealed signing keys, both oldest first.
    fn of(roots: Vec<(KeyVersion, RootKey)>, signing: &[SigningKey]) -> Result<Self, KeyError> {
        // The first version, without salt, and never rotated: these hide, they do not authenticate.
        let (_, first) = roots.first().ok_or(KeyError::Damaged)?;
        let (locator, destination) =
            (first.hmac(Purpose::Locator, b"")?, first.hmac(Purpose::Destination, b"")?);
        let newest = signing.last().ok_or(KeyError::Damaged)?;
        let root = roots
            .iter()
            .find(|(version, _)| *version == newest.private.version)
            .ok_or(KeyError::Damaged)?;
        let private = seal::open(
            &*root.1.derive(Purpose::Signing, b"")?,
            newest.kid.as_bytes(),
            &newest.private.bytes,
        )?;
        let jwks = Jwks { keys: signing.iter().rev().map(SigningKey::public).collect() };
        let (kid, signing) = (newest.kid.clone(), EncodingKey::from_ec_der(&private));
        Ok(Self { kid, signing, jwks, locator, destination, roots })
    }

    /// The version new secrets are made under.
    pub(crate) fn current(&self) -> KeyVersion {
        self.roots.last().map_or(KeyVersion(0), |(version, _)| *version)
    }

    pub(crate) fn root(&self, wanted: KeyVersion) -> Option<&RootKey> {
        self.roots.iter().find(|(version, _)| *version == wanted).map(|(_, root)| root)
    }

    /// Where a user's item lies.
    pub fn locator(&self, portal: &PortalId, user: &UserId) -> Locator {
        Locator::new(short_mac(
            &self.locator,
            &[portal.as_str().as_bytes(), user.case_folded().as_bytes()],
        ))
    }

    /// The keyed hash of a destination, the same over all portals: caps are counted by it.
    pub fn destination_hash(&self, destination: &Destination) -> DestinationHash {
        DestinationHash::new(short_mac(&self.destination, &[destination.normalised().as_bytes()]))
    }

    /// The keyed hash of a block of numbers, so that a cap on it needs no number as its key.
    pub fn prefix_hash(&self, prefix: &str) -> DestinationHash {
        self.hidden("prefix", prefix)
    }

    /// The keyed hash of anything that is counted and must not be read off the key of its counter.
    pub fn hidden(&self, what: &str, text: &str) -> DestinationHash {
        let fields = [what.as_bytes(), text.as_bytes()];
        DestinationHash::new(short_mac(&self.destination, &fields))
    }

    /// Seals a secret of the system's settings.
    ///
    /// # Errors
    /// [`KeyError`] when the current key is missing.
    pub fn seal_setting(
        &self,
        name: &str,
        secret: &str,
        nonce: [u8; 12],
    ) -> Result<Sealed, KeyError> {
        let version = self.current();
        let key = self.root(version).ok_or(KeyError::Damaged)?.derive(Purpose::System, b"")?;
        Ok(Sealed { version, bytes: seal::seal(&key, nonce, name.as_bytes(), secret.as_bytes())? })
    }

    /// Opens a secret of the system's settings.
    ///
    /// # Errors
    /// [`KeyError`] when it does not open under this name.
    pub fn open_setting(
        &self,
        name: &str,
        sealed: &Sealed,
    ) -> Result<zeroize::Zeroizing<String>, KeyError> {
        let key =
            self.root(sealed.version).ok_or(KeyError::Damaged)?.derive(Purpose::System, b"")?;
        let opened = seal::open(&key, name.as_bytes(), &sealed.bytes)?;
        let text = std::str::from_utf8(&opened).map_err(|_| KeyError::Damaged)?;
        Ok(zeroize::Zeroizing::new(text.to_owned()))
    }

    /// Signs what is said of a sign-in that ended with this acceptance, issued at this moment.
    ///
    /// # Errors
    /// [`KeyError::Signing`] when the key does not work.
    pub fn sign(
        &self,
        issuer: &str,
        picture: &Picture,
        acceptance: &Acceptance,
        issued_at: Timestamp,
    ) -> Result<SignedAssertion, KeyError> {
        Assertion::of(issuer, picture, acceptance, issued_at).sign(&self.kid, &self.signing)
    }

    /// The public keys.
    pub const fn jwks(&self) -> &Jwks {
        &self.jwks
    }
}

impl std::fmt::Debug for Ring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ring")
    }
}

impl SigningKey {
    fn public(&self) -> Jwk {
        Jwk {
            kty: "EC",
            crv: "P-256",
            alg: "ES256",
            usage: "sig",
            kid: self.kid.clone(),
            x: self.x.clone(),
            y: self.y.clone(),
        }
    }
}

fn short_mac(key: &hmac::Key, fields: &[&[u8]]) -> [u8; 16] {
    let mac = hmac::sign(key, &length_prefixed(fields));
    mac.as_ref().first_chunk::<16>().copied().unwrap_or_default()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use portcullis_domain::Email;

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    /// A ring of two root keys, with a signing key made under each.
    pub(crate) fn ring() -> Ring {
        let roots = [(1, 7), (2, 8)]
            .map(|(version, byte)| (KeyVersion(version), RootKey::new(&[byte; 32]).unwrap()));
        let made = |(version, root): &(KeyVersion, RootKey)| {
            SigningKey::make(root, *version, [1; 12], NOW).unwrap()
        };
        let signing = roots.each_ref().map(made);
        Ring::of(roots.into(), &signing).unwrap()
    }

    fn portal(id: &str) -> PortalId {
        PortalId::parse(id).unwrap()
    }

    fn user(id: &str) -> UserId {
        UserId::parse(id).unwrap()
    }

    #[test]
    fn new_secrets_are_made_under_the_newest_key_and_old_ones_still_open() {
        let ring = ring();
        assert_eq!(ring.current(), KeyVersion(2));
        let sealed = ring.seal_setting("twilio", "secret", [3; 12]).unwrap();
        assert_eq!(sealed.version, KeyVersion(2));
        assert_eq!(*ring.open_setting("twilio", &sealed).unwrap(), "secret");
        assert!(ring.open_setting("slack", &sealed).is_err());
        let of_another_key = Sealed { version: KeyVersion(1), ..sealed.clone() };
        assert!(ring.open_setting("twilio", &of_another_key).is_err());
        let of_no_key = Sealed { version: KeyVersion(3), ..sealed };
        assert!(ring.open_setting("twilio", &of_no_key).is_err());

        let older = RootKey::new(&[7; 32]).unwrap().derive(Purpose::System, b"").unwrap();
        let bytes = seal::seal(&older, [4; 12], b"twilio", b"before").unwrap();
        let before = Sealed { version: KeyVersion(1), bytes };
        assert_eq!(*ring.open_setting("twilio", &before).unwrap(), "before");
    }

    #[test]
    fn a_user_lies_in_one_place_per_portal_however_the_id_is_written() {
        let ring = ring();
        let anna = ring.locator(&portal("acme"), &user("anna"));
        assert_eq!(ring.locator(&portal("acme"), &user("ANNA")), anna);
        let others = [("acme", "ben"), ("initech", "anna"), ("acmea", "nna")];
        for (at, who) in others {
            assert_ne!(ring.locator(&portal(at), &user(who)), anna, "{who} of {at}");
        }
    }

    #[test]
    fn what_is_counted_is_hidden_and_never_mixed_up() {
        let ring = ring();
        let anna = Destination::Email(Email::parse("anna@example.com").unwrap());
        let ben = Destination::Email(Email::parse("ben@example.com").unwrap());
        let mut all = vec![
            ring.destination_hash(&anna),
            ring.destination_hash(&ben),
            ring.prefix_hash("+4412"),
            ring.prefix_hash("+4413"),
            ring.hidden("address", "+4412"),
            ring.hidden("address", "anna@example.com"),
        ];
        assert_eq!(ring.destination_hash(&anna), tests::ring().destination_hash(&anna));
        assert_eq!(ring.prefix_hash("+4412"), ring.hidden("prefix", "+4412"));
        all.sort_by_key(|hash| *hash.as_bytes());
        all.dedup();
        assert_eq!(all.len(), 6);
    }

    #[test]
    fn a_ring_without_the_key_of_its_signing_key_is_none() {
        let root = |byte| RootKey::new(&[byte; 32]).unwrap();
        let signing = [SigningKey::make(&root(7), KeyVersion(1), [1; 12], NOW).unwrap()];
        assert!(Ring::of(vec![], &signing).is_err());
        assert!(Ring::of(vec![(KeyVersion(1), root(7))], &[]).is_err());
        assert!(Ring::of(vec![(KeyVersion(1), root(8))], &signing).is_err());
        assert!(Ring::of(vec![(KeyVersion(2), root(7))], &signing).is_err());
        assert_eq!(
            format!("{:?}", Ring::of(vec![(KeyVersion(1), root(7))], &signing).unwrap()),
            "Ring"
        );
    }
}
