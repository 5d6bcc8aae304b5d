//! Values that are written as one text.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{Country, KeyVersion, Malformed, Sealed, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A value that is read by its own rules, such as an id or an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Text<T>(pub(super) T);

impl<T> Text<T> {
    /// Takes the value out.
    pub(super) fn value(self) -> T {
        self.0
    }
}

impl<T: Clone + Into<String>> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.clone().into())
    }
}

impl<'de, T: TryFrom<String, Error = Malformed>> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        T::try_from(text).map(Self).map_err(D::Error::custom)
    }
}

/// A sealed secret: the version of its key, and nonce, ciphertext and tag in base64url.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredSealed(u32, String);

impl From<&Sealed> for StoredSealed {
    fn from(sealed: &Sealed) -> Self {
        Self(sealed.version.0, BASE64URL.encode(&sealed.bytes))
    }
}

impl TryFrom<StoredSealed> for Sealed {
    type Error = Malformed;

    fn try_from(StoredSealed(version, text): StoredSealed) -> Result<Self, Malformed> {
        let damaged = Malformed { what: "the sealed secret", why: "is damaged" };
        let bytes = BASE64URL.decode(text).map_err(|_| damaged)?;
        Ok(Self { version: KeyVersion(version), bytes })
    }
}

/// A moment, written as seconds since the first moment of 2026 (UTC), which takes two digits less
/// than the Unix epoch does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Moment(i64);

/// The first moment of 2026, in Unix seconds.
const ZERO: Timestamp = Timestamp::from_unix(1_767_225_600);

impl Moment {
    /// Returns the seconds since the first moment of 2026.
    pub(super) const fn seconds(self) -> i64 {
        self.0
    }

    /// Returns the moment so many seconds after the first one of 2026.
    pub(super) const fn after(seconds: i64) -> Self {
        Self(seconds)
    }
}

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Self {
        Self(at.since(ZERO))
    }
}

impl From<Moment> for Timestamp {
    fn from(Moment(seconds): Moment) -> Self {
        ZERO.plus(seconds)
    }
}

/// Distances between moments: the first is counted as a [`Moment`], each further one from the one
/// before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Distances(Timestamp);

impl Default for Distances {
    fn default() -> Self {
        Self(ZERO)
    }
}

impl Distances {
    /// Returns the seconds from the moment before to this one.
    pub(super) fn to(&mut self, at: Timestamp) -> i64 {
        at.since(std::mem::replace(&mut self.0, at))
    }

    /// Returns the moment this many seconds after the one before.
    pub(super) fn after(&mut self, seconds: i64) -> Timestamp {
        self.0 = self.0.plus(seconds);
        self.0
    }
}

/// Moments, written as [`Distances`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Moments(Vec<i64>);

impl FromIterator<Timestamp> for Moments {
    fn from_iter<I: IntoIterator<Item = Timestamp>>(moments: I) -> Self {
        let mut distances = Distances::default();
        Self(moments.into_iter().map(|moment| distances.to(moment)).collect())
    }
}

impl From<Moments> for Vec<Timestamp> {
    fn from(Moments(seconds): Moments) -> Self {
        let mut distances = Distances::default();
        seconds.into_iter().map(|seconds| distances.after(seconds)).collect()
    }
}

/// Countries, written one after the other: each has two letters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct StoredCountries(String);

impl From<&[Country]> for StoredCountries {
    fn from(countries: &[Country]) -> Self {
        Self(countries.iter().map(|country| String::from(*country)).collect())
    }
}

impl TryFrom<StoredCountries> for Vec<Country> {
    type Error = Malformed;

    fn try_from(StoredCountries(text): StoredCountries) -> Result<Self, Malformed> {
        let letters: Vec<char> = text.chars().collect();
        letters.chunks(2).map(|pair| Country::parse(&String::from_iter(pair))).collect()
    }
}
