//! Several passkeys in the settings, the offer of the first one, and the policy that insists.

use super::{IN_BY_APP, IN_BY_PASSKEY, enrol, sign_in_again, use_and_decline, visitor};
use crate::browser::{
    Visitor,
    virtual_authenticator::{PLATFORM, U2F_KEY},
};
use serde_json::json;

/// Sets up the app, up to the dashboard of the portal; returns its key.
async fn with_app(visitor: &Visitor, portal: &str) -> String {
    visitor.sign_in(portal, "client").await;
    visitor.press("Set up an authenticator app").await;
    let secret = visitor.set_up_app().await;
    visitor.press("Finish").await;
    visitor.is_in(IN_BY_APP).await;
    secret
}

async fn in_by_code(visitor: &Visitor, portal: &str, app: &str) {
    visitor.press("Sign out").await;
    visitor.world.advance(60);
    visitor.sign_in(portal, "client").await;
    visitor.enter(&visitor.app_code(app)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_n1_several_passkeys_are_added_and_removed_in_the_settings() {
    let (visitor, portal) = visitor(|_| ()).await;
    let laptop = visitor.plug_in(PLATFORM).await;
    enrol(&visitor, &portal).await;
    visitor.press("Security settings").await;
    visitor.sees("Use your passkey to continue").await;
    visitor.press("Use your passkey").await;
    visitor.sees("How you sign in").await;
    visitor.press("Add a passkey").await;
    visitor.press_in_place("Create a passkey").await;
    visitor.sees("This device has a passkey of yours already.").await;
    visitor.unplug(&laptop).await;
    visitor.plug_in(U2F_KEY).await;
    visitor.press("Create a passkey").await;
    visitor.sees("It was added.").await;
    visitor.look("passkey-settings").await;
    let text = visitor.text().await;
    assert_eq!(text.matches("Passkey, added").count(), 2, "{text}");
    visitor.press_beside("Passkey, added", "Change").await;
    visitor.press_beside("Passkey, added", "Remove").await;
    visitor.look("passkey-remove").await;
    visitor.press("Remove").await;
    visitor.sees("It was removed.").await;
    assert_eq!(visitor.text().await.matches("Passkey, added").count(), 1);
    visitor.press(&format!("Back to Demo {}", portal.replace('-', " "))).await;
    visitor.is_in(IN_BY_PASSKEY).await;
    // The other one is left, and gets in.
    sign_in_again(&visitor, &portal).await;
    use_and_decline(&visitor).await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p6_after_a_code_a_passkey_is_offered_once_and_a_no_is_remembered() {
    let (visitor, portal) = visitor(|passkey| passkey["promote"] = json!(true)).await;
    visitor.plug_in(PLATFORM).await;
    let app = with_app(&visitor, &portal).await;
    in_by_code(&visitor, &portal, &app).await;
    visitor.sees("Faster next time").await;
    visitor.look("passkey-offer").await;
    visitor.press("Not now").await;
    visitor.press("No, thanks").await;
    visitor.is_in(IN_BY_APP).await;
    in_by_code(&visitor, &portal, &app).await;
    visitor.is_in(IN_BY_APP).await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p5_p6_who_takes_the_offer_has_a_passkey_and_where_it_is_insisted_on_nothing_weaker() {
    let (visitor, portal) = visitor(|passkey| {
        passkey["promote"] = json!(true);
        passkey["when_bound"] = json!("insist");
    })
    .await;
    visitor.plug_in(PLATFORM).await;
    let app = with_app(&visitor, &portal).await;
    in_by_code(&visitor, &portal, &app).await;
    visitor.press("Set up a passkey").await;
    visitor.press("Create a passkey").await;
    visitor.sees("It was added.").await;
    visitor.press(&format!("Back to Demo {}", portal.replace('-', " "))).await;
    visitor.is_in(IN_BY_APP).await;
    sign_in_again(&visitor, &portal).await;
    visitor.sees_not("Use the authenticator app").await;
    visitor.look("passkey-insist").await;
    visitor.press("Use your passkey").await;
    visitor.is_in(IN_BY_PASSKEY).await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p5_where_it_is_preferred_the_app_stays_on_offer_and_leads_back() {
    let (visitor, portal) = visitor(|_| ()).await;
    visitor.plug_in(PLATFORM).await;
    let app = with_app(&visitor, &portal).await;
    visitor.press("Security settings").await;
    visitor.enter(&visitor.app_code(&app)).await;
    visitor.press("Add a passkey").await;
    visitor.press("Create a passkey").await;
    visitor.sees("It was added.").await;
    visitor.press(&format!("Back to Demo {}", portal.replace('-', " "))).await;
    sign_in_again(&visitor, &portal).await;
    visitor.press("Use the authenticator app").await;
    visitor.sees("Enter the 6-digit code displayed in your authenticator app").await;
    visitor.look("passkey-app-instead").await;
    visitor.press("Use a passkey").await;
    visitor.sees("Use your passkey to continue").await;
    visitor.press("Use the authenticator app").await;
    visitor.enter(&visitor.app_code(&app)).await;
    visitor.is_in(IN_BY_APP).await;
    visitor.close().await;
}
