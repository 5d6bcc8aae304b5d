//! Sealed texts: secrets of the settings, those that a page shows once, and destinations of
//! notices.

use portcullis_domain::{Destination, Email, Phone, Sealed};
use zeroize::Zeroizing;

use super::Keyring;
use crate::{KeyError, root::SubPurpose, seal};

impl Keyring {
    pub fn seal_setting(
        &self,
        name: &str,
        secret: &str,
        nonce: [u8; 12],
    ) -> Result<Sealed, KeyError> {
        self.seal(SubPurpose::System, name, secret, nonce)
    }

    pub fn open_setting(&self, name: &str, sealed: &Sealed) -> Result<Zeroizing<String>, KeyError> {
        self.open_sealed(SubPurpose::System, name, sealed)
    }

    /// Seals a text that one page of one session shows once. The keys for codes are used, because
    /// every function that shows an admin a secret has them.
    pub fn seal_shown_once(
        &self,
        page: &str,
        text: &str,
        nonce: [u8; 12],
    ) -> Result<Sealed, KeyError> {
        self.seal(SubPurpose::ShownOnce, page, text, nonce)
    }

    pub fn open_shown_once(
        &self,
        page: &str,
        sealed: &Sealed,
    ) -> Result<Zeroizing<String>, KeyError> {
        self.open_sealed(SubPurpose::ShownOnce, page, sealed)
    }

    /// Seals the destination of notices for the item it lies in. The keys for settings are used,
    /// because whoever sends text messages has them.
    pub fn seal_destination(
        &self,
        item: &str,
        to: &Destination,
        nonce: [u8; 12],
    ) -> Result<Sealed, KeyError> {
        let text = match to {
            Destination::Email(address) => address.as_str(),
            Destination::Sms(phone) => phone.e164(),
        };
        self.seal(SubPurpose::Notice, item, text, nonce)
    }

    /// Opens the destination of notices. An address has an `@`, and a number has none.
    pub fn open_destination(&self, item: &str, sealed: &Sealed) -> Result<Destination, KeyError> {
        let text = self.open_sealed(SubPurpose::Notice, item, sealed)?;
        if text.contains('@') {
            Email::known(&text).map(Destination::Email).map_err(|_| KeyError::Damaged)
        } else {
            Phone::parse(&text, None).map(Destination::Sms).map_err(|_| KeyError::Damaged)
        }
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyPurpose, keyring::tests::keyring};
    use portcullis_domain::KeyVersion;

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
    fn a_destination_opens_in_its_own_item_and_nowhere_else() {
        let keyring = keyring();
        for to in [
            Destination::Email(Email::parse("Anna.Smith@example.com").unwrap()),
            Destination::Sms(Phone::parse("+64211234589", None).unwrap()),
        ] {
            let sealed = keyring.seal_destination("item", &to, [3; 12]).unwrap();
            assert!(keyring.open_destination("item", &sealed).unwrap() == to);
            assert!(keyring.open_destination("other", &sealed).is_err());
            assert!(keyring.open_setting("item", &sealed).is_err());
        }
    }
}
