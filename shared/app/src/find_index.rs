//! The values that users are found by, kept as the users are.

use portcullis_domain::{FindHash, PortalId, User, user::FindKey};
use portcullis_keys::Keyring;
use portcullis_store::{StoreError, UserKey};
use std::collections::BTreeSet;

use crate::{AppContext, CommandError};

/// The times that a user is read, and found to be another than was written.
const TRIES: u32 = 5;

impl AppContext {
    /// Has a user found under those of these keys that are the user's now, and not under the
    /// others. The user is read before and after, so it does not matter how old the keys are.
    ///
    /// # Errors
    /// [`CommandError`] if it is not known that the table says so.
    pub async fn index_user(
        &self,
        user_key: &UserKey,
        keys: &BTreeSet<FindKey>,
    ) -> Result<(), CommandError> {
        if keys.is_empty() {
            return Ok(());
        }
        let keyring = self.keyring().await?;
        let mut own = self.own_keys(user_key, keys).await?;
        for _ in 0..TRIES {
            let (found, gone): (Vec<_>, Vec<_>) = keys.iter().partition(|key| own.contains(*key));
            let hashes = |keys: Vec<&FindKey>| hashes(&keyring, &user_key.portal, keys);
            self.store().write_finds(user_key, &hashes(found), &hashes(gone)).await?;
            let own_now = self.own_keys(user_key, keys).await?;
            if own_now == own {
                return Ok(());
            }
            own = own_now;
        }
        Err(StoreError::Contended.into())
    }

    /// Returns the keys under which a user is not found yet, and should be.
    ///
    /// # Errors
    /// [`CommandError`] if the table does not answer.
    pub async fn unindexed(
        &self,
        user_key: &UserKey,
        user: &User,
    ) -> Result<BTreeSet<FindKey>, CommandError> {
        let (keyring, keys) = (self.keyring().await?, user.findable());
        let hashes = hashes(&keyring, &user_key.portal, &keys);
        let missing = self.store().missing_finds(user_key, &hashes).await?;
        let pairs = keys.into_iter().zip(hashes);
        Ok(pairs.filter(|(_, hash)| missing.contains(hash)).map(|(key, _)| key).collect())
    }

    async fn own_keys(
        &self,
        user_key: &UserKey,
        keys: &BTreeSet<FindKey>,
    ) -> Result<BTreeSet<FindKey>, StoreError> {
        let read = self.store().users(std::slice::from_ref(user_key)).await?;
        let now = read.first().map(|(_, user)| user.findable()).unwrap_or_default();
        Ok(keys.intersection(&now).cloned().collect())
    }
}

fn hashes<'a>(
    keyring: &Keyring,
    portal: &PortalId,
    keys: impl IntoIterator<Item = &'a FindKey>,
) -> Vec<FindHash> {
    keys.into_iter().map(|key| keyring.find_hash(portal, key)).collect()
}
