//! The keys of one portal, as the rules ask for them.

use aws_lc_rs::hmac;
use portcullis_domain::{
    Code, CodeSubject, Destination, DestinationHash, KeyVersion, Locator, PasskeyCeremony,
    PasskeySubject, Portal, PortalId, PortalKeys, RecoveryCode, RecoverySubject, Sealed, SecretMac,
    SecretOwner, SignInKey, SignInTag, SignInTags, TextHash, TotpSecret, Unreadable, UserId,
    passkey::{PasskeyChallenge, PasskeyKey, Signatures, UserHandle},
};
use totp_rs::{Builder, Secret};

use crate::{
    KeyPurpose, PasskeySignatures,
    keyring::Keyring,
    root::{SubPurpose, length_prefixed},
    seal, truncation,
};

/// The keys of one portal, derived from the keyring and the portal's salt when they are asked for.
pub struct PortalKeyring<'a> {
    keyring: &'a Keyring,
    salt: &'a [u8],
}

impl<'a> PortalKeyring<'a> {
    pub fn new(keyring: &'a Keyring, portal: &'a Portal) -> Self {
        Self { keyring, salt: portal.salt.as_bytes() }
    }

    fn key(
        &self,
        version: KeyVersion,
        wanted: SubPurpose,
    ) -> Result<zeroize::Zeroizing<[u8; 32]>, Unreadable> {
        self.keyring.key(wanted, version, self.salt)
    }
}

impl SignInTags for PortalKeyring<'_> {
    fn sign_in_tag(&self, portal: &PortalId, locator: Locator, key: SignInKey) -> SignInTag {
        self.keyring.sign_in_tag(portal, locator, key)
    }
}

impl Signatures for PortalKeyring<'_> {
    fn hash(&self, bytes: &[u8]) -> [u8; 32] {
        PasskeySignatures.hash(bytes)
    }

    fn is_usable(&self, key: &PasskeyKey) -> bool {
        PasskeySignatures.is_usable(key)
    }

    fn is_signed(&self, key: &PasskeyKey, message: &[u8], signature: &[u8]) -> bool {
        PasskeySignatures.is_signed(key, message, signature)
    }
}

