//! Taking away a root key that leaked. There is no time to publish the next one fifteen minutes
//! before it is used: it is used at once, and processes that hold an older keyring meet a version
//! that they do not know, read the keyring again, and go on.

use aws_sdk_kms::Client;
use portcullis_domain::{KeyVersion, Timestamp};

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
        let goes = |root: &WrappedRoot| root.purpose == purpose && root.version == version.0;
        let what = named(purpose, version);
        if !self.roots_of(purpose).any(goes) {
            return Err(RotationRefused::Unknown(what).into());
        }
        let left = self.without_roots(goes);
        if left.roots_of(purpose).next().is_none() {
            return Err(RotationRefused::InUse(what).into());
        }
        match purpose {
            KeyPurpose::Signing => left.resigned(client, version, nonce, now).await,
            KeyPurpose::Lookup => Err(RotationRefused::LookupStays.into()),
            KeyPurpose::Seal | KeyPurpose::Codes | KeyPurpose::Settings => Ok(left),
        }
    }

    /// Takes away the signing keys that are sealed under this version; makes one if none is left.
    async fn resigned(
        self,
        client: &Client,
        leaked: KeyVersion,
        nonce: [u8; 12],
        now: Timestamp,
    ) -> Result<Self, RotationError> {
        let stays = |key: &&SigningKey| key.sealed_under() != leaked;
        let mut signing: Vec<SigningKey> = self.signing().iter().filter(stays).cloned().collect();
        if signing.is_empty() {
            signing.push(self.make_signing_key(client, nonce, now).await?);
        }
        Ok(self.with_signing(signing))
    }

    /// Makes a root key of a purpose that was published at this moment, under the key of KMS that
    /// wraps the newest one.
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
        let newest = self.roots_of(purpose).max_by_key(|root| root.version);
        let newest = newest.ok_or(KeyError::Damaged)?;
        let version = KeyVersion(newest.version + 1);
        let made = WrappedRoot::generate(client, key_id, purpose, version, published_at).await?;
        let used = newest.wrapped_by(client).await?;
        if made.wrapped_by != used {
            let (given, used) = (made.wrapped_by.unwrap_or_default(), used.unwrap_or_default());
            return Err(RotationRefused::OtherKmsKey { given, used }.into());
        }
        Ok(self.with_root(made.stored))
    }
}
