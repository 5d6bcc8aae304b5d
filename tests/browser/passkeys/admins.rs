//! An admin of the console, with passkeys of the browser.

use crate::browser::{Script, Visitor, virtual_authenticator::PLATFORM};
use serde_json::json;

async fn password(visitor: &Visitor, password: &str) {
    visitor.go("/console/sign-in").await;
    visitor.fill("name", "jo").await;
    visitor.fill("password", password).await;
    visitor.press("Continue").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p8_an_admin_sets_up_uses_and_manages_passkeys_and_does_the_second_step_again() {
    let visitor = Visitor::open_by_name(Script::On).await;
    visitor.plug_in(PLATFORM).await;
    let made = json!({ "name": "jo", "role": { "role": "operator" } });
    let made = visitor.world.admin_ok("POST", "/v1/admin/admins", Some(made)).await;
    let first = made["password"].as_str().unwrap();

    // The first sign-in, with nothing set up.
    password(&visitor, first).await;
    visitor.press("Set up a passkey").await;
    visitor.press("Create a passkey").await;
    visitor.sees("You are all set").await;
    visitor.press("Finish").await;
    visitor.sees("Change your password").await;
    visitor.fill("current", first).await;
    visitor.fill("new", "a sentence of a few words").await;
    visitor.press("Change password").await;
    visitor.sees("jo (operator)").await;

    // An app beside it, from the own page and back.
    visitor.press("jo (operator)").await;
    visitor.press("Your second step").await;
    visitor.sees("Passkey, added").await;
    visitor.look("console-second-step").await;
    visitor.press("Add, name or remove").await;
    visitor.press("Use your passkey").await;
    visitor.press("Add an authenticator app").await;
    visitor.set_up_app().await;
    visitor.sees("It was added.").await;
    visitor.press("Back to Portcullis console").await;
    visitor.sees("Authenticator app, added").await;
    visitor.press("Sign out").await;

    // The next sign-in is by the passkey.
    password(&visitor, "a sentence of a few words").await;
    visitor.sees("Use your passkey to continue").await;
    visitor.press("Use your passkey").await;
    visitor.sees("jo (operator)").await;

    // An act that lets others in asks again, and goes on by the passkey.
    visitor.world.advance(300);
    visitor.press("Create a portal").await;
    visitor.fill("id", "acme").await;
    visitor.fill("description", "Acme customer portal").await;
    visitor.press("Create the portal").await;
    visitor.sees("Confirm that it is you").await;
    visitor.look("console-proof").await;
    visitor.press("Use your passkey").await;
    visitor.sees("Its back end calls with this API key.").await;
    visitor.close().await;
}
