//! Every flow of the five reference portals, from the portal's password step to its dashboard.

use super::{Visitor, flow};
use crate::harness::{other_than, query};
use serde_json::json;

flow!(i2_i10_i11_x3_x4_an_app_is_set_up_from_the_qr_code, super::app);
flow!(f3_f5_f6_f7_f8_email_stands_in_for_the_app_and_becomes_the_default, super::app_with_email);
flow!(a6_a7_the_way_is_chosen_at_each_sign_in, super::always_on);
flow!(o3_o5_a_number_is_enrolled_corrected_and_confirmed, super::sms);
flow!(o4_an_address_is_enrolled, super::email);
flow!(o6_o7_o8_skipping_is_remembered_until_mfa_is_enabled, super::opt_out);
flow!(o11_an_organisations_admin_resets_a_colleague, super::organisation_reset);
flow!(m7_m8_a_reset_mails_a_link_that_sets_up_again, super::managed);

async fn app(visitor: &Visitor) {
    let portal = visitor.world.portal("authenticator_app");
    let issuer = "Müller & Søn — Portal 客户";
    visitor
        .world
        .change_policy(&portal, |policy| policy["methods"][0]["issuer"] = json!(issuer))
        .await;
    visitor.sign_in(&portal.id, "client").await;
    visitor.sees("Set up an authenticator app to continue").await;
    visitor.sees(issuer).await;
    visitor.look("set-up-app").await;
    let uri = visitor.scan().await;
    let name = "M%C3%BCller%20%26%20S%C3%B8n%20%E2%80%94%20Portal%20%E5%AE%A2%E6%88%B7";
    assert!(uri.starts_with(&format!("otpauth://totp/{name}:client")), "{uri}");
    assert_eq!(query(&uri, "issuer").unwrap(), name, "no plus signs");
    visitor.enter("12345").await;
    visitor.is_refused_at("code", "Enter all 6 digits of the code.").await;
    let secret = query(&uri, "secret").unwrap();
    visitor.enter(&other_than(&visitor.app_code(&secret))).await;
    visitor.sees("That code was not accepted").await;
    visitor.sees("4 tries are left.").await;
    visitor.look("set-up-app-again").await;
    assert_eq!(visitor.scan().await, uri, "the same until it is confirmed");
    let secret = visitor.set_up_app().await;
    visitor.sees("You are all set").await;
    visitor.look("done").await;
    visitor.press("Finish").await;
    visitor.is_in("second step: done by authenticator app").await;
    visitor.look("portal-home").await;
    visitor.press("Sign out").await;

    visitor.sign_in(&portal.id, "client").await;
    visitor.sees("Enter the 6-digit code displayed in your authenticator app").await;
    visitor.look("enter-code-app").await;
    let code = visitor.app_code(&secret);
    // Pasted in full-width digits, with a space and a dash.
    let wide = |c: char| c.to_digit(10).and_then(|d| char::from_u32(0xff10 + d)).unwrap_or(c);
    let pasted: String = format!("{} - {}", &code[..3], &code[3..]).chars().map(wide).collect();
    visitor.enter(&pasted).await;
    visitor.is_in("second step: done by authenticator app").await;
    // A code that was used is told like a wrong one.
    visitor.press("Sign out").await;
    visitor.sign_in(&portal.id, "client").await;
    visitor.enter(&code).await;
    visitor.sees("That code was not accepted").await;
    visitor.enter(&visitor.app_code(&secret)).await;
    visitor.is_in("second step: done by authenticator app").await;
}

