//! Passkeys are made and used.

use super::{
    IN_BY_APP, IN_BY_PASSKEY, enrol, only_passkey, sign_in_again, use_and_decline, visitor,
    visitor_with,
};
use crate::browser::{
    Script,
    virtual_authenticator::{PLATFORM, SYNCED, U2F_KEY},
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn p9_a_passkey_is_made_on_the_prompt_and_used_at_the_next_sign_in() {
    let (visitor, portal) = visitor(|_| ()).await;
    let laptop = visitor.plug_in(PLATFORM).await;
    visitor.sign_in(&portal, "client").await;
    visitor.look("passkey-choose").await;
    visitor.press("Set up a passkey").await;
    visitor.sees("With a passkey you sign in by your fingerprint").await;
    visitor.look("passkey-make").await;
    visitor.recognise(&laptop, false).await;
    visitor.press_in_place("Create a passkey").await;
    visitor.sees("No passkey was created. It was cancelled").await;
    visitor.look("passkey-not-made").await;
    assert_eq!(visitor.passkeys(&laptop).await.len(), 0);
    visitor.recognise(&laptop, true).await;
    visitor.press("Create a passkey").await;
    visitor.sees("You are all set").await;
    visitor.sees("From now on, sign in with your passkey.").await;
    visitor.look("passkey-done").await;
    visitor.press("Finish").await;
    visitor.is_in(IN_BY_PASSKEY).await;
    assert_eq!(only_passkey(&visitor, &laptop).await["rpId"], "localhost");

    sign_in_again(&visitor, &portal).await;
    visitor.look("passkey-use").await;
    visitor.recognise(&laptop, false).await;
    visitor.press_in_place("Use your passkey").await;
    visitor.sees("No passkey was used. It was cancelled").await;
    visitor.look("passkey-not-used").await;
    visitor.recognise(&laptop, true).await;
    use_and_decline(&visitor).await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_p9_a_synced_one_and_a_key_without_a_pin_are_taken_where_the_policy_takes_them() {
    for kind in [SYNCED, U2F_KEY] {
        let (visitor, portal) = visitor(|_| ()).await;
        visitor.plug_in(kind).await;
        enrol(&visitor, &portal).await;
        sign_in_again(&visitor, &portal).await;
        use_and_decline(&visitor).await;
        visitor.close().await;
    }
}

/// Browsers of before 2023 do not read the options in JSON.
#[tokio::test(flavor = "multi_thread")]
async fn p6_a_browser_that_does_not_parse_options_is_given_them_parsed() {
    let (visitor, portal) = visitor(|_| ()).await;
    let older = "delete PublicKeyCredential.parseRequestOptionsFromJSON; \
                 delete PublicKeyCredential.parseCreationOptionsFromJSON;";
    visitor.run_first(older).await;
    visitor.plug_in(PLATFORM).await;
    enrol(&visitor, &portal).await;
    let left = "return typeof PublicKeyCredential.parseRequestOptionsFromJSON";
    assert_eq!(*visitor.driver.execute(left, vec![]).await.unwrap().json(), json!("undefined"));
    sign_in_again(&visitor, &portal).await;
    use_and_decline(&visitor).await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p6_without_javascript_the_other_way_is_on_the_page_with_the_reason() {
    let (visitor, portal) = visitor_with(Script::Off, |_| ()).await;
    visitor.sign_in(&portal, "client").await;
    visitor.press("Set up a passkey").await;
    visitor.sees("Passkeys need JavaScript, which does not run on this page.").await;
    visitor.sees_not("Create a passkey").await;
    visitor.look("passkey-no-script").await;
    visitor.press("Set up an authenticator app").await;
    visitor.set_up_app().await;
    visitor.press("Finish").await;
    visitor.is_in(IN_BY_APP).await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p6_a_browser_without_passkeys_says_so_and_shows_the_other_way() {
    let (visitor, portal) = visitor(|_| ()).await;
    visitor.run_first("delete globalThis.AuthenticatorAttestationResponse;").await;
    visitor.sign_in(&portal, "client").await;
    visitor.press("Set up a passkey").await;
    visitor.sees("This browser cannot use passkeys here.").await;
    visitor.sees_not("Create a passkey").await;
    visitor.look("passkey-no-browser").await;
    visitor.press("Set up an authenticator app").await;
    visitor.sees("Scan this picture").await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_at_an_address_outside_its_domain_the_page_says_that_passkeys_do_not_work() {
    let (visitor, _) = visitor(|_| ()).await;
    visitor.plug_in(PLATFORM).await;
    let world = &visitor.world;
    let portal = world.portal("authenticator_app");
    let opened = portal.open_prompt(json!({ "id": "anna" })).await;
    // By its number the service lies on no domain.
    visitor.driver.goto(world.url(&crate::harness::prompt(&opened))).await.unwrap();
    visitor.press("Set up a passkey").await;
    visitor.press_in_place("Create a passkey").await;
    visitor.sees("Passkeys cannot be used at the address of this page.").await;
    visitor.sees("Set up an authenticator app").await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_p9_the_prompt_makes_passkeys_of_the_service_beside_a_portal_with_its_own_domain() {
    let (visitor, portal) = visitor(|_| ()).await;
    let world = &visitor.world;
    let url = "https://acme.example/back";
    let moved = world.change_profile(&portal, |profile| {
        let origins = ["https://acme.example"];
        profile["passkeys"] = json!({ "rp_id": "acme.example", "origins": origins });
        profile["return_urls"] = json!([url]);
    });
    assert_eq!(moved.await.status, 200);
    let laptop = visitor.plug_in(PLATFORM).await;
    let portal = world.portal("authenticator_app");
    let opened = portal.try_open_prompt(json!({ "id": "anna" }), url).await;
    visitor.go(&crate::harness::prompt(&opened.body)).await;
    visitor.press("Set up a passkey").await;
    visitor.press("Create a passkey").await;
    visitor.sees("You are all set").await;
    assert_eq!(only_passkey(&visitor, &laptop).await["rpId"], "localhost");
    visitor.close().await;
}
