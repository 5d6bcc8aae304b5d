//! Dead ends, branding, and the additions of the script.

use super::{Script, Visitor, flow};
use crate::harness::other_than;
use serde_json::{Value, json};

flow!(x2_who_cannot_go_on_is_told_what_to_do, super::stuck);
flow!(s22_another_browser_is_shown_nothing, super::stolen);

async fn stuck(visitor: &Visitor) {
    let portal = visitor.world.portal("authenticator_app");
    visitor.sign_in(&portal.id, "client").await;
    let secret = visitor.set_up_app().await;
    visitor.press("Finish").await;
    visitor.press("Sign out").await;
    visitor.sign_in(&portal.id, "client").await;
    let wrong = other_than(&visitor.world.totp(&secret));
    for _ in 0..4 {
        visitor.enter(&wrong).await;
        visitor.is_refused_at("code", "That code was not accepted").await;
    }
    visitor.look("code-not-accepted").await;
    // Another tab of the same user is locked by the fifth.
    visitor.enter(&wrong).await;
    visitor.sees("This sign-in has ended").await;
    visitor.look("ended").await;
    visitor.press("Back to Demo authenticator app").await;
    visitor.sees("You are not signed in.").await;
    // This browser got in before; now it has the tries of any other browser, and no more.
    visitor.sign_in(&portal.id, "client").await;
    for _ in 0..4 {
        visitor.enter(&wrong).await;
        visitor.sees("That code was not accepted").await;
    }
    visitor.enter(&wrong).await;
    visitor.sees("This sign-in has ended").await;
    visitor.press("Back to Demo authenticator app").await;
    visitor.sign_in(&portal.id, "client").await;
    visitor.sees("You can try again in").await;

    // No way in: the contact record has nothing that works.
    let always_on = visitor.world.portal("always_on");
    let user = json!({ "id": "nobody" });
    let denied = always_on.open_prompt(user).await;
    visitor.go(&crate::harness::prompt(&denied)).await;
    visitor.sees("We cannot let you in").await;
    visitor.sees("Call 0800 123 456").await;
    visitor.look("no-way-in").await;

    // Locked while at the prompt.
    visitor.world.advance(3_600);
    let waiting = portal.open_prompt(json!({ "id": "client" })).await;
    visitor.go(&crate::harness::prompt(&waiting)).await;
    let other = portal.open(json!({ "id": "client" })).await;
    portal.verify(&other, &wrong).await;
    visitor.driver.refresh().await.unwrap();
    visitor.sees("You can try again in").await;
    visitor.sees("Were you given a bypass code?").await;
    visitor.look("locked").await;

    // A provider that refuses: the way is told, and the other one offered.
    let refused = always_on.open_prompt(crate::harness::anna()).await;
    visitor.go(&crate::harness::prompt(&refused)).await;
    visitor.world.set_providers("refuse").await;
    visitor.press("Send security code via email to test*****.co.nz").await;
    visitor.sees("The code could not be sent. Choose another way").await;
    visitor.look("not-sent").await;

    visitor.world.advance(600);
    visitor.driver.refresh().await.unwrap();
    visitor.sees("This sign-in took too long and has ended.").await;
}