async fn app_with_email(visitor: &Visitor) {
    let portal = visitor.world.portal("authenticator_app_with_email");
    let (to, link) = ("client@example.co.nz", "Send security code via email to clie*****.co.nz");
    // Email gets a user in, and is no enrolment: the QR code comes again.
    for always in [false, true] {
        visitor.sign_in(&portal.id, "client").await;
        visitor.sees("Set up an authenticator app to continue").await;
        visitor.press(link).await;
        visitor.sees("Always use email for multi-factor authentication?").await;
        visitor.look("enter-code-email").await;
        if always {
            visitor.press_check("set_default").await;
        }
        let code = visitor.code_sent_to(to).await;
        visitor.enter(&code).await;
        visitor.is_in("second step: done by email").await;
        visitor.press("Sign out").await;
        visitor.world.advance(60);
    }
    // Now it goes out at once, and the app can be set up behind it.
    visitor.sign_in(&portal.id, "client").await;
    visitor.sees("Enter the 6-digit code sent to clie*****.co.nz").await;
    visitor.press("Set up an authenticator app").await;
    let code = visitor.code_sent_to(to).await;
    visitor.enter(&code).await;
    let secret = visitor.set_up_app().await;
    visitor.press("Finish").await;
    visitor.press("Sign out").await;
    visitor.world.advance(60);
    visitor.sign_in(&portal.id, "client").await;
    visitor.press("Use the authenticator app").await;
    visitor.sees("Enter the 6-digit code displayed in your authenticator app").await;
    visitor.enter(&visitor.app_code(&secret)).await;
    visitor.is_in("second step: done by authenticator app").await;
    // The portal lets its user take the default back.
    visitor.press("Stop always using email").await;
    visitor.sees_not("Stop always using email").await;
}

async fn always_on(visitor: &Visitor) {
    let portal = visitor.world.portal("always_on");
    for (way, to, how) in [
        ("Send security code via email to clie*****.co.nz", "client@example.co.nz", "email"),
        ("Send security code via text message to +64*****80", "+64211234580", "sms"),
    ] {
        visitor.world.advance(60);
        let before = visitor.world.outbox().await.len();
        visitor.sign_in(&portal.id, "client").await;
        visitor.sees("Choose how to get your security code").await;
        visitor.look("choose").await;
        assert_eq!(visitor.world.outbox().await.len(), before, "nothing is sent before the choice");
        visitor.press(way).await;
        let code = visitor.code_sent_to(to).await;
        visitor.enter(&code).await;
        visitor.is_in(&format!("second step: done by {how}")).await;
        visitor.press("Sign out").await;
    }
}

async fn sms(visitor: &Visitor) {
    let portal = visitor.world.portal("sms_enrolment");
    visitor.sign_in(&portal.id, "client").await;
    visitor.sees("Enter a phone number for your security codes to continue").await;
    visitor.sees_not("Skip for now").await;
    visitor.look("enter-phone").await;
    visitor.fill("to", "09 123").await;
    visitor.press("Send security code").await;
    visitor.is_refused_at("to", "This is not a number that takes text messages").await;
    visitor.look("enter-phone-again").await;
    visitor.fill("to", "021 123 4577").await;
    visitor.press("Send security code").await;
    visitor.sees("Enter the 6-digit code sent to +64*****77").await;
    visitor.look("confirm-phone").await;
    visitor.press("Change the phone number").await;
    visitor.fill("to", "021 123 4588").await;
    visitor.press("Send security code").await;
    visitor.sees("Enter the 6-digit code sent to +64*****88").await;
    let code = visitor.code_sent_to("+64211234588").await;
    visitor.enter(&code).await;
    visitor.sees("You are all set").await;
    visitor.press("Finish").await;
    visitor.is_in("second step: done by sms").await;
    visitor.press("Sign out").await;

    visitor.world.advance(60);
    visitor.sign_in(&portal.id, "client").await;
    visitor.sees("Enter the 6-digit code sent to +64*****88").await;
    let code = visitor.code_sent_to("+64211234588").await;
    visitor.enter(&code).await;
    visitor.is_in("second step: done by sms").await;
}

