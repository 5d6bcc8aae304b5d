use portcullis_domain::{
    KeyDescription, Malformed, Scope, Scopes, SourceRange, Sources, Timestamp, limits,
    portal::{KeyExpiry, KeyTerms, PortalKey},
};
use portcullis_store::KeyDays;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::wire::Parsed;

/// A part of the API that an API key opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScopeName {
    /// Sign-ins, from opening one to its result.
    SignIn,
    /// The contact record, status and activity of users, and opting in.
    Contacts,
    /// Resets, and the end of a saved default.
    Reset,
    /// Erasure of users.
    Erase,
    /// Push requests and exchange codes by OpenID Connect.
    Oidc,
}

impl From<Scope> for ScopeName {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::SignIn => Self::SignIn,
            Scope::Contacts => Self::Contacts,
            Scope::Reset => Self::Reset,
            Scope::Erase => Self::Erase,
            Scope::Oidc => Self::Oidc,
        }
    }
}

impl From<ScopeName> for Scope {
    fn from(name: ScopeName) -> Self {
        match name {
            ScopeName::SignIn => Self::SignIn,
            ScopeName::Contacts => Self::Contacts,
            ScopeName::Reset => Self::Reset,
            ScopeName::Erase => Self::Erase,
            ScopeName::Oidc => Self::Oidc,
        }
    }
}

/// An API key, without its secret.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyView {
    /// Its id; part of the key.
    #[schema(example = "0aB1cD")]
    pub id: String,
    /// Its purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Login servers")]
    pub description: Option<String>,
    /// The calls it opens.
    pub scopes: Vec<ScopeName>,
    /// The ranges of addresses it may come from; empty if it may come from anywhere.
    #[schema(example = json!(["192.0.2.0/24"]))]
    pub sources: Vec<String>,
    /// Unix time at which it was created.
    pub created_at: i64,
    /// Unix time at which it expires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// True if it works now.
    pub active: bool,
    /// True if it expires within 30 days.
    pub expires_soon: bool,
    /// Unix time of the start of the last day (UTC) on which a call with it changed something of a
    /// user, a few seconds late. Calls that only read are not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_on: Option<i64>,
}

impl KeyView {
    /// Returns true if it shows this key. The time and the last use of the key do not count.
    pub(super) fn shows(&self, key: &PortalKey) -> bool {
        let stored = Self::of(key, &KeyDays::default(), key.created_at);
        self.id == stored.id
            && self.description == stored.description
            && self.scopes == stored.scopes
            && self.sources == stored.sources
            && self.created_at == stored.created_at
            && self.expires_at == stored.expires_at
    }
}

impl KeyView {
    pub(super) fn of(key: &PortalKey, days: &KeyDays, now: Timestamp) -> Self {
        let KeyTerms { scopes, sources, description, expires_at } = &key.terms;
        Self {
            id: key.id.clone(),
            description: description.as_ref().map(|text| text.as_str().to_owned()),
            scopes: scopes.as_slice().iter().map(|scope| (*scope).into()).collect(),
            sources: sources.as_slice().iter().map(ToString::to_string).collect(),
            created_at: key.created_at.unix(),
            expires_at: expires_at.map(Timestamp::unix),
            active: key.is_active(now),
            expires_soon: key.expires_soon(now),
            last_used_on: days.get(&key.id).map(|day| day * limits::DAY_SECONDS),
        }
    }
}

/// Creates an API key.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewKey {
    /// Its purpose: 1 to 64 bytes on one line.
    #[schema(value_type = Option<String>, max_length = 64)]
    pub description: Option<Parsed<KeyDescription>>,
    /// The calls it opens. If left out: `sign_in` and `contacts`.
    #[schema(min_items = 1)]
    pub scopes: Option<Vec<ScopeName>>,
    /// The addresses it may come from: IPv4 and IPv6, each a range in CIDR notation or one address.
    /// If left out: anywhere.
    #[schema(value_type = Vec<String>, max_items = 8, example = json!(["192.0.2.0/24"]))]
    pub sources: Vec<Parsed<SourceRange>>,
    /// Unix time at which it expires. If left out: in 365 days.
    pub expires_at: Option<i64>,
    /// True if it works until it is revoked; `expires_at` is left out then.
    pub never_expires: bool,
}

impl NewKey {
    pub fn into_terms(self, now: Timestamp) -> Result<KeyTerms, Malformed> {
        let scopes = match self.scopes {
            Some(names) => Scopes::of(&names.into_iter().map(Scope::from).collect::<Vec<_>>())?,
            None => Scopes::usual(),
        };
        let expiry = match (self.expires_at.map(Timestamp::from_unix), self.never_expires) {
            (Some(_), true) => {
                let why = "must be left out if never_expires is true";
                return Err(Malformed { what: "expires_at", why });
            }
            (Some(moment), false) if moment <= now => {
                return Err(Malformed { what: "expires_at", why: "must be in the future" });
            }
            (Some(moment), false) => KeyExpiry::At(moment),
            (None, true) => KeyExpiry::Never,
            (None, false) => KeyExpiry::InAYear,
        };
        Ok(KeyTerms {
            scopes,
            sources: Sources::of(self.sources.into_iter().map(Parsed::value).collect())?,
            description: self.description.map(Parsed::value),
            expires_at: expiry.from(now),
        })
    }
}

/// A new API key.
#[derive(Serialize, ToSchema)]
pub struct KeyMade {
    /// Its id.
    #[schema(example = "0aB1cD")]
    pub id: String,
    /// The key, shown only once.
    #[schema(example = "pcl_acme_...")]
    pub api_key: String,
    /// The calls it opens.
    pub scopes: Vec<ScopeName>,
    /// Unix time at which it expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
}
