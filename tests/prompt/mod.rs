//! The hosted prompt, as any browser meets it: redirect mode, and what must not work. `tests/browser` looks at the pages.

mod attacks;
mod result;
mod steps;

use crate::harness::{Portal, World, anna};
use serde_json::Value;

/// A user with an app, at the prompt: the sign-in, and the app's secret.
async fn at_the_prompt(world: &World) -> (Portal, Value, String) {
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(world, anna()).await;
    (portal.clone(), portal.open_prompt(anna()).await, secret)
}
