//! Keys that need no cryptography: everything is a hash of everything it must depend on.

use portcullis_domain::{
    Code, CodeSubject, Destination, DestinationHash, KeyVersion, Locator, PasskeyCeremony,
    PasskeySubject, PortalId, PortalKeys, RecoveryCode, RecoverySubject, Sealed, SecretMac,
    SecretOwner, SignInKey, SignInTag, SignInTags, TotpSecret, Unreadable, UserId,
    passkey::{PasskeyChallenge, PasskeyKey, Signatures, UserHandle},
    user::{TokenKeys, TokenKind},
};
use std::hash::{DefaultHasher, Hash, Hasher};

pub struct Keys;

fn hash(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

fn sixteen(of: impl Hash + Copy) -> [u8; 16] {
    let (first, second) = (hash((1, of)), hash((2, of)));
    std::array::from_fn(
        |n| if n < 8 { first.to_be_bytes()[n] } else { second.to_be_bytes()[n - 8] },
    )
}

fn six_digits(of: impl Hash) -> Code {
    Code::from_number(u32::try_from(hash(of) % 1_000_000).unwrap())
}

/// A secret as people would type it.
pub fn shown(secret: &TotpSecret) -> String {
    secret.expose().iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn totp(secret: &str, step: i64) -> String {
    six_digits((secret, step)).expose().to_owned()
}

fn mark(owner: SecretOwner<'_>) -> [u8; 16] {
    sixteen((owner.portal.as_str(), owner.user.as_str(), owner.authenticator.as_bytes()))
}

impl SignInTags for Keys {
    fn sign_in_tag(&self, portal: &PortalId, locator: Locator, key: SignInKey) -> SignInTag {
        SignInTag::new(sixteen((portal.as_str(), locator.as_bytes(), key.as_bytes())))
    }
}

impl TokenKeys for Keys {
    fn token_version(&self) -> Result<KeyVersion, Unreadable> {
        Ok(KeyVersion(1))
    }

    fn token_mac(
        &self,
        _: TokenKind,
        version: KeyVersion,
        subject: &str,
    ) -> Result<SecretMac, Unreadable> {
        Ok(SecretMac::new(sixteen((version.0, subject))))
    }
}

/// Signs what a passkey's authenticator would. It is no secret: whoever knows the message can.
pub fn signed(key: &PasskeyKey, message: &[u8]) -> Vec<u8> {
    Keys.hash(&[key.spki(), message].concat()).to_vec()
}

impl Signatures for Keys {
    fn hash(&self, bytes: &[u8]) -> [u8; 32] {
        let mut hash = [7_u8; 32];
        for (at, byte) in bytes.iter().enumerate() {
            hash[at % 32] = hash[at % 32].wrapping_mul(31) ^ byte;
        }
        hash
    }

    fn is_usable(&self, key: &PasskeyKey) -> bool {
        key.spki().last() != Some(&0)
    }

    fn is_signed(&self, key: &PasskeyKey, message: &[u8], signature: &[u8]) -> bool {
        signature == signed(key, message)
    }
}

impl PortalKeys for Keys {
    fn passkey_challenge(
        &self,
        subject: &PasskeySubject<'_>,
    ) -> Result<PasskeyChallenge, Unreadable> {
        let PasskeySubject { version, portal, user, epoch, sign_in, ceremony, text } = subject;
        if *version != KeyVersion(1) {
            return Err(Unreadable::UnknownVersion(*version));
        }
        let text = text.map(|text| *text.as_bytes());
        let whose = (portal.as_str(), user.as_str(), epoch, sign_in.as_bytes(), text);
        let mac = match ceremony {
            PasskeyCeremony::Create(id) => sixteen(("create", whose, id.as_bytes())),
            PasskeyCeremony::Get(n) => sixteen(("get", whose, n)),
        };
        let mac: [u8; PasskeyChallenge::MAC] = std::array::from_fn(|n| mac[n % 16]);
        Ok(PasskeyChallenge::under(version.0, &mac))
    }

    fn user_handle(&self, portal: &PortalId, user: &UserId) -> UserHandle {
        let half = sixteen((portal.as_str(), user.as_str()));
        UserHandle::new(std::array::from_fn(|n| half[n % 16]))
    }

    fn version(&self) -> Result<KeyVersion, Unreadable> {
        Ok(KeyVersion(1))
    }

    fn delivered(&self, subject: &CodeSubject<'_>) -> Result<Code, Unreadable> {
        let whose = (subject.portal.as_str(), subject.user.as_str(), subject.sign_in.as_bytes());
        let to =
            (subject.method.as_str(), subject.destination.normalised(), subject.purpose.as_str());
        let text = subject.text.map(|text| *text.as_bytes());
        Ok(six_digits((subject.version.0, whose, to, subject.n, text)))
    }

    fn recovery_code(&self, subject: &RecoverySubject<'_>) -> Result<RecoveryCode, Unreadable> {
        let RecoverySubject { version, portal, user, set, index, restore } = subject;
        let whose = (version.0, portal.as_str(), user.as_str());
        let bits = sixteen((whose, set.as_bytes(), index, restore));
        Ok(RecoveryCode::of_bits(bits.first_chunk().unwrap()))
    }

    fn destination_hash(&self, destination: &Destination) -> DestinationHash {
        DestinationHash::new(hash(destination.normalised()).to_be_bytes())
    }

    fn totp_step(
        &self,
        owner: SecretOwner<'_>,
        secret: &Sealed,
        guess: &Code,
        steps: &[u64],
    ) -> Result<Option<u64>, Unreadable> {
        let secret = shown(&self.open(owner, secret)?);
        let is_right = |step: &u64| totp(&secret, i64::try_from(*step).unwrap()) == guess.expose();
        Ok(steps.iter().copied().find(is_right))
    }

    fn seal(
        &self,
        owner: SecretOwner<'_>,
        secret: &TotpSecret,
        _nonce: [u8; 12],
    ) -> Result<Sealed, Unreadable> {
        let bytes = [secret.expose().as_slice(), &mark(owner)].concat();
        Ok(Sealed { version: self.version()?, bytes })
    }

    fn secret_mac(
        &self,
        version: KeyVersion,
        user: &UserId,
        secret: &str,
    ) -> Result<SecretMac, Unreadable> {
        Ok(SecretMac::new(sixteen((version.0, user.as_str(), secret))))
    }

    fn open(&self, owner: SecretOwner<'_>, secret: &Sealed) -> Result<TotpSecret, Unreadable> {
        let (bytes, marked) = secret.bytes.split_first_chunk().ok_or(Unreadable::DoesNotOpen)?;
        if marked == mark(owner) {
            Ok(TotpSecret::new(*bytes))
        } else {
            Err(Unreadable::DoesNotOpen)
        }
    }
}
