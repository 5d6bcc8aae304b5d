//! S30 and S33 with passkeys: the second step again, and the settings of the own second step. What
//! belongs to one admin, session, form or purpose is of no use for another.

use super::admin_session::{hidden, send};
use crate::{
    console::second_step::{
        PAGE, back, in_by_passkey, open_settings, operator_with_passkey, password, use_passkey,
        used,
    },
    harness::{Authenticator, Browser, Page, World},
};
use serde_json::json;

const NEW: &str = "/console/portals/new";

/// Sends a form that needs a fresh second step.
async fn act(browser: &Browser, id: &str) -> Page {
    let fields = [
        ("id", id),
        ("description", "Acme"),
        ("preset", "authenticator_app"),
        ("enrolment_url", ""),
        ("return_urls", ""),
    ];
    browser.submit(NEW, NEW, &fields).await
}

fn asks(page: &Page) -> bool {
    page.status == 403 && page.says("Confirm that it is you")
}

/// The fields of the page that asks, with a passkey's answer.
fn with(page: &Page, answer: &str) -> Vec<(String, String)> {
    let fields = hidden(page).into_iter().filter(|(name, _)| name != "proof_passkey");
    fields.chain([("proof_passkey".to_owned(), answer.to_owned())]).collect()
}

/// Returns the admins and users of the table, without the log, which is written later.
async fn written(world: &World) -> Vec<(String, String)> {
    let is_kept =
        |(key, _): &(String, String)| key.starts_with("USER#") || key.starts_with("ADMIN");
    let mut items: Vec<_> = world.raw_items().await.into_iter().filter(is_kept).collect();
    items.sort();
    items
}

