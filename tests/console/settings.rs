//! The settings page shows findings about the providers, and the next step.

use super::{operator, signed_in};
use crate::harness::World;
use serde_json::json;

const PAGE: &str = "/console/settings";

#[tokio::test(flavor = "multi_thread")]
async fn what_limits_sending_and_what_prevents_it_stands_on_the_settings_page() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let check = async || browser.submit(PAGE, "/console/settings/check", &[]).await;
    let healthy = check().await;
    assert!(healthy.status == 200 && healthy.says("The providers accept messages."));
    world.set_accounts(json!({ "ses": { "sandbox": true } })).await;
    let limited = check().await;
    assert_eq!(limited.status, 200);
    assert!(limited.says("Email: sandbox") && limited.says("Request production access"));
    world.set_accounts(json!({ "sns": { "denied": ["sns:GetSMSAttributes"] } })).await;
    let refused = check().await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("Text messages: permission") && refused.says("sns:GetSMSAttributes"));
}

#[tokio::test(flavor = "multi_thread")]
async fn saving_shows_the_warnings_and_an_api_key_has_a_field_for_its_account() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let (account, key) = (format!("AC{}", "0".repeat(32)), format!("SK{}", "0".repeat(32)));
    let save = async |account: &str, from: &str| {
        let etag = etag(&browser.get(PAGE).await.text);
        let fields = [
            ("etag", etag.as_str()),
            ("counted", ""),
            ("email_from", "no-reply@portal.example"),
            ("provider", "twilio"),
            ("sms_from", from),
            ("account", account),
            ("client_id", key.as_str()),
            ("client_secret", "local-secret"),
            ("auth_token", ""),
            ("countries", "NZ"),
            ("per_prefix", "100"),
            ("per_portal", "2000"),
            ("emails_per_portal", "20000"),
            ("passkey_domain", ""),
        ];
        browser.submit(PAGE, PAGE, &fields).await
    };
    let without = save("", "+12025550100").await;
    assert_eq!(without.status, 400);
    assert!(without.says("sms.account is needed when client_id is an API key"), "{}", without.text);
    let saved = save(&account, "Portal").await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    let saved = browser.get(&saved.location.unwrap()).await;
    assert!(saved.says("Settings saved") && saved.says("sender_unchecked"), "{}", saved.text);
    assert!(browser.get(PAGE).await.says(&account));
}

#[tokio::test(flavor = "multi_thread")]
async fn v24_territories_with_the_calling_code_of_a_country_are_offered() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let save = async |countries: &str, ticked: &[&str]| {
        let etag = etag(&browser.get(PAGE).await.text);
        let mut fields = vec![
            ("etag", etag.as_str()),
            ("counted", ""),
            ("email_from", "no-reply@portal.example"),
            ("provider", "sns"),
            ("sms_from", ""),
            ("account", ""),
            ("client_id", ""),
            ("client_secret", ""),
            ("auth_token", ""),
            ("countries", countries),
            ("per_prefix", "100"),
            ("per_portal", "2000"),
            ("emails_per_portal", "20000"),
            ("passkey_domain", ""),
        ];
        fields.extend(ticked.iter().map(|territory| ("territories", *territory)));
        browser.submit(PAGE, PAGE, &fields).await
    };
    assert_eq!(save("NZ GB", &[]).await.status, 303);
    let page = browser.get(PAGE).await;
    assert!(page.says("Territories with the calling code of GB") && page.says("Add JE"));
    assert_eq!(save("NZ GB", &["JE", "IM"]).await.status, 303);
    let page = browser.get(PAGE).await;
    assert!(page.says("NZ GB JE IM") && page.says("Add GG") && !page.says("Add JE"));
    assert_eq!(save("NZ GB", &["GG", "IM", "JE"]).await.status, 303);
    assert!(!browser.get(PAGE).await.says("Territories with the calling code"));
    assert_eq!(save("NZ GB", &["XX"]).await.status, 400);
}

fn etag(page: &str) -> String {
    let etag = page.split("name=\"etag\" value=\"").nth(1).unwrap();
    etag.split('"').next().unwrap().replace("&#34;", "\"")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buttons_for_test_messages_say_what_is_missing() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let page = browser.get(PAGE).await;
    assert!(page.says("Send a test email to yourself"));
    let fields = [("channel", "email")];
    let refused = browser.submit(PAGE, "/console/settings/test", &fields).await;
    assert_eq!(refused.status, 409);
    assert!(refused.says("No verified email address is on record for you"), "{}", refused.text);
}
