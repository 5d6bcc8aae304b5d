//! The set of recovery codes of a user.

use portcullis_domain::{KeyVersion, RecoverySetId, user::RecoveryCodes};
use serde::{Deserialize, Serialize};

use super::value::{Moment, Text};

/// Version of the key, set, bits of the used codes, the moment it was made, the system's restore
/// number, the user's epoch and the portal's generation.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredRecoveryCodes(u32, Text<RecoverySetId>, u16, Moment, u32, u32, u32);

impl From<RecoveryCodes> for StoredRecoveryCodes {
    fn from(codes: RecoveryCodes) -> Self {
        let RecoveryCodes { version, set, used, made_at, restore, epoch, generation } = codes;
        Self(version.0, Text(set), used, made_at.into(), restore, epoch, generation)
    }
}

impl From<StoredRecoveryCodes> for RecoveryCodes {
    fn from(stored: StoredRecoveryCodes) -> Self {
        let StoredRecoveryCodes(version, set, used, made_at, restore, epoch, generation) = stored;
        let (version, set, made_at) = (KeyVersion(version), set.value(), made_at.into());
        Self { version, set, used, made_at, restore, epoch, generation }
    }
}
