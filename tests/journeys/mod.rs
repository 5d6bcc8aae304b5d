//! Everything that users, portals and admins live through.

pub mod activity;
pub mod admin;
mod notices;
mod reference;
mod switching;
