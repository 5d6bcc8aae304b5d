//! Calls to AWS that fail in every way, and everything that must hold nevertheless.

mod admins;
mod checks;
mod copies;
mod door;
mod health;
mod providers;
mod replies;
mod self_service;
mod settings;
mod sites;
mod stream;
mod users;
