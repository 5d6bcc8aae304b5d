//! The pages where somebody cannot go on, the looks of a portal, and the additions of the script.

use super::{Eyes, Script, flow};
use crate::{harness::totp, journeys::other_than};
use serde_json::json;

flow!(x2_who_cannot_go_on_is_told_what_to_do, super::stuck);
flow!(s22_another_browser_is_shown_nothing, super::stolen);

async fn stuck(eyes: &Eyes) {
    let portal = eyes.world.portal("authenticator_app");
    eyes.sign_in(&portal.id, "client").await;
    let secret = eyes.set_up_app().await;
    eyes.press("Finish").await;
    eyes.press("Sign out").await;
    eyes.sign_in(&portal.id, "client").await;
    let wrong = other_than(&totp(&secret, eyes.world.running.clock.now()));
    for _ in 0..4 {
        eyes.enter(&wrong).await;
        eyes.sees("That code was not accepted").await;
    }
    eyes.look("code-not-accepted").await;
    // Another tab of the same user is locked by the fifth.
    eyes.enter(&wrong).await;
    eyes.sees("This sign-in has ended").await;
    eyes.look("ended").await;
    eyes.press("Back to Demo authenticator app").await;
    eyes.sees("You are not signed in.").await;
    eyes.sign_in(&portal.id, "client").await;
    eyes.sees("Too many codes were wrong. Wait before you try again.").await;

    // No way in: the contact record has nothing that works.
    let always_on = eyes.world.portal("always_on");
    let user = json!({ "id": "nobody" });
    let denied = always_on.open_prompt(user).await;
    eyes.go(&crate::harness::prompt(&denied)).await;
    eyes.sees("We cannot let you in").await;
    eyes.sees("Call 0800 123 456").await;
    eyes.look("no-way-in").await;

    // Locked while at the prompt.
    eyes.world.advance(3_600);
    let waiting = portal.open_prompt(json!({ "id": "client" })).await;
    eyes.go(&crate::harness::prompt(&waiting)).await;
    let other = portal.open(json!({ "id": "client" })).await;
    portal.verify(&other, &wrong).await;
    eyes.driver.refresh().await.unwrap();
    eyes.sees("You can try again in").await;
    eyes.sees("Were you given a bypass code?").await;
    eyes.look("locked").await;

    // A provider that refuses: the way is told, and the other one offered.
    let refused = always_on.open_prompt(crate::harness::anna()).await;
    eyes.go(&crate::harness::prompt(&refused)).await;
    eyes.world.set_providers("refuse").await;
    eyes.press("Send security code via email to test*****.co.nz").await;
    eyes.sees("The code could not be sent. Choose another way").await;
    eyes.look("not-sent").await;

    eyes.world.advance(600);
    eyes.driver.refresh().await.unwrap();
    eyes.sees("This sign-in took too long and has ended.").await;
}

