//! The keys of tokens that say what they are about and carry a keyed hash over all of that, so that
//! nothing is stored of them: freeze links, and the names of sent messages.

use crate::{KeyVersion, SecretMac, Unreadable};

/// The thing that a token is, with a key of its own: neither kind passes for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    FreezeLink,
    SentMessage,
}

/// The keys of tokens. They are the same for all portals, so that a token that was made up is known
/// before the table is asked.
pub trait TokenKeys {
    fn token_version(&self) -> Result<KeyVersion, Unreadable>;

    /// Returns the keyed hash over what a token is about.
    fn token_mac(
        &self,
        kind: TokenKind,
        version: KeyVersion,
        subject: &str,
    ) -> Result<SecretMac, Unreadable>;
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Keys of one version, without a secret.
    pub struct Sums;

    impl TokenKeys for Sums {
        fn token_version(&self) -> Result<KeyVersion, Unreadable> {
            Ok(KeyVersion(3))
        }

        fn token_mac(
            &self,
            kind: TokenKind,
            version: KeyVersion,
            subject: &str,
        ) -> Result<SecretMac, Unreadable> {
            if version != KeyVersion(3) {
                return Err(Unreadable::UnknownVersion(version));
            }
            let mut mac = [0_u8; 16];
            for (n, byte) in format!("{kind:?} {subject}").bytes().enumerate() {
                mac[n % 16] = mac[n % 16].wrapping_mul(31).wrapping_add(byte);
            }
            Ok(SecretMac::new(mac))
        }
    }
}
