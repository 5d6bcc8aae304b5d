//! The user's own security settings: for ten minutes after a fresh proof, in a sign-in whose event
//! is `manage`. One file for each change.

pub(super) mod add;
pub mod end_trust;
mod listed;
mod remaining;
pub mod remove;
pub mod rename;
pub mod renew_codes;
mod rights;
pub mod unset_default;

pub use listed::{ListedAuthenticator, ListedBrowser, ListedCodes, SecuritySettings};
pub(super) use rights::{Rights, needs_link};
