//! Every flow of the five reference portals, from the portal's password step to its dashboard.

use super::{Eyes, flow};
use crate::{harness::query, journeys::other_than};
use serde_json::json;

flow!(i2_i10_i11_x3_x4_an_app_is_set_up_from_the_qr_code, super::app);
flow!(f3_f5_f6_f7_f8_email_stands_in_for_the_app_and_becomes_the_default, super::app_with_email);
flow!(a6_a7_the_way_is_chosen_at_each_sign_in, super::always_on);
flow!(o3_o5_a_number_is_enrolled_corrected_and_confirmed, super::sms);
flow!(o4_an_address_is_enrolled, super::email);
flow!(o6_o7_o8_skipping_is_remembered_until_mfa_is_enabled, super::opt_out);
flow!(o11_an_organisations_admin_resets_a_colleague, super::organisation_reset);
flow!(m7_m8_a_reset_mails_a_link_that_sets_up_again, super::managed);

async fn app(eyes: &Eyes) {
    let portal = eyes.world.portal("authenticator_app");
    let issuer = "Müller & Søn — Portal 客户";
    eyes.world
        .change_policy(&portal, |policy| policy["methods"][0]["issuer"] = json!(issuer))
        .await;
    eyes.sign_in(&portal.id, "client").await;
    eyes.sees("Set up an authenticator app to go on").await;
    eyes.sees(issuer).await;
    eyes.look("set-up-app").await;
    let uri = eyes.scan().await;
    let name = "M%C3%BCller%20%26%20S%C3%B8n%20%E2%80%94%20Portal%20%E5%AE%A2%E6%88%B7";
    assert!(uri.starts_with(&format!("otpauth://totp/{name}:client")), "{uri}");
    assert_eq!(query(&uri, "issuer").unwrap(), name, "no plus signs");
    eyes.enter("12345").await;
    eyes.sees("Enter all 6 digits of the code.").await;
    let secret = query(&uri, "secret").unwrap();
    eyes.enter(&other_than(&eyes.app_code(&secret))).await;
    eyes.sees("That code was not accepted").await;
    eyes.sees("4 tries are left.").await;
    assert_eq!(eyes.scan().await, uri, "the same until it is confirmed");
    let secret = eyes.set_up_app().await;
    eyes.sees("You are all set").await;
    eyes.look("done").await;
    eyes.press("Finish").await;
    eyes.is_in("second step: done by authenticator app").await;
    eyes.look("portal-home").await;
    eyes.press("Sign out").await;

    eyes.sign_in(&portal.id, "client").await;
    eyes.sees("Enter the 6-digit code displayed in your authenticator app").await;
    eyes.look("enter-code-app").await;
    let code = eyes.app_code(&secret);
    // Pasted in full-width digits, with a space and a dash.
    let wide = |c: char| c.to_digit(10).and_then(|d| char::from_u32(0xff10 + d)).unwrap_or(c);
    let pasted: String = format!("{} - {}", &code[..3], &code[3..]).chars().map(wide).collect();
    eyes.enter(&pasted).await;
    eyes.is_in("second step: done by authenticator app").await;
    // A code that was used is told like a wrong one.
    eyes.press("Sign out").await;
    eyes.sign_in(&portal.id, "client").await;
    eyes.enter(&code).await;
    eyes.sees("That code was not accepted").await;
    eyes.enter(&eyes.app_code(&secret)).await;
    eyes.is_in("second step: done by authenticator app").await;
}

async fn app_with_email(eyes: &Eyes) {
    let portal = eyes.world.portal("authenticator_app_with_email");
    let (to, link) = ("client@example.co.nz", "Send security code via email to clie*****.co.nz");
    // Email gets a user in, and is no enrolment: the QR code comes again.
    for always in [false, true] {
        eyes.sign_in(&portal.id, "client").await;
        eyes.sees("Set up an authenticator app to go on").await;
        eyes.press(link).await;
        eyes.sees("Always use email for multi-factor authentication?").await;
        eyes.look("enter-code-email").await;
        if always {
            eyes.press_check("set_default").await;
        }
        let code = eyes.code_sent_to(to).await;
        eyes.enter(&code).await;
        eyes.is_in("second step: done by email").await;
        eyes.press("Sign out").await;
        eyes.world.advance(60);
    }
    // Now it goes out at once, and the app can be set up behind it.
    eyes.sign_in(&portal.id, "client").await;
    eyes.sees("Enter the 6-digit code sent to clie*****.co.nz").await;
    eyes.press("Set up an authenticator app").await;
    let code = eyes.code_sent_to(to).await;
    eyes.enter(&code).await;
    let secret = eyes.set_up_app().await;
    eyes.press("Finish").await;
    eyes.press("Sign out").await;
    eyes.world.advance(60);
    eyes.sign_in(&portal.id, "client").await;
    eyes.press("Use the authenticator app").await;
    eyes.sees("Enter the 6-digit code displayed in your authenticator app").await;
    eyes.enter(&eyes.app_code(&secret)).await;
    eyes.is_in("second step: done by authenticator app").await;
    // The portal lets its user take the default back.
    eyes.press("Stop always using email").await;
    eyes.sees_not("Stop always using email").await;
}

async fn always_on(eyes: &Eyes) {
    let portal = eyes.world.portal("always_on");
    for (way, to, how) in [
        ("Send security code via email to clie*****.co.nz", "client@example.co.nz", "email"),
        ("Send security code via text message to +64*****80", "+64211234580", "sms"),
    ] {
        eyes.world.advance(60);
        let before = eyes.world.outbox().await.len();
        eyes.sign_in(&portal.id, "client").await;
        eyes.sees("Choose how to get your security code").await;
        eyes.look("choose").await;
        assert_eq!(eyes.world.outbox().await.len(), before, "nothing is sent before the choice");
        eyes.press(way).await;
        let code = eyes.code_sent_to(to).await;
        eyes.enter(&code).await;
        eyes.is_in(&format!("second step: done by {how}")).await;
        eyes.press("Sign out").await;
    }
}

