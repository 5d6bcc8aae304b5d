//! The id of one sign-in. Its form is made once, for good: portals keep it, and links carry it.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use std::fmt;
use subtle::ConstantTimeEq;

use crate::{Locator, Malformed, PortalId, Timestamp, values::id::byte_id};

byte_id!(
    /// The key of a sign-in among those of its user: the moment it was opened, and 16 random bytes.
    SignInKey, 21, "the sign-in id"
);

impl SignInKey {
    /// The latest moment that fits into five bytes; it lies in the year 36812.
    const LAST: u64 = (1 << 40) - 1;

    /// The key of a sign-in that is opened at this moment. The moment is written as Unix seconds in
    /// five bytes, the highest first; four bytes would end in the year 2106.
    pub fn opened(at: Timestamp, random: [u8; 16]) -> Self {
        let seconds = u64::try_from(at.unix()).unwrap_or(0).min(Self::LAST);
        let [_, _, _, moment @ ..] = seconds.to_be_bytes();
        let mut bytes = [0; Self::LEN];
        for (to, from) in bytes.iter_mut().zip(moment.into_iter().chain(random)) {
            *to = from;
        }
        Self(bytes)
    }

    pub fn opened_at(&self) -> Timestamp {
        let [a, b, c, d, e, ..] = self.0;
        Timestamp::from_unix(i64::from_be_bytes([0, 0, 0, a, b, c, d, e]))
    }
}

/// The keyed tag of a sign-in id. It only filters what was made up; nothing is ever decided by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInTag([u8; 16]);

impl SignInTag {
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Compares in constant time, so that a tag cannot be found byte by byte.
    fn is(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

/// The key of the junk filter, as far as sign-in ids need it.
pub trait SignInTags {
    /// Computes the tag of the id with these parts.
    fn sign_in_tag(&self, portal: &PortalId, locator: Locator, key: SignInKey) -> SignInTag;
}

/// The id of one sign-in:
/// `si_<portal>_<base64url(version byte, locator, moment, 16 random bytes, 16-byte tag)>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInId {
    pub portal: PortalId,
    pub locator: Locator,
    pub key: SignInKey,
    tag: SignInTag,
}

/// The version of the form, the first byte of the part after the portal.
const VERSION: u8 = 1;
/// Bytes after the portal, and the characters they take: a multiple of three, so no bit is left
/// over and each id has one form.
const BYTES: usize = 1 + Locator::LEN + SignInKey::LEN + 16;
const CHARACTERS: usize = BYTES / 3 * 4;

impl SignInId {
    /// The id of a sign-in, with its tag.
    pub fn new(
        portal: PortalId,
        locator: Locator,
        key: SignInKey,
        tags: &(impl SignInTags + ?Sized),
    ) -> Self {
        let tag = tags.sign_in_tag(&portal, locator, key);
        Self { portal, locator, key, tag }
    }
}

impl fmt::Display for SignInId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (locator, key) = (self.locator.as_bytes().as_slice(), self.key.as_bytes().as_slice());
        let tail = [&[VERSION], locator, key, &self.tag.0].concat();
        write!(f, "si_{}_{}", self.portal, BASE64URL.encode(tail))
    }
}

/// A sign-in id as a request carries it: well formed, and not yet known to be one of ours.
#[derive(Clone, Debug)]
pub struct ClaimedSignInId(SignInId);

impl ClaimedSignInId {
    /// Reads an id; the part of fixed length is cut from the right.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        Self::read(text).ok_or(Self::UNKNOWN)
    }

    const UNKNOWN: Malformed = Malformed { what: "the sign-in id", why: "is not one of ours" };

    fn read(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("si_")?;
        let (portal, tail) = rest.split_at_checked(rest.len().checked_sub(CHARACTERS)?)?;
        let mut bytes = [0; BYTES];
        BASE64URL.decode_slice(tail, &mut bytes).ok().filter(|read| *read == BYTES)?;
        let rest = bytes.strip_prefix(&[VERSION])?;
        let (locator, rest) = rest.split_first_chunk()?;
        let (key, tag) = rest.split_first_chunk()?;
        Some(Self(SignInId {
            portal: PortalId::parse(portal.strip_suffix('_')?).ok()?,
            locator: Locator::new(*locator),
            key: SignInKey::new(*key),
            tag: SignInTag(tag.try_into().ok()?),
        }))
    }

    /// The id, if its tag is right.
    ///
    /// # Errors
    /// [`Malformed`] when it was made up.
    pub fn check(self, tags: &(impl SignInTags + ?Sized)) -> Result<SignInId, Malformed> {
        let Self(id) = self;
        let wanted = tags.sign_in_tag(&id.portal, id.locator, id.key);
        if wanted.is(&id.tag) { Ok(id) } else { Err(Self::UNKNOWN) }
    }
}

