//! API keys of portals: `pcl_<portal>_<key id>_<43 characters>_<MAC>`, shown once, hashed at rest.
//!
//! The MAC only filters made-up keys before the table is asked; the stored hash decides.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{
    Malformed, Portal, PortalId, Refusal, Timestamp, UnknownMembers,
    portal::{KeyHash, KeyTerms, KeyUse, PortalKey},
};
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::keyring::{API_KEY_MAC, Keyring};

const ID: usize = 6;
const SECRET: usize = 43;
const MAC: usize = API_KEY_MAC / 3 * 4;

/// A new key, the only time it exists in the clear.
pub struct ApiKeySecret(Zeroizing<String>);

impl ApiKeySecret {
    pub const RANDOM: usize = 36;

    /// Makes a key from random bytes. Returns it, and its stored form.
    pub fn issue(
        keyring: &Keyring,
        portal: &PortalId,
        random: &[u8; Self::RANDOM],
        now: Timestamp,
        terms: KeyTerms,
    ) -> (Self, PortalKey) {
        let (id, secret) = random.split_at(4);
        let id = BASE64URL.encode(id).replace(['_', '-'], "0");
        let body = format!("pcl_{portal}_{id}_{}", BASE64URL.encode(secret));
        let key = Self(Zeroizing::new(format!("{body}_{}", mac(keyring, &body))));
        let (hash, unknown) = (secret_hash(&key.0), UnknownMembers::default());
        (key, PortalKey { id, hash, created_at: now, terms, unknown })
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ApiKeySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKeySecret")
    }
}

/// SHA-256 of a secret with enough randomness of its own to need no salt.
pub fn secret_hash(secret: &str) -> KeyHash {
    let mut hash = [0; KeyHash::LEN];
    for (to, from) in hash.iter_mut().zip(digest(&SHA256, secret.as_bytes()).as_ref()) {
        *to = *from;
    }
    KeyHash::new(hash)
}

fn mac(keyring: &Keyring, body: &str) -> String {
    BASE64URL.encode(keyring.api_key_mac(body))
}

/// A key that a request came with: well formed, and not yet known to be one of ours.
pub struct ClaimedKey<'a> {
    body: &'a str,
    mac: &'a str,
    key: PresentedKey,
}

/// A key that a request came with, which this service made. It is not yet known to be right.
pub struct PresentedKey {
    portal: PortalId,
    id: String,
    hash: KeyHash,
}

const UNKNOWN: Malformed = Malformed { what: "the API key", why: "is not one of ours" };

impl<'a> ClaimedKey<'a> {
    /// Reads a key.
    pub fn parse(text: &'a str) -> Result<Self, Malformed> {
        let (body, mac) = split_tail(text, MAC).ok_or(UNKNOWN)?;
        let (rest, _) = split_tail(body, SECRET).ok_or(UNKNOWN)?;
        let (rest, id) = split_tail(rest, ID).ok_or(UNKNOWN)?;
        let portal = PortalId::parse(rest.strip_prefix("pcl_").ok_or(UNKNOWN)?)?;
        let key = PresentedKey { portal, id: id.to_owned(), hash: secret_hash(text) };
        Ok(Self { body, mac, key })
    }

    pub const fn portal(&self) -> &PortalId {
        self.key.portal()
    }

    pub fn id(&self) -> &str {
        self.key.id()
    }

    /// The key, if its MAC is right; compared in constant time.
    ///
    /// # Errors
    /// [`Malformed`] when it was made up.
    pub fn check(self, keyring: &Keyring) -> Result<PresentedKey, Malformed> {
        let is_ours = mac(keyring, self.body).as_bytes().ct_eq(self.mac.as_bytes());
        if is_ours.into() { Ok(self.key) } else { Err(UNKNOWN) }
    }
}

impl fmt::Debug for ClaimedKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClaimedKey")
    }
}

impl PresentedKey {
    /// Returns the portal. Every key of the table is made from this, never from the request's path.
    pub const fn portal(&self) -> &PortalId {
        &self.portal
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// Lets a call in if this is a key of the portal that opens it.
    ///
    /// # Errors
    /// [`Refusal::KeyRefused`] if it is none of the portal's, else those of [`PortalKey::admit`]:
    /// only who has the key itself is told what it lacks.
    pub fn admit(&self, portal: &Portal, call: KeyUse, now: Timestamp) -> Result<(), Refusal> {
        let matches = |key: &&PortalKey| {
            key.id == self.id && bool::from(key.hash.as_bytes().ct_eq(self.hash.as_bytes()))
        };
        let key = portal.keys.iter().find(matches).ok_or(Refusal::KeyRefused)?;
        key.admit(&portal.id, call, now)
    }
}

impl fmt::Debug for PresentedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PresentedKey")
    }
}

