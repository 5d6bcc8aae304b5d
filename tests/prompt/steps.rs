//! The text and the cost of each step of the prompt.

use super::at_the_prompt;
use crate::harness::{Browser, World, anna, prompt};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_costs_one_read_and_the_first_one_a_write() {
    let world = World::start().await;
    let (_, sign_in, _) = at_the_prompt(&world).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let calls = || {
        let calls = world.aws.calls();
        world.aws.reset();
        calls.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>()
    };
    world.aws.reset();
    browser.get(&at).await;
    assert_eq!(calls(), ["BatchGetItem 1", "PutItem 1"]);
    browser.get(&at).await;
    assert_eq!(calls(), ["BatchGetItem 1"]);
    browser.get("/prompt/style.css").await;
    assert!(calls().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn x2_what_went_wrong_is_said_in_the_language_of_the_user() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    let sign_in = portal.open_prompt(json!({ "id": "anna", "locale": "nl" })).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let fields = [("method", "email"), ("email", "anna")];
    let page = browser.submit(&at, &format!("{at}/enrolment"), &fields).await;
    assert_eq!(page.status, 400);
    assert!(page.says("<html lang=\"nl\" dir=\"ltr\">"), "{}", page.text);
    assert!(page.says("Dit is geen e-mailadres"), "{}", page.text);
    assert!(page.says("<title>Fout: "), "{}", page.text);
    assert!(page.says("Account: ann*****"), "{}", page.text);
    assert!(page.says("value=\"anna\""), "what was typed is still there");
    let number = "<a href=\"tel:0800123456\" dir=\"ltr\" rel=\"noreferrer\">0800 123 456</a>";
    assert!(page.says(&format!("<bdi>Call </bdi>{number}")), "{}", page.text);
    assert!(world.outbox().await.is_empty());
    // Problem documents follow the language too.
    let refused = portal.act(&sign_in, "skip", json!({})).await;
    assert_eq!(refused.problem(), (403, "skip_not_allowed"));
    assert!(
        refused.body["detail"].as_str().unwrap().starts_with("Deze stap"),
        "{:?}",
        refused.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_user_is_told_how_long_and_a_bypass_code_still_helps() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let waiting = portal.open_prompt(anna()).await;
    let (browser, at) = (Browser::new(&world), prompt(&waiting));
    browser.open(&at).await;
    let other = portal.open(anna()).await;
    let wrong = crate::harness::other_than(&world.totp(&secret));
    for _ in 0..5 {
        portal.verify(&other, &wrong).await;
    }
    let page = browser.open(&at).await;
    assert!(page.says("You can try again in one minute."), "{}", page.text);

    let path = format!("/v1/admin/portals/{}/user/bypass-code", portal.id);
    let issued = world.admin_ok("POST", &path, crate::harness::on_user("anna", "lost phone")).await;
    let code = issued["code"].as_str().unwrap();
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", code)]).await;
    assert!(back.location.unwrap().contains("result_code="));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_sign_in_leads_back_to_the_portal_with_nothing() {
    let world = World::start().await;
    let (portal, sign_in, _) = at_the_prompt(&world).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    browser.open(&at).await;
    world.advance(600);
    let page = browser.open(&at).await;
    assert!(page.says("This sign-in took too long"), "{}", page.text);
    let back = format!("/demo/{}/back?error=over&amp;state=", portal.id);
    assert!(page.says(&back) || page.says(&back.replace("&amp;", "&#38;")), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn o5_a_code_for_the_number_being_enrolled_is_sent_again_without_typing_it_again() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    let sign_in = portal.open_prompt(json!({ "id": "anna" })).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let start = format!("{at}/enrolment");
    let fields = [("method", "sms"), ("phone", "021 123 4589")];
    let page = browser.submit(&at, &start, &fields).await;
    assert!(page.says("Enter the 6-digit code sent to +64*****89"), "{}", page.text);
    assert!(!page.says("0211234589") && !page.says("021 123 4589"));
    let early = browser.submit(&at, &start, &[("method", "sms")]).await;
    assert!(early.says("Wait a little"), "{}", early.text);
    world.advance(30);
    browser.submit(&at, &start, &[("method", "sms")]).await;
    assert_eq!(world.sent_to("+64211234589").await.len(), 2);
    let code = world.code_sent_to("+64211234589").await;
    let done = browser.submit(&at, &format!("{at}/enrolment/confirm"), &[("code", &code)]).await;
    assert!(done.says("You are all set") && done.says("Finish"), "{}", done.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn m8_the_link_is_mailed_again_to_whom_none_arrived_but_not_at_once() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.enrol_app(&world, anna()).await;
    let reset = json!({
        "actor": { "id": "boss", "role": "portal_admin" }, "reason": "lost phone", "confirm": true
    });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    let sign_in = portal.open_prompt(anna()).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let page = browser.open(&at).await;
    assert!(page.says("The link was sent to test*****.co.nz."), "{}", page.text);
    assert!(page.says("data-wait=\"300\""), "{}", page.text);
    let links = async || {
        let messages = world.messages().await;
        let texts = messages.iter().map(|message| message["text"].as_str().unwrap());
        texts.filter(|text| text.contains("enrol?ticket=")).count()
    };
    let again = format!("{at}/challenge");
    let early = browser.submit(&at, &again, &[]).await;
    assert!(early.says("Wait a little") && early.says("<title>Error: "), "{}", early.text);
    assert_eq!(links().await, 1);
    world.advance(300);
    let sent = browser.submit(&at, &again, &[]).await;
    assert!(sent.says("The link was sent to"), "{}", sent.text);
    assert_eq!(links().await, 2);
    // Somebody who waits for no link gets none.
    let other = world.portal("always_on").open_prompt(anna()).await;
    let at = prompt(&other);
    browser.open(&at).await;
    let refused = browser.submit(&at, &format!("{at}/challenge"), &[]).await;
    assert!(refused.says("asks for another step"), "{}", refused.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn x2_who_has_to_wait_is_told_how_long_in_words() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let mut last = None;
    for _ in 0..7 {
        world.advance(60);
        let at = prompt(&portal.open_prompt(anna()).await);
        let fields = [("method", "email")];
        let browser = Browser::new(&world);
        last = Some(browser.submit(&at, &format!("{at}/challenge"), &fields).await);
    }
    let page = last.unwrap();
    assert!(page.says("Too many codes were sent"), "{}", page.text);
    let (_, wait) = page.text.split_once("You can try again in ").expect("the time to wait");
    let (minutes, _) = wait.split_once(" minutes.").unwrap();
    assert!((50..60).contains(&minutes.parse().unwrap()), "{minutes}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_bypass_code_is_refused_at_its_own_field() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    let path = format!("/v1/admin/portals/{}/user/bypass-code", portal.id);
    world.admin_ok("POST", &path, crate::harness::on_user("anna", "lost phone")).await;
    let sign_in = portal.open_prompt(anna()).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    browser.open(&at).await;
    let wrong = [("code", "0000-0000-0000-0000")];
    let page = browser.submit(&at, &format!("{at}/verify"), &wrong).await;
    let (before, help) = page.text.split_once("<details open>").expect("the help is open");
    assert!(help.contains("That bypass code was not accepted."), "{help}");
    assert!(help.contains("aria-describedby=\"bypass-alert\""), "{help}");
    assert!(!before.contains("aria-invalid") && !before.contains("autofocus"), "{before}");
    assert!(before.contains("<title>Error: "), "{before}");
}
