//! The steps by which keys are rotated. Each makes a new keyring from the stored one, and is one
//! conditional write; nothing is taken away while anything under it is alive.

use aws_sdk_kms::Client;
use portcullis_domain::{KeyVersion, Timestamp, limits};
use thiserror::Error;

use crate::{
    HELD_FOR, KeyError, KeyPurpose, WrappedKeyring,
    in_use::{to_write_with, used_from},
    signing::SigningKey,
    wrapped_keyring::WrappedRoot,
};

/// The reason for which a step is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RotationRefused {
    #[error(
        "the keys for lookup are never rotated: every user's place in the table is derived from \
         them, and nothing is decided by them"
    )]
    LookupStays,
    #[error("a rotation is under way: {newest} is published, and not in use yet")]
    UnderWay { newest: String, from: Timestamp },
    #[error("there is no {0} in the keyring")]
    Unknown(String),
    #[error("new things are made under {0}; rotate first")]
    InUse(String),
    #[error("something that was made under {what} may be alive")]
    Alive { what: String, until: Timestamp },
    #[error("{0} seals signing keys that are still in the keyring; rotate and retire these first")]
    SealsSigningKeys(String),
    #[error(
        "{given} is not the key of KMS that wraps the version in use, which is {used}; the \
         functions may not be allowed to open what it wraps"
    )]
    OtherKmsKey { given: String, used: String },
    #[error("no signing key can be retired: there is one only")]
    OneOnly,
    #[error(
        "{0} opens what it wrapped for another purpose, so it does not bind the encryption \
         context; give a symmetric encryption key"
    )]
    WrapsWithoutContext(String),
}

impl RotationRefused {
    /// Returns the moment from which it makes sense to try again, if waiting helps.
    pub const fn until(&self) -> Option<Timestamp> {
        match self {
            Self::UnderWay { from, .. } => Some(*from),
            Self::Alive { until, .. } => Some(*until),
            Self::LookupStays
            | Self::Unknown(_)
            | Self::InUse(_)
            | Self::SealsSigningKeys(_)
            | Self::OtherKmsKey { .. }
            | Self::OneOnly
            | Self::WrapsWithoutContext(_) => None,
        }
    }
}

#[derive(Debug, Error)]
pub enum RotationError {
    #[error(transparent)]
    Refused(#[from] RotationRefused),
    #[error(transparent)]
    Keys(#[from] KeyError),
}

/// A version's part in writing, at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionState {
    /// It is published, so that every process knows it, and used from this moment on.
    Published {
        used_from: Timestamp,
    },
    InUse,
    /// It is only read with. Everything under it that lives for a while is dead at this moment.
    Older {
        dead_from: Timestamp,
    },
}

/// A root key in the keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RootVersion {
    pub purpose: KeyPurpose,
    pub version: KeyVersion,
    pub published_at: Timestamp,
    pub state: VersionState,
}

/// A signing key in the keyring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningVersion {
    /// The ids under which its public keys are in the key sets.
    pub kids: Vec<String>,
    pub published_at: Timestamp,
    /// The version of the root key that it is sealed under.
    pub sealed_under: KeyVersion,
    pub state: VersionState,
}

/// The longest life of what was signed: that of an assertion, and the difference of two clocks.
const SIGNED_LIVES: i64 = limits::ASSERTION_SECONDS + limits::CLOCK_SKEW_SECONDS;

/// Returns the longest life of what is made under a root key of this purpose, apart from what is
/// counted in the table.
const fn lives(purpose: KeyPurpose) -> i64 {
    match purpose {
        KeyPurpose::Lookup | KeyPurpose::Signing => 0,
        // The secret of an app that is being enrolled; a bound one is counted.
        KeyPurpose::Seal => limits::SIGN_IN_SECONDS,
        // The token of a known browser; all else lives minutes.
        KeyPurpose::Codes => limits::KNOWN_BROWSER_SECONDS,
        // The destination of a notice in its item; a freeze link lives a week.
        KeyPurpose::Settings => limits::NOTICE_SECONDS,
    }
}

/// Returns the moment at which a version is written with for the last time, given the moment at
/// which the next one was published. A process that cannot read the keyring uses it a while longer.
pub(crate) const fn last_written(next_published_at: Timestamp) -> Timestamp {
    used_from(next_published_at).plus(HELD_FOR)
}

/// Returns the moment from which no assertion is alive under a signing key, given the moment at
/// which the next one was published.
pub const fn dead_from(next_published_at: Timestamp) -> Timestamp {
    last_written(next_published_at).plus(SIGNED_LIVES)
}