async fn stolen(eyes: &Eyes) {
    let portal = eyes.world.portal("always_on");
    let sign_in = portal.open_prompt(crate::harness::anna()).await;
    crate::harness::Browser::new(&eyes.world).open(&crate::harness::prompt(&sign_in)).await;
    eyes.go(&crate::harness::prompt(&sign_in)).await;
    eyes.sees("This page belongs to another browser").await;
    eyes.sees_not("Send security code").await;
    eyes.look("other-browser").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_shows_its_name_its_colour_and_its_language() {
    let eyes = Eyes::open(Script::On).await;
    let portal = eyes.world.portal("always_on");
    let path = format!("/v1/admin/portals/{}", portal.id);
    let before = eyes.world.admin("GET", &path, None, None).await;
    let mut profile = before.body["profile"].clone();
    profile["description"] = json!("Acme & Søn");
    profile["color"] = json!("#7b1fa2");
    profile["locale"] = json!("nl");
    let saved = eyes.world.admin("PUT", &path, before.etag.as_deref(), Some(profile.clone())).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
    eyes.sign_in(&portal.id, "client").await;
    eyes.sees("Acme & Søn").await;
    eyes.sees("Kies hoe je je beveiligingscode wilt krijgen").await;
    let button = eyes.driver.find(thirtyfour::By::Css("button.way")).await.unwrap();
    let colour = button.css_value("background-color").await.unwrap();
    assert!(colour.contains("123, 31, 162"), "{colour}");
    eyes.look("choose-dutch-purple").await;
    // A colour that cannot be read is refused when it is saved.
    profile["color"] = json!("#ffee00");
    let refused = eyes.world.admin("PUT", &path, saved.etag.as_deref(), Some(profile)).await;
    assert_eq!(refused.problem(), (400, "bad_request"));
    assert!(refused.body["detail"].as_str().unwrap().contains("too light"), "{:?}", refused.body);
    eyes.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_counts_down_and_focuses_and_nothing_more() {
    let eyes = Eyes::open(Script::On).await;
    let portal = eyes.world.portal("sms_enrolment");
    eyes.sign_in(&portal.id, "client").await;
    eyes.fill("to", "021 123 4577").await;
    eyes.press("Send security code").await;
    let again = eyes.driver.find(thirtyfour::By::Css("[data-wait]")).await.unwrap();
    assert!(!again.is_enabled().await.unwrap(), "another code can be sent later");
    assert!(again.text().await.unwrap().starts_with("Send it again ("));
    let focused = "return document.activeElement.id";
    let focused = eyes.driver.execute(focused, vec![]).await.unwrap().json().clone();
    assert_eq!(focused, json!("code"));
    eyes.close().await;
}

flow!(s22_a_planted_prompt_signs_nobody_in, super::planted);
flow!(s22_a_form_sent_again_is_judged_once, super::replayed);

async fn planted(eyes: &Eyes) {
    let portal = eyes.world.portal("always_on");
    // Somebody who knows the password opened it, and sends the link to whom the codes go.
    let planted = portal
        .open_prompt(
            json!({ "id": "client", "email": "client@example.co.nz", "email_verified": true }),
        )
        .await;
    eyes.go(&crate::harness::prompt(&planted)).await;
    eyes.press("Send security code via email to clie*****.co.nz").await;
    let code = eyes.code_sent_to("client@example.co.nz").await;
    eyes.enter(&code).await;
    eyes.sees("This sign-in was not begun in this browser.").await;
    eyes.sees_not("Welcome").await;
}

async fn replayed(eyes: &Eyes) {
    let portal = eyes.world.portal("always_on");
    eyes.sign_in(&portal.id, "client").await;
    eyes.press("Send security code via email to clie*****.co.nz").await;
    let code = eyes.code_sent_to("client@example.co.nz").await;
    eyes.enter(&code).await;
    eyes.is_in("second step: done by email").await;
    // Back to the form, and the same once more.
    eyes.driver.back().await.unwrap();
    eyes.sees("Enter the 6-digit code").await;
    eyes.enter(&code).await;
    eyes.sees("This sign-in is complete already.").await;
    let activity = portal.get("/v1/user/activity?id=client").await.body;
    let judged = activity.as_array().unwrap().iter();
    assert_eq!(judged.filter(|entry| entry["event"] == "code_accepted").count(), 1, "{activity}");
    eyes.go(&format!("/demo/{}/home", portal.id)).await;
    eyes.is_in("second step: done by email").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_two_tabs_go_their_own_ways() {
    let eyes = Eyes::open(Script::On).await;
    let (one, two) = (eyes.world.portal("always_on"), eyes.world.portal("sms_enrolment"));
    eyes.sign_in(&one.id, "client").await;
    eyes.sees("Choose how to get your security code").await;
    let first = eyes.driver.window().await.unwrap();
    let second = eyes.driver.new_tab().await.unwrap();
    eyes.driver.switch_to_window(second).await.unwrap();
    eyes.sign_in(&two.id, "client").await;
    eyes.sees("Enter a phone number").await;
    eyes.driver.switch_to_window(first).await.unwrap();
    eyes.press("Send security code via email to clie*****.co.nz").await;
    let code = eyes.code_sent_to("client@example.co.nz").await;
    eyes.enter(&code).await;
    eyes.is_in("second step: done by email").await;
    eyes.driver.switch_to_window(eyes.driver.windows().await.unwrap()[1].clone()).await.unwrap();
    eyes.fill("to", "021 123 4577").await;
    eyes.press("Send security code").await;
    let code = eyes.code_sent_to("+64211234577").await;
    eyes.enter(&code).await;
    eyes.press("Finish").await;
    eyes.is_in("second step: done by sms").await;
    eyes.close().await;
}
