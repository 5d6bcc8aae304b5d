//! The freeze link of a notice, "This was not me". Nothing is stored of it: it says what it is
//! about, and carries a keyed hash over all of that.

use std::fmt;

use super::{EntryKind, TokenKeys, TokenKind};
use crate::{
    DestinationHash, KeyVersion, Locator, Malformed, PortalId, Refusal, SecretMac, Timestamp,
    Unreadable, limits,
    user::FreezeGround,
    values::{Named, id},
};

/// A freeze link that was made here.
#[derive(Clone, PartialEq, Eq)]
pub struct FreezeLink {
    pub portal: PortalId,
    pub locator: Locator,
    pub kind: EntryKind,
    pub at: Timestamp,
    pub expires_at: Timestamp,
    /// The user's epoch after that change; under another one the link is void.
    pub epoch: u32,
    pub to: DestinationHash,
    /// That change took the address away.
    pub dropped: bool,
    version: KeyVersion,
    mac: SecretMac,
}

/// The version of the form, the first byte of the part of fixed length.
const FORM: u8 = 1;
/// The bytes of that part, and the characters they take: a multiple of three, so that no bit is
/// left over and each link has one form.
const BYTES: usize = 1 + 4 + Locator::LEN + 5 + 5 + 4 + DestinationHash::LEN + 1 + SecretMac::LEN;
const CHARACTERS: usize = BYTES / 3 * 4;

impl FreezeLink {
    /// Makes the link for the notice of a change, to one address.
    ///
    /// # Errors
    /// [`Unreadable`] if the keys are not open.
    pub fn new(
        keys: &(impl TokenKeys + ?Sized),
        (portal, locator): (PortalId, Locator),
        (kind, at): (EntryKind, Timestamp),
        FreezeGround { epoch, dropped }: FreezeGround,
        to: DestinationHash,
    ) -> Result<Self, Unreadable> {
        let (version, mac) = (keys.token_version()?, SecretMac::new([0; SecretMac::LEN]));
        let expires_at = at.plus(limits::FREEZE_LINK_SECONDS);
        let link = Self { portal, locator, kind, at, expires_at, epoch, to, dropped, version, mac };
        Ok(Self {
            mac: keys.token_mac(TokenKind::FreezeLink, version, &link.subject("link"))?,
            ..link
        })
    }

    /// Returns the token of the form on the page of this link.
    ///
    /// # Errors
    /// [`Unreadable`] if the keys are not open.
    pub fn form(&self, keys: &(impl TokenKeys + ?Sized)) -> Result<SecretMac, Unreadable> {
        keys.token_mac(TokenKind::FreezeLink, self.version, &self.subject("form"))
    }

    /// Returns the text of the link, for the one message that carries it, and for its page.
    pub fn expose(&self) -> String {
        let mut bytes = vec![FORM];
        bytes.extend(self.version.0.to_be_bytes());
        bytes.extend(self.locator.as_bytes());
        bytes.extend(short(self.at));
        bytes.extend(short(self.expires_at));
        bytes.extend(self.epoch.to_be_bytes());
        bytes.extend(self.to.as_bytes());
        bytes.push(u8::from(self.dropped));
        bytes.extend(self.mac.as_bytes());
        format!("{}_{}_{}", self.portal, self.kind.name(), id::encode(&bytes))
    }

    /// Returns what the keyed hash is made over. None of its parts holds a space.
    fn subject(&self, of: &str) -> String {
        let Self { portal, locator, kind, at, expires_at, epoch, to, dropped, .. } = self;
        let (kind, at, until) = (kind.name(), at.unix(), expires_at.unix());
        format!("{of} {portal} {locator} {kind} {at} {until} {epoch} {to} {dropped}")
    }
}

/// Writes a moment as Unix seconds in five bytes, as sign-in ids do.
fn short(at: Timestamp) -> [u8; 5] {
    let [_, _, _, moment @ ..] = at.unix().to_be_bytes();
    moment
}

fn moment(short: [u8; 5]) -> Timestamp {
    let [a, b, c, d, e] = short;
    Timestamp::from_unix(i64::from_be_bytes([0, 0, 0, a, b, c, d, e]))
}

impl fmt::Debug for FreezeLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FreezeLink")
    }
}

/// A freeze link as a request carries it: well formed, and not yet known to be one of ours.
#[derive(Clone, Debug)]
pub struct ClaimedFreezeLink(FreezeLink);

