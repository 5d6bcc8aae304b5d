//! Passkeys on the hosted prompt, with Chromium's virtual authenticators.

mod admins;
mod refused;
mod settings;
mod used;

use super::{Script, Visitor, virtual_authenticator::Authenticator};
use serde_json::{Value, json};

const IN_BY_PASSKEY: &str = "second step: done by passkey";
const IN_BY_APP: &str = "second step: done by authenticator app";

async fn visitor(change: impl FnOnce(&mut Value)) -> (Visitor, String) {
    visitor_with(Script::On, change).await
}

async fn visitor_with(script: Script, change: impl FnOnce(&mut Value)) -> (Visitor, String) {
    let visitor = Visitor::open_by_name(script).await;
    let portal = visitor.world.portal("authenticator_app");
    let with_passkeys = |policy: &mut Value| {
        policy["self_service"] = json!("with_proof");
        let mut passkey = json!({
            "type": "passkey", "user_verification": "preferred", "synced": "allowed",
            "when_bound": "prefer", "promote": false
        });
        change(&mut passkey);
        policy["methods"].as_array_mut().unwrap().insert(0, passkey);
    };
    visitor.world.change_policy(&portal, with_passkeys).await;
    (visitor, portal.id)
}

async fn enrol(visitor: &Visitor, portal: &str) {
    visitor.sign_in(portal, "client").await;
    visitor.press("Set up a passkey").await;
    visitor.press("Create a passkey").await;
    visitor.sees("You are all set").await;
    visitor.press("Finish").await;
    visitor.is_in(IN_BY_PASSKEY).await;
}

async fn sign_in_again(visitor: &Visitor, portal: &str) {
    visitor.press("Sign out").await;
    visitor.world.advance(60);
    visitor.sign_in(portal, "client").await;
    visitor.sees("Use your passkey to continue").await;
}

/// Uses the passkey for the first time after it was set up alone: a second way is offered once.
async fn use_and_decline(visitor: &Visitor) {
    visitor.press("Use your passkey").await;
    visitor.press("No, thanks").await;
    visitor.is_in(IN_BY_PASSKEY).await;
}

async fn only_passkey(visitor: &Visitor, of: &Authenticator) -> Value {
    let mut all = visitor.passkeys(of).await;
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}