/// Returns the state of each version, of those whose moments of publishing are these.
fn states(published: &[Timestamp], now: Timestamp, lives: i64) -> Vec<VersionState> {
    let places: Vec<usize> = (0..published.len()).collect();
    let at = |place: &usize| published.get(*place).copied().unwrap_or(now);
    let in_use = to_write_with(&places, at, now).copied().unwrap_or_default();
    let state = |place: usize| {
        if place == in_use {
            return VersionState::InUse;
        }
        let next = place + 1;
        if place > in_use {
            return VersionState::Published { used_from: used_from(at(&place)) };
        }
        VersionState::Older { dead_from: last_written(at(&next)).plus(lives) }
    };
    places.iter().map(|place| state(*place)).collect()
}

impl WrappedKeyring {
    /// Returns the root keys of every purpose, each purpose's oldest first.
    pub fn root_versions(&self, now: Timestamp) -> Vec<RootVersion> {
        let of = |purpose: KeyPurpose| {
            let roots: Vec<&WrappedRoot> = self.roots_of(purpose).collect();
            let published: Vec<_> = roots.iter().map(|root| root.published_at()).collect();
            let states = states(&published, now, lives(purpose));
            roots.into_iter().zip(states).map(move |(root, state)| RootVersion {
                purpose,
                version: KeyVersion(root.version),
                published_at: root.published_at(),
                state,
            })
        };
        KeyPurpose::ALL.into_iter().flat_map(|purpose| of(purpose).collect::<Vec<_>>()).collect()
    }

    /// Returns the signing keys, the oldest first.
    pub fn signing_versions(&self, now: Timestamp) -> Vec<SigningVersion> {
        let published: Vec<_> = self.signing().iter().map(SigningKey::published_at).collect();
        let states = states(&published, now, SIGNED_LIVES);
        let version = |(key, state): (&SigningKey, VersionState)| SigningVersion {
            kids: key.kids(),
            published_at: key.published_at(),
            sealed_under: key.sealed_under(),
            state,
        };
        self.signing().iter().zip(states).map(version).collect()
    }

    /// Publishes a new root key of a purpose, wrapped under this key of KMS.
    ///
    /// # Errors
    /// [`RotationRefused`] for the purpose that is never rotated, and while a rotation is under
    /// way.
    pub async fn with_new_root(
        &self,
        client: &Client,
        key_id: &str,
        purpose: KeyPurpose,
        now: Timestamp,
    ) -> Result<Self, RotationError> {
        if purpose == KeyPurpose::Lookup {
            return Err(RotationRefused::LookupStays.into());
        }
        let versions = self.root_versions(now);
        let mut versions = versions.iter().filter(|root| root.purpose == purpose);
        if let Some(RootVersion { version, state: VersionState::Published { used_from }, .. }) =
            versions.next_back()
        {
            let newest = named(purpose, *version);
            return Err(RotationRefused::UnderWay { newest, from: *used_from }.into());
        }
        self.with_root_published(client, key_id, purpose, now).await
    }

    /// Takes away a root key, or takes back one that is not in use yet. The caller has counted what
    /// lies in the table under it.
    ///
    /// # Errors
    /// [`RotationRefused`] while it is needed, or may be.
    pub fn without_root(
        &self,
        purpose: KeyPurpose,
        version: KeyVersion,
        now: Timestamp,
    ) -> Result<Self, RotationRefused> {
        let what = named(purpose, version);
        if purpose == KeyPurpose::Lookup {
            return Err(RotationRefused::LookupStays);
        }
        let versions = self.root_versions(now);
        let found = versions.iter().find(|of| of.purpose == purpose && of.version == version);
        match found.map(|found| found.state) {
            None => Err(RotationRefused::Unknown(what)),
            // Nothing is under it yet, by the fastest of clocks.
            Some(VersionState::Published { used_from })
                if now.plus(limits::CLOCK_SKEW_SECONDS) < used_from =>
            {
                Ok(self.without_version(purpose, version))
            }
            Some(VersionState::InUse | VersionState::Published { .. }) => {
                Err(RotationRefused::InUse(what))
            }
            Some(VersionState::Older { dead_from }) if now < dead_from => {
                Err(RotationRefused::Alive { what, until: dead_from })
            }
            Some(VersionState::Older { .. }) => {
                let sealed = self.signing().iter().any(|key| key.sealed_under() == version);
                if purpose == KeyPurpose::Signing && sealed {
                    return Err(RotationRefused::SealsSigningKeys(what));
                }
                Ok(self.without_version(purpose, version))
            }
        }
    }

