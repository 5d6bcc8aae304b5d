//! A message that was sent from here, as its provider names it when it reports what became of it.
//! Nothing is stored of it: it says what it is about, and carries a keyed hash over all of that, so
//! that a report needs no address in the clear, and one that somebody made up is known.

use std::fmt;

use super::{TokenKeys, TokenKind};
use crate::{
    Channel, DestinationHash, KeyVersion, Locator, Malformed, PortalId, SecretMac, Timestamp,
    Unreadable,
    values::{Named, id, named::named},
};

/// The thing that a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    Code,
    /// A link to enrol again.
    Link,
    Notice,
    /// An operator's test message.
    Test,
}

named! {
    MessageKind { Code: "code", Link: "link", Notice: "notice", Test: "test" }
}

impl MessageKind {
    /// Returns true if the user waits for it. Each one that is delivered is an entry of the
    /// activity then; others are not worth a write.
    pub const fn is_awaited(self) -> bool {
        match self {
            Self::Code | Self::Link => true,
            Self::Notice | Self::Test => false,
        }
    }
}

/// A message that was sent from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMessage {
    pub portal: PortalId,
    pub locator: Locator,
    /// The user's epoch when it was sent; under another one a report of it changes nothing.
    pub epoch: u32,
    pub kind: MessageKind,
    pub channel: Channel,
    pub to: DestinationHash,
    pub at: Timestamp,
    version: KeyVersion,
    mac: SecretMac,
}

/// The version of the form, the first byte of the part of fixed length.
const FORM: u8 = 1;
/// The bytes of that part, and the characters they take: a multiple of three, so that no bit is
/// left over and each message has one form.
const BYTES: usize = 1 + 4 + Locator::LEN + 4 + DestinationHash::LEN + 5 + SecretMac::LEN;
const CHARACTERS: usize = BYTES / 3 * 4;

impl SentMessage {
    /// Names a message that is about to be sent.
    ///
    /// # Errors
    /// [`Unreadable`] if the keys are not open.
    pub fn new(
        keys: &(impl TokenKeys + ?Sized),
        (portal, locator, epoch): (PortalId, Locator, u32),
        (kind, channel): (MessageKind, Channel),
        to: DestinationHash,
        at: Timestamp,
    ) -> Result<Self, Unreadable> {
        let (version, mac) = (keys.token_version()?, SecretMac::new([0; SecretMac::LEN]));
        let message = Self { portal, locator, epoch, kind, channel, to, at, version, mac };
        Ok(Self {
            mac: keys.token_mac(TokenKind::SentMessage, version, &message.subject())?,
            ..message
        })
    }

    /// Returns what the keyed hash is made over. None of its parts holds a space.
    fn subject(&self) -> String {
        let Self { portal, locator, epoch, kind, channel, to, at, .. } = self;
        let (kind, channel, at) = (kind.name(), channel.as_str(), at.unix());
        format!("message {portal} {locator} {epoch} {kind} {channel} {to} {at}")
    }
}

impl fmt::Display for SentMessage {
    /// Writes its name, of the characters that message tags of SES may have, and URLs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [_, _, _, moment @ ..] = self.at.unix().to_be_bytes();
        let mut bytes = vec![FORM];
        bytes.extend(self.version.0.to_be_bytes());
        bytes.extend(self.locator.as_bytes());
        bytes.extend(self.epoch.to_be_bytes());
        bytes.extend(self.to.as_bytes());
        bytes.extend(moment);
        bytes.extend(self.mac.as_bytes());
        let (kind, channel) = (self.kind.name(), self.channel.as_str());
        write!(f, "{}_{kind}_{channel}_{}", self.portal, id::encode(&bytes))
    }
}

/// The name of a message as a report carries it: well formed, and not yet known to be one of ours.
#[derive(Clone, Debug)]
pub struct ClaimedMessage(SentMessage);

