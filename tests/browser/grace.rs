//! Grace: what is to be set up can be put off for a while.

use super::{Visitor, flow};
use serde_json::json;

flow!(g1_setting_up_is_put_off_until_the_grace_is_over, super::grace);

async fn grace(visitor: &Visitor) {
    let portal = visitor.world.portal("authenticator_app");
    let enforcement = json!({ "type": "required", "grace": { "sign_ins": 2 } });
    visitor.world.change_policy(&portal, |policy| policy["enforcement"] = enforcement).await;
    for left in ["You can skip this 2 more times.", "You can skip this one more time."] {
        visitor.sign_in(&portal.id, "client").await;
        visitor.sees("Set up an authenticator app to continue").await;
        visitor.sees(left).await;
        visitor.look("set-up-app-in-grace").await;
        visitor.press("Skip for now").await;
        visitor.is_in("second step: skipped").await;
        visitor.sees_not("Enable MFA").await;
        visitor.press("Sign out").await;
    }
    visitor.sign_in(&portal.id, "client").await;
    visitor.sees("Set up an authenticator app to continue").await;
    visitor.sees_not("Skip for now").await;
    visitor.set_up_app().await;
    visitor.press("Finish").await;
    visitor.is_in("second step: done by authenticator app").await;
}
