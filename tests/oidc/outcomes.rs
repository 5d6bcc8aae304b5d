//! The flow from a pushed request to an id_token, for each outcome that the policy has.

use super::{Client, client::Pushed, with_app};
use crate::{
    harness::{World, on_user},
    journeys::trusted_browsers::remember,
};
use serde_json::{Value, json};

const DAY: i64 = 86_400;

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_is_an_id_token_with_the_claims_of_an_assertion() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let pushed = client.push(client.request()).await;
    let back = client.enter(&client.browser(), &pushed, &world.totp(&secret)).await;
    let code = client.code(&back, &pushed);
    let proven = world.now().unix();
    world.advance(20);
    let answer = client.token(&pushed, &code).await;
    assert_eq!((answer.status, &answer.body["token_type"]), (200, &json!("Bearer")));
    let mut members: Vec<&String> = answer.body.as_object().unwrap().keys().collect();
    members.sort();
    assert_eq!(members, ["access_token", "expires_in", "id_token", "token_type"]);
    assert_eq!(answer.headers["content-type"], "application/json");

    let said = client.checked(answer.body["id_token"].as_str().unwrap()).await;
    let now = world.now().unix();
    let expected = json!({
        "iss": client.endpoint("issuer"), "aud": client.portal.id, "sub": "anna",
        "nonce": pushed.request.get("nonce"), "iat": now, "nbf": said["nbf"], "exp": now + 120,
        "auth_time": proven, "event": "login", "acr": "urn:portcullis:acr:app",
        "amr": ["otp", "mfa"], "mfa": "done", "method": "authenticator_app",
        "reason": "enrolled_method", "generation": said["generation"], "jti": said["jti"],
    });
    assert_eq!(said, expected);
    assert!(said["nbf"].as_i64().unwrap() <= now && said["generation"].is_number());
    assert!(said["jti"].as_str().unwrap().starts_with("si_"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_skip_says_so_in_the_id_token() {
    let world = World::start().await;
    let client = Client::of(&world, "sms_enrolment_opt_out").await;
    let pushed = client.push(client.request()).await;
    let browser = client.browser();
    let at = client.to_prompt(&browser, &pushed).await;
    let back = browser.submit(&at, &format!("{at}/skip"), &[]).await;
    let said = client.claims(&pushed, &client.code(&back, &pushed)).await;
    assert_eq!((&said["mfa"], &said["reason"]), (&json!("skipped"), &json!("opted_out")));
    assert_eq!(said["acr"], "urn:portcullis:acr:none");
    assert_eq!((&said["amr"], said.get("method")), (&json!([]), None));
    assert!(world.outbox().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_asked_comes_straight_back_with_a_code() {
    let world = World::start().await;
    let client = Client::of(&world, "sms_enrolment_opt_out").await;
    world.change_policy(&client.portal, |policy| policy["enabled"] = json!(false)).await;
    let pushed = client.push(client.request()).await;
    let browser = client.browser();
    let at = client.to_prompt(&browser, &pushed).await;
    let back = browser.get(&at).await;
    let said = client.claims(&pushed, &client.code(&back, &pushed)).await;
    assert_eq!((&said["mfa"], &said["reason"]), (&json!("not_required"), &json!("policy_off")));
    assert_eq!(said["acr"], "urn:portcullis:acr:none");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trusted_browser_passes_with_the_moment_of_the_earlier_proof() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    remember(&world, &client.portal).await;
    let (home, elsewhere) = (client.browser(), client.browser());
    let pushed = client.push(client.request()).await;
    let at = client.to_prompt(&home, &pushed).await;
    let code = world.totp(&secret);
    let fields = [("code", code.as_str()), ("remember_browser", "true")];
    let back = home.submit(&at, &format!("{at}/verify"), &fields).await;
    let first = client.claims(&pushed, &client.code(&back, &pushed)).await;
    assert_eq!(first["mfa"], "done");

    world.advance(DAY);
    let pushed = client.push(client.request()).await;
    let at = client.to_prompt(&home, &pushed).await;
    let back = home.get(&at).await;
    let said = client.claims(&pushed, &client.code(&back, &pushed)).await;
    assert_eq!(said["mfa"], "trusted_browser");
    for claim in ["auth_time", "acr", "amr", "method"] {
        assert_eq!(said[claim], first[claim], "{claim}");
    }
    let pushed = client.push(client.request()).await;
    let at = client.to_prompt(&elsewhere, &pushed).await;
    assert!(elsewhere.open(&at).await.says("Enter the 6-digit code"), "another one is asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_an_admin_is_named_in_the_acr() {
    let world = World::start().await;
    let (client, _) = with_app(&world).await;
    let path = format!("/v1/admin/portals/{}/user/bypass-code", client.portal.id);
    let issued = world.admin_ok("POST", &path, on_user("anna", "phone lost")).await;
    let pushed = client.push(client.request()).await;
    let code = issued["code"].as_str().unwrap();
    let back = client.enter(&client.browser(), &pushed, code).await;
    let said = client.claims(&pushed, &client.code(&back, &pushed)).await;
    assert_eq!((&said["mfa"], &said["reason"]), (&json!("bypass"), &json!("bypass_code")));
    assert_eq!(said["acr"], "urn:portcullis:acr:bypass");
}

/// Returns the way back to the portal on a page.
fn way_back(text: &str) -> String {
    let link = text.split("href=\"").skip(1).find(|link| link.contains("error="));
    let link = link.unwrap_or_else(|| panic!("no way back: {text}"));
    link.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_or_has_no_way_in_comes_back_with_access_denied_and_no_code() {
    let world = World::start().await;
    let (client, _) = with_app(&world).await;
    let browser = client.browser();
    let pushed = client.push(client.request()).await;
    let at = client.to_prompt(&browser, &pushed).await;
    let left = client.back_by(&way_back(&browser.open(&at).await.text), &pushed);
    assert_eq!(left["error"], "access_denied");

    let always = Client::of(&world, "always_on").await;
    let nowhere = always.request().with("user", "{}");
    let pushed = always.push(nowhere).await;
    let at = always.to_prompt(&browser, &pushed).await;
    let denied = always.back_by(&way_back(&browser.open(&at).await.text), &pushed);
    assert_eq!(denied["error"], "access_denied");
    assert!(world.outbox().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_sent_does_not_come_back() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let pushed = client.push(client.request().without("state").without("nonce")).await;
    let back = client.enter(&client.browser(), &pushed, &world.totp(&secret)).await;
    let said = client.claims(&pushed, &client.code(&back, &pushed)).await;
    assert_eq!((said.get("nonce"), &said["sub"]), (None, &json!("anna")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_pushed_again_after_a_lost_reply_is_the_same_sign_in() {
    let world = World::start().await;
    let (client, _) = with_app(&world).await;
    let request = client.request();
    let (first, again) = (client.push(request.clone()).await, client.push(request).await);
    assert_ne!(first.uri, again.uri);
    let sign_in = |pushed: &Pushed| pushed.uri.split('.').next().unwrap().to_owned();
    assert_eq!(sign_in(&first), sign_in(&again));
    let browser = client.browser();
    client.to_prompt(&browser, &again).await;
    let used = browser.get(&client.address(&first)).await;
    client.failed(&used, &first, "invalid_request_uri");
    let another = client.push(client.request()).await;
    assert_ne!(sign_in(&first), sign_in(&another));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_state_and_nonce_come_back_whole() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    for letter in ["s", "\"", "\\", "%", "~"] {
        let request = client.request().with("state", &letter.repeat(2_048));
        let pushed = client.push(request.with("nonce", &letter.repeat(256))).await;
        let browser = client.browser();
        let back = client.enter(&browser, &pushed, &world.totp(&secret)).await;
        world.advance(30);
        let said = client.claims(&pushed, &client.code(&back, &pushed)).await;
        assert_eq!(said["nonce"], letter.repeat(256));
        // Browsers keep no larger ones (RFC 6265, section 6.1).
        let jar = browser.cookies.lock().unwrap();
        let longest = jar.iter().map(|(name, value)| name.len() + value.len()).max();
        assert!(longest.unwrap() <= 4_096, "{letter}: {longest:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_whom_the_request_brings_is_who_the_record_says() {
    let world = World::start().await;
    let client = Client::of(&world, "always_on").await;
    let user = json!({ "email": "other@example.com", "email_verified": true });
    let request = client.request().with("user", &user.to_string()).with("login_hint", "a@b é/1");
    let pushed = client.push(request).await;
    let browser = client.browser();
    let at = client.to_prompt(&browser, &pushed).await;
    assert!(world.outbox().await.is_empty(), "nothing is sent before the choice");
    browser.submit(&at, &format!("{at}/challenge"), &[("method", "email")]).await;
    let code = world.code_sent_to("other@example.com").await;
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    let said = client.claims(&pushed, &client.code(&back, &pushed)).await;
    assert_eq!((&said["sub"], &said["method"]), (&json!("a@b é/1"), &json!("email")));
    assert_eq!(said["acr"], "urn:portcullis:acr:delivered");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_settings_are_opened_by_the_event_manage() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let manage = |policy: &mut Value| policy["self_service"] = json!("with_proof");
    world.change_policy(&client.portal, manage).await;
    let pushed = client.push(client.request().with("event", "manage")).await;
    let browser = client.browser();
    let page = client.enter(&browser, &pushed, &world.totp(&secret)).await;
    assert!(page.status == 200 && page.says("Security settings"), "{}", page.text);
}
