//! Sealed texts: secrets of the settings, those that a page shows once, destinations of notices,
//! and what users confirm.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{
    Destination, Email, KeyVersion, Phone, Sealed, SignInId, TransactionText, Unreadable,
};
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

    /// Seals the text that the user of a sign-in confirms, as it stands in the URL of the prompt.
    pub fn seal_transaction_text(
        &self,
        id: &SignInId,
        text: &TransactionText,
        nonce: [u8; 12],
    ) -> Result<String, KeyError> {
        self.seal_for_url(SubPurpose::TransactionText, &id.to_string(), text.as_str(), nonce)
    }

    /// Opens the text in the URL of a prompt. `None` if it is not one that was sealed for this
    /// sign-in.
    ///
    /// # Errors
    /// [`KeyError`] if the keys are not open.
    pub fn open_transaction_text(
        &self,
        id: &SignInId,
        sealed: &str,
    ) -> Result<Option<TransactionText>, KeyError> {
        let opened = self.open_from_url(SubPurpose::TransactionText, &id.to_string(), sealed)?;
        Ok(opened.and_then(|text| TransactionText::parse(&text).ok()))
    }

    /// Seals a text in the form in which it stands in a URL or a cookie.
    pub(super) fn seal_for_url(
        &self,
        wanted: SubPurpose,
        owner: &str,
        text: &str,
        nonce: [u8; 12],
    ) -> Result<String, KeyError> {
        let Sealed { version, bytes } = self.seal(wanted, owner, text, nonce)?;
        Ok(BASE64URL.encode([version.0.to_be_bytes().as_slice(), &bytes].concat()))
    }

    /// Opens a text in that form; `None` if it was not sealed for this owner.
    ///
    /// # Errors
    /// [`KeyError`] if the keys are not open.
    pub(super) fn open_from_url(
        &self,
        wanted: SubPurpose,
        owner: &str,
        sealed: &str,
    ) -> Result<Option<Zeroizing<String>>, KeyError> {
        let Ok(sealed) = BASE64URL.decode(sealed) else { return Ok(None) };
        let Some((version, bytes)) = sealed.split_first_chunk() else { return Ok(None) };
        let version = KeyVersion(u32::from_be_bytes(*version));
        let sealed = Sealed { version, bytes: bytes.to_vec() };
        match self.open_sealed(wanted, owner, &sealed) {
            Ok(text) => Ok(Some(text)),
            Err(error @ KeyError::Unreadable(Unreadable::NotOpened(_))) => Err(error),
            Err(_) => Ok(None),
        }
    }

    fn seal(
        &self,
        wanted: SubPurpose,
        owner: &str,
        text: &str,
        nonce: [u8; 12],
    ) -> Result<Sealed, KeyError> {
        let version = self.in_use(wanted.purpose())?;
        let key = self.key(wanted, version, wanted.salt(owner))?;
        Ok(Sealed { version, bytes: seal::seal(&key, nonce, owner.as_bytes(), text.as_bytes())? })
    }

    fn open_sealed(
        &self,
        wanted: SubPurpose,
        owner: &str,
        sealed: &Sealed,
    ) -> Result<Zeroizing<String>, KeyError> {
        let key = self.key(wanted, sealed.version, wanted.salt(owner))?;
        let opened = seal::open(&key, owner.as_bytes(), &sealed.bytes)?;
        let text = std::str::from_utf8(&opened).map_err(|_| KeyError::Damaged)?;
        Ok(Zeroizing::new(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyPurpose, keyring::tests::keyring};
    use portcullis_domain::{Locator, PortalId, SignInKey};

    #[test]
    fn new_secrets_are_made_under_the_newest_key_and_old_ones_still_open() {
        let keyring = keyring();
        assert_eq!(keyring.in_use(KeyPurpose::Settings), Ok(KeyVersion(2)));
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
    fn u3_a_text_opens_for_its_own_sign_in_and_nowhere_else() {
        let keyring = keyring();
        let id = |portal: &str, byte| {
            let portal = PortalId::parse(portal).unwrap();
            SignInId::new(portal, Locator::new([1; 16]), SignInKey::new([byte; 21]), &keyring)
        };
        let text = TransactionText::parse("Pay EUR 250.00 to ACME").unwrap();
        let sealed = keyring.seal_transaction_text(&id("acme", 1), &text, [3; 12]).unwrap();
        let opened =
            |id: &SignInId, sealed: &str| keyring.open_transaction_text(id, sealed).unwrap();
        assert_eq!(opened(&id("acme", 1), &sealed), Some(text.clone()));
        for other in [id("acme", 2), id("initech", 1)] {
            assert_eq!(opened(&other, &sealed), None);
        }
        for damaged in ["", "AAAA", &sealed[1..], &sealed[..sealed.len() - 2], "not base64url!"] {
            assert_eq!(opened(&id("acme", 1), damaged), None, "{damaged}");
        }
        let again = keyring.seal_transaction_text(&id("acme", 1), &text, [4; 12]).unwrap();
        assert!(!sealed.contains("ACME") && again != sealed);
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
