//! A browser that is remembered: a box on the code page, and no page at the next sign-in.

use super::{Visitor, flow};
use serde_json::{Value, json};
use thirtyfour::By;

flow!(t1_a_trusted_browser_is_not_asked_and_another_profile_is, super::in_two_profiles);

async fn in_two_profiles(visitor: &mut Visitor) {
    is_trusted_after_a_code(visitor).await;
    let portal = visitor.world.portal("authenticator_app").id;
    let trusted = visitor.take_another_profile().await;
    visitor.sign_in(&portal, "client").await;
    visitor.sees("Enter the 6-digit code displayed in your authenticator app").await;
    visitor.go_back_to(trusted).await;
    visitor.sign_in(&portal, "client").await;
    visitor.is_in("second step: trusted browser by authenticator app").await;
}

async fn is_trusted_after_a_code(visitor: &Visitor) {
    let portal = visitor.world.portal("authenticator_app");
    let remember = |policy: &mut Value| {
        policy["remember_browser"] = json!({ "days": 30, "earned_by": "any" });
    };
    visitor.world.change_policy(&portal, remember).await;
    visitor.sign_in(&portal.id, "client").await;
    let secret = visitor.set_up_app().await;
    visitor.press("Finish").await;
    visitor.is_in("second step: done by authenticator app").await;
    visitor.press("Sign out").await;
    visitor.world.advance(30);

    visitor.sign_in(&portal.id, "client").await;
    visitor.sees("Do not ask again in this browser for 30 days").await;
    let ticked = visitor.driver.find_all(By::Css("input[type=checkbox]:checked")).await.unwrap();
    assert!(ticked.is_empty(), "the box is never ticked beforehand");
    visitor.look("remember-browser").await;
    visitor.press_check("remember_browser").await;
    visitor.enter(&visitor.world.totp(&secret)).await;
    visitor.is_in("second step: done by authenticator app").await;
    visitor.press("Sign out").await;

    for _ in 0..2 {
        visitor.sign_in(&portal.id, "client").await;
        visitor.is_in("second step: trusted browser by authenticator app").await;
        visitor.press("Sign out").await;
    }
}
