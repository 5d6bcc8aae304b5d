//! The keys of one portal, as the rules ask for them.

use aws_lc_rs::hmac;
use portcullis_domain::{
    Code, CodeSubject, Destination, DestinationHash, KeyVersion, Locator, PasskeyCeremony,
    PasskeySubject, Portal, PortalId, PortalKeys, RecoveryCode, RecoverySubject, Sealed, SecretMac,
    SecretOwner, SignInKey, SignInTag, SignInTags, TotpSecret, Unreadable, UserId,
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
        self.keyring.newest(KeyPurpose::Codes)
    }

    fn delivered(&self, subject: &CodeSubject<'_>) -> Result<Code, Unreadable> {
        let key = hmac::Key::new(
            hmac::HMAC_SHA256,
            self.key(subject.version, SubPurpose::Code)?.as_slice(),
        );
        let message = length_prefixed(&[
            b"v1",
            subject.portal.as_str().as_bytes(),
            subject.user.as_str().as_bytes(),
            subject.sign_in.as_bytes(),
            subject.method.as_str().as_bytes(),
            subject.destination.normalised().as_bytes(),
            subject.purpose.as_str().as_bytes(),
            &subject.n.to_be_bytes(),
        ]);
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
        let PasskeySubject { version, portal, user, epoch, sign_in, ceremony } = *subject;
        let key = hmac::Key::new(
            hmac::HMAC_SHA256,
            self.key(version, SubPurpose::PasskeyChallenge)?.as_slice(),
        );
        let (word, number) = match &ceremony {
            PasskeyCeremony::Create(id) => (b"create".as_slice(), id.as_bytes().as_slice()),
            PasskeyCeremony::Get(accepted) => (b"get".as_slice(), std::slice::from_ref(accepted)),
        };
        let message = length_prefixed(&[
            b"v1",
            portal.as_str().as_bytes(),
            user.as_str().as_bytes(),
            &epoch.to_be_bytes(),
            sign_in.as_bytes(),
            word,
            number,
        ]);
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
        let version = self.keyring.newest(KeyPurpose::Seal)?;
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
mod tests {
    use super::*;
    use crate::{api_key::tests::portal, keyring::tests::keyring};
    use portcullis_domain::{
        AuthenticatorId, BrowserId, BrowserToken, Email, Method, Purpose as For, RecoverySetId,
        Timestamp, User, portal::PortalSalt, user::ClockDrift,
    };

    const SECRET: TotpSecret = TotpSecret::new(*b"12345678901234567890");

    /// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
    const VECTORS: [(i64, &str); 6] = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];

    #[test]
    fn the_vectors_of_rfc_6238() {
        for (at, digits) in VECTORS {
            let now = Timestamp::from_unix(at);
            let (guess, step) = (Code::parse(digits).unwrap(), now.totp_step());
            assert_eq!(matched_step(&SECRET, &guess, &[step]), Some(step), "at {at}");
        }
    }

    #[test]
    fn a_code_is_good_for_two_steps_which_begin_with_its_own_by_the_phones_clock() {
        let made = Timestamp::from_unix(1_111_111_110);
        let guess = Code::parse("050471").unwrap();
        let accepted = |drift: ClockDrift| {
            [-31, -30, -1, 0, 29, 30, 59, 60].map(|offset| {
                let steps = drift.steps_accepted(made.plus(offset));
                let step = matched_step(&SECRET, &guess, &steps);
                assert!(step.is_none_or(|step| step == made.totp_step()));
                step.is_some()
            })
        };
        let on_time = [false, false, false, true, true, true, true, false];
        assert_eq!(accepted(ClockDrift::None), on_time);
        let ahead = [false, true, true, true, true, false, false, false];
        assert_eq!(accepted(ClockDrift::StepAhead), ahead);
    }

    /// Acme, and the same with a salt of its own.
    fn two_portals() -> (Portal, Portal) {
        (portal(vec![]), Portal { salt: PortalSalt::new([1; 16]), ..portal(vec![]) })
    }

    fn two_users() -> (UserId, UserId) {
        (UserId::parse("anna").unwrap(), UserId::parse("ben").unwrap())
    }

    #[test]
    fn a_delivered_code_depends_on_everything_it_is_for() {
        let (keyring, (acme, salted)) = (keyring(), two_portals());
        let (keys, other) =
            (PortalKeyring::new(&keyring, &acme), PortalKeyring::new(&keyring, &salted));
        let initech = PortalId::parse("initech").unwrap();
        let (anna, ben) = two_users();
        let to = |text| Destination::Email(Email::parse(text).unwrap());
        let (home, work) = (to("anna@example.com"), to("anna@example.org"));
        let subject = CodeSubject {
            version: keys.version().unwrap(),
            portal: &acme.id,
            user: &anna,
            sign_in: SignInKey::new([1; 21]),
            method: Method::Email,
            destination: &home,
            purpose: For::SignIn,
            n: 1,
        };
        let code = keys.delivered(&subject).unwrap();
        assert_eq!(keys.delivered(&subject).unwrap().expose(), code.expose());
        assert_ne!(other.delivered(&subject).unwrap().expose(), code.expose());
        for changed in [
            CodeSubject { version: KeyVersion(1), ..subject },
            CodeSubject { portal: &initech, ..subject },
            CodeSubject { user: &ben, ..subject },
            CodeSubject { sign_in: SignInKey::new([2; 21]), ..subject },
            CodeSubject { method: Method::Sms, ..subject },
            CodeSubject { destination: &work, ..subject },
            CodeSubject { purpose: For::Enrolment, ..subject },
            CodeSubject { n: 2, ..subject },
        ] {
            assert_ne!(keys.delivered(&changed).unwrap().expose(), code.expose(), "{changed:?}");
        }
        let unknown = keys.delivered(&CodeSubject { version: KeyVersion(3), ..subject });
        assert_eq!(unknown.unwrap_err(), Unreadable::UnknownVersion(KeyVersion(3)));
        assert_eq!(keys.destination_hash(&home), keyring.destination_hash(&home));
    }

    #[test]
    fn r2_s6_a_recovery_code_depends_on_everything_it_is_for() {
        let (keyring, (acme, salted)) = (keyring(), two_portals());
        let (keys, other) =
            (PortalKeyring::new(&keyring, &acme), PortalKeyring::new(&keyring, &salted));
        let initech = PortalId::parse("initech").unwrap();
        let (anna, ben) = two_users();
        let subject = RecoverySubject {
            version: keys.version().unwrap(),
            portal: &acme.id,
            user: &anna,
            set: RecoverySetId::new([1; 8]),
            index: 0,
            restore: 0,
        };
        let code = keys.recovery_code(&subject).unwrap();
        assert!(keys.recovery_code(&subject).unwrap().is(&code));
        assert!(!other.recovery_code(&subject).unwrap().is(&code));
        for changed in [
            RecoverySubject { version: KeyVersion(1), ..subject },
            RecoverySubject { portal: &initech, ..subject },
            RecoverySubject { user: &ben, ..subject },
            RecoverySubject { set: RecoverySetId::new([2; 8]), ..subject },
            RecoverySubject { index: 1, ..subject },
            RecoverySubject { restore: 1, ..subject },
        ] {
            assert!(!keys.recovery_code(&changed).unwrap().is(&code), "{changed:?}");
        }
        let unknown = keys.recovery_code(&RecoverySubject { version: KeyVersion(3), ..subject });
        assert_eq!(unknown.unwrap_err(), Unreadable::UnknownVersion(KeyVersion(3)));
    }

    #[test]
    fn s6_the_challenge_of_a_passkey_depends_on_everything_it_is_for() {
        let (keyring, (acme, salted)) = (keyring(), two_portals());
        let (keys, other) =
            (PortalKeyring::new(&keyring, &acme), PortalKeyring::new(&keyring, &salted));
        let initech = PortalId::parse("initech").unwrap();
        let (anna, ben) = two_users();
        let subject = PasskeySubject {
            version: keys.version().unwrap(),
            portal: &acme.id,
            user: &anna,
            epoch: 0,
            sign_in: SignInKey::new([1; 21]),
            ceremony: PasskeyCeremony::Get(0),
        };
        let challenge = keys.passkey_challenge(&subject).unwrap();
        assert_eq!(keys.passkey_challenge(&subject).unwrap(), challenge);
        assert_eq!(challenge.version(), subject.version.0);
        assert_ne!(other.passkey_challenge(&subject).unwrap(), challenge);
        for changed in [
            PasskeySubject { version: KeyVersion(1), ..subject },
            PasskeySubject { portal: &initech, ..subject },
            PasskeySubject { user: &ben, ..subject },
            PasskeySubject { epoch: 1, ..subject },
            PasskeySubject { sign_in: SignInKey::new([2; 21]), ..subject },
            PasskeySubject { ceremony: PasskeyCeremony::Get(1), ..subject },
            PasskeySubject {
                ceremony: PasskeyCeremony::Create(AuthenticatorId::new([0; 8])),
                ..subject
            },
            PasskeySubject {
                ceremony: PasskeyCeremony::Create(AuthenticatorId::new([1; 8])),
                ..subject
            },
        ] {
            assert_ne!(keys.passkey_challenge(&changed).unwrap(), challenge, "{changed:?}");
        }
        let unknown = keys.passkey_challenge(&PasskeySubject { version: KeyVersion(3), ..subject });
        assert_eq!(unknown.unwrap_err(), Unreadable::UnknownVersion(KeyVersion(3)));
    }

    #[test]
    fn s20_an_apps_secret_opens_for_its_owner_under_its_key_only() {
        let (keyring, (acme, salted)) = (keyring(), two_portals());
        let (keys, other) =
            (PortalKeyring::new(&keyring, &acme), PortalKeyring::new(&keyring, &salted));
        let initech = PortalId::parse("initech").unwrap();
        let (anna, ben) = two_users();
        let authenticator = AuthenticatorId::new([1; 8]);
        let owner = SecretOwner { portal: &acme.id, user: &anna, authenticator };
        let sealed = keys.seal(owner, &SECRET, [5; 12]).unwrap();
        assert_eq!(sealed.version, KeyVersion(2));
        assert_eq!(keys.open(owner, &sealed).unwrap().expose(), SECRET.expose());
        let none = |opened: Result<TotpSecret, _>| opened.unwrap_err() == Unreadable::DoesNotOpen;
        for stranger in [
            SecretOwner { portal: &initech, ..owner },
            SecretOwner { user: &ben, ..owner },
            SecretOwner { authenticator: AuthenticatorId::new([2; 8]), ..owner },
        ] {
            assert!(none(keys.open(stranger, &sealed)), "{stranger:?}");
        }
        assert!(none(other.open(owner, &sealed)));
        assert!(none(keys.open(owner, &Sealed { version: KeyVersion(1), ..sealed.clone() })));

        let guess = Code::parse("287082").unwrap();
        let step = |keys: &PortalKeyring<'_>, owner| keys.totp_step(owner, &sealed, &guess, &[1]);
        assert_eq!(step(&keys, owner), Ok(Some(1)));
        assert_eq!(step(&keys, SecretOwner { user: &ben, ..owner }), Err(Unreadable::DoesNotOpen));
    }

    #[test]
    fn a_random_secret_is_known_again_for_its_user_and_portal() {
        let (keyring, (acme, salted)) = (keyring(), two_portals());
        let (keys, other) =
            (PortalKeyring::new(&keyring, &acme), PortalKeyring::new(&keyring, &salted));
        let (anna, ben) = two_users();
        let mac = keys.secret_mac(KeyVersion(1), &anna, "secret").unwrap();
        assert_eq!(keys.secret_mac(KeyVersion(1), &anna, "secret"), Ok(mac));
        assert_ne!(keys.secret_mac(KeyVersion(2), &anna, "secret"), Ok(mac));
        assert_ne!(keys.secret_mac(KeyVersion(1), &ben, "secret"), Ok(mac));
        assert_ne!(keys.secret_mac(KeyVersion(1), &anna, "secrets"), Ok(mac));
        assert_ne!(other.secret_mac(KeyVersion(1), &anna, "secret"), Ok(mac));
        assert!(keys.secret_mac(KeyVersion(3), &anna, "secret").is_err());
    }

    #[test]
    fn a_browser_is_known_to_its_portal_and_its_user_while_its_key_is_there() {
        let (keyring, (acme, salted)) = (keyring(), two_portals());
        let (keys, other) =
            (PortalKeyring::new(&keyring, &acme), PortalKeyring::new(&keyring, &salted));
        let [anna, ben] = <[UserId; 2]>::from(two_users()).map(|id| User::new(acme.id.clone(), id));
        let now = Timestamp::from_unix(1_800_000_000);
        let token = anna.browser_token(&keys, BrowserId::new([1; 8]), now).unwrap();
        assert_eq!(anna.is_browser_token(&keys, &token, now), Ok(true));
        assert_eq!(anna.is_browser_token(&other, &token, now), Ok(false), "another portal");
        assert_eq!(ben.is_browser_token(&keys, &token, now), Ok(false), "another user");
        for version in [1, 3].map(KeyVersion) {
            let token = BrowserToken { version, ..token };
            assert_eq!(anna.is_browser_token(&keys, &token, now), Ok(false), "{version:?}");
        }
    }
}
