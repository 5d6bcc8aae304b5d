//! The forms of what lies in the table. A form is written from a thing of the rules and read back
//! into one, and what the rules would not make is refused. Names are short where an item has many
//! of them: it is billed by the kilobyte.
//!
//! The files in `tests/golden` are items of these forms.

mod acted;
mod activity;
mod admin;
mod bound;
mod bulk_reset;
mod contact;
mod deliveries;
mod destination_check;
mod device;
mod failures;
mod grace;
mod journal;
mod key;
mod listed;
mod members;
mod notices;
mod number;
mod numbers;
mod passkey;
mod policy;
mod portal;
pub(crate) mod queued;
mod recovery_codes;
mod remembered;
mod settings;
mod sign_in;
#[cfg(test)]
pub(crate) mod tests;
mod trusted_browser;
mod user;
mod value;

pub(crate) use activity::StoredEntries;
pub(crate) use journal::{JournalKey, StoredJournalLine};
pub(crate) use number::letter;
pub(crate) use portal::StoredPortal;
pub(crate) use user::{StoredTombstone, StoredUser};

use portcullis_domain::Malformed;
use serde::{Serialize, de::DeserializeOwned};

/// A thing of the rules that lies in the table.
pub(crate) trait Stored: Sized + TryFrom<Self::Form, Error = Malformed> {
    type Form: Serialize + DeserializeOwned + for<'a> From<&'a Self>;
}

/// Returns true for a value that is left out because it is what an absent one means.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
