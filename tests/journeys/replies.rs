//! The words of answers, the headers of emails, and the files of an export.

use crate::harness::{Portal, Reply, World, anna, fill_log, other_than, totp, user_path};
use portcullis_domain::Timestamp;
use serde_json::{Value, json};
use std::time::Duration;

const APP_WORDS: &str = "That code was not accepted. Wait until your app shows the next code, and enter that one. If it is not accepted either, set your phone's date and time to automatic.";
const SENT_WORDS: &str =
    "That code was not accepted. Check it and try again, or ask for a new one.";

fn said(reply: &Reply) -> (&str, &str) {
    (reply.problem().1, reply.body["detail"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn v12_a_code_of_an_app_is_refused_with_words_about_the_app_and_its_clock() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    let sign_in = portal.open(anna()).await;
    let app = json!({ "method": "authenticator_app" });
    let secret = portal.act(&sign_in, "enrolment", app).await.secret().to_owned();
    let confirm =
        async |code: &str| portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    let code = world.totp(&secret);
    assert_eq!(said(&confirm(&other_than(&code)).await), ("code_wrong", APP_WORDS));
    assert_eq!(confirm(&code).await.status, 200);
    // The enrolment's own code again, and a wrong one: the same words.
    let next = portal.open(anna()).await;
    assert_eq!(said(&portal.verify(&next, &code).await), ("code_reused", APP_WORDS));
    assert_eq!(said(&portal.verify(&next, &other_than(&code)).await), ("code_wrong", APP_WORDS));
    let dutch = portal.open(json!({ "id": "anna", "locale": "nl" })).await;
    let refused = portal.verify(&dutch, &code).await;
    assert!(said(&refused).1.contains("datum en tijd van je telefoon op automatisch"));
    // A code that was sent can be asked for again.
    let sent = portal.act(&next, "challenge", json!({ "method": "email" })).await;
    assert_eq!(sent.status, 202, "{:?}", sent.body);
    world.advance(1);
    let english = json!({ "id": "anna", "locale": null });
    let asked = portal.open(english).await;
    portal.act(&asked, "challenge", json!({ "method": "email" })).await;
    let wrong = other_than(&world.code_sent_to("testing@example.co.nz").await);
    assert_eq!(said(&portal.verify(&asked, &wrong).await), ("code_wrong", SENT_WORDS));
}

#[tokio::test(flavor = "multi_thread")]
async fn v15_head_is_answered_as_get_is_on_every_call() {
    let world = World::start().await;
    let document = serde_json::to_value(portcullis_local::openapi_document()).unwrap();
    let mut seen = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        let url = world.url(&path.replace(['{', '}'], ""));
        let head = world.http.head(&url).send().await.unwrap();
        let wanted = match item.get("get") {
            Some(_) => world.http.get(&url).send().await.unwrap().status(),
            None => reqwest::StatusCode::METHOD_NOT_ALLOWED,
        };
        assert_eq!(head.status(), wanted, "{path}");
        assert!(head.bytes().await.unwrap().is_empty(), "{path}");
        seen += 1;
    }
    assert!(seen > 30, "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn v17_no_program_answers_an_email_of_ours() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    portal.put_user("anna", &json!({ "email": null })).await;
    world.notices("contact details of your account were changed", 1).await;
    let messages = world.messages().await;
    let mails: Vec<&Value> = messages.iter().filter(|m| m["provider"] == "ses").collect();
    assert!(mails.len() >= 2, "{messages:?}");
    for mail in mails {
        let wanted = json!({
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
        });
        assert_eq!(mail["headers"], wanted, "{mail}");
    }
    let shown = world.http.get(world.url("/local/outbox")).header("accept", "text/html");
    let shown = shown.send().await.unwrap().text().await.unwrap();
    assert!(shown.contains("Auto-Submitted: auto-generated"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn v22_a_phone_twenty_seconds_fast_enrols_and_signs_in() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    // The phone shows the next step's code.
    let ahead = |secret: &str, seconds: i64| {
        let at = world.now().unix() + seconds;
        totp(secret, Timestamp::from_unix(at))
    };
    world.advance(15 + 30 - world.now().unix().rem_euclid(30));
    let sign_in = portal.open(anna()).await;
    let app = json!({ "method": "authenticator_app" });
    let secret = portal.act(&sign_in, "enrolment", app).await.secret().to_owned();
    let code = json!({ "code": ahead(&secret, 20) });
    let confirmed = portal.act(&sign_in, "enrolment/confirm", code).await;
    assert_eq!(confirmed.status, 200, "{:?}", confirmed.body);
    world.advance(60);
    let sign_in = portal.open(anna()).await;
    let verified = portal.verify(&sign_in, &ahead(&secret, 20)).await;
    assert_eq!(verified.status, 200, "{:?}", verified.body);
    // The window was moved, not widened: the step before this one is no longer accepted.
    world.advance(90);
    let sign_in = portal.open(anna()).await;
    let late = portal.verify(&sign_in, &ahead(&secret, -30)).await;
    assert_eq!(late.problem(), (403, "code_wrong"));
    // A phone that is fast only later gets no third step.
    let ben = portal.enrol_app(&world, json!({ "id": "ben" })).await;
    let sign_in = portal.open(json!({ "id": "ben" })).await;
    assert_eq!(portal.verify(&sign_in, &ahead(&ben, 30)).await.problem(), (403, "code_wrong"));
}

async fn enrol(portal: &Portal, user: &str, to: Value) -> Reply {
    let sign_in = portal.open(json!({ "id": user })).await;
    portal.act(&sign_in, "enrolment", to).await
}

#[tokio::test(flavor = "multi_thread")]
async fn v23_a_full_destination_is_refused_without_a_way_that_there_is_not() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    let shared = json!({ "method": "email", "email": "desk@example.com" });
    for colleague in ["a", "b", "c"] {
        assert_eq!(enrol(&portal, colleague, shared.clone()).await.status, 201);
    }
    let refused = enrol(&portal, "d", shared.clone()).await;
    let words = "Too many codes were sent. Wait before you ask for another, or have it sent somewhere else.";
    assert_eq!(said(&refused), ("send_limit", words));
    assert!(refused.retry_after.is_some_and(|seconds| seconds > 0));
    // With another method to enrol, that is a way.
    let both = json!([{ "type": "email", "destination": "user" }, { "type": "sms", "destination": "user" }]);
    world.change_policy(&portal, |policy| policy["methods"] = both).await;
    let refused = enrol(&portal, "d", shared).await;
    let words = "Too many codes were sent. Choose another way, or wait before you ask for another.";
    assert_eq!(said(&refused), ("send_limit", words));
    // Bound or from the directory, alone or with another.
    let always_on = world.portal("always_on");
    for (user, words) in [
        (anna(), words),
        (
            json!({ "id": "ben", "phone": "+64211230000" }),
            "Too many codes were sent. Wait before you ask for another.",
        ),
    ] {
        let mut last = None;
        for _ in 0..8 {
            let sign_in = always_on.open(user.clone()).await;
            last = Some(always_on.act(&sign_in, "challenge", json!({ "method": "sms" })).await);
            world.advance(31);
        }
        assert_eq!(said(&last.unwrap()), ("send_limit", words));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn v23_a_code_that_could_not_be_sent_names_another_way_if_there_is_one() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    world.set_providers("refuse").await;
    for (user, words) in [
        (anna(), "The code could not be sent. Choose another way, or try again in a moment."),
        (
            json!({ "id": "ben", "phone": "+64211230000" }),
            "The code could not be sent. Try again in a moment.",
        ),
    ] {
        let sign_in = portal.open(user).await;
        let refused = portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
        assert_eq!(said(&refused), ("delivery_failed", words));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn v25_a_sent_code_that_came_too_late_costs_no_try_once() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    let verify = async |sign_in: &Value, code: &str| {
        let reply = portal.verify(sign_in, code).await;
        assert_eq!(said(&reply).1, SENT_WORDS);
        (reply.problem().1.to_owned(), reply.body["attempts_left"].as_u64().unwrap())
    };
    let late = |left| ("code_expired".to_owned(), left);
    // At an enrolment, too.
    let sign_in = portal.open(json!({ "id": "anna" })).await;
    let to = json!({ "method": "email", "email": "testing@example.co.nz" });
    portal.act(&sign_in, "enrolment", to.clone()).await;
    let code = world.code_sent_to("testing@example.co.nz").await;
    world.advance(300);
    for left in [5, 4] {
        let reply = portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
        assert_eq!(
            (said(&reply), &reply.body["attempts_left"]),
            (("code_expired", SENT_WORDS), &json!(left))
        );
    }
    portal.act(&sign_in, "enrolment", to).await;
    let code = world.code_sent_to("testing@example.co.nz").await;
    let confirmed = portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!(confirmed.status, 200, "{:?}", confirmed.body);

    let sign_in = portal.open(json!({ "id": "anna" })).await;
    let first = world.code_sent_to("testing@example.co.nz").await;
    let wrong = other_than(&first);
    world.advance(300);
    assert_eq!(verify(&sign_in, &wrong).await, ("code_wrong".to_owned(), 4));
    assert_eq!(verify(&sign_in, &first).await, late(4), "the right one, too late");
    let view = portal.look(&sign_in).await.body;
    assert_eq!(view["input"]["action"], "challenge", "a new one is offered: {view}");
    assert_eq!(verify(&sign_in, &first).await, late(3), "once");
    // The next code of the same sign-in has a chance of its own.
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    let second = world.code_sent_to("testing@example.co.nz").await;
    assert_eq!(verify(&sign_in, &first).await, late(2));
    world.advance(299);
    assert_eq!(portal.verify(&sign_in, &second).await.status, 200);
    let log = portal.get(&user_path("/v1/user/activity", "anna")).await.body;
    let events: Vec<_> = log.as_array().unwrap().iter().map(|entry| &entry["event"]).collect();
    assert_eq!(events.iter().filter(|event| ***event == "code_expired").count(), 3, "{events:?}");

    // An app's code of long ago is a wrong one.
    let apps = world.portal("authenticator_app");
    let secret = apps.enrol_app(&world, anna()).await;
    let old = world.totp(&secret);
    world.advance(90);
    let sign_in = apps.open(anna()).await;
    let reply = apps.verify(&sign_in, &old).await;
    assert_eq!((reply.problem().1, &reply.body["attempts_left"]), ("code_wrong", &json!(4)));
}

#[tokio::test(flavor = "multi_thread")]
async fn v18_an_export_has_every_row_and_no_page_is_empty() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let path = format!("/v1/admin/portals/{}/activity", portal.id);
    fill_log(&world, &portal, 1_133, "lost phone").await;
    let session = world.running.demo.session.clone().unwrap();
    let export = async |query: &str| {
        let url = world.url(&format!("{path}?format=csv{query}"));
        world.http.get(url).bearer_auth(&session).send().await.unwrap()
    };
    // The portal's making comes by the stream, which needs a moment.
    let mut rows = 0;
    for _ in 0..100 {
        let answer = export("").await;
        let named = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
        assert!(named.starts_with(&format!("attachment; filename=\"{}-20", portal.id)), "{named}");
        assert!(named.ends_with("Z.csv\""), "{named}");
        assert!(answer.headers().get("x-next-cursor").is_none());
        let text = answer.bytes().await.unwrap();
        let text = std::str::from_utf8(&text).unwrap();
        assert!(text.starts_with("\u{feff}at,time,event,"));
        rows = text.lines().count() - 1;
        if rows == 1_134 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(rows, 1_134, "all of them");
    // Pages of a hundred: the last is not followed by an empty one.
    let (mut sizes, mut cursor) = (vec![], String::new());
    loop {
        let page = world.admin_ok("GET", &format!("{path}{cursor}"), None).await;
        sizes.push(page["entries"].as_array().unwrap().len());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("?cursor={next}"),
            None => break,
        }
    }
    assert_eq!(sizes, [vec![100; 11], vec![34]].concat());
    // One that ends where a page ends has no page after it, and neither have old entries.
    world.advance(300 * 86_400);
    let made = world.admin_ok("GET", &format!("{path}?event=portal_created"), None).await;
    assert_eq!(made["entries"].as_array().unwrap().len(), 1);
    assert!(made["next_cursor"].is_null(), "{made}");
}
