//! Authenticator data (section 6.1), cut where its lengths say so. Its CBOR is not read: the public
//! key comes from the browser as DER, and extensions are not asked for.

use super::{CredentialId, PasskeyKey};
use crate::Malformed;

/// The part of authenticator data that every ceremony has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthenticatorData {
    rp_id_hash: [u8; 32],
    flags: u8,
    counter: u32,
}

/// The credential that a registration made (section 6.5.2).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AttestedCredential<'a> {
    aaguid: [u8; 16],
    id: &'a [u8],
    /// The key in COSE's encoding, and the extensions.
    rest: &'a [u8],
    has_extensions: bool,
}

/// The copies that can exist of a passkey (section 6.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backup {
    /// It never leaves its device.
    SingleDevice,
    /// It can be synced, and is not at the moment.
    NotBackedUp,
    BackedUp,
}

impl Backup {
    /// Returns true if the passkey can be copied to other devices, now or later: the flag BE.
    pub const fn is_eligible(self) -> bool {
        match self {
            Self::SingleDevice => false,
            Self::NotBackedUp | Self::BackedUp => true,
        }
    }
}

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const BACKUP_ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const ATTESTED: u8 = 1 << 6;
const EXTENSIONS: u8 = 1 << 7;

const fn wrong(why: &'static str) -> Malformed {
    Malformed::new("the authenticator data", why)
}

impl AuthenticatorData {
    /// The longest, in bytes: more than the largest key, id and extensions take together.
    pub const MAX: usize = 2048;

    /// Reads the data of a registration, which must have a credential.
    pub fn of_registration(bytes: &[u8]) -> Result<(Self, AttestedCredential<'_>), Malformed> {
        let (data, rest) = Self::split(bytes)?;
        if !data.has(ATTESTED) {
            return Err(wrong("has no credential"));
        }
        let cut = || {
            let (aaguid, rest) = rest.split_first_chunk()?;
            let (length, rest) = rest.split_first_chunk()?;
            let (id, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
            let has_extensions = data.has(EXTENSIONS);
            Some(AttestedCredential { aaguid: *aaguid, id, rest, has_extensions })
        };
        let credential = cut().ok_or(wrong("ends within the credential"))?;
        Ok((data, credential))
    }

    /// Reads the data that a signature was made over, which has no credential.
    pub fn of_assertion(bytes: &[u8]) -> Result<Self, Malformed> {
        let (data, rest) = Self::split(bytes)?;
        if data.has(ATTESTED) {
            return Err(wrong("has a credential"));
        }
        if !is_end(rest, data.has(EXTENSIONS)) {
            return Err(wrong("has another length than it says"));
        }
        Ok(data)
    }

    fn split(bytes: &[u8]) -> Result<(Self, &[u8]), Malformed> {
        if bytes.len() > Self::MAX {
            return Err(wrong("is too long"));
        }
        let cut = || {
            let (rp_id_hash, rest) = bytes.split_first_chunk()?;
            let ([flags], rest) = rest.split_first_chunk()?;
            let (counter, rest) = rest.split_first_chunk()?;
            let counter = u32::from_be_bytes(*counter);
            Some((Self { rp_id_hash: *rp_id_hash, flags: *flags, counter }, rest))
        };
        cut().ok_or(wrong("is too short"))
    }

    const fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    pub const fn rp_id_hash(&self) -> &[u8; 32] {
        &self.rp_id_hash
    }

    /// Returns true if somebody touched the authenticator: the flag UP.
    pub const fn is_user_present(&self) -> bool {
        self.has(USER_PRESENT)
    }

    /// Returns true if the authenticator checked a PIN, a finger or a face: the flag UV.
    pub const fn is_user_verified(&self) -> bool {
        self.has(USER_VERIFIED)
    }

    /// Returns what the flags BE and BS say together; BS alone is not allowed.
    pub const fn backup(&self) -> Option<Backup> {
        match (self.has(BACKUP_ELIGIBLE), self.has(BACKED_UP)) {
            (false, false) => Some(Backup::SingleDevice),
            (true, false) => Some(Backup::NotBackedUp),
            (true, true) => Some(Backup::BackedUp),
            (false, true) => None,
        }
    }

    /// The signatures made so far; zero where an authenticator does not count.
    pub const fn counter(&self) -> u32 {
        self.counter
    }
}

impl AttestedCredential<'_> {
    /// The model of the authenticator; zeros where a browser or an authenticator hides it.
    pub const fn aaguid(&self) -> &[u8; 16] {
        &self.aaguid
    }

    /// Returns the id, if it can be kept.
    pub fn id(&self) -> Result<CredentialId, Malformed> {
        CredentialId::new(self.id)
    }

    /// Returns true if the data ends after this key in COSE's encoding, or after extensions where
    /// it says that it has some. The bytes of the key are not read.
    pub fn has_room_for(&self, key: &PasskeyKey) -> bool {
        let after = self.rest.split_at_checked(key.cose_len());
        after.is_some_and(|(_, extensions)| is_end(extensions, self.has_extensions))
    }
}

/// Returns true if the data may end so: with nothing, or with what begins like a map of CBOR.
fn is_end(rest: &[u8], has_extensions: bool) -> bool {
    match rest.first() {
        None => !has_extensions,
        Some(first) => has_extensions && first >> 5 == 5,
    }
}

impl std::fmt::Debug for AttestedCredential<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AttestedCredential")
    }
}
