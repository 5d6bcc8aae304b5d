//! The key of freeze links, which the function that sends notices and the one that serves the page
//! both open.

use aws_lc_rs::hmac;
use portcullis_domain::{KeyVersion, SecretMac, Unreadable, user::FreezeKeys};

use super::Keyring;
use crate::{KeyPurpose, root::SubPurpose};

impl FreezeKeys for Keyring {
    fn freeze_version(&self) -> Result<KeyVersion, Unreadable> {
        self.in_use(KeyPurpose::Settings)
    }

    fn freeze_mac(&self, version: KeyVersion, subject: &str) -> Result<SecretMac, Unreadable> {
        // Without salt: a link that was made up is refused before its portal is read.
        let key = self.key(SubPurpose::FreezeLink, version, b"")?;
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
        DestinationHash, Locator, PortalId, Refusal, Timestamp,
        user::{ClaimedFreezeLink, EntryKind, FreezeGround, FreezeLink},
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
        assert_ne!(link.form(&keyring), keyring.freeze_mac(KeyVersion(2), "form"));
        // A keyring without version 2.
        assert_eq!(claimed().check(&keyring_of(8)), Err(Refusal::FreezeLinkRefused));
        assert_eq!(keyring.freeze_version(), Ok(KeyVersion(2)));
        assert_ne!(
            keyring.freeze_mac(KeyVersion(1), "link"),
            keyring.freeze_mac(KeyVersion(2), "link")
        );
    }
}