async fn stolen(visitor: &Visitor) {
    let portal = visitor.world.portal("always_on");
    let sign_in = portal.open_prompt(crate::harness::anna()).await;
    crate::harness::Browser::new(&visitor.world).open(&crate::harness::prompt(&sign_in)).await;
    visitor.go(&crate::harness::prompt(&sign_in)).await;
    visitor.sees("This page belongs to another browser").await;
    visitor.sees_not("Send security code").await;
    visitor.look("other-browser").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_shows_its_name_its_colour_and_its_language() {
    let visitor = Visitor::open(Script::On).await;
    let portal = visitor.world.portal("always_on");
    let dress = |profile: &mut Value| {
        profile["description"] = json!("Acme & Søn");
        profile["color"] = json!("#7b1fa2");
        profile["locale"] = json!("nl");
    };
    let saved = visitor.world.change_profile(&portal.id, dress).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
    visitor.sign_in(&portal.id, "client").await;
    visitor.sees("Acme & Søn").await;
    visitor.sees("Kies hoe je je beveiligingscode wilt krijgen").await;
    let button = visitor.driver.find(thirtyfour::By::Css("button.way")).await.unwrap();
    let colour = button.css_value("background-color").await.unwrap();
    assert!(colour.contains("123, 31, 162"), "{colour}");
    visitor.look("choose-dutch-purple").await;
    // On a light colour the text is dark.
    let light = |profile: &mut Value| profile["color"] = json!("#ffee00");
    let saved = visitor.world.change_profile(&portal.id, light).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
    visitor.driver.refresh().await.unwrap();
    let button = visitor.driver.find(thirtyfour::By::Css("button.way")).await.unwrap();
    let colour = button.css_value("background-color").await.unwrap();
    assert!(colour.contains("255, 238, 0"), "{colour}");
    visitor.look("choose-dutch-yellow").await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_counts_down_and_focuses_and_nothing_more() {
    let visitor = Visitor::open(Script::On).await;
    let portal = visitor.world.portal("sms_enrolment");
    visitor.sign_in(&portal.id, "client").await;
    visitor.fill("to", "021 123 4577").await;
    visitor.press("Send security code").await;
    let again = visitor.driver.find(thirtyfour::By::Css("[data-wait]")).await.unwrap();
    assert!(!again.is_enabled().await.unwrap(), "another code can be sent later");
    let words = again.text().await.unwrap();
    assert!(words.starts_with("Send it again (") && words.ends_with(" seconds)"), "{words}");
    let focused = "return document.activeElement.id";
    let focused = visitor.driver.execute(focused, vec![]).await.unwrap().json().clone();
    assert_eq!(focused, json!("code"));
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v30_a_form_whose_load_was_stopped_says_that_it_waits_and_then_works_again() {
    let visitor = Visitor::open(Script::On).await;
    let portal = visitor.world.portal("always_on");
    visitor.sign_in(&portal.id, "client").await;
    visitor.press("Send security code via email to clie*****.co.nz").await;
    let code = visitor.code_sent_to("client@example.co.nz").await;
    visitor.fill("code", &code).await;
    visitor.sees_not("Please wait").await;
    let stopped = "document.querySelector('main form button').click(); window.stop();";
    visitor.driver.execute(stopped, vec![]).await.unwrap();
    visitor.sees("Please wait").await;
    let disabled = "return document.querySelectorAll('[aria-disabled=true]').length";
    let disabled = async || visitor.driver.execute(disabled, vec![]).await.unwrap().json().clone();
    assert_eq!(disabled().await, json!(1));
    let spoken = "return document.querySelector('[role=status]').textContent";
    let spoken = visitor.driver.execute(spoken, vec![]).await.unwrap().json().clone();
    assert_eq!(spoken, json!("Please wait …"));
    visitor.look("waiting").await;
    visitor.sees_until_gone("Please wait").await;
    assert_eq!(disabled().await, json!(0));
    visitor.press("Continue").await;
    visitor.is_in("second step: done by email").await;
    visitor.close().await;
}

flow!(a_phone_opens_the_app_and_folds_the_picture_away, super::phone);

async fn phone(visitor: &Visitor) {
    let portal = visitor.world.portal("authenticator_app");
    visitor.shape(320, 553, "light").await;
    visitor.sign_in(&portal.id, "client").await;
    visitor.sees("Account: clie*****.co.nz").await;
    visitor.sees_not("Scan this picture").await;
    let open = thirtyfour::By::LinkText("Open the authenticator app");
    let open = visitor.driver.find(open).await.unwrap();
    let uri = open.attr("href").await.unwrap().unwrap();
    assert!(uri.starts_with("otpauth://totp/"), "the app is on this device");
    visitor.press("On another device").await;
    visitor.sees("Scan this picture").await;
    assert_eq!(crate::harness::decode_png(&visitor.photograph("png").await), uri);
    visitor.press("On another device").await;
    visitor.sees_not("Scan this picture").await;
    visitor.shape(1280, 900, "light").await;
    assert_eq!(visitor.scan().await, uri);
    visitor.sees_not("On another device").await;
    let above = "return document.querySelector('.qr').getBoundingClientRect().bottom \
                 < document.querySelector('#key').getBoundingClientRect().top";
    let above = visitor.driver.execute(above, vec![]).await.unwrap().json().clone();
    assert_eq!(above, json!(true), "on a large screen the picture comes first");
    visitor.set_up_app().await;
    visitor.sees("You are all set").await;
}

flow!(s22_a_planted_prompt_signs_nobody_in, super::planted);
flow!(s22_going_back_after_the_code_judges_nothing, super::replayed);

async fn planted(visitor: &Visitor) {
    let portal = visitor.world.portal("always_on");
    // Somebody who knows the password opened it, and sends the link to whom the codes go.
    let planted = portal
        .open_prompt(
            json!({ "id": "client", "email": "client@example.co.nz", "email_verified": true }),
        )
        .await;
    visitor.go(&crate::harness::prompt(&planted)).await;
    visitor.press("Send security code via email to clie*****.co.nz").await;
    let code = visitor.code_sent_to("client@example.co.nz").await;
    visitor.enter(&code).await;
    visitor.sees("This sign-in was not begun in this browser.").await;
    visitor.sees_not("Welcome").await;
}

async fn replayed(visitor: &Visitor) {
    let portal = visitor.world.portal("always_on");
    visitor.sign_in(&portal.id, "client").await;
    visitor.press("Send security code via email to clie*****.co.nz").await;
    let code = visitor.code_sent_to("client@example.co.nz").await;
    visitor.enter(&code).await;
    visitor.is_in("second step: done by email").await;
    // The form is gone, because the browser knows from its cookie that the page has changed.
    visitor.driver.back().await.unwrap();
    visitor.sees("This sign-in is complete already.").await;
    let activity = portal.get("/v1/user/activity?id=client").await.body;
    let judged = activity.as_array().unwrap().iter();
    assert_eq!(judged.filter(|entry| entry["event"] == "code_accepted").count(), 1, "{activity}");
    visitor.go(&format!("/demo/{}/home", portal.id)).await;
    visitor.is_in("second step: done by email").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_two_tabs_go_their_own_ways() {
    let visitor = Visitor::open(Script::On).await;
    let (one, two) = (visitor.world.portal("always_on"), visitor.world.portal("sms_enrolment"));
    visitor.sign_in(&one.id, "client").await;
    visitor.sees("Choose how to get your security code").await;
    let first = visitor.driver.window().await.unwrap();
    let second = visitor.driver.new_tab().await.unwrap();
    visitor.turn_to(second.clone()).await;
    visitor.sign_in(&two.id, "client").await;
    visitor.sees("Enter a phone number").await;
    visitor.turn_to(first).await;
    visitor.press("Send security code via email to clie*****.co.nz").await;
    let code = visitor.code_sent_to("client@example.co.nz").await;
    visitor.enter(&code).await;
    visitor.is_in("second step: done by email").await;
    visitor.turn_to(second).await;
    visitor.fill("to", "021 123 4577").await;
    visitor.press("Send security code").await;
    let code = visitor.code_sent_to("+64211234577").await;
    visitor.enter(&code).await;
    visitor.press("Finish").await;
    visitor.is_in("second step: done by sms").await;
    visitor.close().await;
}
