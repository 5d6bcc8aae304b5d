//! The purposes of keys. Each has wrapped keys of its own, and a process unwraps only those it
//! needs.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The purpose of a root key. KMS wraps it under the encryption context `{"portcullis":
/// "<purpose>"}`, so that IAM can say which function may unwrap which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyPurpose {
    /// Locators, hashes of destinations, user handles, the marks of sign-ins in the log, and the
    /// filter of made-up keys and ids. Never rotated, never an authority.
    Lookup,
    Seal,
    /// Also hashes of random secrets: tickets, bypass codes, the prompt's cookies and result codes;
    /// the challenges of passkeys; and the texts in the URLs of prompts.
    Codes,
    Signing,
    /// Also cursors, and freeze links.
    Settings,
}

impl KeyPurpose {
    pub const ALL: [Self; 5] =
        [Self::Lookup, Self::Seal, Self::Codes, Self::Signing, Self::Settings];

    /// Returns its word in KMS's encryption context.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lookup => "lookup",
            Self::Seal => "seal",
            Self::Codes => "codes",
            Self::Signing => "signing",
            Self::Settings => "settings",
        }
    }

    /// Returns the purpose of this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == word)
    }
}

impl fmt::Display for KeyPurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The purposes whose keys a process opens. Every process opens `lookup`: without it no user is
/// found.
#[derive(Clone, Copy, Debug)]
pub struct Purposes {
    beside_lookup: &'static [KeyPurpose],
}

impl Purposes {
    /// Every purpose, for tests and tools.
    pub const ALL: Self = Self::lookup_and(&KeyPurpose::ALL);

    pub const fn lookup_and(beside_lookup: &'static [KeyPurpose]) -> Self {
        Self { beside_lookup }
    }

    pub fn contain(self, purpose: KeyPurpose) -> bool {
        purpose == KeyPurpose::Lookup || self.beside_lookup.contains(&purpose)
    }

    /// The purposes, in the order of [`KeyPurpose::ALL`].
    pub fn iter(self) -> impl Iterator<Item = KeyPurpose> {
        KeyPurpose::ALL.into_iter().filter(move |purpose| self.contain(*purpose))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_is_stored_under_the_word_that_kms_binds() {
        for purpose in KeyPurpose::ALL {
            assert_eq!(serde_json::to_value(purpose).unwrap(), purpose.to_string());
        }
    }

    #[test]
    fn every_process_opens_lookup_and_no_purpose_twice() {
        let opened = |purposes: Purposes| purposes.iter().collect::<Vec<_>>();
        assert_eq!(opened(Purposes::lookup_and(&[])), [KeyPurpose::Lookup]);
        let verify = Purposes::lookup_and(&[KeyPurpose::Signing, KeyPurpose::Lookup]);
        assert_eq!(opened(verify), [KeyPurpose::Lookup, KeyPurpose::Signing]);
        assert_eq!(opened(Purposes::ALL), KeyPurpose::ALL);
    }
}
