//! The stored keyring: the wrapped root keys of every purpose, and the sealed signing keys.

use aws_sdk_kms::Client;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use futures_util::future::try_join_all;
use portcullis_domain::{KeyVersion, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    KeyError, KeyPurpose, Purposes,
    in_use::to_write_with,
    kms::{self, MadeKey},
    root::RootKey,
    signing::SigningKey,
};

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

/// A root key that was made, open and wrapped.
pub(crate) struct Generated {
    pub(crate) open: OpenRoot,
    pub(crate) stored: WrappedRoot,
    /// The ARN of the key of KMS that wraps it.
    pub(crate) wrapped_by: Option<String>,
}

/// Root keys that were unwrapped, and the errors of those that were left out.
#[derive(Default)]
pub(crate) struct Unwrapped {
    pub(crate) roots: Vec<OpenRoot>,
    pub(crate) left_out: Vec<KeyError>,
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
        let made = try_join_all(made).await?;
        let signs = |made: &&Generated| made.stored.purpose == KeyPurpose::Signing;
        let root = &made.iter().find(signs).ok_or(KeyError::Damaged)?.open;
        let signing = vec![SigningKey::make(root, nonce, now)?];
        Ok(Self { roots: made.into_iter().map(|made| made.stored).collect(), signing })
    }

    /// Unwraps the root keys of these purposes, all at once: one call to KMS for each version that
    /// is not among those that are open already. A version that does not open, and that nothing is
    /// written with, is left out: the others go on working while somebody takes it away. What was
    /// made under an older one is refused meanwhile.
    pub(crate) async fn unwrap(
        &self,
        client: &Client,
        purposes: Purposes,
        open: &[OpenRoot],
        now: Timestamp,
    ) -> Result<Unwrapped, KeyError> {
        let wanted = self.roots.iter().filter(|stored| purposes.contain(stored.purpose));
        let opened = wanted.map(async |stored: &WrappedRoot| {
            if let Some(open) = open.iter().find(|open| stored.is(open)) {
                return Ok::<_, KeyError>(Ok(open.clone()));
            }
            match stored.open(client).await {
                Ok((root, _)) => Ok(Ok(root)),
                Err(error) if self.is_needed(stored, now) => Err(error),
                Err(error) => Ok(Err(error)),
            }
        });
        let mut unwrapped = Unwrapped::default();
        for opened in try_join_all(opened).await? {
            match opened {
                Ok(root) => unwrapped.roots.push(root),
                Err(error) => unwrapped.left_out.push(error),
            }
        }
        let has = |purpose| unwrapped.roots.iter().any(|root| root.purpose == purpose);
        if purposes.iter().all(has) { Ok(unwrapped) } else { Err(KeyError::Damaged) }
    }

    /// Returns true if a process cannot work without a version: it writes with it, or signs with a
    /// key that is sealed under it.
    fn is_needed(&self, root: &WrappedRoot, now: Timestamp) -> bool {
        let in_use = self.root_to_write_with(root.purpose, now);
        let signs = to_write_with(&self.signing, SigningKey::published_at, now);
        in_use.is_some_and(|in_use| in_use.version == root.version)
            || (root.purpose == KeyPurpose::Signing
                && signs.is_some_and(|key| key.sealed_under().0 == root.version))
    }

    /// Returns the version that every process writes with.
    pub(crate) fn root_to_write_with(
        &self,
        purpose: KeyPurpose,
        now: Timestamp,
    ) -> Option<&WrappedRoot> {
        let versions: Vec<&WrappedRoot> = self.roots_of(purpose).collect();
        to_write_with(&versions, |root| root.published_at(), now).copied()
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

    /// Returns the keyring without one version of a purpose.
    pub(crate) fn without_version(&self, purpose: KeyPurpose, version: KeyVersion) -> Self {
        let goes = |root: &&WrappedRoot| root.purpose == purpose && root.version == version.0;
        let roots = self.roots.iter().filter(|root| !goes(root)).cloned().collect();
        Self { roots, signing: self.signing.clone() }
    }

    pub(crate) fn roots(&self) -> &[WrappedRoot] {
        &self.roots
    }

    pub(crate) fn with_roots(&self, roots: Vec<WrappedRoot>) -> Self {
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
    ) -> Result<Generated, KeyError> {
        let MadeKey { key, wrapped, wrapped_by } = kms::generate(client, key_id, purpose).await?;
        let stored = Self {
            purpose,
            version: version.0,
            wrapped: BASE64URL.encode(wrapped),
            published_at: now.unix(),
        };
        Ok(Generated { open: stored.opened(key), stored, wrapped_by })
    }

    /// Opens it, and returns it with the ARN of the key of KMS that wraps it.
    ///
    /// # Errors
    /// [`KeyError::RootNotOpened`], which says which root key it is.
    pub(crate) async fn open(
        &self,
        client: &Client,
    ) -> Result<(OpenRoot, Option<String>), KeyError> {
        let opened = match self.bytes() {
            Ok(bytes) => kms::unwrap_with_arn(client, self.purpose, bytes).await,
            Err(error) => Err(error),
        };
        let (key, arn) = opened.map_err(|error| KeyError::RootNotOpened {
            purpose: self.purpose,
            version: KeyVersion(self.version),
            source: Box::new(error),
        })?;
        Ok((self.opened(key), arn))
    }

    /// Returns the same root key in another wrapping.
    pub(crate) fn rewrapped(&self, wrapped: &[u8]) -> Self {
        Self { wrapped: BASE64URL.encode(wrapped), ..self.clone() }
    }

    fn bytes(&self) -> Result<Vec<u8>, KeyError> {
        BASE64URL.decode(&self.wrapped).map_err(|_| KeyError::Damaged)
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