impl ClaimedFreezeLink {
    /// Reads a link; the part of fixed length is cut from the right.
    ///
    /// # Errors
    /// [`Malformed`] for everything else.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        Self::read(text).ok_or(Malformed::new("link", "is not one of ours"))
    }

    fn read(text: &str) -> Option<Self> {
        let (names, tail) = text.split_at_checked(text.len().checked_sub(CHARACTERS)?)?;
        let (portal, kind) = names.strip_suffix('_')?.split_once('_')?;
        let mut bytes = [0; BYTES];
        id::decode(tail, &mut bytes).filter(|read| *read == BYTES)?;
        let rest = bytes.strip_prefix(&[FORM])?;
        let (version, rest) = rest.split_first_chunk()?;
        let (locator, rest) = rest.split_first_chunk()?;
        let (at, rest) = rest.split_first_chunk()?;
        let (expires_at, rest) = rest.split_first_chunk()?;
        let (epoch, rest) = rest.split_first_chunk()?;
        let (to, rest) = rest.split_first_chunk()?;
        let ([dropped], mac) = rest.split_first_chunk()?;
        Some(Self(FreezeLink {
            portal: PortalId::parse(portal).ok()?,
            locator: Locator::new(*locator),
            kind: *EntryKind::ALL.iter().find(|known| known.name() == kind)?,
            at: moment(*at),
            expires_at: moment(*expires_at),
            epoch: u32::from_be_bytes(*epoch),
            to: DestinationHash::new(*to),
            dropped: match dropped {
                0 => Some(false),
                1 => Some(true),
                _ => None,
            }?,
            version: KeyVersion(u32::from_be_bytes(*version)),
            mac: SecretMac::new(mac.try_into().ok()?),
        }))
    }

    /// Returns the link, if it was made here.
    ///
    /// # Errors
    /// [`Refusal::FreezeLinkRefused`] for one that was made up, or whose key is retired;
    /// [`Refusal::Unreadable`] if the keys are not open.
    pub fn check(self, keys: &(impl TokenKeys + ?Sized)) -> Result<FreezeLink, Refusal> {
        let Self(link) = self;
        match keys.token_mac(TokenKind::FreezeLink, link.version, &link.subject("link")) {
            Ok(wanted) if wanted.is(&link.mac) => Ok(link),
            Ok(_) | Err(Unreadable::UnknownVersion(_)) => Err(Refusal::FreezeLinkRefused),
            Err(other @ (Unreadable::NotOpened(_) | Unreadable::DoesNotOpen)) => Err(other.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::token_keys::tests::Sums, *};

    fn link() -> FreezeLink {
        let portal = PortalId::parse("my-portal").unwrap();
        let at = Timestamp::from_unix(1_800_000_000);
        let ground = FreezeGround { epoch: 7, dropped: true };
        let place = (portal, Locator::new([0xff; 16]));
        let to = DestinationHash::new([0xfe; 8]);
        FreezeLink::new(&Sums, place, (EntryKind::ContactChanged, at), ground, to).unwrap()
    }

    #[test]
    fn h3_a_freeze_link_reads_back_says_nothing_of_the_user_and_is_never_printed() {
        let text = link().expose();
        assert!(text.starts_with("my-portal_contact_changed_"), "{text}");
        assert_eq!(text.len(), "my-portal_contact_changed_".len() + 80);
        assert_eq!(ClaimedFreezeLink::parse(&text).unwrap().check(&Sums), Ok(link()));
        assert_eq!(link().expires_at.since(link().at), 7 * 86_400);
        assert_eq!(format!("{:?}", link()), "FreezeLink");
        assert_ne!(link().form(&Sums).unwrap(), link().mac, "a form has a token of its own");
    }

    #[test]
    fn s40_a_freeze_link_that_differs_in_one_character_is_none_of_ours() {
        let text = link().expose();
        for (n, old) in text.char_indices() {
            let new = if old == 'b' { "c" } else { "b" };
            let changed = format!("{}{new}{}", &text[..n], &text[n + 1..]);
            let checked = ClaimedFreezeLink::parse(&changed).map(|link| link.check(&Sums));
            assert!(!matches!(checked, Ok(Ok(_))), "{changed}");
        }
        for cut in 0..text.len() {
            let cut = [&text[..cut], &text[text.len() - cut..]];
            for cut in cut {
                let checked = ClaimedFreezeLink::parse(cut).map(|link| link.check(&Sums));
                assert!(!matches!(checked, Ok(Ok(_))), "{cut}");
            }
        }
        for wrong in ["", "_", "__", &"é".repeat(80), &format!("{text}A"), &text.repeat(2)] {
            assert!(ClaimedFreezeLink::parse(wrong).is_err(), "{wrong}");
        }
    }
}
