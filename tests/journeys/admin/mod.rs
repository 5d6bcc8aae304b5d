//! The admin plane, through the HTTP API.

mod activity;
mod bulk_reminders;
pub(crate) mod bulk_resets;
mod changes;
mod checked;
mod everywhere;
pub mod find;
mod findings;
mod log_days;
pub mod logo;
pub mod matrix;
mod passkey_domains;
mod passkey_dry_runs;
mod policy;
mod portals;
mod readiness;
mod reset_code;
mod roles;
mod round_trips;
mod sending;
mod session;
pub mod set_up;
mod settings;
mod shares;
pub mod test_message;
mod users;