/// Cuts `_` and the last `length` characters off.
fn split_tail(text: &str, length: usize) -> Option<(&str, &str)> {
    let cut = text.len().checked_sub(length)?;
    let (head, tail) = (text.get(..cut)?, text.get(cut..)?);
    Some((head.strip_suffix('_')?, tail))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::keyring::tests::{keyring, keyring_of};
    use portcullis_domain::{
        Acted, KeyLapse, Scope,
        policy::Preset,
        portal::{LogDays, PortalSalt, Profile, Sending},
    };

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    /// The portal Acme with these API keys.
    pub(crate) fn portal(keys: Vec<PortalKey>) -> Portal {
        Portal {
            id: PortalId::parse("acme").unwrap(),
            profile: Profile::plain("Acme"),
            policy: Preset::AuthenticatorApp.policy(),
            generation: 1,
            salt: PortalSalt::new([0; 16]),
            trust_not_before: None,
            share: None,
            log_days: LogDays::MOST,
            sending: Sending::default(),
            keys,
            acted: Acted::default(),
            unknown: UnknownMembers::default(),
        }
    }

    fn read(text: &str, keyring: &Keyring) -> Result<PresentedKey, Malformed> {
        ClaimedKey::parse(text)?.check(keyring)
    }

    #[test]
    fn a_key_is_let_in_until_it_expires_and_no_other_is() {
        let (keyring, id) = (keyring(), PortalId::parse("acme").unwrap());
        let issue = |byte, expires_at| {
            let terms = KeyTerms { expires_at, ..KeyTerms::usual(NOW) };
            ApiKeySecret::issue(&keyring, &id, &[byte; 36], NOW, terms)
        };
        let admit = |key: &PresentedKey, keys, now| {
            let call = KeyUse { scope: Scope::SignIn, from: None };
            key.admit(&portal(keys), call, now)
        };
        let (key, stored) = issue(0xff, Some(NOW.plus(60)));
        let presented = read(key.expose(), &keyring).unwrap();
        assert_eq!((presented.portal(), presented.id()), (&id, stored.id.as_str()));
        let claimed = ClaimedKey::parse(key.expose()).unwrap();
        assert_eq!(
            format!("{key:?} {presented:?} {claimed:?}"),
            "ApiKeySecret PresentedKey ClaimedKey"
        );
        assert_eq!(admit(&presented, vec![stored.clone()], NOW), Ok(()));
        let expired = admit(&presented, vec![stored], NOW.plus(60)).unwrap_err();
        let why = match expired {
            Refusal::KeyLapsed(lapsed) => lapsed.why,
            other => panic!("{other:?}"),
        };
        assert_eq!(why, KeyLapse::Expired);
        let (_, other) = issue(0xfe, None);
        assert_eq!(admit(&presented, vec![other], NOW), Err(Refusal::KeyRefused));
        assert_eq!(admit(&presented, vec![], NOW), Err(Refusal::KeyRefused));
        // The id alone is no secret, and the secret alone is not looked for.
        let (_, renamed) = issue(0xff, None);
        for (id, hash) in [("AAAAAA", renamed.hash), (renamed.id.as_str(), secret_hash("another"))]
        {
            let stored = PortalKey { id: id.to_owned(), hash, ..renamed.clone() };
            assert_eq!(admit(&presented, vec![stored], NOW), Err(Refusal::KeyRefused));
        }
    }

    #[test]
    fn s40_a_key_that_was_cut_changed_or_made_up_is_known_without_a_read() {
        let (keyring, id) = (keyring(), PortalId::parse("acme").unwrap());
        let issue =
            |keyring| ApiKeySecret::issue(keyring, &id, &[7; 36], NOW, KeyTerms::usual(NOW)).0;
        let key = issue(&keyring);
        let text = key.expose();
        assert!(read(text, &keyring).is_ok());
        for wrong in [&text[1..], &text[..text.len() - 1], "", "pcl_", "é"] {
            assert!(ClaimedKey::parse(wrong).is_err(), "{wrong}");
        }
        for (n, old) in text.char_indices() {
            let new = if old == 'b' { "c" } else { "b" };
            let changed = format!("{}{new}{}", &text[..n], &text[n + 1..]);
            assert!(read(&changed, &keyring).is_err(), "{changed}");
        }
        // Whoever knows the form and not the key of the filter: the MAC of another service.
        let others = keyring_of(9);
        let foreign = issue(&others);
        assert!(
            read(foreign.expose(), &others).is_ok() && read(foreign.expose(), &keyring).is_err()
        );
    }
}
