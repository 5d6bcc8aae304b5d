//! Notices, the log and the console say from where a sign-in came.

use crate::{
    console::{operator, signed_in},
    harness::{Browser, Portal, World, anna, code_in, fresh_nonce, prompt, text},
};
use serde_json::{Value, json};
use std::time::Duration;

const AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like \
                     Gecko) Chrome/140.0.0.0 Safari/537.36";
const ENROLLED: &str = "A new way to sign in was set up";

async fn open(portal: &Portal, context: Value, more: &Value) -> Value {
    let mut body = json!({
        "user": anna(), "event": "login", "nonce": fresh_nonce(), "context": context,
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let opened = portal.post("/v1/sign-ins", body).await;
    assert_eq!(opened.status, 201, "{context}: {:?}", opened.body);
    opened.body
}

async fn set_up_app(world: &World, portal: &Portal, sign_in: &Value) {
    let started = portal.act(sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
    let code = json!({ "code": world.totp(started.secret()) });
    assert_eq!(portal.act(sign_in, "enrolment/confirm", code).await.status, 200);
}

/// Returns the log's entry of an enrolment; the stream needs a moment.
async fn enrolled(world: &World, portal: &Portal) -> Value {
    let path = format!("/v1/admin/portals/{}/activity?event=enrolled", portal.id);
    for _ in 0..100 {
        let page = world.admin_ok("GET", &path, None).await;
        if let Some(entry) = page["entries"].as_array().unwrap().first() {
            return entry.clone();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the log has no enrolment after ten seconds");
}

async fn notices(world: &World) -> Vec<String> {
    world.notices(ENROLLED, 2).await;
    let messages = world.messages().await;
    messages.iter().map(text).filter(|text| text.contains(ENROLLED)).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn h5_the_device_that_the_portal_tells_of_is_in_the_notice_the_log_and_the_console() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let context = json!({ "ip": "203.0.113.77", "user_agent": AGENT });
    let sign_in = open(&portal, context, &json!({})).await;
    set_up_app(&world, &portal, &sign_in).await;
    let told = notices(&world).await;
    let how = "in a sign-in with the password alone, from Chrome on Windows, 203.0.113.0/24.";
    assert!(told.iter().any(|text| text.contains(how)), "{told:?}");
    assert!(told.iter().any(|text| text.contains("From Chrome on Windows. Not you?")), "{told:?}");
    assert!(told.iter().all(|text| code_in(text).is_none()), "{told:?}");

    let entry = enrolled(&world, &portal).await;
    let device = json!({ "browser": "Chrome", "system": "Windows", "network": "203.0.113.0/24" });
    assert_eq!((&entry["device"], &entry["ground"]), (&device, &json!("password_alone")));
    let log = format!("/v1/admin/portals/{}/activity", portal.id);
    let url = world.url(&format!("{log}?format=csv&event=enrolled"));
    let session = world.running.demo.session.clone().unwrap();
    let csv = world.http.get(url).bearer_auth(session).send().await.unwrap().text().await.unwrap();
    assert!(csv.trim_end().ends_with(",Chrome on Windows,203.0.113.0/24,password_alone,"), "{csv}");

    let browser = signed_in(&world, &operator(&world)).await;
    let shown = browser.get(&world.user_page(&portal.id, "anna").await).await;
    assert!(shown.says("done, from Chrome on Windows, 203.0.113.0/24"), "{}", shown.text);
    let shown = browser.get(&format!("/console/portals/{}/activity", portal.id)).await;
    assert!(shown.says("From Chrome on Windows, 203.0.113.0/24"), "{}", shown.text);
    assert!(shown.says("With the password alone"), "{}", shown.text);
    for (key, item) in world.raw_items().await {
        assert!(!item.contains("203.0.113.77") && !item.contains("Mozilla"), "{key}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_a_notice_says_what_was_proven_before_or_who_did_it_in_the_users_language() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    let mut user = anna();
    user["locale"] = json!("nl");
    let sign_in = portal.open(user).await;
    let asked = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!(asked.status, 202, "{:?}", asked.body);
    let code = world.code_sent_to("testing@example.co.nz").await;
    let chosen = json!({ "code": code, "method": "email", "set_default": "email" });
    assert_eq!(portal.act(&sign_in, "verify", chosen).await.status, 200);
    let about = async |what: &str, how: &str| {
        world.notices(what, 1).await;
        let messages = world.messages().await;
        let told: Vec<&str> =
            messages.iter().map(text).filter(|text| text.contains(what)).collect();
        assert!(told.iter().any(|text| text.contains(how)), "{told:?}");
    };
    about("altijd per e-mail", "UTC, bij het inloggen, na een code per e-mail.").await;
    let actor = json!({ "id": "boss", "role": "portal_admin" });
    let reset = json!({ "actor": actor, "reason": "lost phone", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    about("is gereset", "UTC, door een beheerder van ").await;
    let erased = portal.send("DELETE", "/v1/user?id=anna", None).await;
    assert_eq!(erased.status, 200);
    about("is gewist", "UTC, door ").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v6_no_context_keeps_anybody_out_and_none_of_it_is_kept_as_it_came() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let long = "x".repeat(8_000);
    for context in [
        json!(null),
        json!("nonsense"),
        json!([]),
        json!({}),
        json!({ "ip": 5, "user_agent": ["a"], "more": { "ip": null } }),
        json!({ "ip": "999.1.1.1", "user_agent": "" }),
        json!({ "ip": "\u{202e}203.0.113.7", "user_agent": "\u{202e}strange\r\nBcc: x@evil.example" }),
        json!({ "ip": "203.0.113.7\u{0}", "user_agent": format!("strange{long}") }),
        json!({ "ip": long, "user_agent": "<script>strange</script>" }),
    ] {
        world.advance(3_600);
        open(&portal, context, &json!({})).await;
    }
    let found = portal.post(
        "/v1/sign-ins",
        json!({
            "user": anna(), "event": "login", "nonce": fresh_nonce(), "context": {}, "contest": {},
        }),
    );
    assert_eq!(found.await.problem(), (400, "bad_request"), "everything else stays strict");
    for (key, item) in world.raw_items().await {
        assert!(!item.contains("strange") && !item.contains("203.0.113"), "{key}: {item}");
        assert!(!item.contains('\u{202e}') && !item.contains("<script"), "{key}: {item}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h5_the_device_that_opens_the_prompt_takes_the_place_of_what_the_portal_told() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let context = json!({ "ip": "203.0.113.77", "user_agent": AGENT });
    let return_url = json!({ "return_url": portal.return_url() });
    let sign_in = open(&portal, context, &return_url).await;
    let at = prompt(&sign_in);
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";
    let browser = Browser::with_agent(&world, firefox);
    let page = browser.open(&at).await;
    let key = page.text.split_once("<code").and_then(|(_, rest)| rest.split_once('>')).unwrap().1;
    let key = key.split('<').next().unwrap().replace(' ', "");
    let code = world.totp(&key);
    let (action, form) = (format!("{at}/enrolment/confirm"), page.form());
    let done = browser.post_form(&action, &form, &[("code", &code)]).await;
    assert!(done.says("You are all set"), "{}", done.text);
    let device = enrolled(&world, &portal).await["device"].clone();
    assert_eq!((&device["browser"], &device["system"]), (&json!("Firefox"), &json!("Linux")));
    assert_ne!(device["network"], json!("203.0.113.0/24"));
}
