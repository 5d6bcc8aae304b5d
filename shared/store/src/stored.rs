//! The forms of what lies in the table. A form is written from a thing of the rules and read back
//! into one, and what the rules would not make is refused. Names are short where an item has many
//! of them: it is billed by the kilobyte.
//!
//! [`FORMAT`] is the version of these forms, and stands in every item. The files in `tests/golden`
//! are items of it.

mod acted;
mod activity;
mod admin;
mod contact;
mod failures;
mod listed;
mod notices;
mod policy;
mod portal;
mod settings;
mod sign_in;
#[cfg(test)]
mod tests;
mod user;
mod value;

pub(crate) use activity::StoredEntries;

use portcullis_domain::Malformed;
use serde::{Serialize, de::DeserializeOwned};

/// The version of the forms.
pub(crate) const FORMAT: &str = "1";

/// A thing of the rules that lies in the table.
pub(crate) trait Stored: Sized + TryFrom<Self::Form, Error = Malformed> {
    /// Its form there.
    type Form: Serialize + DeserializeOwned + for<'a> From<&'a Self>;
}

/// Returns true for a value that is left out because it is what an absent one means.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
