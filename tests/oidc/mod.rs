//! OpenID Connect over redirect mode, through the API. `oidc.md` lists what the standards require.

mod authorize;
mod client;
mod demands;
mod discovery;
pub mod libraries;
mod outcomes;
mod par;
mod token;

use crate::harness::{World, anna};
pub use client::Client;

/// A client of a portal whose user has an app; returns its secret too.
async fn with_app(world: &World) -> (Client, String) {
    let client = Client::of(world, "authenticator_app").await;
    let secret = client.portal.enrol_app(world, anna()).await;
    (client, secret)
}
