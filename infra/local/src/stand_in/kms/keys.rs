//! The keys of the stand-in, and where each is.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::{
    collections::BTreeMap,
    fs, io,
    path::Path,
    sync::{Mutex, PoisonError},
};

use super::{Context, KmsError, ROOT_KEY_ID};
use crate::{
    error::LocalError,
    random::{random, random_hex},
};

/// The Region of the first key.
pub(super) const HOME: &str = "eu-west-1";

/// The key in a file that everything is wrapped under at first.
pub(crate) struct MasterKey(pub(super) [u8; 32]);

impl MasterKey {
    /// The key in this file, made at the first start; or one that nothing outlives.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, LocalError> {
        let Some(file) = file else { return Ok(Self(random()?)) };
        match fs::read(file) {
            Ok(bytes) => {
                bytes.try_into().map(Self).map_err(|_| LocalError::KeyFile(file.to_owned()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = random()?;
                fs::write(file, key).map_err(LocalError::Folder)?;
                Ok(Self(key))
            }
            Err(error) => Err(LocalError::Folder(error)),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) id: String,
    region: String,
}

impl Place {
    pub(super) fn arn(&self) -> String {
        format!("arn:aws:kms:{}:000000000000:key/{}", self.region, self.id)
    }
}

/// One key. Its replicas have the same material, and each is enabled or disabled by itself ("AWS
/// KMS Developer Guide: Multi-Region keys").
struct Key {
    secret: [u8; 32],
    /// The Regions that have it; true where it is enabled.
    regions: BTreeMap<String, bool>,
}

/// All keys by their ids. Those that are made while this runs are forgotten when it ends.
pub(super) struct Keys(Mutex<BTreeMap<String, Key>>);

impl Keys {
    pub(super) fn of(MasterKey(secret): MasterKey) -> Self {
        let key = Key { secret, regions: BTreeMap::from([(HOME.to_owned(), true)]) };
        Self(Mutex::new(BTreeMap::from([(ROOT_KEY_ID.to_owned(), key)])))
    }

    fn with<T>(&self, does: impl FnOnce(&mut BTreeMap<String, Key>) -> T) -> T {
        does(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Finds a key of a Region by its id or its ARN ("AWS KMS API Reference: GenerateDataKey",
    /// KeyId); there is no alias here, and the ARN of another Region is not found.
    pub(super) fn find(&self, region: &str, named: &str) -> Result<Place, KmsError> {
        let id = named.rsplit('/').next().unwrap_or_default();
        let place = Place { id: id.to_owned(), region: region.to_owned() };
        let is_there = self.with(|keys| keys.get(id).is_some_and(|key| key.is_in(region)));
        if is_there && (named == id || named == place.arn()) {
            Ok(place)
        } else {
            Err(KmsError::NotFound)
        }
    }

    pub(super) fn make(&self, region: &str, multi_region: bool) -> Result<Place, KmsError> {
        let failed = KmsError::KmsInternal;
        let number = random_hex::<16>().map_err(|_| failed)?;
        let id = if multi_region { format!("mrk-{number}") } else { number };
        let regions = BTreeMap::from([(region.to_owned(), true)]);
        let key = Key { secret: random().map_err(|_| failed)?, regions };
        self.with(|keys| keys.insert(id.clone(), key));
        Ok(Place { id, region: region.to_owned() })
    }

    /// Makes a replica of a multi-Region key in another Region.
    pub(super) fn replicate(&self, place: &Place, region: &str) -> Result<Place, KmsError> {
        if !place.id.starts_with("mrk-") {
            return Err(KmsError::UnsupportedOperation);
        }
        self.with(|keys| {
            let key = keys.get_mut(&place.id).ok_or(KmsError::NotFound)?;
            match key.regions.insert(region.to_owned(), true) {
                Some(state) => {
                    key.regions.insert(region.to_owned(), state);
                    Err(KmsError::AlreadyExists)
                }
                None => Ok(Place { id: place.id.clone(), region: region.to_owned() }),
            }
        })
    }

    pub(super) fn enable(&self, place: &Place, enabled: bool) -> Result<(), KmsError> {
        self.with(|keys| {
            let key = keys.get_mut(&place.id).ok_or(KmsError::NotFound)?;
            key.regions.insert(place.region.clone(), enabled);
            Ok(())
        })
    }

    pub(super) fn wrap(
        &self,
        place: &Place,
        context: &Context,
        plain: &[u8],
    ) -> Result<Vec<u8>, KmsError> {
        self.with(|keys| {
            let key = keys.get(&place.id).ok_or(KmsError::NotFound)?;
            key.refuse_disabled(&place.region)?;
            key.wrap(context, plain).ok_or(KmsError::KmsInternal)
        })
    }

    /// Unwraps with the key that wrapped, which stands in the ciphertext: here it is found by
    /// trying. A key that is named must be that one.
    pub(super) fn unwrap(
        &self,
        region: &str,
        named: Option<&Place>,
        context: &Context,
        wrapped: &[u8],
    ) -> Result<(Place, Vec<u8>), KmsError> {
        self.with(|keys| {
            let opens = |(id, key): (&String, &Key)| {
                key.unwrap(context, wrapped).map(|plain| (id.clone(), plain))
            };
            let opened = keys.iter().find_map(opens);
            let (id, plain) = opened.ok_or(KmsError::InvalidCiphertext)?;
            if named.is_some_and(|named| named.id != id) {
                return Err(KmsError::IncorrectKey);
            }
            let key = keys.get(&id).filter(|key| key.is_in(region));
            key.ok_or(KmsError::AccessDenied)?.refuse_disabled(region)?;
            Ok((Place { id, region: region.to_owned() }, plain))
        })
    }
}

impl Key {
    fn is_in(&self, region: &str) -> bool {
        self.regions.contains_key(region)
    }

    fn refuse_disabled(&self, region: &str) -> Result<(), KmsError> {
        match self.regions.get(region) {
            Some(true) => Ok(()),
            Some(false) => Err(KmsError::Disabled),
            None => Err(KmsError::NotFound),
        }
    }

    fn cipher(&self) -> Option<LessSafeKey> {
        UnboundKey::new(&AES_256_GCM, &self.secret).ok().map(LessSafeKey::new)
    }

    fn wrap(&self, context: &Context, plain: &[u8]) -> Option<Vec<u8>> {
        let nonce: [u8; NONCE_LEN] = random().ok()?;
        let mut wrapped = plain.to_vec();
        self.cipher()?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(bound(context)?),
                &mut wrapped,
            )
            .ok()?;
        Some([nonce.as_slice(), &wrapped].concat())
    }

    fn unwrap(&self, context: &Context, wrapped: &[u8]) -> Option<Vec<u8>> {
        let (nonce, rest) = wrapped.split_first_chunk::<NONCE_LEN>()?;
        let (nonce, bound) = (Nonce::assume_unique_for_key(*nonce), Aad::from(bound(context)?));
        let mut plain = rest.to_vec();
        let opened = self.cipher()?.open_in_place(nonce, bound, &mut plain).ok()?;
        Some(opened.to_vec())
    }
}

/// The encryption context as bytes, the same for the same pairs in any order.
fn bound(context: &Context) -> Option<Vec<u8>> {
    serde_json::to_vec(context).ok()
}