impl ClaimedMessage {
    /// Reads a name; the part of fixed length is cut from the right.
    ///
    /// # Errors
    /// [`Malformed`] for everything else.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        Self::read(text).ok_or(Malformed::new("message", "is not one of ours"))
    }

    fn read(text: &str) -> Option<Self> {
        let (names, tail) = text.split_at_checked(text.len().checked_sub(CHARACTERS)?)?;
        let mut names = names.strip_suffix('_')?.split('_');
        let (portal, kind, channel) = (names.next()?, names.next()?, names.next()?);
        if names.next().is_some() {
            return None;
        }
        let mut bytes = [0; BYTES];
        id::decode(tail, &mut bytes).filter(|read| *read == BYTES)?;
        let rest = bytes.strip_prefix(&[FORM])?;
        let (version, rest) = rest.split_first_chunk()?;
        let (locator, rest) = rest.split_first_chunk()?;
        let (epoch, rest) = rest.split_first_chunk()?;
        let (to, rest) = rest.split_first_chunk()?;
        let ([a, b, c, d, e], mac) = rest.split_first_chunk()?;
        Some(Self(SentMessage {
            portal: PortalId::parse(portal).ok()?,
            locator: Locator::new(*locator),
            epoch: u32::from_be_bytes(*epoch),
            kind: *MessageKind::ALL.iter().find(|known| known.name() == kind)?,
            channel: *Channel::ALL.iter().find(|known| known.as_str() == channel)?,
            to: DestinationHash::new(*to),
            at: Timestamp::from_unix(i64::from_be_bytes([0, 0, 0, *a, *b, *c, *d, *e])),
            version: KeyVersion(u32::from_be_bytes(*version)),
            mac: SecretMac::new(mac.try_into().ok()?),
        }))
    }

    /// Returns the message, if it was sent from here; `None` for one that was made up, or whose key
    /// is retired.
    ///
    /// # Errors
    /// [`Unreadable`] if the keys are not open.
    pub fn check(
        self,
        keys: &(impl TokenKeys + ?Sized),
    ) -> Result<Option<SentMessage>, Unreadable> {
        let Self(message) = self;
        match keys.token_mac(TokenKind::SentMessage, message.version, &message.subject()) {
            Ok(wanted) => Ok(wanted.is(&message.mac).then_some(message)),
            Err(Unreadable::UnknownVersion(_)) => Ok(None),
            Err(other @ (Unreadable::NotOpened(_) | Unreadable::DoesNotOpen)) => Err(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::token_keys::tests::Sums, *};

    fn message() -> SentMessage {
        let place = (PortalId::parse("my-portal").unwrap(), Locator::new([0xff; 16]), 7);
        let (to, at) = (DestinationHash::new([0xfe; 8]), Timestamp::from_unix(1_800_000_000));
        SentMessage::new(&Sums, place, (MessageKind::Code, Channel::Email), to, at).unwrap()
    }

    #[test]
    fn a_sent_message_reads_back_and_has_only_characters_that_tags_and_urls_take() {
        let text = message().to_string();
        assert!(text.starts_with("my-portal_code_email_"), "{text}");
        assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)), "{text}");
        assert!(text.len() < 128, "{text}");
        assert_eq!(ClaimedMessage::parse(&text).unwrap().check(&Sums), Ok(Some(message())));
    }

    #[test]
    fn s51_the_name_of_a_message_that_differs_in_one_character_is_none_of_ours() {
        let text = message().to_string();
        for (n, old) in text.char_indices() {
            let new = if old == 'b' { "c" } else { "b" };
            let changed = format!("{}{new}{}", &text[..n], &text[n + 1..]);
            let checked = ClaimedMessage::parse(&changed).map(|message| message.check(&Sums));
            assert!(!matches!(checked, Ok(Ok(Some(_)))), "{changed}");
        }
        for wrong in ["", "_", "___", &"é".repeat(80), &format!("{text}A"), &text.repeat(2)] {
            assert!(ClaimedMessage::parse(wrong).is_err(), "{wrong}");
        }
    }
}
