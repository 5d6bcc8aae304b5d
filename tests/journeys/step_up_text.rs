//! The text of a step-up: shown before everything else, bound to the code, and in the assertion.

use crate::harness::{
    Browser, Portal, Reply, World, anna, fresh_nonce, prompt, query, verified_claims,
};
use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use serde_json::{Value, json};

const PAYMENT: &str = "Pay EUR 250.00 to ACME";
const OTHER: &str = "Pay EUR 950.00 to ACME";
const PHONE: &str = "+64211234589";

fn hash(text: &str) -> String {
    BASE64URL.encode(digest(&SHA256, text.as_bytes()))
}

fn step_up_body(text: &str) -> Value {
    json!({ "user": anna(), "event": "step_up", "nonce": fresh_nonce(), "text": text })
}

async fn step_up(portal: &Portal, text: &str) -> Reply {
    portal.post("/v1/sign-ins", step_up_body(text)).await
}

async fn claims(portal: &Portal, done: &Value) -> Value {
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    verified_claims(done["assertion"].as_str().unwrap(), &jwks, &portal.id)
}

fn link(view: &Value, method: &str) -> Value {
    let links = view["links"].as_array().unwrap();
    let link = links.iter().find(|link| link["body"]["method"] == method);
    link.unwrap_or_else(|| panic!("{view}"))["body"].clone()
}

