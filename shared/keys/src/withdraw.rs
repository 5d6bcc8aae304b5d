//! Taking away a root key that leaked. There is no time to publish the next one fifteen minutes
//! before it is used: it is used at once, and processes that hold an older keyring meet a version
//! that they do not know, read the keyring again, and go on.

use aws_sdk_kms::Client;
use portcullis_domain::{KeyVersion, Timestamp};
use std::cmp::Reverse;

use crate::{
    KeyError, KeyPurpose, RotationError, RotationRefused, USED_AFTER, WrappedKeyring,
    rotation::{last_written, named},
    signing::SigningKey,
    wrapped_keyring::WrappedRoot,
};

impl WrappedKeyring {
    /// Publishes a root key that every process which reads it uses at once. It is dated as if it
    /// had been published long enough ago.
    ///
    /// # Errors
    /// [`RotationRefused::LookupStays`], and [`RotationRefused::OtherKmsKey`] as for
    /// [`WrappedKeyring::with_new_root`].
    pub async fn with_root_at_once(
        &self,
        client: &Client,
        key_id: &str,
        purpose: KeyPurpose,
        now: Timestamp,
    ) -> Result<Self, RotationError> {
        self.with_root_published(client, key_id, purpose, now.plus(-USED_AFTER)).await
    }

    /// Returns the moment from which no process writes with a version any more, if there is a newer
    /// one: a process may hold a keyring from before that one was published.
    ///
    /// # Errors
    /// [`RotationRefused::Unknown`] if there is no such version.
    pub fn written_until(
        &self,
        purpose: KeyPurpose,
        version: KeyVersion,
    ) -> Result<Option<Timestamp>, RotationRefused> {
        let roots: Vec<&WrappedRoot> = self.roots_of(purpose).collect();
        let place = roots.iter().position(|root| root.version == version.0);
        let place = place.ok_or_else(|| RotationRefused::Unknown(named(purpose, version)))?;
        Ok(roots.get(place + 1).map(|next| last_written(next.published_at())))
    }

    /// Opens one version, as a process does.
    ///
    /// # Errors
    /// [`KeyError::RootNotOpened`] if it does not open; [`KeyError::Damaged`] if there is none.
    pub async fn opens(
        &self,
        client: &Client,
        (purpose, version): (KeyPurpose, KeyVersion),
    ) -> Result<(), KeyError> {
        let root = self.roots_of(purpose).find(|root| root.version == version.0);
        root.ok_or(KeyError::Damaged)?.open(client).await.map(|_| ())
    }

    /// Takes away a root key that leaked, whatever is alive under it, and with the keys for
    /// `signing` every signing key that is sealed under it. If no signing key is left, one is made,
    /// which is used at once. The caller has put another version in its place.
    ///
    /// # Errors
    /// [`RotationRefused::InUse`] if it is the only one of its purpose.
    pub async fn without_leaked_root(
        &self,
        client: &Client,
        (purpose, version): (KeyPurpose, KeyVersion),
        nonce: [u8; 12],
        now: Timestamp,
    ) -> Result<Self, RotationError> {
        let what = named(purpose, version);
        if !self.roots_of(purpose).any(|root| root.version == version.0) {
            return Err(RotationRefused::Unknown(what).into());
        }
        let left = self.without_version(purpose, version);
        if left.roots_of(purpose).next().is_none() {
            return Err(RotationRefused::InUse(what).into());
        }
        match purpose {
            KeyPurpose::Signing => {
                let is_under = |key: &SigningKey| key.sealed_under() == version;
                Ok(left.without_leaked_signing_keys(client, is_under, nonce, now).await?)
            }
            KeyPurpose::Lookup => Err(RotationRefused::LookupStays.into()),
            KeyPurpose::Seal | KeyPurpose::Codes | KeyPurpose::Settings => Ok(left),
        }
    }

    /// Makes a root key of a purpose that was published at this moment, under the key of KMS that
    /// wraps the newest one that opens.
    pub(crate) async fn with_root_published(
        &self,
        client: &Client,
        key_id: &str,
        purpose: KeyPurpose,
        published_at: Timestamp,
    ) -> Result<Self, RotationError> {
        if purpose == KeyPurpose::Lookup {
            return Err(RotationRefused::LookupStays.into());
        }
        let newest = self.roots_of(purpose).map(|root| root.version).max();
        let version = KeyVersion(newest.ok_or(KeyError::Damaged)? + 1);
        let made = WrappedRoot::generate(client, key_id, purpose, version, published_at).await?;
        let used = self.wrapped_by(client, purpose).await?;
        if made.wrapped_by != used {
            let (given, used) = (made.wrapped_by.unwrap_or_default(), used.unwrap_or_default());
            return Err(RotationRefused::OtherKmsKey { given, used }.into());
        }
        Ok(self.with_root(made.stored))
    }

    /// Returns the ARN of the key of KMS under which the functions open the keys of a purpose: that
    /// of its newest version that opens, or else of a root key of another purpose. So a version
    /// whose key of KMS is disabled does not keep another from taking its place.
    ///
    /// # Errors
    /// [`KeyError::RootNotOpened`] of the newest version, if nothing in the keyring opens.
    async fn wrapped_by(
        &self,
        client: &Client,
        purpose: KeyPurpose,
    ) -> Result<Option<String>, KeyError> {
        let mut roots: Vec<&WrappedRoot> = self.roots().iter().collect();
        roots.sort_by_key(|root| (root.purpose != purpose, Reverse(root.version)));
        let mut failed = None;
        for root in roots {
            match root.open(client).await {
                Ok((_, arn)) => return Ok(arn),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        Err(failed.unwrap_or(KeyError::Damaged))
    }
}
