//! Commands to one user outside of a sign-in, given by the portal's back end or by an admin.

mod actor;
mod admin_address;
mod bypass_code;
mod contact;
mod delivery;
pub mod destination_check;
mod email_default;
mod end_trust;
mod erase;
mod export;
pub mod freeze;
pub mod journal;
mod opt_in;
mod reminder;
mod remove_authenticator;
mod reset;
mod unlock;

pub use actor::{Actor, own};
pub use admin_address::{confirm_address, send_address_code};
pub use bypass_code::issue_bypass;
pub use contact::{ChangedBy, Kept, replace_contact};
pub use delivery::{Noted, Report, note_report};
pub use email_default::unset_default;
pub use end_trust::{EndedTrust, end_trust};
pub use erase::erase;
pub use export::export;
pub use opt_in::{can_opt_in, clear_skip, opt_in};
pub use reminder::{ReminderOutcome, remind_to_enrol};
pub use remove_authenticator::remove_authenticator;
pub use reset::{
    BulkOutcome, ResetReport, WhoAsks, reset, reset_code_destination, reset_in_bulk,
    send_reset_code,
};
pub use unlock::unlock;
