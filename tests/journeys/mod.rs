//! Behaviours of users, portals and admins.

pub mod activity;
pub mod admin;
pub mod digests;
mod inputs;
mod notices;
mod reference;
mod replies;
mod switching;
