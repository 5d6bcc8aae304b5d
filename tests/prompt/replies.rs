//! The words of a page, and the language they are in.

use super::at_the_prompt;
use crate::harness::{Browser, World, anna, other_than, prompt};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn v12_a_wrong_code_of_an_app_is_refused_with_what_helps_and_how_many_tries_are_left() {
    let world = World::start().await;
    let (_, sign_in, secret) = at_the_prompt(&world).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let wrong = other_than(&world.totp(&secret));
    let page = browser.submit(&at, &format!("{at}/verify"), &[("code", &wrong)]).await;
    assert!(page.says("Wait until your app shows the next code"), "{}", page.text);
    assert!(page.says("set your phone&#39;s date and time to automatic"), "{}", page.text);
    assert!(page.says("4 tries are left."), "{}", page.text);
    assert!(!page.says("ask for a new one"));
}

#[tokio::test(flavor = "multi_thread")]
async fn v14_the_browser_chooses_the_language_if_nobody_else_does() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let dutch = Browser::new(&world).speaking("ja;q=0.9, nl-NL;q=0.8, en;q=0.5");
    let sign_in = portal.open_prompt(anna()).await;
    let at = prompt(&sign_in);
    let page = dutch.get(&at).await;
    assert!(page.says("<html lang=\"nl\""), "{}", page.text);
    assert!(page.says("Kies hoe je je beveiligingscode wilt krijgen"), "{}", page.text);
    // So are what follows the page, what is sent, and what is refused.
    let sent = dutch.submit(&at, &format!("{at}/challenge"), &[("method", "email")]).await;
    assert!(sent.says("Voer de 6-cijferige code in"), "{}", sent.text);
    let mail = &world.outbox().await[0];
    assert!(mail["subject"].as_str().unwrap().starts_with("Je beveiligingscode"), "{mail}");
    let refused =
        dutch.post(&format!("{at}/challenge"), &[("form", "x"), ("method", "email")]).await;
    assert_eq!(refused.status, 403);
    assert!(
        refused.says("<html lang=\"nl\"") && refused.says("Dit formulier komt niet"),
        "{}",
        refused.text
    );
    let other = Browser::new(&world).speaking("nl").get(&at).await;
    assert_eq!(other.status, 403);
    assert!(other.says("<html lang=\"nl\"") && other.says("andere browser"), "{}", other.text);
    for unknown in ["/prompt/si_managed_AAAA", "/prompt/x", "/prompt/x/verify"] {
        let page = dutch.get(unknown).await;
        if page.status == 405 {
            let page = dutch.post(unknown, &[]).await;
            assert!(page.says("<html lang=\"nl\""), "{unknown}: {}", page.text);
            continue;
        }
        assert!(page.says("<html lang=\"nl\""), "{unknown}: {}", page.text);
    }
    // English where the browser has no word of ours, and where the user or the portal has chosen.
    for (accepted, user) in [
        (
            "ja-JP, *;q=0.5",
            json!({ "id": "ben", "email": "ben@example.com", "email_verified": true }),
        ),
        (
            "nl-NL",
            json!({ "id": "cleo", "email": "c@example.com", "email_verified": true, "locale": "en" }),
        ),
    ] {
        let sign_in = portal.open_prompt(user).await;
        let page = Browser::new(&world).speaking(accepted).get(&prompt(&sign_in)).await;
        assert!(page.says("<html lang=\"en\""), "{accepted}: {}", page.text);
    }
    let saved = world.change_profile(&portal.id, |p| p["locale"] = json!("en")).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
    let sign_in = portal.open_prompt(json!({ "id": "dora" })).await;
    let page = Browser::new(&world).speaking("nl").get(&prompt(&sign_in)).await;
    assert!(page.says("<html lang=\"en\""), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn v14_arabic_runs_from_right_to_left_and_destinations_do_not() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let arabic = Browser::new(&world).speaking("ar-EG, en;q=0.5");
    let sign_in = portal.open_prompt(anna()).await;
    let at = prompt(&sign_in);
    let page = arabic.get(&at).await;
    assert!(page.says("<html lang=\"ar\" dir=\"rtl\""), "{}", page.text);
    assert!(page.says("\u{2068}+64") && page.says("\u{2069}"), "{}", page.text);
    for method in ["email", "sms"] {
        arabic.submit(&at, &format!("{at}/challenge"), &[("method", method)]).await;
    }
    let sent = world.outbox().await;
    let (text, mail) = (&sent[0], &sent[1]);
    assert!(mail["html"].as_str().unwrap().contains("<html lang=\"ar\" dir=\"rtl\""), "{mail}");
    assert!(mail["subject"].as_str().unwrap().starts_with("رمز الأمان"), "{mail}");
    let text = text["text"].as_str().unwrap();
    assert!(text.starts_with("رمز") && text.encode_utf16().count() <= 70, "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn v23_a_full_mailbox_leaves_the_field_for_another() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    let shared = [("method", "email"), ("email", "desk@example.com")];
    for (user, says) in [
        ("a", "Enter the 6-digit code sent to"),
        ("b", "Enter the 6-digit code sent to"),
        ("c", "Enter the 6-digit code sent to"),
        ("d", "or have it sent somewhere else."),
    ] {
        let sign_in = portal.open_prompt(json!({ "id": user })).await;
        let (browser, at) = (Browser::new(&world), prompt(&sign_in));
        let page = browser.submit(&at, &format!("{at}/enrolment"), &shared).await;
        assert!(page.says(says), "{user}: {}", page.text);
        assert!(!page.says("Choose another way"), "{user}: {}", page.text);
        assert_eq!(page.says("name=\"email\" type=\"email\""), user == "d", "{}", page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn v25_a_code_that_came_too_late_leads_to_a_new_one() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open_prompt(anna()).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    browser.submit(&at, &format!("{at}/challenge"), &[("method", "email")]).await;
    let code = world.code_sent_to("testing@example.co.nz").await;
    world.advance(300);
    for left in ["5 tries are left.", "4 tries are left."] {
        let fields = [("code", code.as_str()), ("method", "email")];
        let page = browser.submit(&at, &format!("{at}/verify"), &fields).await;
        assert!(page.says("That code was not accepted. Check it and try again"), "{}", page.text);
        assert!(page.says(left), "{left}: {}", page.text);
        assert!(page.says("Send security code via email to"), "a new one: {}", page.text);
    }
}
