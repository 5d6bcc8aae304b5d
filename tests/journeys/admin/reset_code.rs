//! A user reads out a code to the admin who is asked for a reset.

use super::activity::logged_of;
use crate::{
    console::{operator, signed_in},
    harness::{Portal, Reply, World, anna, because, code_in, other_than},
};
use serde_json::{Value, json};

const ADDRESS: &str = "testing@example.co.nz";
const NUMBER: &str = "+64211234589";

async fn send(world: &World, portal: &Portal, channel: &str) -> Reply {
    let mut body = because("lost phone").unwrap();
    (body["id"], body["channel"]) = (json!("anna"), json!(channel));
    let path = format!("/v1/admin/portals/{}/user/reset-code", portal.id);
    world.admin("POST", &path, None, Some(body)).await
}

fn reset_with(code: Option<&str>) -> Value {
    let mut body = because("lost phone").unwrap();
    (body["id"], body["checked_by"]) = (json!("anna"), json!("code_read_out"));
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    body
}

async fn reset(world: &World, portal: &Portal, code: Option<&str>) -> Reply {
    let path = format!("/v1/admin/portals/{}/user/reset", portal.id);
    world.admin("POST", &path, None, Some(reset_with(code))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn m6_a_code_read_out_is_the_check_of_a_reset_and_stands_in_the_log() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    for (channel, to, shown) in
        [("sms", NUMBER, "+64*****89"), ("email", ADDRESS, "test*****.co.nz")]
    {
        let sent = send(&world, &portal, channel).await;
        assert_eq!((sent.status, &sent.body["outcome"]), (202, &json!("sent")), "{:?}", sent.body);
        assert_eq!(sent.body["to"], shown);
        let expires_at = world.now().unix() + 600;
        assert_eq!(sent.body["expires_at"], expires_at);
        let message = world.sent_to(to).await.remove(0);
        assert!(message.contains("administrator"), "it says whom the code is for: {message}");
        assert!(!sent.body.to_string().contains(&code_in(&message).unwrap()), "{:?}", sent.body);
        world.advance(30);
    }
    let code = world.code_sent_to(ADDRESS).await;
    let wrong = reset(&world, &portal, Some(&other_than(&code))).await;
    assert_eq!(wrong.problem(), (403, "code_wrong"));
    assert_eq!(wrong.body["attempts_left"], 4);
    let seen = portal.open(anna()).await;
    assert_eq!(seen["status"], "challenge", "the app is still bound, and nobody is locked");
    let done = reset(&world, &portal, Some(&code)).await;
    assert_eq!((done.status, &done.body["had_bound"]), (200, &json!(true)), "{:?}", done.body);
    assert_eq!(portal.open(anna()).await["status"], "enrol");
    assert_eq!(reset(&world, &portal, Some(&code)).await.problem(), (409, "no_code_requested"));
    let entries = logged_of(&world, &portal.id, "reset", 1).await;
    assert_eq!(entries[0]["checked_by"], "code_read_out");
    let log = logged_of(&world, &portal.id, "code_requested", 2).await;
    assert!(log.iter().all(|entry| entry["actor"] == "admin:operator"), "{log:?}");
    assert!(log.iter().all(|entry| entry["reason"] == "lost phone"), "{log:?}");
    assert_eq!(logged_of(&world, &portal.id, "code_wrong", 1).await.len(), 1);
    for hidden in [code.as_str(), &secret, ADDRESS, NUMBER] {
        assert!(!format!("{log:?}{entries:?}").contains(hidden), "{hidden}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_or_disabled_user_can_be_checked_too() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    for _ in 0..5 {
        portal.verify(&sign_in, &other_than(&world.totp(&secret))).await;
    }
    assert_eq!(portal.try_open(anna()).await.problem(), (429, "locked"));
    assert_eq!(send(&world, &portal, "email").await.status, 202);
    let code = world.code_sent_to(ADDRESS).await;
    assert_eq!(reset(&world, &portal, Some(&code)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_codes_are_refused_and_nothing_is_written_or_sent() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    let before = world.raw_user(&portal.id, "anna").await;
    let codes = world.outbox().await.len();
    let path = format!("/v1/admin/portals/{}/user/reset", portal.id);
    let mut other_way = reset_with(Some("123456"));
    other_way["checked_by"] = json!("other");
    for body in [reset_with(None), reset_with(Some("12345")), reset_with(Some("")), other_way] {
        let refused = world.admin("POST", &path, None, Some(body.clone())).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{body}");
        assert!(refused.body["detail"].as_str().unwrap().contains("code"), "{:?}", refused.body);
    }
    assert_eq!(reset(&world, &portal, Some("123456")).await.problem(), (409, "no_code_requested"));
    for channel in ["pigeon", "authenticator_app", ""] {
        assert_eq!(send(&world, &portal, channel).await.problem(), (400, "bad_request"));
    }
    let mut unconfirmed = because("lost phone").unwrap();
    (unconfirmed["id"], unconfirmed["channel"]) = (json!("anna"), json!("email"));
    unconfirmed["confirm"] = json!(false);
    let path = format!("/v1/admin/portals/{}/user/reset-code", portal.id);
    let refused = world.admin("POST", &path, None, Some(unconfirmed)).await;
    assert_eq!(refused.problem(), (400, "bad_request"));
    assert_eq!(world.raw_user(&portal.id, "anna").await, before, "nothing was written");
    assert_eq!(world.outbox().await.len(), codes, "nothing was sent");
    // Somebody without a number has none to send to, and who is unknown has nothing.
    portal.put_user("ben", &json!({ "email": "ben@example.com", "email_verified": true })).await;
    let mut body = because("lost phone").unwrap();
    (body["id"], body["channel"]) = (json!("ben"), json!("sms"));
    let refused = world.admin("POST", &path, None, Some(body.clone())).await;
    assert_eq!(refused.problem(), (409, "no_destination"));
    body["id"] = json!("nobody");
    assert_eq!(world.admin("POST", &path, None, Some(body)).await.problem(), (404, "user_unknown"));
}

#[tokio::test(flavor = "multi_thread")]
async fn m6_the_consoles_reset_sends_the_code_and_takes_it() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let user = world.user_page(&portal.id, "anna").await;
    let (reset, send) = (format!("{user}/reset"), format!("{user}/reset-code"));
    let post = async |at: &str, form: &str, more: &[(&str, &str)]| {
        let all = [&[("confirm", "true"), ("reason", "lost phone")], more].concat();
        browser.post_form(at, form, &all).await
    };
    let page = browser.get(&reset).await;
    assert!(page.says("Send a code first"), "{}", page.text);
    let ask = browser.get(&send).await;
    assert!(ask.says("test*****.co.nz") && ask.says("+64*****89"), "{}", ask.text);
    for channel in ["fax", ""] {
        let refused = post(&send, &ask.form(), &[("channel", channel)]).await;
        assert_eq!(refused.status, 400, "{channel:?}");
        assert!(refused.says("id=\"channel-refused\""), "{}", refused.text);
    }
    // The same form again sends nothing.
    for _ in 0..2 {
        let sent = post(&send, &ask.form(), &[("channel", "email")]).await;
        assert_eq!(sent.status, 303, "{}", sent.text);
    }
    assert_eq!(world.sent_to(ADDRESS).await.len(), 1);
    let soon = post(&send, &browser.get(&send).await.form(), &[("channel", "email")]).await;
    assert!(soon.says("id=\"channel-refused\""), "a code is on its way: {}", soon.text);
    let page = browser.get(&reset).await;
    assert!(page.says("A code was sent to test*****.co.nz"), "{}", page.text);
    let code = world.code_sent_to(ADDRESS).await;
    let mut form = page.form();
    for typed in [other_than(&code).as_str(), "", "12345"] {
        let by_code = [("checked_by", "code_read_out"), ("code", typed)];
        let refused = post(&reset, &form, &by_code).await;
        assert!(refused.says("id=\"code-refused\""), "{typed:?}: {}", refused.text);
        form = refused.form();
    }
    let done = post(&reset, &form, &[("checked_by", "code_read_out"), ("code", &code)]).await;
    assert_eq!(done.status, 303, "{}", done.text);
    assert_eq!(portal.open(anna()).await["status"], "enrol");
}
