//! Demands of a portal beside the policy: an acr, a fresh proof, or no page at all.

use super::{
    Client,
    client::{Pushed, Request, essential},
    with_app,
};
use crate::{
    harness::{Browser, World, anna},
    journeys::trusted_browsers::remember,
};
use serde_json::{Value, json};

const DAY: i64 = 86_400;
const UNMET: &str = "unmet_authentication_requirements";

/// A portal that remembers browsers, and one that it remembers.
async fn remembered(world: &World) -> (Client, String, Browser) {
    let (client, secret) = with_app(world).await;
    remember(world, &client.portal).await;
    let browser = client.browser();
    let pushed = client.push(client.request()).await;
    let at = client.to_prompt(&browser, &pushed).await;
    let code = world.totp(&secret);
    let fields = [("code", code.as_str()), ("remember_browser", "true")];
    let back = browser.submit(&at, &format!("{at}/verify"), &fields).await;
    client.claims(&pushed, &client.code(&back, &pushed)).await;
    world.advance(DAY);
    (client, secret, browser)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_essential_acr_that_is_met_is_a_code() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    for claims in [
        essential(&["app"]),
        essential(&["passkey", "app"]),
        json!({ "id_token": { "acr": { "essential": true, "value": "urn:portcullis:acr:app" } } })
            .to_string(),
        // A voluntary one is met by whatever the policy asks (Core 1.0, section 5.5.1.1).
        json!({ "id_token": { "acr": { "value": "urn:portcullis:acr:passkey" } } }).to_string(),
        json!({ "id_token": { "acr": { "essential": true } } }).to_string(),
        json!({ "id_token": { "acr": null }, "userinfo": { "email": null } }).to_string(),
    ] {
        let pushed = client.push(client.request().with("claims", &claims)).await;
        let back = client.enter(&client.browser(), &pushed, &world.totp(&secret)).await;
        let said = client.claims(&pushed, &client.code(&back, &pushed)).await;
        assert_eq!(said["acr"], "urn:portcullis:acr:app", "{claims}");
        world.advance(30);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_essential_acr_that_is_not_met_is_an_error_and_never_a_code() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    for acrs in [&["passkey"][..], &["recovery", "delivered"], &["passkey", "unheard-of"]] {
        let pushed = client.push(client.request().with("claims", &essential(acrs))).await;
        let back = client.enter(&client.browser(), &pushed, &world.totp(&secret)).await;
        client.failed(&back, &pushed, UNMET);
        world.advance(30);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_essential_acr_after_a_skip_is_an_error_and_never_a_code() {
    let world = World::start().await;
    let client = Client::of(&world, "sms_enrolment_opt_out").await;
    let demands = || client.request().with("claims", &essential(&["delivered", "app"]));
    let pushed = client.push(demands()).await;
    let browser = client.browser();
    let at = client.to_prompt(&browser, &pushed).await;
    let back = browser.submit(&at, &format!("{at}/skip"), &[]).await;
    client.failed(&back, &pushed, UNMET);

    // Who skipped for good is not asked the next time, and is not in either.
    let pushed = client.push(demands()).await;
    let at = client.to_prompt(&browser, &pushed).await;
    client.failed(&browser.get(&at).await, &pushed, UNMET);
    world.change_policy(&client.portal, |policy| policy["enabled"] = json!(false)).await;
    let pushed = client.push(demands()).await;
    let at = client.to_prompt(&browser, &pushed).await;
    client.failed(&browser.get(&at).await, &pushed, UNMET);
    assert!(world.outbox().await.is_empty());
    let pushed = client.push(client.request()).await;
    let at = client.to_prompt(&browser, &pushed).await;
    client.code(&browser.get(&at).await, &pushed);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unmet_essential_acr_opens_no_settings_and_offers_no_second_way() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let manage = |policy: &mut Value| policy["self_service"] = json!("with_proof");
    world.change_policy(&client.portal, manage).await;
    for event in ["manage", "login"] {
        let request = client.request().with("event", event);
        let pushed = client.push(request.with("claims", &essential(&["passkey"]))).await;
        let browser = client.browser();
        let back = client.enter(&browser, &pushed, &world.totp(&secret)).await;
        client.failed(&back, &pushed, UNMET);
        let id = pushed.uri.split('.').next().unwrap().rsplit(':').next().unwrap().to_owned();
        let sign_in = json!({ "id": id });
        let view = client.portal.look(&sign_in).await.body;
        assert_eq!((view.get("settings"), view.get("assertion")), (None, None), "{event}: {view}");
        let before = world.state().await;
        for (action, body) in [
            ("settings", json!({ "change": "unset_default" })),
            ("enrolment", json!({ "method": "authenticator_app" })),
        ] {
            let refused = client.portal.act(&sign_in, action, body).await;
            assert!([403, 409].contains(&refused.status), "{event} {action}: {refused:?}");
        }
        assert!(world.state().await == before, "{event} changed something");
        world.advance(30);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_pushed_again_without_its_essential_acr_is_no_way_around_it() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let demanding = client.request().with("claims", &essential(&["passkey"]));
    let pushed = client.push(demanding.clone()).await;
    let again = client.try_push(&demanding.clone().without("claims")).await;
    assert_eq!(again.error(), (400, "invalid_request"), "{again:?}");
    let weaker = client.try_push(&demanding.with("claims", &essential(&["app"]))).await;
    assert_eq!(weaker.error(), (400, "invalid_request"), "{weaker:?}");
    let browser = client.browser();
    let at = client.to_prompt(&browser, &pushed).await;
    let code = world.totp(&secret);
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    client.failed(&back, &pushed, UNMET);
}

/// Expects that a trusted browser is asked in spite of its trust.
async fn is_asked(world: &World, client: &Client, browser: &Browser, request: Request) {
    let pushed = client.push(request).await;
    let at = client.to_prompt(browser, &pushed).await;
    let before = world.state().await;
    let page = browser.open(&at).await;
    assert!(page.says("Enter the 6-digit code"), "{page:?}");
    assert!(page.location.is_none());
    assert!(world.state().await == before, "a look changes nothing more");
}

#[tokio::test(flavor = "multi_thread")]
async fn max_age_and_prompt_login_ask_a_trusted_browser() {
    let world = World::start().await;
    let (client, secret, browser) = remembered(&world).await;
    is_asked(&world, &client, &browser, client.request().with("prompt", "login")).await;
    is_asked(&world, &client, &browser, client.request().with("max_age", "0")).await;
    is_asked(&world, &client, &browser, client.request().with("max_age", "3600")).await;
    let pushed = client.push(client.request().with("max_age", "3600")).await;
    let back = client.enter(&browser, &pushed, &world.totp(&secret)).await;
    let said = client.claims(&pushed, &client.code(&back, &pushed)).await;
    assert_eq!((&said["mfa"], &said["auth_time"]), (&json!("done"), &json!(world.now().unix())));

    let pushed = client.push(client.request().with("max_age", &(2 * DAY).to_string())).await;
    let at = client.to_prompt(&browser, &pushed).await;
    let passed = browser.get(&at).await;
    let said = client.claims(&pushed, &client.code(&passed, &pushed)).await;
    assert_eq!(said["mfa"], "trusted_browser", "recent enough");
    assert!(said["auth_time"].as_i64().unwrap() >= world.now().unix() - 2 * DAY);
}

#[tokio::test(flavor = "multi_thread")]
async fn prompt_none_is_a_code_where_nobody_would_be_asked() {
    let world = World::start().await;
    let (client, _, browser) = remembered(&world).await;
    let pushed = client.push(client.request().with("prompt", "none")).await;
    let passed = browser.open(&client.address(&pushed)).await;
    let said = client.claims(&pushed, &client.code(&passed, &pushed)).await;
    assert_eq!(said["mfa"], "trusted_browser");

    let off = Client::of(&world, "sms_enrolment_opt_out").await;
    world.change_policy(&off.portal, |policy| policy["enabled"] = json!(false)).await;
    let pushed = off.push(off.request().with("prompt", "none")).await;
    let passed = off.browser().open(&off.address(&pushed)).await;
    let said = off.claims(&pushed, &off.code(&passed, &pushed)).await;
    assert_eq!(said["mfa"], "not_required");
    let demanding = off.request().with("prompt", "none").with("claims", &essential(&["app"]));
    let pushed = off.push(demanding).await;
    let passed = off.browser().open(&off.address(&pushed)).await;
    is_nobody(&off, &passed, &pushed);
}

/// Without a page, either error says that nobody is in.
fn is_nobody(client: &Client, page: &crate::harness::Page, pushed: &Pushed) {
    let error = client.back(page, pushed)["error"].clone();
    assert!([UNMET, "login_required"].contains(&error.as_str()), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn prompt_none_is_login_required_where_a_page_would_come_and_nothing_is_sent() {
    let world = World::start().await;
    let (client, _, home) = remembered(&world).await;
    for (browser, request) in [
        (client.browser(), client.request()),
        (home.clone(), client.request().with("max_age", "0")),
    ] {
        let pushed = client.push(request.with("prompt", "none")).await;
        let page = browser.open(&client.address(&pushed)).await;
        client.failed(&page, &pushed, "login_required");
    }
    // Where a code would be sent without asking, or something be set up, no more is done.
    for preset in ["always_on", "sms_enrolment_opt_out", "passkey_first"] {
        let client = Client::of(&world, preset).await;
        let pushed = client.push(client.request().with("prompt", "none")).await;
        let page = client.browser().open(&client.address(&pushed)).await;
        client.failed(&page, &pushed, "login_required");
    }
    assert!(world.outbox().await.is_empty(), "nothing is sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn acr_values_are_voluntary_at_a_login_and_the_least_asked_in_a_step_up() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let values = "urn:portcullis:acr:passkey";
    let pushed = client.push(client.request().with("acr_values", values)).await;
    let back = client.enter(&client.browser(), &pushed, &world.totp(&secret)).await;
    let said = client.claims(&pushed, &client.code(&back, &pushed)).await;
    assert_eq!((&said["event"], &said["acr"]), (&json!("login"), &json!("urn:portcullis:acr:app")));
    world.advance(30);

    let step_up = || client.request().with("event", "step_up");
    let either = "urn:portcullis:acr:passkey urn:portcullis:acr:app";
    let pushed = client.push(step_up().with("acr_values", either)).await;
    let back = client.enter(&client.browser(), &pushed, &world.totp(&secret)).await;
    let said = client.claims(&pushed, &client.code(&back, &pushed)).await;
    assert_eq!((&said["event"], &said["mfa"]), (&json!("step_up"), &json!("done")));
    assert_eq!(said["acr"], "urn:portcullis:acr:app");
    world.advance(30);

    // Who has no passkey cannot step up with one.
    let pushed = client.push(step_up().with("acr_values", values)).await;
    let browser = client.browser();
    let at = client.to_prompt(&browser, &pushed).await;
    let page = browser.open(&at).await;
    assert!(!page.says("name=\"code\"") && page.location.is_none(), "{page:?}");
    let code = world.totp(&secret);
    let form = [("code", code.as_str())];
    let tried = browser.post(&format!("{at}/verify"), &form).await;
    assert!(tried.location.is_none_or(|to| !to.contains("code=")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_up_asks_a_trusted_browser_too() {
    let world = World::start().await;
    let (client, secret, browser) = remembered(&world).await;
    let request = || client.request().with("event", "step_up");
    is_asked(&world, &client, &browser, request()).await;
    let pushed = client.push(request()).await;
    let back = client.enter(&browser, &pushed, &world.totp(&secret)).await;
    let said = client.claims(&pushed, &client.code(&back, &pushed)).await;
    assert_eq!((&said["event"], &said["sub"]), (&json!("step_up"), &anna()["id"]));
}
