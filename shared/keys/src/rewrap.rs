//! Wrapping the root keys under another key of KMS. The root keys stay the same, so nothing that
//! was made under them changes.

use aws_sdk_kms::Client;
use portcullis_domain::KeyVersion;

use crate::{
    KeyError, KeyPurpose, RotationError, RotationRefused, WrappedKeyring,
    kms::{self, MadeKey},
    root::RootKey,
    wrapped_keyring::{OpenRoot, WrappedRoot},
};

/// A key of KMS, and the client of its Region.
#[derive(Clone, Copy, Debug)]
pub struct KmsKey<'a> {
    pub client: &'a Client,
    pub key_id: &'a str,
}

/// A keyring whose root keys are all wrapped by one key of KMS.
#[derive(Debug)]
pub struct RewrappedKeyring {
    pub keyring: WrappedKeyring,
    /// The ARN of that key, as KMS says it.
    pub to: String,
    pub roots: Vec<Rewrapped>,
}

/// One root key of it, each purpose's oldest first.
#[derive(Debug, PartialEq, Eq)]
pub struct Rewrapped {
    pub purpose: KeyPurpose,
    pub version: KeyVersion,
    /// The ARN of the key of KMS that wrapped it before.
    pub from: String,
    pub wrapping: Wrapping,
}

/// The effect on the wrapping of a root key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapping {
    /// The same key of KMS wraps it already, or the replica of it in another Region.
    Stays,
    New,
}

impl RewrappedKeyring {
    /// Returns true if another wrapping took the place of one.
    pub fn is_changed(&self) -> bool {
        self.roots.iter().any(|root| root.wrapping == Wrapping::New)
    }
}

impl WrappedKeyring {
    /// Wraps every root key under another key of KMS. `held` is the client of the Region whose key
    /// wraps them now. The new key is tried first as functions use it, and each root key is opened
    /// again and compared.
    ///
    /// # Errors
    /// [`RotationRefused::WrapsWithoutContext`] if the key opens for another purpose than the one
    /// that it wrapped for; [`KeyError::RootNotOpened`] if a root key does not open, and
    /// [`KeyError::Kms`] if KMS refuses the key.
    pub async fn rewrapped(
        &self,
        held: &Client,
        to: KmsKey<'_>,
    ) -> Result<RewrappedKeyring, RotationError> {
        let arn = to.tried().await?;
        let (mut kept, mut roots) = (vec![], vec![]);
        for root in self.roots() {
            let (rewrapped, report) = root.rewrapped_by(held, to, &arn).await?;
            kept.push(rewrapped);
            roots.push(report);
        }
        Ok(RewrappedKeyring { keyring: self.with_roots(kept), to: arn, roots })
    }
}

impl WrappedKeyring {
    /// Opens every root key with the client of a Region, as functions there do. Returns the ARNs of
    /// the keys of KMS that opened them, each once.
    ///
    /// # Errors
    /// [`KeyError::RootNotOpened`] if one does not open there.
    pub async fn opened_in(&self, region: &Client) -> Result<Vec<String>, KeyError> {
        let mut arns = vec![];
        for root in self.roots() {
            let (_, arn) = root.open(region).await?;
            let arn = arn.ok_or(KeyError::Damaged)?;
            if !arns.contains(&arn) {
                arns.push(arn);
            }
        }
        Ok(arns)
    }
}

impl KmsKey<'_> {
    /// Makes a key under it and opens that as a function does, which names no key, and then for
    /// another purpose, which must fail. Returns the ARN of this key of KMS.
    async fn tried(self) -> Result<String, RotationError> {
        let Self { client, key_id } = self;
        let purpose = KeyPurpose::Seal;
        let MadeKey { key, wrapped, wrapped_by } = kms::generate(client, key_id, purpose).await?;
        let opened = kms::unwrap(client, purpose, wrapped.clone()).await?;
        if !opened.is(&key) {
            return Err(KeyError::Damaged.into());
        }
        match kms::unwrap(client, KeyPurpose::Codes, wrapped).await {
            Ok(_) => Err(RotationRefused::WrapsWithoutContext(key_id.to_owned()).into()),
            Err(error) if kms::is_of_another_purpose(&error) => {
                Ok(wrapped_by.ok_or(KeyError::Damaged)?)
            }
            Err(error) => Err(error.into()),
        }
    }
}

impl WrappedRoot {
    async fn rewrapped_by(
        &self,
        held: &Client,
        to: KmsKey<'_>,
        arn: &str,
    ) -> Result<(Self, Rewrapped), KeyError> {
        let purpose = self.purpose;
        let (OpenRoot { key, .. }, from) = match self.open(to.client).await {
            Ok(opened) => opened,
            Err(_) => self.open(held).await?,
        };
        let from = from.ok_or(KeyError::Damaged)?;
        let report = |wrapping| {
            let version = KeyVersion(self.version);
            Rewrapped { purpose, version, from: from.clone(), wrapping }
        };
        if is_same(&from, arn) {
            self.opens_to(&key, to).await?;
            return Ok((self.clone(), report(Wrapping::Stays)));
        }
        let (wrapped, _) = kms::wrap(to.client, to.key_id, purpose, &key).await?;
        let rewrapped = self.rewrapped(&wrapped);
        rewrapped.opens_to(&key, to).await?;
        Ok((rewrapped, report(Wrapping::New)))
    }

    /// Checks that the wrapping opens in the new key's Region, to this root key.
    async fn opens_to(&self, key: &RootKey, to: KmsKey<'_>) -> Result<(), KeyError> {
        let (opened, _) = self.open(to.client).await?;
        if opened.key.is(key) { Ok(()) } else { Err(KeyError::Damaged) }
    }
}

/// Returns true for the ARNs of one key, and of a multi-Region key's replicas: these have the same
/// id and the same key material, and each opens what another wrapped ("Multi-Region keys in AWS
/// KMS" in Amazon's guide).
fn is_same(one: &str, other: &str) -> bool {
    let id = |arn: &str| arn.rsplit('/').next().unwrap_or_default().to_owned();
    one == other || (id(one) == id(other) && id(one).starts_with("mrk-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replica_is_the_same_key_and_another_key_of_the_same_name_is_not() {
        let arn = |region: &str, id: &str| format!("arn:aws:kms:{region}:111122223333:key/{id}");
        let (here, there) = (arn("eu-west-1", "mrk-1"), arn("eu-central-1", "mrk-1"));
        assert!(is_same(&here, &here) && is_same(&here, &there));
        assert!(!is_same(&here, &arn("eu-west-1", "mrk-2")));
        assert!(!is_same(&arn("eu-west-1", "1"), &arn("eu-central-1", "1")));
        assert!(is_same(&arn("eu-west-1", "1"), &arn("eu-west-1", "1")));
    }
}
