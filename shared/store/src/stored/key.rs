//! API keys of a portal. Those without limits lie where they always did. Those with limits lie in a
//! list that a release without scopes does not look at, so that it refuses them.

use portcullis_domain::{
    KeyDescription, Malformed, Scope, Scopes, SourceRange, Sources, Timestamp, UnknownMembers,
    portal::{KeyHash, KeyTerms, PortalKey},
};
use serde::{Deserialize, Serialize};

use super::{
    members::members,
    number::Number,
    value::{Moment, Text},
};

pub(super) struct StoredKeys {
    pub(super) unlimited_keys: Vec<UnlimitedKey>,
    pub(super) limited_keys: Vec<LimitedKey>,
}

/// A key that opens every call there was before scopes, from anywhere: id, hash, the moment it was
/// made, and the moment it expires.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct UnlimitedKey(String, Text<KeyHash>, Moment, Option<Moment>);

members! {
    /// A key with limits. A limit that is not known has a capital letter: the key opens nothing.
    pub(super) struct LimitedKey {
        "i" id: String,
        "h" hash: Option<Text<KeyHash>>,
        "c" created_at: Moment,
        "e" expires_at: Option<Moment>,
        "s" scopes: Vec<Number<Scope>>,
        "r" sources: Vec<Text<SourceRange>>,
        "d" description: Option<Text<KeyDescription>>,
    }
}

impl From<&[PortalKey]> for StoredKeys {
    fn from(keys: &[PortalKey]) -> Self {
        let (mut unlimited_keys, mut limited_keys) = (vec![], vec![]);
        for key in keys {
            if is_unlimited(key) {
                unlimited_keys.push(UnlimitedKey::from(key));
            } else {
                limited_keys.push(LimitedKey::from(key));
            }
        }
        Self { unlimited_keys, limited_keys }
    }
}

fn is_unlimited(PortalKey { terms, unknown, .. }: &PortalKey) -> bool {
    let KeyTerms { scopes, sources, description, expires_at: _ } = terms;
    *scopes == Scopes::unlimited()
        && sources.as_slice().is_empty()
        && description.is_none()
        && *unknown == UnknownMembers::default()
}

impl TryFrom<StoredKeys> for Vec<PortalKey> {
    type Error = Malformed;

    /// Reads the keys, in the order they were made.
    fn try_from(stored: StoredKeys) -> Result<Self, Malformed> {
        let mut keys: Self = stored.unlimited_keys.into_iter().map(PortalKey::from).collect();
        for limited in stored.limited_keys {
            keys.push(limited.try_into()?);
        }
        keys.sort_by_key(|key| key.created_at);
        Ok(keys)
    }
}

impl From<&PortalKey> for UnlimitedKey {
    fn from(PortalKey { id, hash, created_at, terms, unknown: _ }: &PortalKey) -> Self {
        Self(id.clone(), Text(*hash), (*created_at).into(), terms.expires_at.map(Moment::from))
    }
}

impl From<UnlimitedKey> for PortalKey {
    fn from(UnlimitedKey(id, hash, created_at, expires_at): UnlimitedKey) -> Self {
        let terms = KeyTerms {
            scopes: Scopes::unlimited(),
            sources: Sources::default(),
            description: None,
            expires_at: expires_at.map(Timestamp::from),
        };
        let (hash, created_at) = (hash.value(), created_at.into());
        Self { id, hash, created_at, terms, unknown: UnknownMembers::default() }
    }
}

impl From<&PortalKey> for LimitedKey {
    fn from(PortalKey { id, hash, created_at, terms, unknown }: &PortalKey) -> Self {
        let KeyTerms { scopes, sources, description, expires_at } = terms;
        Self {
            id: id.clone(),
            hash: Some(Text(*hash)),
            created_at: (*created_at).into(),
            expires_at: expires_at.map(Moment::from),
            scopes: scopes.as_slice().iter().map(|scope| Number(*scope)).collect(),
            sources: sources.as_slice().iter().map(|range| Text(*range)).collect(),
            description: description.clone().map(Text),
            unknown: unknown.clone(),
        }
    }
}

impl TryFrom<LimitedKey> for PortalKey {
    type Error = Malformed;

    fn try_from(stored: LimitedKey) -> Result<Self, Malformed> {
        let LimitedKey { id, hash, created_at, expires_at, scopes, sources, description, unknown } =
            stored;
        let hash = hash.ok_or(Malformed { what: "an API key", why: "has no hash" })?;
        let scopes: Vec<Scope> = scopes.into_iter().map(Number::value).collect();
        let terms = KeyTerms {
            scopes: Scopes::of(&scopes)?,
            sources: Sources::of(sources.into_iter().map(Text::value).collect())?,
            description: description.map(Text::value),
            expires_at: expires_at.map(Timestamp::from),
        };
        Ok(Self { id, hash: hash.value(), created_at: created_at.into(), terms, unknown })
    }
}
