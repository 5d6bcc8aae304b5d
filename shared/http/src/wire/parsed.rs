//! Domain values that are strings on the wire.

use portcullis_domain::Malformed;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A value with a parser of its own, such as a country or a colour.
#[derive(Clone, Debug)]
pub struct Parsed<T>(pub T);

impl<T> Parsed<T> {
    pub fn value(self) -> T {
        self.0
    }
}

impl<T: Clone + Into<String>> Serialize for Parsed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.clone().into())
    }
}

impl<'de, T: TryFrom<String, Error = Malformed>> Deserialize<'de> for Parsed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        T::try_from(text).map(Self).map_err(D::Error::custom)
    }
}
