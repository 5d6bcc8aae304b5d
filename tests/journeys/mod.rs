//! Behaviours of users, portals and admins.

pub mod activity;
pub mod admin;
mod notices;
mod reference;
mod switching;