async fn sent_to(world: &World, to: &str) -> String {
    let messages = world.messages().await;
    let newest = messages.iter().find(|message| message["to"] == to).unwrap();
    newest["text"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn u2_a_text_comes_first_in_the_message_and_is_in_the_assertion() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    for (method, to) in [("sms", PHONE), ("email", "testing@example.co.nz")] {
        let opened = step_up(&portal, PAYMENT).await;
        assert_eq!((opened.status, &opened.body["text"]), (201, &json!(PAYMENT)));
        let body = link(&opened.body, method);
        assert_eq!(body["text"], PAYMENT, "a portal posts it unchanged");
        let sent = portal.act(&opened.body, "challenge", body).await;
        assert_eq!((sent.status, &sent.body["text"]), (202, &json!(PAYMENT)));
        assert_eq!(sent.body["input"]["body"]["text"], PAYMENT);
        let message = sent_to(&world, to).await;
        assert!(message.starts_with(PAYMENT), "{message}");
        let code = world.code_sent_to(to).await;
        let mut lines = message.lines().map(str::trim);
        let of_code = |line: &str| line == code || line == format!("Code: {code}");
        assert!(lines.any(of_code), "on a line of its own: {message}");
        let wrong = portal.verify(&opened.body, "000000").await;
        assert_eq!(wrong.problem().0, 403);
        let done = portal.verify(&opened.body, &code).await;
        assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")));
        let said = claims(&portal, &done.body).await;
        assert_eq!((&said["event"], &said["mfa"]), (&json!("step_up"), &json!("done")));
        assert_eq!(said["text_sha256"], hash(PAYMENT));
        assert_eq!((&said["text_bound"], &said["method"]), (&json!(true), &json!(method)));
    }
    let item = world.raw_user(&portal.id, "anna").await;
    assert!(!item.contains("ACME") && !item.contains("250.00"), "{item}");
    let activity = portal.get("/v1/user/activity?id=anna").await.body.to_string();
    assert!(!activity.contains("ACME"), "{activity}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s6_u2_a_code_for_one_text_is_refused_for_another() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let (one, two) = (step_up(&portal, PAYMENT).await.body, step_up(&portal, OTHER).await.body);
    let mut codes = vec![];
    for opened in [&one, &two] {
        assert_eq!(portal.act(opened, "challenge", link(opened, "sms")).await.status, 202);
        codes.push(world.code_sent_to(PHONE).await);
    }
    assert_ne!(codes[0], codes[1]);
    assert_eq!(portal.verify(&one, &codes[1]).await.problem(), (403, "code_wrong"));
    assert_eq!(portal.verify(&two, &codes[0]).await.problem(), (403, "code_wrong"));
    let done = portal.verify(&two, &codes[1]).await.body;
    assert_eq!(claims(&portal, &done).await["text_sha256"], hash(OTHER));
}

#[tokio::test(flavor = "multi_thread")]
async fn u2_without_the_text_or_with_another_nothing_is_sent_or_written() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let opened = step_up(&portal, PAYMENT).await.body;
    let plain = portal.open(anna()).await;
    let looked = portal.look(&opened).await;
    assert_eq!((looked.status, looked.body.get("text")), (200, None), "it is not kept");
    let before = world.raw_user(&portal.id, "anna").await;
    for (sign_in, body) in [
        (&opened, json!({ "method": "sms" })),
        (&opened, json!({ "method": "sms", "text": OTHER })),
        (&opened, json!({ "method": "sms", "text": "pay EUR 250.00 to ACME" })),
        (&plain, json!({ "method": "sms", "text": PAYMENT })),
    ] {
        let refused = portal.act(sign_in, "challenge", body).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{:?}", refused.body);
    }
    let with_another = json!({ "code": "123456", "text": OTHER });
    let judged = portal.act(&opened, "verify", with_another).await;
    assert_eq!(judged.problem(), (400, "bad_request"));
    assert_eq!(world.raw_user(&portal.id, "anna").await, before, "nothing was judged");
    assert!(world.outbox().await.is_empty(), "nothing was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn u3_a_text_that_could_pass_for_something_else_opens_nothing() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    world.aws.reset();
    let long = "x".repeat(141);
    for text in [
        "",
        "Pay\nEUR 250.00",
        "Pay \u{202e}00.052 RUE",
        "Pay at https://acme.example",
        "@acme.example #123456",
        "Your code is 123456",
        &long,
        &"客".repeat(55),
    ] {
        let refused = step_up(&portal, text).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{text:?}");
        let detail = refused.body["detail"].as_str().unwrap();
        assert!(detail.starts_with("text must") && !detail.contains("acme"), "{detail}");
    }
    for event in ["login", "invitation", "manage"] {
        let mut body = step_up_body(PAYMENT);
        body["event"] = json!(event);
        assert_eq!(portal.post("/v1/sign-ins", body).await.problem(), (400, "bad_request"));
    }
    let mut body = step_up_body(PAYMENT);
    assert_eq!(portal.post("/v1/sign-ins", body.clone()).await.status, 201);
    assert_eq!(portal.post("/v1/sign-ins", body.clone()).await.status, 201, "the same again");
    body["text"] = json!(OTHER);
    let other = portal.post("/v1/sign-ins", body).await;
    assert_eq!(other.problem(), (400, "bad_request"), "a nonce stays with its text");
    let items = world.raw_user(&portal.id, "anna").await;
    assert!(!items.contains("ACME"));
}

#[tokio::test(flavor = "multi_thread")]
async fn u2_an_app_confirms_no_text_and_a_policy_may_leave_it_out() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    world.advance(60);
    let opened = step_up(&portal, PAYMENT).await.body;
    let done = portal.verify(&opened, &world.totp(&secret)).await.body;
    let said = claims(&portal, &done).await;
    assert_eq!((&said["text_sha256"], &said["text_bound"]), (&json!(hash(PAYMENT)), &json!(false)));
    assert_eq!(said["acr"], "urn:portcullis:acr:app");

    world.change_policy(&portal, |policy| policy["text_needs"] = json!("bound")).await;
    world.advance(60);
    let denied = step_up(&portal, PAYMENT).await.body;
    assert_eq!(
        (&denied["status"], &denied["reason"]),
        (&json!("denied"), &json!("cannot_step_up"))
    );
    let code = world.totp(&secret);
    assert_eq!(portal.verify(&denied, &code).await.problem(), (403, "no_usable_method"));
    // Without a text the app does, and the code was not judged.
    let body = json!({ "user": anna(), "event": "step_up", "nonce": fresh_nonce() });
    let opened = portal.post("/v1/sign-ins", body).await.body;
    let done = portal.verify(&opened, &code).await.body;
    let said = claims(&portal, &done).await;
    assert_eq!((said.get("text_sha256"), said.get("text_bound")), (None, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn u2_s22_the_prompt_shows_the_text_first_and_opens_with_no_other() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let open = |text: &str| {
        let mut body = step_up_body(text);
        body["return_url"] = json!(portal.return_url());
        let portal = portal.clone();
        async move { portal.post("/v1/sign-ins", body).await.body }
    };
    let (sign_in, other) = (open(PAYMENT).await, open(OTHER).await);
    let url = sign_in["prompt_url"].as_str().unwrap();
    assert!(url.contains("?text=") && !url.contains("ACME"), "{url}");
    let (at, sealed) = (prompt(&sign_in), query(url, "text").unwrap());
    let foreign = query(other["prompt_url"].as_str().unwrap(), "text").unwrap();
    let before = world.raw_user(&portal.id, "anna").await;
    for planted in [at.clone(), format!("{at}?text={foreign}"), format!("{at}?text=AAAA")] {
        let page = Browser::new(&world).open(&planted).await;
        assert_eq!((page.status, page.says("cannot be shown")), (400, true), "{}", page.text);
        assert!(!page.says("name=\"form\""));
    }
    assert_eq!(world.raw_user(&portal.id, "anna").await, before, "nothing was claimed");
    let looked = portal.look(&sign_in).await.body;
    assert_eq!(looked.get("prompt_url"), None, "without the text there is no URL that opens it");

    let browser = Browser::new(&world);
    let page = browser.open(&format!("{at}?text={sealed}")).await;
    let first = page.text.split_once("<main>").unwrap().1;
    assert!(first.trim_start().starts_with("<p class=\"confirmed\">"), "{first}");
    assert!(page.says(PAYMENT));
    // The next pages have it from the browser.
    let page = browser.submit(&at, &format!("{at}/challenge"), &[("method", "sms")]).await;
    assert!(page.says(PAYMENT), "{}", page.text);
    assert!(sent_to(&world, PHONE).await.starts_with(PAYMENT));
    let code = world.code_sent_to(PHONE).await;
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    let result = query(&back.location.unwrap(), "result_code").unwrap();
    let redeemed = portal.redeem(&sign_in, &result).await.body;
    let said = claims(&portal, &redeemed).await;
    assert_eq!((&said["text_sha256"], &said["text_bound"]), (&json!(hash(PAYMENT)), &json!(true)));

    // A browser that lost the text is shown nothing to confirm.
    let browser = Browser::new(&world);
    let at = prompt(&other);
    browser.open(&format!("{at}?text={foreign}")).await;
    browser.cookies.lock().unwrap().retain(|name, _| !name.starts_with("__Host-text-"));
    let page = browser.open(&at).await;
    assert_eq!((page.status, page.says("cannot be shown")), (400, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn u2_a_reset_ends_a_step_up_with_a_text() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let opened = step_up(&portal, PAYMENT).await.body;
    assert_eq!(portal.act(&opened, "challenge", link(&opened, "sms")).await.status, 202);
    let code = world.code_sent_to(PHONE).await;
    let actor = json!({ "id": "boss", "role": "portal_admin" });
    let reset = json!({ "actor": actor, "reason": "asked", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    assert!(portal.verify(&opened, &code).await.status >= 400);
}