async fn email(visitor: &Visitor) {
    let portal = visitor.world.portal("email_enrolment");
    visitor.sign_in(&portal.id, "client").await;
    visitor.sees("Enter an email address for your security codes to continue").await;
    visitor.look("enter-email").await;
    visitor.fill("to", "other@example.org").await;
    visitor.press("Send security code").await;
    let code = visitor.code_sent_to("other@example.org").await;
    visitor.enter(&code).await;
    visitor.press("Finish").await;
    visitor.is_in("second step: done by email").await;
    visitor.press("Sign out").await;
    visitor.world.advance(60);
    visitor.sign_in(&portal.id, "client").await;
    visitor.sees("Enter the 6-digit code sent to othe*****.org").await;
}

async fn opt_out(visitor: &Visitor) {
    let portal = visitor.world.portal("sms_enrolment_opt_out");
    visitor.sign_in(&portal.id, "client").await;
    visitor.look("enter-phone-or-skip").await;
    visitor.press("Skip for now").await;
    visitor.is_in("second step: skipped").await;
    visitor.press("Sign out").await;
    visitor.sign_in(&portal.id, "client").await;
    visitor.is_in("second step: skipped").await;
    // "Enable MFA": cancelled, nothing changes.
    visitor.press("Enable MFA").await;
    visitor.press("Cancel").await;
    visitor.is_in("second step: skipped").await;
    visitor.press("Enable MFA").await;
    visitor.press("Proceed").await;
    visitor.sees("Sign in again to set up multi-factor authentication.").await;
    visitor.password("client").await;
    visitor.sees("Enter a phone number for your security codes to continue").await;
    visitor.sees("Skip for now").await;
}

async fn organisation_reset(visitor: &Visitor) {
    let portal = visitor.world.portal("email_enrolment_opt_out");
    for (account, address) in [("client", "client@example.org"), ("manager", "manager@example.org")]
    {
        visitor.sign_in(&portal.id, account).await;
        visitor.fill("to", address).await;
        visitor.press("Send security code").await;
        let code = visitor.code_sent_to(address).await;
        visitor.enter(&code).await;
        visitor.press("Finish").await;
    }
    visitor.sees("Reset two factor of client").await;
    visitor.sees_not("Reset two factor of manager").await;
    visitor.press("Reset two factor of client").await;
    visitor.sees("Reset two factor?").await;
    visitor.press("Proceed").await;
    visitor.press("Sign out").await;
    visitor.sign_in(&portal.id, "client").await;
    visitor.sees("Enter an email address for your security codes to continue").await;
}

async fn managed(visitor: &Visitor) {
    let portal = visitor.world.portal("managed");
    // Accepting an invitation is a moment to enrol.
    visitor.go(&format!("/demo/{}/invitation", portal.id)).await;
    visitor.sees("Accept your invitation").await;
    visitor.password("guest").await;
    visitor.set_up_app().await;
    visitor.press("Finish").await;
    visitor.is_in("second step: done by authenticator app").await;

    let reset = json!({
        "actor": { "id": "boss", "role": "portal_admin" }, "reason": "lost phone", "confirm": true
    });
    assert_eq!(portal.reset_user("guest", reset).await.status, 200);
    visitor.sign_in(&portal.id, "guest").await;
    visitor.sees("Check your email").await;
    visitor.sees("The link was sent to gues*****.co.nz.").await;
    visitor.look("check-email").await;
    let messages = visitor.world.messages().await;
    let texts = messages.iter().map(|message| message["text"].as_str().unwrap());
    let link = texts.flat_map(str::split_whitespace).find(|word| word.contains("enrol?ticket="));
    let link = link.expect("a link was mailed").to_owned();
    visitor.driver.goto(&link).await.unwrap();
    visitor.password("guest").await;
    visitor.set_up_app().await;
    visitor.press("Finish").await;
    visitor.is_in("second step: done by authenticator app").await;
    // The link worked once.
    visitor.driver.goto(&link).await.unwrap();
    visitor.password("guest").await;
    visitor.sees("This link was used already").await;
}
