//! The stored keyring: the wrapped root keys of every purpose, and the sealed signing keys.

use aws_sdk_kms::Client;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use futures_util::future::try_join_all;
use portcullis_domain::{KeyVersion, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{KeyError, KeyPurpose, Purposes, kms, root::RootKey, signing::SigningKey};

/// The stored keyring. Nothing in it is readable without KMS.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WrappedKeyring {
    roots: Vec<WrappedRoot>,
    signing: Vec<SigningKey>,
}

/// One version of a purpose's root key, wrapped by KMS.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct WrappedRoot {
    pub(crate) purpose: KeyPurpose,
    pub(crate) version: u32,
    wrapped: String,
    published_at: i64,
}

/// One version of a purpose's root key, unwrapped.
#[derive(Clone)]
pub(crate) struct OpenRoot {
    pub(crate) purpose: KeyPurpose,
    pub(crate) version: KeyVersion,
    pub(crate) published_at: Timestamp,
    pub(crate) key: RootKey,
    /// The wrapped key that it came from.
    pub(crate) wrapped: String,
}

impl WrappedKeyring {
    /// Makes the first keyring: one root key for each purpose, and one signing key.
    pub async fn make(
        client: &Client,
        key_id: &str,
        nonce: [u8; 12],
        now: Timestamp,
    ) -> Result<Self, KeyError> {
        let made = KeyPurpose::ALL.map(async |purpose| {
            WrappedRoot::generate(client, key_id, purpose, KeyVersion(1), now).await
        });
        let (open, roots): (Vec<_>, Vec<_>) = try_join_all(made).await?.into_iter().unzip();
        let signs = |root: &&OpenRoot| root.purpose == KeyPurpose::Signing;
        let root = open.iter().find(signs).ok_or(KeyError::Damaged)?;
        let signing = vec![SigningKey::make(root, nonce, now)?];
        Ok(Self { roots, signing })
    }

    /// Unwraps the root keys of these purposes, all at once: one call to KMS for each version that
    /// is not among those that are open already.
    pub(crate) async fn unwrap(
        &self,
        client: &Client,
        purposes: Purposes,
        open: &[OpenRoot],
    ) -> Result<Vec<OpenRoot>, KeyError> {
        let wanted = self.roots.iter().filter(|stored| purposes.contain(stored.purpose));
        let opened = wanted.map(async |stored: &WrappedRoot| {
            if let Some(open) = open.iter().find(|open| stored.is(open)) {
                return Ok(open.clone());
            }
            let wrapped = BASE64URL.decode(&stored.wrapped).map_err(|_| KeyError::Damaged)?;
            let key = kms::unwrap(client, stored.purpose, wrapped).await?;
            Ok::<_, KeyError>(stored.opened(key))
        });
        let opened = try_join_all(opened).await?;
        let has = |purpose| opened.iter().any(|root| root.purpose == purpose);
        if purposes.iter().all(has) { Ok(opened) } else { Err(KeyError::Damaged) }
    }

    pub(crate) fn signing(&self) -> &[SigningKey] {
        &self.signing
    }

    /// Returns the root keys of a purpose, the oldest first.
    pub(crate) fn roots_of(&self, purpose: KeyPurpose) -> impl Iterator<Item = &WrappedRoot> {
        self.roots.iter().filter(move |root| root.purpose == purpose)
    }

    pub(crate) fn with_root(&self, root: WrappedRoot) -> Self {
        let roots = self.roots.iter().cloned().chain([root]).collect();
        Self { roots, signing: self.signing.clone() }
    }

    pub(crate) fn without_roots(&self, goes: impl Fn(&WrappedRoot) -> bool) -> Self {
        let roots = self.roots.iter().filter(|root| !goes(root)).cloned().collect();
        Self { roots, signing: self.signing.clone() }
    }

    pub(crate) fn with_signing(&self, signing: Vec<SigningKey>) -> Self {
        Self { roots: self.roots.clone(), signing }
    }
}

impl WrappedRoot {
    /// Makes a root key, open and wrapped.
    pub(crate) async fn generate(
        client: &Client,
        key_id: &str,
        purpose: KeyPurpose,
        version: KeyVersion,
        now: Timestamp,
    ) -> Result<(OpenRoot, Self), KeyError> {
        let (key, wrapped) = kms::generate(client, key_id, purpose).await?;
        let stored = Self {
            purpose,
            version: version.0,
            wrapped: BASE64URL.encode(wrapped),
            published_at: now.unix(),
        };
        Ok((stored.opened(key), stored))
    }

    pub(crate) const fn published_at(&self) -> Timestamp {
        Timestamp::from_unix(self.published_at)
    }

    fn opened(&self, key: RootKey) -> OpenRoot {
        let Self { purpose, version, wrapped, published_at } = self;
        OpenRoot {
            purpose: *purpose,
            version: KeyVersion(*version),
            published_at: Timestamp::from_unix(*published_at),
            key,
            wrapped: wrapped.clone(),
        }
    }

    /// Returns true if this is the stored form of an open key.
    fn is(&self, open: &OpenRoot) -> bool {
        self.purpose == open.purpose
            && self.version == open.version.0
            && self.wrapped == open.wrapped
    }
}