    /// Publishes a new signing key.
    ///
    /// # Errors
    /// [`RotationRefused::UnderWay`] while the newest is not in use yet.
    pub async fn with_new_signing_key(
        &self,
        client: &Client,
        nonce: [u8; 12],
        now: Timestamp,
    ) -> Result<Self, RotationError> {
        if let Some(SigningVersion { kids, state: VersionState::Published { used_from }, .. }) =
            self.signing_versions(now).pop()
        {
            let newest = format!("the signing key {}", kids.join(" and "));
            return Err(RotationRefused::UnderWay { newest, from: used_from }.into());
        }
        let made = self.make_signing_key(client, nonce, now).await?;
        let signing = self.signing().iter().cloned().chain([made]).collect();
        Ok(self.with_signing(signing))
    }

    /// Takes away the signing keys under which no assertion is alive, and returns the ids of those
    /// that went.
    ///
    /// # Errors
    /// [`RotationRefused`] if there is none.
    pub fn without_dead_signing_keys(
        &self,
        now: Timestamp,
    ) -> Result<(Self, Vec<String>), RotationRefused> {
        let versions = self.signing_versions(now);
        let is_dead = |version: &SigningVersion| match version.state {
            VersionState::Older { dead_from } => dead_from <= now,
            VersionState::Published { .. } | VersionState::InUse => false,
        };
        let kids: Vec<String> =
            versions.iter().filter(|of| is_dead(of)).flat_map(|of| of.kids.clone()).collect();
        if kids.is_empty() {
            return Err(self.none_is_dead(now));
        }
        let left = self.signing().iter().zip(&versions).filter(|(_, version)| !is_dead(version));
        Ok((self.with_signing(left.map(|(key, _)| key.clone()).collect()), kids))
    }

    /// Returns the reason why no signing key can be retired.
    fn none_is_dead(&self, now: Timestamp) -> RotationRefused {
        let first = self.signing_versions(now).into_iter().next();
        match first.map(|of| (of.kids.join(" and "), of.state)) {
            Some((what, VersionState::Older { dead_from })) => {
                RotationRefused::Alive { what, until: dead_from }
            }
            Some((what, VersionState::InUse)) if self.signing().len() > 1 => {
                RotationRefused::InUse(what)
            }
            Some((_, VersionState::InUse | VersionState::Published { .. })) | None => {
                RotationRefused::OneOnly
            }
        }
    }

    /// Takes away a signing key at once, because it leaked. If no other is left, a new one is made,
    /// which is then used at once.
    ///
    /// # Errors
    /// [`RotationRefused::Unknown`] if there is none with this id.
    pub async fn without_signing_key(
        &self,
        client: &Client,
        kid: &str,
        nonce: [u8; 12],
        now: Timestamp,
    ) -> Result<Self, RotationError> {
        let is_it = |key: &SigningKey| key.kids().iter().any(|known| known == kid);
        if !self.signing().iter().any(is_it) {
            return Err(RotationRefused::Unknown(format!("signing key {kid}")).into());
        }
        Ok(self.without_leaked_signing_keys(client, is_it, nonce, now).await?)
    }

    /// Takes away signing keys that leaked, and makes one if none is left, which is used at once.
    pub(crate) async fn without_leaked_signing_keys(
        &self,
        client: &Client,
        leaked: impl Fn(&SigningKey) -> bool,
        nonce: [u8; 12],
        now: Timestamp,
    ) -> Result<Self, KeyError> {
        let mut left: Vec<SigningKey> =
            self.signing().iter().filter(|key| !leaked(key)).cloned().collect();
        if left.is_empty() {
            left.push(self.make_signing_key(client, nonce, now).await?);
        }
        Ok(self.with_signing(left))
    }

    /// Makes a signing key, sealed under the root key that every process knows.
    async fn make_signing_key(
        &self,
        client: &Client,
        nonce: [u8; 12],
        now: Timestamp,
    ) -> Result<SigningKey, KeyError> {
        let root = self.root_to_write_with(KeyPurpose::Signing, now).ok_or(KeyError::Damaged)?;
        let (root, _) = root.open(client).await?;
        SigningKey::make(&root, nonce, now)
    }
}

pub(crate) fn named(purpose: KeyPurpose, version: KeyVersion) -> String {
    format!("version {} of the keys for {purpose}", version.0)
}

#[cfg(test)]
mod tests;
