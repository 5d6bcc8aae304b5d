//! Behaviours of users, portals and admins.

pub mod activity;
pub mod admin;
mod any_policy;
mod devices;
pub mod digests;
mod email_first;
mod inputs;
mod managing;
mod notices;
mod reference;
mod replies;
mod sessions;
mod switching;
