//! Attacks; names carry the ids of security.md.

pub mod admin_address;
mod admin_door;
mod admin_passkeys;
mod admin_session;
mod admin_sessions;
mod admin_settings;
mod api_keys;
mod bad_input;
mod freeze;
mod junk;
mod known_browsers;
mod leaks;
mod mailbox;
mod matrix;
mod passkey_ways;
mod passkeys;
mod purposes;
mod races;
pub mod releases;
mod reports;
mod saved_default;
mod sends;
pub mod shares;
mod states;
mod trusted_browsers;
mod user_ids;