impl PortalKeys for PortalKeyring<'_> {
    fn version(&self) -> Result<KeyVersion, Unreadable> {
        self.keyring.in_use(KeyPurpose::Codes)
    }

    fn delivered(&self, subject: &CodeSubject<'_>) -> Result<Code, Unreadable> {
        let key = hmac::Key::new(
            hmac::HMAC_SHA256,
            self.key(subject.version, SubPurpose::Code)?.as_slice(),
        );
        let (to, n) = (subject.destination.normalised(), subject.n.to_be_bytes());
        let fields: [&[u8]; 8] = [
            b"v1",
            subject.portal.as_str().as_bytes(),
            subject.user.as_str().as_bytes(),
            subject.sign_in.as_bytes(),
            subject.method.as_str().as_bytes(),
            to.as_bytes(),
            subject.purpose.as_str().as_bytes(),
            &n,
        ];
        let message = with_text(&fields, subject.text.as_ref());
        truncation::code(hmac::sign(&key, &message).as_ref()).ok_or(Unreadable::DoesNotOpen)
    }

    fn recovery_code(&self, subject: &RecoverySubject<'_>) -> Result<RecoveryCode, Unreadable> {
        let key = hmac::Key::new(
            hmac::HMAC_SHA256,
            self.key(subject.version, SubPurpose::Code)?.as_slice(),
        );
        // The first part tells it from what delivered codes are derived from.
        let message = length_prefixed(&[
            b"recovery v1",
            subject.portal.as_str().as_bytes(),
            subject.user.as_str().as_bytes(),
            subject.set.as_bytes(),
            &[subject.index],
            &subject.restore.to_be_bytes(),
        ]);
        let mac = hmac::sign(&key, &message);
        let bits = mac.as_ref().first_chunk::<10>().ok_or(Unreadable::DoesNotOpen)?;
        Ok(RecoveryCode::of_bits(bits))
    }

    fn passkey_challenge(
        &self,
        subject: &PasskeySubject<'_>,
    ) -> Result<PasskeyChallenge, Unreadable> {
        let PasskeySubject { version, portal, user, epoch, sign_in, ceremony, text } = *subject;
        let key = hmac::Key::new(
            hmac::HMAC_SHA256,
            self.key(version, SubPurpose::PasskeyChallenge)?.as_slice(),
        );
        let (word, number) = match &ceremony {
            PasskeyCeremony::Create(id) => (b"create".as_slice(), id.as_bytes().as_slice()),
            PasskeyCeremony::Get(accepted) => (b"get".as_slice(), std::slice::from_ref(accepted)),
        };
        let epoch = epoch.to_be_bytes();
        let fields: [&[u8]; 7] = [
            b"v1",
            portal.as_str().as_bytes(),
            user.as_str().as_bytes(),
            &epoch,
            sign_in.as_bytes(),
            word,
            number,
        ];
        let message = with_text(&fields, text.as_ref());
        let mac = hmac::sign(&key, &message);
        let short = mac.as_ref().first_chunk().ok_or(Unreadable::DoesNotOpen)?;
        Ok(PasskeyChallenge::under(version.0, short))
    }

    fn user_handle(&self, portal: &PortalId, user: &UserId) -> UserHandle {
        self.keyring.user_handle(portal, user)
    }

    fn destination_hash(&self, destination: &Destination) -> DestinationHash {
        self.keyring.destination_hash(destination)
    }

    fn totp_step(
        &self,
        owner: SecretOwner<'_>,
        secret: &Sealed,
        guess: &Code,
        steps: &[u64],
    ) -> Result<Option<u64>, Unreadable> {
        let secret = self.open(owner, secret)?;
        Ok(matched_step(&secret, guess, steps))
    }

    fn seal(
        &self,
        owner: SecretOwner<'_>,
        secret: &TotpSecret,
        nonce: [u8; 12],
    ) -> Result<Sealed, Unreadable> {
        let version = self.keyring.in_use(KeyPurpose::Seal)?;
        let key = self.key(version, SubPurpose::Secret)?;
        let bytes = seal::seal(&key, nonce, &associated_data(owner, version), secret.expose());
        bytes.map(|bytes| Sealed { version, bytes }).map_err(|_| Unreadable::DoesNotOpen)
    }

    fn secret_mac(
        &self,
        version: KeyVersion,
        user: &UserId,
        secret: &str,
    ) -> Result<SecretMac, Unreadable> {
        let key = self.key(version, SubPurpose::SecretMac)?;
        let mac = hmac::sign(
            &hmac::Key::new(hmac::HMAC_SHA256, key.as_slice()),
            &length_prefixed(&[user.as_str().as_bytes(), secret.as_bytes()]),
        );
        let short = mac.as_ref().first_chunk::<16>().ok_or(Unreadable::DoesNotOpen)?;
        Ok(SecretMac::new(*short))
    }

    fn open(&self, owner: SecretOwner<'_>, secret: &Sealed) -> Result<TotpSecret, Unreadable> {
        let key = self.key(secret.version, SubPurpose::Secret)?;
        let opened = seal::open(&key, &associated_data(owner, secret.version), &secret.bytes);
        let opened = opened.map_err(|_| Unreadable::DoesNotOpen)?;
        opened.as_slice().try_into().map(TotpSecret::new).map_err(|_| Unreadable::DoesNotOpen)
    }
}

/// Returns these fields with the hash of the confirmed text behind them, or as they are if there is
/// no text.
fn with_text(fields: &[&[u8]], text: Option<&TextHash>) -> Vec<u8> {
    let hash = text.map(|text| text.as_bytes().as_slice());
    let all: Vec<&[u8]> = fields.iter().copied().chain(hash).collect();
    length_prefixed(&all)
}

fn associated_data(owner: SecretOwner<'_>, version: KeyVersion) -> Vec<u8> {
    length_prefixed(&[
        owner.portal.as_str().as_bytes(),
        owner.user.as_str().as_bytes(),
        owner.authenticator.as_bytes(),
        &version.0.to_be_bytes(),
    ])
}

/// Returns the first of these steps whose code this is.
fn matched_step(secret: &TotpSecret, guess: &Code, steps: &[u64]) -> Option<u64> {
    let totp = Builder::new()
        .with_secret(Secret::new_stack(*secret.expose()))
        .with_skew(0)
        .build()
        .ok()?;
    steps.iter().find_map(|step| totp.check(guess.expose(), step * 30))
}

#[cfg(test)]
mod tests;
