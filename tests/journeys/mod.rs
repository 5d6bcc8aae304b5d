//! Behaviours of users, portals and admins.

pub mod activity;
pub mod admin;
mod any_policy;
mod deliveries;
mod devices;
pub mod digests;
mod email_first;
mod freeze;
mod grace;
mod inputs;
pub mod managing;
mod notices;
mod numbers;
pub mod passkeys;
mod recovery;
mod reference;
mod replies;
mod self_service;
mod sessions;
mod step_up;
mod step_up_text;
mod switching;
pub mod trusted_browsers;
