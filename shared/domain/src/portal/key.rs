//! The API keys of a portal's back end, at rest.

use std::net::IpAddr;

use super::KeyHash;
use crate::{
    KeyDescription, KeyLapse, LapsedKey, PortalId, Refusal, Scope, Scopes, Sources, Timestamp,
    UnknownMembers, limits,
};

/// One API key of a portal's back end, at rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalKey {
    /// The id of the key, which is part of the key itself.
    pub id: String,
    /// SHA-256 of the whole key.
    pub hash: KeyHash,
    pub created_at: Timestamp,
    /// The limits it was made with, which never change.
    pub terms: KeyTerms,
    /// The members that only a newer release knows.
    pub unknown: UnknownMembers,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTerms {
    pub scopes: Scopes,
    pub sources: Sources,
    /// Its purpose, in the words of whoever made it.
    pub description: Option<KeyDescription>,
    /// The moment it stops working, if it ever does.
    pub expires_at: Option<Timestamp>,
}

impl KeyTerms {
    /// The limits of a key for which nothing is chosen.
    pub fn usual(now: Timestamp) -> Self {
        let expires_at = KeyExpiry::InAYear.from(now);
        Self { scopes: Scopes::usual(), sources: Sources::default(), description: None, expires_at }
    }
}

/// The choice of when a new key stops working.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyExpiry {
    InAYear,
    At(Timestamp),
    Never,
}

impl KeyExpiry {
    /// Returns the moment for a key that is made now.
    pub const fn from(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::InAYear => Some(now.plus(limits::KEY_SECONDS)),
            Self::At(moment) => Some(moment),
            Self::Never => None,
        }
    }
}

/// The use of an API key for one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUse {
    pub scope: Scope,
    /// The address that the call comes from, as the gateway saw it.
    pub from: Option<IpAddr>,
}

impl PortalKey {
    pub fn is_active(&self, now: Timestamp) -> bool {
        self.terms.expires_at.is_none_or(|end| now < end)
    }

    /// Returns true if the key works, and not for long: there should be another one.
    pub fn expires_soon(&self, now: Timestamp) -> bool {
        let soon = now.plus(limits::KEY_WARNING_SECONDS);
        self.is_active(now) && self.terms.expires_at.is_some_and(|end| end <= soon)
    }

    /// Lets a call with this key in, whose secret was compared before.
    ///
    /// # Errors
    /// [`Refusal::KeyLapsed`] if the key does not count now or from there, and then
    /// [`Refusal::ScopeMissing`].
    pub fn admit(&self, portal: &PortalId, call: KeyUse, now: Timestamp) -> Result<(), Refusal> {
        let why = if !self.is_active(now) {
            Some(KeyLapse::Expired)
        } else if self.unknown.need_a_newer_release() {
            Some(KeyLapse::NewerRelease)
        } else if !self.terms.sources.contain(call.from) {
            Some(KeyLapse::OutsideSources(call.from))
        } else {
            None
        };
        match why {
            Some(why) => {
                let (portal, key) = (portal.clone(), self.id.clone());
                Err(Refusal::KeyLapsed(Box::new(LapsedKey { portal, key, why })))
            }
            None if self.terms.scopes.contains(call.scope) => Ok(()),
            None => Err(Refusal::ScopeMissing(call.scope)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Named, SourceRange};

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    fn key(terms: KeyTerms) -> PortalKey {
        let (id, hash) = ("0aB1cD".to_owned(), KeyHash::new([0; 32]));
        PortalKey { id, hash, created_at: NOW, terms, unknown: UnknownMembers::default() }
    }

    fn tried(key: &PortalKey, scope: Scope, from: &str, now: Timestamp) -> Result<(), Refusal> {
        let call = KeyUse { scope, from: from.parse().ok() };
        key.admit(&PortalId::parse("acme").unwrap(), call, now)
    }

    fn lapsed(why: KeyLapse) -> Result<(), Refusal> {
        let portal = PortalId::parse("acme").unwrap();
        Err(Refusal::KeyLapsed(Box::new(LapsedKey { portal, key: "0aB1cD".to_owned(), why })))
    }

    #[test]
    fn s49_each_scope_opens_its_calls_and_no_others() {
        for has in Scope::ALL {
            let scopes = Scopes::of(&[*has]).unwrap();
            let key = key(KeyTerms { scopes, ..KeyTerms::usual(NOW) });
            for needed in Scope::ALL {
                let wanted =
                    if has == needed { Ok(()) } else { Err(Refusal::ScopeMissing(*needed)) };
                assert_eq!(tried(&key, *needed, "192.0.2.1", NOW), wanted, "{has} {needed}");
            }
        }
    }

    #[test]
    fn s49_a_key_that_does_not_count_says_nothing_of_its_scopes() {
        let sources = Sources::of(vec![SourceRange::parse("192.0.2.0/24").unwrap()]).unwrap();
        let good = key(KeyTerms { sources, ..KeyTerms::usual(NOW) });
        let end = good.terms.expires_at.unwrap();
        assert_eq!(end.since(NOW), 365 * 86_400);
        let elsewhere = KeyLapse::OutsideSources("198.51.100.1".parse().ok());
        for scope in Scope::ALL {
            assert_eq!(tried(&good, *scope, "192.0.2.1", end), lapsed(KeyLapse::Expired));
            assert_eq!(tried(&good, *scope, "198.51.100.1", NOW), lapsed(elsewhere));
            assert_eq!(tried(&good, *scope, "", NOW), lapsed(KeyLapse::OutsideSources(None)));
            let unknown = UnknownMembers::new(vec![("Hours".to_owned(), "1".to_owned())]);
            let newer = PortalKey { unknown, ..good.clone() };
            assert_eq!(tried(&newer, *scope, "192.0.2.1", NOW), lapsed(KeyLapse::NewerRelease));
        }
        assert_eq!(tried(&good, Scope::SignIn, "192.0.2.1", end.plus(-1)), Ok(()));
    }

    #[test]
    fn a_key_is_told_to_expire_for_thirty_days_before_it_does() {
        let end = NOW.plus(365 * 86_400);
        let good = key(KeyTerms::usual(NOW));
        for (days, soon) in [(31, false), (30, true), (1, true), (0, false)] {
            assert_eq!(good.expires_soon(end.plus(-days * 86_400)), soon, "{days}");
        }
        let never = key(KeyTerms { expires_at: KeyExpiry::Never.from(NOW), ..good.terms });
        assert!(!never.expires_soon(end) && never.is_active(end));
        assert_eq!(KeyExpiry::At(end).from(NOW), Some(end));
    }
}
