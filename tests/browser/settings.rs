//! The page of a user's own security settings.

use super::{Visitor, flow};
use serde_json::json;
use thirtyfour::prelude::By;

flow!(h1_n1_n2_n3_a_second_app_is_added_named_and_takes_the_place_of_the_first, super::two_apps);
flow!(r6_new_recovery_codes_are_made_and_kept, super::new_codes);
flow!(n5_a_second_way_is_offered_and_a_no_is_remembered, super::second_way);
flow!(h1_a_number_is_added_and_the_settings_are_left, super::number);

async fn with_app(visitor: &Visitor) -> (String, String) {
    let portal = visitor.world.portal("authenticator_app");
    let sms = json!({ "type": "sms", "destination": "user" });
    visitor
        .world
        .change_policy(&portal, |policy| {
            policy["self_service"] = json!("with_proof");
            policy["methods"].as_array_mut().unwrap().push(sms.clone());
        })
        .await;
    visitor.sign_in(&portal.id, "client").await;
    visitor.press("Set up an authenticator app").await;
    let secret = visitor.set_up_app().await;
    visitor.press("Finish").await;
    visitor.is_in("second step: done by authenticator app").await;
    (portal.id.clone(), secret)
}

async fn open(visitor: &Visitor, secret: &str) {
    visitor.press("Security settings").await;
    visitor.sees("Enter the 6-digit code displayed in your authenticator app").await;
    visitor.enter(&visitor.app_code(secret)).await;
    visitor.sees("How you sign in").await;
}

async fn rename(visitor: &Visitor, before: &str, name: &str) {
    visitor.press_beside(before, "Change").await;
    let field = format!("//li[contains(., '{before}')]//input[@name='name']");
    let field = visitor.driver.find(By::XPath(field)).await.unwrap();
    let id = field.attr("id").await.unwrap().unwrap();
    visitor.fill(&id, name).await;
    visitor.press_beside(before, "Save the name").await;
}

async fn two_apps(visitor: &Visitor) {
    let (portal, first) = with_app(visitor).await;
    open(visitor, &first).await;
    visitor.look("settings").await;
    visitor.press("Change").await;
    visitor.sees("asks for a second step, and this is your only one.").await;
    visitor.press("Add an authenticator app").await;
    visitor.enter("000 00").await;
    visitor.sees("Enter all 6 digits of the code.").await;
    let second = visitor.set_up_app().await;
    assert_ne!(first, second);
    visitor.sees("It was added.").await;
    // Both are called by their day until one has a name.
    rename(visitor, "Authenticator app, added", "Tablet \u{202e}").await;
    visitor.sees("This cannot be a name.").await;
    rename(visitor, "Authenticator app, added", "Old phone").await;
    visitor.sees("The name was saved.").await;
    visitor.sees("Old phone").await;
    visitor.look("settings-two").await;
    visitor.press_beside("Old phone", "Change").await;
    visitor.press_beside("Old phone", "Remove").await;
    visitor.sees("Remove Old phone").await;
    visitor.look("settings-remove").await;
    visitor.press("Keep it").await;
    visitor.press_beside("Old phone", "Change").await;
    visitor.press_beside("Old phone", "Set up a new one in its place").await;
    let third = visitor.set_up_app().await;
    visitor.sees("It was added.").await;
    visitor.sees_not("Old phone").await;
    visitor.press(&format!("Back to Demo {}", portal.replace('-', " "))).await;
    visitor.is_in("second step: done by authenticator app").await;
    visitor.press("Sign out").await;
    // The new ones get in; the one that was replaced does not.
    for (secret, accepted) in [(&first, false), (&third, true), (&second, true)] {
        visitor.sign_in(&portal, "client").await;
        visitor.enter(&visitor.app_code(secret)).await;
        if accepted {
            visitor.is_in("second step: done by authenticator app").await;
            visitor.press("Sign out").await;
        } else {
            visitor.sees("That code was not accepted").await;
        }
    }
}

async fn number(visitor: &Visitor) {
    let (portal, app) = with_app(visitor).await;
    open(visitor, &app).await;
    visitor.press("Use a phone number").await;
    visitor.fill("to", "+64 21 123 4599").await;
    visitor.press("Send security code").await;
    let code = visitor.code_sent_to("+64211234599").await;
    visitor.enter(&code).await;
    visitor.sees("It was added.").await;
    visitor.sees("+64*****99").await;
    visitor.press_beside("+64*****99", "Change").await;
    visitor.press_beside("+64*****99", "Remove").await;
    visitor.press("Remove").await;
    visitor.sees("It was removed.").await;
    visitor.press(&format!("Back to Demo {}", portal.replace('-', " "))).await;
    visitor.is_in("second step: done by authenticator app").await;
    // Who leaves before the proof is still signed in, and nothing has changed.
    visitor.press("Security settings").await;
    visitor.press(&format!("Back to Demo {}", portal.replace('-', " "))).await;
    visitor.is_in("second step: done by authenticator app").await;
}

async fn second_way(visitor: &Visitor) {
    let (portal, app) = with_app(visitor).await;
    visitor.press("Sign out").await;
    visitor.sign_in(&portal, "client").await;
    visitor.enter(&visitor.app_code(&app)).await;
    visitor.sees("If you lose your phone").await;
    visitor.look("second-way").await;
    visitor.press("Add a second way in").await;
    visitor.sees("How you sign in").await;
    visitor.press(&format!("Back to Demo {}", portal.replace('-', " "))).await;
    visitor.is_in("second step: done by authenticator app").await;
    for asked in [true, false] {
        visitor.press("Sign out").await;
        visitor.sign_in(&portal, "client").await;
        visitor.enter(&visitor.app_code(&app)).await;
        if asked {
            visitor.press("No, thanks").await;
        }
        visitor.is_in("second step: done by authenticator app").await;
    }
}

async fn new_codes(visitor: &Visitor) {
    let (_, app) = with_app(visitor).await;
    let portal = visitor.world.portal("authenticator_app");
    let required = json!("required");
    visitor.world.change_policy(&portal, |policy| policy["recovery_codes"] = required).await;
    open(visitor, &app).await;
    visitor.sees("You have none.").await;
    visitor.press("Make new recovery codes").await;
    visitor.sees("Keep your recovery codes").await;
    visitor.press_check("kept").await;
    visitor.press("Continue").await;
    visitor.sees("10 of 10 are left.").await;
    visitor.sees("The codes you have now will stop working at once.").await;
    visitor.look("settings-codes").await;
}
