//! API keys of portals: `pcl_<portal>_<key id>_<43 characters>_<checksum>`, shown once, hashed at rest.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{
    Malformed, Portal, PortalId, Refusal, Timestamp,
    portal::{KeyHash, PortalKey},
};
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const ID: usize = 6;
const SECRET: usize = 43;
const CHECKSUM: usize = 6;

/// A new key, the only time it exists in the clear.
pub struct ApiKeySecret(Zeroizing<String>);

impl ApiKeySecret {
    /// How many random bytes a key needs.
    pub const RANDOM: usize = 36;

    /// Makes a key from random bytes, and what is stored of it.
    pub fn issue(
        portal: &PortalId,
        random: &[u8; Self::RANDOM],
        now: Timestamp,
        expires_at: Option<Timestamp>,
    ) -> (Self, PortalKey) {
        let (id, secret) = random.split_at(4);
        let id = BASE64URL.encode(id).replace(['_', '-'], "0");
        let body = format!("pcl_{portal}_{id}_{}", BASE64URL.encode(secret));
        let key = Self(Zeroizing::new(format!("{body}_{}", checksum(&body))));
        let stored = PortalKey { id, hash: secret_hash(&key.0), created_at: now, expires_at };
        (key, stored)
    }

    /// The key, for the one answer that shows it.
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

/// Catches a key that was cut or mistyped before anything is read for it.
fn checksum(body: &str) -> String {
    BASE64URL.encode(secret_hash(body).as_bytes()).chars().take(CHECKSUM).collect()
}

/// A key that a request came with. Well formed, and not yet known to be right.
pub struct PresentedKey {
    portal: PortalId,
    id: String,
    hash: KeyHash,
}

impl PresentedKey {
    /// Reads a key.
    ///
    /// # Errors
    /// [`Malformed`] when it cannot be one of ours.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let unknown = Malformed { what: "the API key", why: "is not one of ours" };
        let (body, check) = split_tail(text, CHECKSUM).ok_or(unknown)?;
        if checksum(body) != check {
            return Err(unknown);
        }
        let (rest, _) = split_tail(body, SECRET).ok_or(unknown)?;
        let (rest, id) = split_tail(rest, ID).ok_or(unknown)?;
        let portal = rest.strip_prefix("pcl_").ok_or(unknown)?;
        Ok(Self { portal: PortalId::parse(portal)?, id: id.to_owned(), hash: secret_hash(text) })
    }

    /// The portal it claims to be for; every key of the table is made from this, never from the request's path.
    pub const fn portal(&self) -> &PortalId {
        &self.portal
    }

    /// Which of the portal's keys it claims to be.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Lets the request in if this is an active key of the portal.
    ///
    /// # Errors
    /// [`Refusal::KeyRefused`] otherwise.
    pub fn admit(&self, portal: &Portal, now: Timestamp) -> Result<(), Refusal> {
        let matches = |key: &&PortalKey| {
            key.id == self.id
                && key.is_active(now)
                && bool::from(key.hash.as_bytes().ct_eq(self.hash.as_bytes()))
        };
        portal.keys.iter().find(matches).map(|_| ()).ok_or(Refusal::KeyRefused)
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
    use portcullis_domain::{
        policy::Preset,
        portal::{PortalSalt, Profile},
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
            keys,
        }
    }

    #[test]
    fn a_key_is_let_in_until_it_expires_and_no_other_is() {
        let id = PortalId::parse("acme").unwrap();
        let (key, stored) = ApiKeySecret::issue(&id, &[0xff; 36], NOW, Some(NOW.plus(60)));
        let presented = PresentedKey::parse(key.expose()).unwrap();
        assert_eq!((presented.portal(), presented.id()), (&id, stored.id.as_str()));
        assert_eq!(format!("{key:?} {presented:?}"), "ApiKeySecret PresentedKey");
        assert_eq!(presented.admit(&portal(vec![stored.clone()]), NOW), Ok(()));
        assert_eq!(presented.admit(&portal(vec![stored]), NOW.plus(60)), Err(Refusal::KeyRefused));
        let (_, other) = ApiKeySecret::issue(&id, &[0xfe; 36], NOW, None);
        assert_eq!(presented.admit(&portal(vec![other]), NOW), Err(Refusal::KeyRefused));
        assert_eq!(presented.admit(&portal(vec![]), NOW), Err(Refusal::KeyRefused));
        // The id alone is no secret, and the secret alone is not looked for.
        let (_, renamed) = ApiKeySecret::issue(&id, &[0xff; 36], NOW, None);
        for (id, hash) in [("AAAAAA", renamed.hash), (renamed.id.as_str(), secret_hash("another"))]
        {
            let stored = PortalKey { id: id.to_owned(), hash, ..renamed.clone() };
            assert_eq!(presented.admit(&portal(vec![stored]), NOW), Err(Refusal::KeyRefused));
        }
    }

    #[test]
    fn a_cut_or_changed_key_is_known_without_a_read() {
        let (key, _) = ApiKeySecret::issue(&PortalId::parse("acme").unwrap(), &[7; 36], NOW, None);
        let text = key.expose();
        for wrong in [
            &text[1..],
            &text[..text.len() - 1],
            "",
            "pcl_",
            "é",
            &text.replace("acme", "acmf"),
            &text.replacen("BwcH", "BwcI", 1),
        ] {
            assert!(PresentedKey::parse(wrong).is_err());
        }
    }
}