impl fmt::Display for ClaimedSignInId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tag that depends on every byte, without cryptography.
    struct Sums;

    impl SignInTags for Sums {
        fn sign_in_tag(&self, portal: &PortalId, locator: Locator, key: SignInKey) -> SignInTag {
            let parts = [portal.as_str().as_bytes(), locator.as_bytes(), key.as_bytes()];
            let mut tag = [0_u8; 16];
            for (n, byte) in parts.concat().into_iter().enumerate() {
                tag[n % 16] = tag[n % 16].wrapping_mul(31).wrapping_add(byte);
            }
            SignInTag(tag)
        }
    }

    fn id() -> SignInId {
        let portal = PortalId::parse("my-portal").unwrap();
        let key = SignInKey::opened(Timestamp::from_unix(1_800_000_000), [0xfe; 16]);
        SignInId::new(portal, Locator::new([0xff; 16]), key, &Sums)
    }

    #[test]
    fn a_sign_in_id_reads_back_also_when_its_tail_holds_underscores() {
        let text = id().to_string();
        assert!(text.contains("__") && text.len() == "si_my-portal_".len() + 72, "{text}");
        let claimed = ClaimedSignInId::parse(&text).unwrap();
        assert_eq!(claimed.to_string(), text);
        assert_eq!(claimed.check(&Sums), Ok(id()));
    }

    #[test]
    fn s40_an_id_that_differs_in_one_character_is_no_id_of_ours() {
        let text = id().to_string();
        for (n, old) in text.char_indices() {
            let new = if old == 'b' { "c" } else { "b" };
            let changed = format!("{}{new}{}", &text[..n], &text[n + 1..]);
            let checked = ClaimedSignInId::parse(&changed).and_then(|id| id.check(&Sums));
            assert!(checked.is_err(), "{changed}");
        }
    }

    #[test]
    fn the_moment_a_sign_in_was_opened_stands_in_its_key() {
        for (at, read) in
            [(0, 0), (-1, 0), (1_800_000_000, 1_800_000_000), (1 << 40, (1 << 40) - 1)]
        {
            let key = SignInKey::opened(Timestamp::from_unix(at), [0xff; 16]);
            assert_eq!(key.opened_at(), Timestamp::from_unix(read), "{at}");
            assert_eq!(key.as_bytes()[5..], [0xff; 16]);
        }
        let key = SignInKey::opened(Timestamp::from_unix(0x01_0203_0405), [0; 16]);
        assert_eq!(key.as_bytes()[..5], [1, 2, 3, 4, 5]);
    }

    #[test]
    fn what_is_not_a_sign_in_id_is_refused() {
        let tail = |bytes: &[u8]| BASE64URL.encode(bytes);
        for text in [
            "",
            "si_",
            "si_abc_",
            "si_abc_é",
            "xx_abc_AAAA",
            &format!("si_AB_{}", tail(&[VERSION; BYTES])),
            &format!("si_abc{}", tail(&[VERSION; BYTES])),
            &format!("si_abc_{}", tail(&[VERSION + 1; BYTES])),
            &format!("si_abc_{}", tail(&[VERSION; BYTES - 1])),
            &format!("si_abc_{}", tail(&[VERSION; BYTES + 1])),
            &"é".repeat(80),
        ] {
            assert!(ClaimedSignInId::parse(text).is_err(), "{text}");
        }
        assert!(ClaimedSignInId::parse(&format!("si_abc_{}", tail(&[VERSION; BYTES]))).is_ok());
    }
}