async fn sms(eyes: &Eyes) {
    let portal = eyes.world.portal("sms_enrolment");
    eyes.sign_in(&portal.id, "client").await;
    eyes.sees("Enter a phone number for your security codes to go on").await;
    eyes.sees_not("Skip for now").await;
    eyes.look("enter-phone").await;
    eyes.fill("to", "09 123").await;
    eyes.press("Send security code").await;
    eyes.sees("This is not a number that takes text messages").await;
    eyes.look("enter-phone-again").await;
    eyes.fill("to", "021 123 4577").await;
    eyes.press("Send security code").await;
    eyes.sees("Enter the 6-digit code sent to +64*****77").await;
    eyes.look("confirm-phone").await;
    eyes.press("Change the phone number").await;
    eyes.fill("to", "021 123 4588").await;
    eyes.press("Send security code").await;
    eyes.sees("Enter the 6-digit code sent to +64*****88").await;
    let code = eyes.code_sent_to("+64211234588").await;
    eyes.enter(&code).await;
    eyes.sees("You are all set").await;
    eyes.press("Finish").await;
    eyes.is_in("second step: done by sms").await;
    eyes.press("Sign out").await;

    eyes.world.advance(60);
    eyes.sign_in(&portal.id, "client").await;
    eyes.sees("Enter the 6-digit code sent to +64*****88").await;
    let code = eyes.code_sent_to("+64211234588").await;
    eyes.enter(&code).await;
    eyes.is_in("second step: done by sms").await;
}

async fn email(eyes: &Eyes) {
    let portal = eyes.world.portal("email_enrolment");
    eyes.sign_in(&portal.id, "client").await;
    eyes.sees("Enter an email address for your security codes to go on").await;
    eyes.look("enter-email").await;
    eyes.fill("to", "other@example.org").await;
    eyes.press("Send security code").await;
    let code = eyes.code_sent_to("other@example.org").await;
    eyes.enter(&code).await;
    eyes.press("Finish").await;
    eyes.is_in("second step: done by email").await;
    eyes.press("Sign out").await;
    eyes.world.advance(60);
    eyes.sign_in(&portal.id, "client").await;
    eyes.sees("Enter the 6-digit code sent to othe*****.org").await;
}

async fn opt_out(eyes: &Eyes) {
    let portal = eyes.world.portal("sms_enrolment_opt_out");
    eyes.sign_in(&portal.id, "client").await;
    eyes.look("enter-phone-or-skip").await;
    eyes.press("Skip for now").await;
    eyes.is_in("second step: skipped").await;
    eyes.press("Sign out").await;
    eyes.sign_in(&portal.id, "client").await;
    eyes.is_in("second step: skipped").await;
    // "Enable MFA": cancelled, nothing changes.
    eyes.press("Enable MFA").await;
    eyes.press("Cancel").await;
    eyes.is_in("second step: skipped").await;
    eyes.press("Enable MFA").await;
    eyes.press("Proceed").await;
    eyes.sees("Sign in again to set up multi-factor authentication.").await;
    eyes.password("client").await;
    eyes.sees("Enter a phone number for your security codes to go on").await;
    eyes.sees("Skip for now").await;
}

async fn organisation_reset(eyes: &Eyes) {
    let portal = eyes.world.portal("email_enrolment_opt_out");
    for (account, address) in [("client", "client@example.org"), ("manager", "manager@example.org")]
    {
        eyes.sign_in(&portal.id, account).await;
        eyes.fill("to", address).await;
        eyes.press("Send security code").await;
        let code = eyes.code_sent_to(address).await;
        eyes.enter(&code).await;
        eyes.press("Finish").await;
    }
    eyes.sees("Reset two factor of client").await;
    eyes.sees_not("Reset two factor of manager").await;
    eyes.press("Reset two factor of client").await;
    eyes.sees("Reset two factor?").await;
    eyes.press("Proceed").await;
    eyes.press("Sign out").await;
    eyes.sign_in(&portal.id, "client").await;
    eyes.sees("Enter an email address for your security codes to go on").await;
}

async fn managed(eyes: &Eyes) {
    let portal = eyes.world.portal("managed");
    // Accepting an invitation is a moment to enrol.
    eyes.go(&format!("/demo/{}/invitation", portal.id)).await;
    eyes.sees("Accept your invitation").await;
    eyes.password("guest").await;
    eyes.set_up_app().await;
    eyes.press("Finish").await;
    eyes.is_in("second step: done by authenticator app").await;

    let reset = json!({
        "actor": { "id": "boss", "role": "portal_admin" }, "reason": "lost phone", "confirm": true
    });
    assert_eq!(portal.reset_user("guest", reset).await.status, 200);
    eyes.sign_in(&portal.id, "guest").await;
    eyes.sees("Check your email").await;
    eyes.look("check-email").await;
    let messages = eyes.world.messages().await;
    let texts = messages.iter().map(|message| message["text"].as_str().unwrap());
    let link = texts.flat_map(str::split_whitespace).find(|word| word.contains("enrol?ticket="));
    let link = link.expect("a link was mailed").to_owned();
    eyes.driver.goto(&link).await.unwrap();
    eyes.password("guest").await;
    eyes.set_up_app().await;
    eyes.press("Finish").await;
    eyes.is_in("second step: done by authenticator app").await;
    // The link worked once.
    eyes.driver.goto(&link).await.unwrap();
    eyes.password("guest").await;
    eyes.sees("This link was used already").await;
}
