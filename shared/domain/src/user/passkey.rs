use crate::passkey::{Backup, CredentialId, PasskeyKey, RpId};

/// A passkey that a user bound (Web Authentication, section 4, credential record). If its
/// registration verified the user is not kept: each use beside the password says it by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    pub credential: CredentialId,
    pub key: PasskeyKey,
    /// The domain it was made for, where alone it can be used.
    pub rp_id: RpId,
    /// The signatures its authenticator had made at the last use; zero where it does not count.
    pub counter: u32,
    /// The copies that can exist; at the last use, as far as it may change.
    pub backup: Backup,
}

/// The things that a passkey showed of itself when it was made or used, as the assertion says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasskeyUse {
    /// The authenticator checked a PIN, a finger or a face, beside the touch.
    pub is_user_verified: bool,
    /// Copies of it can lie on other devices.
    pub is_synced: bool,
}

impl Passkey {
    /// Returns the characters that it takes in the item: its id and its key as base64url, and its
    /// domain.
    pub fn room(&self) -> usize {
        let bytes = self.credential.as_bytes().len() + self.key.spki().len();
        (bytes * 4).div_ceil(3) + 2 + self.rp_id.as_str().len()
    }
}
