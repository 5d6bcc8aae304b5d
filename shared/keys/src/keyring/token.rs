//! The keys of freeze links and of the names of sent messages. The functions that make them and
//! those that are given them back all open the keys for settings.

use aws_lc_rs::hmac;
use portcullis_domain::{
    KeyVersion, SecretMac, Unreadable,
    user::{TokenKeys, TokenKind},
};

use super::Keyring;
use crate::{KeyPurpose, root::SubPurpose};

impl TokenKeys for Keyring {
    fn token_version(&self) -> Result<KeyVersion, Unreadable> {
        self.in_use(KeyPurpose::Settings)
    }

    fn token_mac(
        &self,
        kind: TokenKind,
        version: KeyVersion,
        subject: &str,
    ) -> Result<SecretMac, Unreadable> {
        let wanted = match kind {
            TokenKind::FreezeLink => SubPurpose::FreezeLink,
            TokenKind::SentMessage => SubPurpose::SentMessage,
        };
        // Without salt: a token that was made up is refused before its portal is read.
        let key = self.key(wanted, version, b"")?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_slice());
        let mac = hmac::sign(&key, subject.as_bytes());
        let short = mac.as_ref().first_chunk::<16>().ok_or(Unreadable::DoesNotOpen)?;
        Ok(SecretMac::new(*short))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyring::tests::{keyring, keyring_of};
    use portcullis_domain::{
        Channel, DestinationHash, Locator, PortalId, Refusal, Timestamp,
        user::{
            ClaimedFreezeLink, ClaimedMessage, EntryKind, FreezeGround, FreezeLink, MessageKind,
            SentMessage,
        },
    };

    #[test]
    fn h3_a_freeze_link_is_known_while_its_key_is_there_and_to_no_other_service() {
        let keyring = keyring();
        let place = (PortalId::parse("acme").unwrap(), Locator::new([1; 16]));
        let change = (EntryKind::Enrolled, Timestamp::from_unix(1_800_000_000));
        let ground = FreezeGround { epoch: 1, dropped: false };
        let to = DestinationHash::new([2; 8]);
        let link = FreezeLink::new(&keyring, place, change, ground, to).unwrap();
        let claimed = || ClaimedFreezeLink::parse(&link.expose()).unwrap();
        assert_eq!(claimed().check(&keyring), Ok(link.clone()));
        let mac = |version, subject| {
            keyring.token_mac(TokenKind::FreezeLink, KeyVersion(version), subject)
        };
        assert_ne!(link.form(&keyring), mac(2, "form"));
        // A keyring without version 2.
        assert_eq!(claimed().check(&keyring_of(8)), Err(Refusal::FreezeLinkRefused));
        assert_eq!(keyring.token_version(), Ok(KeyVersion(2)));
        assert_ne!(mac(1, "link"), mac(2, "link"));
    }

    #[test]
    fn s51_a_sent_message_is_known_while_its_key_is_there_and_to_no_other_deployment() {
        let place = (PortalId::parse("acme").unwrap(), Locator::new([1; 16]), 1);
        let about = (MessageKind::Code, Channel::Email);
        let (to, at) = (DestinationHash::new([2; 8]), Timestamp::from_unix(1_800_000_000));
        let message = SentMessage::new(&keyring(), place, about, to, at).unwrap();
        let claimed = || ClaimedMessage::parse(&message.to_string()).unwrap();
        assert_eq!(claimed().check(&keyring()), Ok(Some(message.clone())));
        // A keyring of other keys.
        assert_eq!(claimed().check(&keyring_of(8)), Ok(None));
    }

    #[test]
    fn s51_no_kind_of_token_passes_for_another() {
        let mac = |kind| keyring().token_mac(kind, KeyVersion(2), "the same subject").unwrap();
        assert!(!mac(TokenKind::FreezeLink).is(&mac(TokenKind::SentMessage)));
    }
}
