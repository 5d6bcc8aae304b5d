//! The keys of one portal: the answers to what the rules ask.

use aws_lc_rs::hmac;
use portcullis_domain::{
    Code, CodeSubject, Codebook, Destination, DestinationHash, KeyVersion, Portal, Sealed,
    SecretOwner, Timestamp, TotpSecret, Unreadable, UserId, user::SecretMac,
};
use totp_rs::{Builder, Secret};

use crate::{
    ring::Ring,
    root::{Purpose, length_prefixed},
    seal, truncation,
};

/// The keys of one portal; derived from the ring and the portal's salt when they are asked for.
pub struct PortalKeys<'a> {
    ring: &'a Ring,
    salt: &'a [u8],
}

impl<'a> PortalKeys<'a> {
    /// The keys of this portal.
    pub fn new(ring: &'a Ring, portal: &'a Portal) -> Self {
        Self { ring, salt: portal.salt.as_bytes() }
    }

    fn key(
        &self,
        version: KeyVersion,
        purpose: Purpose,
    ) -> Result<zeroize::Zeroizing<[u8; 32]>, Unreadable> {
        let root = self.ring.root(version).ok_or(Unreadable::UnknownVersion(version))?;
        root.derive(purpose, self.salt).map_err(|_| Unreadable::DoesNotOpen)
    }
}

impl Codebook for PortalKeys<'_> {
    fn version(&self) -> KeyVersion {
        self.ring.current()
    }

    fn delivered(&self, subject: &CodeSubject<'_>) -> Result<Code, Unreadable> {
        let key =
            hmac::Key::new(hmac::HMAC_SHA256, self.key(subject.version, Purpose::Code)?.as_slice());
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

    fn destination_hash(&self, destination: &Destination) -> DestinationHash {
        self.ring.destination_hash(destination)
    }

    fn totp_step(
        &self,
        owner: SecretOwner<'_>,
        secret: &Sealed,
        guess: &Code,
        now: Timestamp,
    ) -> Result<Option<u64>, Unreadable> {
        let secret = self.open(owner, secret)?;
        Ok(matched_step(&secret, guess, now))
    }

    fn seal(
        &self,
        owner: SecretOwner<'_>,
        secret: &TotpSecret,
        nonce: [u8; 12],
    ) -> Result<Sealed, Unreadable> {
        let version = self.version();
        let key = self.key(version, Purpose::Secret)?;
        let bytes = seal::seal(&key, nonce, &associated_data(owner, version), secret.expose());
        bytes.map(|bytes| Sealed { version, bytes }).map_err(|_| Unreadable::DoesNotOpen)
    }

    fn secret_mac(
        &self,
        version: KeyVersion,
        user: &UserId,
        secret: &str,
    ) -> Result<SecretMac, Unreadable> {
        let key = self.key(version, Purpose::SecretMac)?;
        let mac = hmac::sign(
            &hmac::Key::new(hmac::HMAC_SHA256, key.as_slice()),
            &length_prefixed(&[user.as_str().as_bytes(), secret.as_bytes()]),
        );
        let short = mac.as_ref().first_chunk::<16>().ok_or(Unreadable::DoesNotOpen)?;
        Ok(SecretMac::new(*short))
    }

    fn open(&self, owner: SecretOwner<'_>, secret: &Sealed) -> Result<TotpSecret, Unreadable> {
        let key = self.key(secret.version, Purpose::Secret)?;
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

/// The step whose code this is: this one, or the one before (RFC 6238, section 5.2). Never the next: a phone's clock
/// that runs ahead by a whole step is wrong, and each further step would be one more code to guess.
fn matched_step(secret: &TotpSecret, guess: &Code, now: Timestamp) -> Option<u64> {
    let totp = Builder::new()
        .with_secret(Secret::new_stack(*secret.expose()))
        .with_skew(0)
        .build()
        .ok()?;
    let step = now.totp_step();
    [step, step.saturating_sub(1)]
        .into_iter()
        .find_map(|step| totp.check(guess.expose(), step * 30))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let guess = Code::parse(digits).unwrap();
            assert_eq!(matched_step(&SECRET, &guess, now), Some(now.totp_step()), "at {at}");
        }
    }

    #[test]
    fn a_code_is_good_in_its_step_and_the_next_and_never_before() {
        let made = Timestamp::from_unix(1_111_111_110);
        let guess = Code::parse("050471").unwrap();
        let step = |offset| matched_step(&SECRET, &guess, made.plus(offset));
        assert_eq!(
            [step(-1), step(0), step(29), step(30), step(59), step(60)].map(|s| s.is_some()),
            [false, true, true, true, true, false]
        );
        assert_eq!(step(30), Some(made.totp_step()));
    }
}