async fn exists(world: &World, id: &str) -> bool {
    let path = format!("/v1/admin/portals/{id}");
    world.admin("GET", &path, None, None).await.status == 200
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_p8_a_passkey_makes_the_second_step_fresh_and_the_act_goes_on_once() {
    let world = World::start().await;
    let (browser, operator, mut device) = operator_with_passkey(&world).await;
    world.advance(300);
    let page = act(&browser, "acme").await;
    assert!(asks(&page) && page.says("one-time-code"), "{}", page.text);
    let sent = with(&page, &used(&mut device, &page));
    let goes_on = send(&browser, "/console/proof", &sent).await;
    assert_eq!((goes_on.status, goes_on.location.as_deref()), (307, Some(NEW)), "{}", goes_on.text);
    assert!(!exists(&world, "acme").await);
    assert_eq!(send(&browser, NEW, &sent).await.status, 303);
    assert!(exists(&world, "acme").await);
    // So it is in the function that changes users.
    world.portal("managed").open(json!({ "id": "anna" })).await;
    let erase = format!("{}/erase", world.user_page("managed", "anna").await);
    world.advance(300);
    let page = browser.submit(&erase, &erase, &[("reason", "asked to"), ("confirm", "true")]).await;
    assert!(asks(&page), "{}", page.text);
    let sent = with(&page, &used(&mut device, &page));
    let goes_on = send(&browser, "/console/proof", &sent).await;
    assert_eq!((goes_on.status, goes_on.location.as_deref()), (307, Some(erase.as_str())));
    assert_eq!(send(&browser, &erase, &sent).await.status, 303);
    // Within five minutes the next one asks for nothing, and then again.
    world.advance(299);
    assert_eq!(act(&browser, "acme-two").await.status, 303);
    world.advance(1);
    let page = act(&browser, "acme-three").await;
    assert!(asks(&page));
    // The same answer once more is none, and the code is good beside it.
    assert!(asks(&send(&browser, "/console/proof", &with(&page, &sent.last().unwrap().1)).await));
    assert!(asks(&act(&browser, "acme-three").await));
    world.advance(30);
    let mut by_code = with(&page, "");
    by_code.push(("proof_code".to_owned(), world.totp(&operator.secret)));
    assert_eq!(send(&browser, "/console/proof", &by_code).await.status, 307);
    assert_eq!(send(&browser, NEW, &by_code).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn s6_s33_p8_an_answer_is_for_its_form_its_session_and_its_admin() {
    let world = World::start().await;
    let (browser, operator, mut device) = operator_with_passkey(&world).await;
    let other = in_by_passkey(&world, &operator, &mut device).await;
    world.advance(300);
    let (page, elsewhere) = (act(&browser, "acme").await, act(&other, "acme").await);
    let second = act(&browser, "acme").await;
    let prompt = open_settings(&browser).await;
    let prompt = browser.get(&prompt).await;
    let mut stranger = Authenticator::on(&world.origin());
    let mut answers = vec![used(&mut stranger, &page)];
    for asked in [&second, &elsewhere, &prompt] {
        answers.push(used(&mut device, asked));
    }
    device.verifies = false;
    answers.push(used(&mut device, &page));
    device.verifies = true;
    for answer in answers {
        let refused = send(&browser, "/console/proof", &with(&page, &answer)).await;
        assert!(asks(&refused), "{}: {}", refused.status, refused.text);
    }
    for answer in ["{}", "[]", "x"] {
        let refused = send(&browser, "/console/proof", &with(&page, answer)).await;
        assert_eq!(refused.status, 400, "{answer}");
    }
    for browser in [&browser, &other] {
        assert!(asks(&act(browser, "acme").await), "nothing became fresh");
    }
    assert!(!exists(&world, "acme").await);
    // Another session of the same admin cannot send the form at all.
    let page = send(&browser, "/console/proof", &with(&page, &used(&mut stranger, &page))).await;
    let right = with(&page, &used(&mut device, &page));
    let foreign = send(&other, "/console/proof", &right).await;
    assert!(foreign.status == 403 && !asks(&foreign), "{}", foreign.text);
    // Nothing of it was counted: the right answer is accepted, and freshens its session alone.
    assert_eq!(send(&browser, "/console/proof", &right).await.status, 307);
    assert!(asks(&act(&other, "acme").await));
    assert_eq!(act(&browser, "acme").await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_p8_the_settings_and_their_result_are_of_the_session_that_opened_them() {
    let world = World::start().await;
    let (browser, operator, mut device) = operator_with_passkey(&world).await;
    let other = in_by_passkey(&world, &operator, &mut device).await;
    let role = json!({ "role": "operator" });
    let jo = world.make_admin("jo", role).await;
    let foreign = crate::console::signed_in(&world, &jo).await;
    let at = open_settings(&browser).await;
    for planted in [&other, &foreign, &Browser::new(&world)] {
        assert_eq!(planted.get(&at).await.status, 403);
    }
    let settings = use_passkey(&browser, &at, &mut device).await;
    // The prompt's own cookie is nothing without the session: forms are refused as pages are.
    let session = browser.cookies.lock().unwrap().remove("__Host-console").unwrap();
    let (_, app) = settings.text.split_once("settings?remove=").unwrap();
    let fields = [("change", "remove"), ("authenticator", app.split('"').next().unwrap())];
    let refused = browser.post_form(&format!("{at}/settings"), &settings.form(), &fields).await;
    assert!(!refused.says("It was removed."), "{}", refused.text);
    browser.cookies.lock().unwrap().insert("__Host-console".to_owned(), session);
    assert_eq!(browser.get(PAGE).await.text.matches(", added").count(), 2);
    let result = back(&settings);
    assert!(result.starts_with("/console/second-step/back?"), "{result}");
    for other in [&other, &foreign] {
        let refused = other.get(&result).await;
        assert_eq!(refused.status, 403, "{}", refused.text);
        assert_eq!(other.get(&at).await.status, 403);
    }
    // It opens no session either, in the browser of its own or in another.
    let signs_in = result.replace("/console/second-step/back", "/console/back");
    let waiting = Browser::new(&world);
    password(&waiting, &operator.name, &operator.password).await;
    assert_eq!(waiting.get(&signs_in).await.status, 403);
    assert!(waiting.get("/console").await.leads_to_login());

    // It ends the right to change, and proves nothing for anything else.
    world.advance(300);
    assert_eq!(browser.get(&result).await.location.as_deref(), Some(PAGE));
    assert!(asks(&act(&browser, "acme").await));
    let closed = browser.get(&at).await;
    assert!(!closed.says("How you sign in"), "{}", closed.text);
    world.advance(60);
    assert_eq!(browser.get(&result).await.status, 403);
    assert!(!exists(&world, "acme").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_p8_a_session_that_ended_takes_no_passkey_and_no_result() {
    let world = World::start().await;
    let (browser, operator, mut device) = operator_with_passkey(&world).await;
    let other = in_by_passkey(&world, &operator, &mut device).await;
    let at = open_settings(&browser).await;
    let result = back(&use_passkey(&browser, &at, &mut device).await);
    world.advance(300);
    let page = act(&browser, "acme").await;
    let right = with(&page, &used(&mut device, &page));
    let form = browser.get(PAGE).await.form();
    let settings = browser.get(&at).await;
    assert!(settings.says("How you sign in"), "{}", settings.text);
    let all = "/console/sessions/end-others";
    assert_eq!(other.submit("/console/sessions", all, &[]).await.status, 303);
    let before = written(&world).await;
    for answer in [
        browser.get(&result).await,
        send(&browser, "/console/proof", &right).await,
        browser.post(PAGE, &[("form", &form)]).await,
        browser.get(PAGE).await,
    ] {
        assert!(answer.leads_to_login(), "{}", answer.text);
    }
    // The settings that it had opened are closed, also for the device that opened them.
    assert!(!browser.get(&at).await.says("How you sign in"));
    let (_, app) = settings.text.split_once("settings?remove=").unwrap();
    let fields = [("change", "remove"), ("authenticator", app.split('"').next().unwrap())];
    let to = format!("{at}/settings");
    let refused = browser.post_form(&to, &settings.form(), &fields).await;
    assert!(!refused.says("It was removed."), "{}", refused.text);
    assert_eq!(written(&world).await, before, "nothing was written");
    // A session that awaits its second step opens no settings: nobody adds a passkey by the
    // password alone.
    let waiting = Browser::new(&world);
    let at = password(&waiting, &operator.name, &operator.password).await;
    let page = waiting.get(&at).await;
    assert!(waiting.get(PAGE).await.leads_to_login());
    let enrolment = waiting.get(&format!("{at}/enrolment?method=passkey")).await;
    assert!(!enrolment.says("data-passkey=\"create\""), "{}", enrolment.text);
    let mut own = Authenticator::on(&world.origin());
    let options = device_options(&page);
    let made = own.make(&options)["passkey"].to_string();
    let to = format!("{at}/enrolment/confirm");
    let refused = waiting.post_form(&to, &page.form(), &[("passkey", &made)]).await;
    assert!(!refused.says("You are all set"), "{}", refused.text);
    let shown = other.get(PAGE).await.text;
    assert_eq!(shown.matches("Passkey, added").count(), 1, "{shown}");
}

/// Options for a passkey that somebody makes out of the question for another.
fn device_options(page: &Page) -> serde_json::Value {
    let asked = page.passkey_options();
    json!({ "rp": { "id": asked["rpId"] }, "challenge": asked["challenge"] })
}
