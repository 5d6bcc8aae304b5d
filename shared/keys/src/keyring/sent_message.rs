//! The key of the names of sent messages, which every function that sends opens, and those that are
//! told what became of them.

use aws_lc_rs::hmac;
use portcullis_domain::{KeyVersion, SecretMac, Unreadable, user::MessageKeys};

use super::Keyring;
use crate::{KeyPurpose, root::SubPurpose};

impl MessageKeys for Keyring {
    fn message_version(&self) -> Result<KeyVersion, Unreadable> {
        self.in_use(KeyPurpose::Settings)
    }

    fn message_mac(&self, version: KeyVersion, subject: &str) -> Result<SecretMac, Unreadable> {
        // Without salt: a message that was made up is known before its portal is read.
        let key = self.key(SubPurpose::SentMessage, version, b"")?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_slice());
        let mac = hmac::sign(&key, subject.as_bytes());
        let short = mac.as_ref().first_chunk::<16>().ok_or(Unreadable::DoesNotOpen)?;
        Ok(SecretMac::new(*short))
    }
}

#[cfg(test)]
mod tests {
    use crate::keyring::tests::{keyring, keyring_of};
    use portcullis_domain::{
        Channel, DestinationHash, Locator, PortalId, Timestamp,
        user::{ClaimedMessage, MessageKind, SentMessage},
    };

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
}
