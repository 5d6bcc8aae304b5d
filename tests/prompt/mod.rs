//! The hosted prompt in redirect mode, and attacks on it. `tests/browser` looks at the pages.

mod attacks;
mod replies;
mod result;
mod steps;

use crate::harness::{Portal, World, anna};
use serde_json::Value;

/// Opens a prompt for a user with an app; returns the sign-in and the secret.
async fn at_the_prompt(world: &World) -> (Portal, Value, String) {
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(world, anna()).await;
    (portal.clone(), portal.open_prompt(anna()).await, secret)
}
