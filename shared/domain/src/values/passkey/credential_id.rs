use std::fmt;

use crate::{Malformed, values::id};

/// The name an authenticator gave to a passkey: 1 to 255 bytes.
///
/// The standard allows 1023. All that a user has bound lies in one item of 10 KB, of which three
/// passkeys with the largest keys would take 6.5; now they take 3.5. A key handle of a U2F security
/// key fits: its length is one byte.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CredentialId(Vec<u8>);

impl CredentialId {
    /// The longest one, in bytes.
    pub const MAX: usize = 255;

    pub fn new(bytes: &[u8]) -> Result<Self, Malformed> {
        match bytes.len() {
            1..=Self::MAX => Ok(Self(bytes.to_vec())),
            _ => Err(Malformed::new("the credential id", "must be 1 to 255 bytes")),
        }
    }

    /// Reads unpadded base64url.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        // One byte more, for a text that is too long to be told from one that is no base64url.
        let mut bytes = [0; Self::MAX + 1];
        let read = id::decode(text, &mut bytes).and_then(|length| bytes.get(..length));
        Self::new(read.unwrap_or_default())
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&id::encode(&self.0))
    }
}

/// It tells one person's device from all others, so it stays out of logs.
impl fmt::Debug for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialId")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p2_a_credential_id_has_1_to_255_bytes() {
        for length in [1, 16, 64, 128, 255] {
            let id = CredentialId::new(&vec![0xfb; length]).unwrap();
            assert_eq!(CredentialId::parse(&id.to_string()), Ok(id.clone()));
            assert_eq!(format!("{id:?}"), "CredentialId");
        }
        for length in [0, 256, 1023] {
            let bytes = vec![7; length];
            assert!(CredentialId::new(&bytes).is_err(), "{length}");
            assert!(CredentialId::parse(&id::encode(&bytes)).is_err(), "{length}");
        }
        for text in ["", "A", "AQ==", "A+", "AR", "é"] {
            assert!(CredentialId::parse(text).is_err(), "{text}");
        }
    }
}
