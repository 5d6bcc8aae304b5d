//! What AWS calls can come to, and what must hold whatever they come to.

mod admins;
mod health;
mod replies;
mod sites;
mod users;
