//! Input that people type and portals send.

use crate::harness::{Browser, World, anna, prompt};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn v3_phones_are_read_as_people_of_their_country_write_them() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    for (typed, kept) in [
        ("＋６４ ２１ １２３ ４５６７", "kept"),
        ("+225 07 12 34 56 78", "kept"),
        ("+39 391 231 2312", "kept"),
        ("0064 21 123 4567", "kept"),
        ("", "blank"),
        ("  ", "blank"),
        ("+64 9 555 0100", "rejected"),
    ] {
        let saved = portal.put_user("anna", &json!({ "phone": typed })).await;
        assert_eq!(saved.body["phone"], json!(kept), "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn v4_v16_v26_an_address_goes_out_as_providers_take_it() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let user = |email: &str| json!({ "id": "anna", "email": email, "email_verified": true });
    for (typed, sent) in [
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("anna..b@docomo.ne.jp", "\"anna..b\"@docomo.ne.jp"),
        (" anna@example.com ", "anna@example.com"),
    ] {
        let sign_in = portal.open(user(typed)).await;
        let asked = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
        assert_eq!(
            (asked.status, &asked.body["challenge"]["delivery"]),
            (202, &json!("sent")),
            "{typed}"
        );
        let outbox = world.outbox().await;
        assert!(outbox.iter().any(|message| message["to"] == json!(sent)), "{typed}: {outbox:?}");
        let code = world.code_sent_to(sent).await;
        assert_eq!(portal.verify(&sign_in, &code).await.status, 200, "{typed}");
    }
    for wrong in ["anna@-example.com", "anna@127.0.0.1", "anna@example.123", "a..b@example.com"] {
        let refused = portal.try_open(user(wrong)).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{wrong}");
    }
    let record = json!({ "email": "müller@example.de", "email_verified": true });
    let kept = portal.put_user("anna", &record).await;
    assert_eq!((kept.status, &kept.body["email_verified"]), (200, &json!(false)));
    let reason = kept.body["email_reason"].as_str().unwrap();
    assert!(reason.contains("before the @"), "{reason}");
    let sign_in = portal.open(anna_with_phone("müller@example.de")).await;
    let reason = json!({ "method": "email", "reason": "no_verified_email" });
    assert!(sign_in["unavailable"].as_array().unwrap().contains(&reason), "{sign_in}");
}

fn anna_with_phone(email: &str) -> Value {
    let mut user = anna();
    user["email"] = json!(email);
    user
}

#[tokio::test(flavor = "multi_thread")]
async fn v6_nobody_is_kept_out_over_a_name_or_a_language() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    for (field, value) in [
        ("locale", "nl_NL"),
        ("locale", "nl-NL-u-ca-gregory"),
        ("locale", ""),
        ("locale", "???"),
        ("display_name", "\u{200f}Anna\u{202e}"),
        ("display_name", &"Ж".repeat(65)),
        ("display_name", &"x".repeat(5_000)),
        ("display_name", ""),
        ("display_name", "\n"),
        ("organization", ""),
        ("organization", " acme "),
        ("email", ""),
        ("email", "testing@example.co.nz "),
        ("phone", ""),
        ("phone", " 021 123 4589\n"),
    ] {
        let mut user = anna();
        user[field] = json!(value);
        let opened = portal.try_open(user.clone()).await;
        assert_eq!(opened.status, 201, "{field} {value:?}: {:?}", opened.body);
        let dutch = opened.body["message"].as_str().unwrap().starts_with("Kies");
        assert_eq!(dutch, value.starts_with("nl"), "{field} {value:?}");
        let mut record = user;
        record.as_object_mut().unwrap().remove("id");
        let kept = portal.put_user("anna", &record).await;
        assert_eq!(kept.status, 200, "{field} {value:?}: {:?}", kept.body);
        assert_ne!(kept.body["phone"], json!("rejected"), "{field} {value:?}");
    }
}

/// Each text message ends with the host of the page that asks for its code, or names none.
#[tokio::test(flavor = "multi_thread")]
async fn v5_a_text_message_names_the_host_of_the_page_that_asks_for_the_code() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    let last_line = async || {
        let outbox = world.outbox().await;
        let text = outbox.first().unwrap()["text"].as_str().unwrap().to_owned();
        text.lines().last().unwrap().to_owned()
    };
    let sign_in = portal.open(anna()).await;
    let phone = json!({ "method": "sms", "phone": "021 123 4589" });
    assert_eq!(portal.act(&sign_in, "enrolment", phone).await.status, 201);
    let code = world.code_sent_to("+64211234589").await;
    assert_eq!(last_line().await, format!("@portal.example #{code}"));
    let confirmed = portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!(confirmed.status, 200, "{:?}", confirmed.body);

    // The prompt has the host by which the browser reached it.
    for (host, named) in [(Some("mfa.acme.example"), true), (None, false)] {
        world.advance(600);
        let at = world.url(&prompt(&portal.open_prompt(anna()).await));
        let get = reqwest::Client::new().get(at);
        let get = host.into_iter().fold(get, |get, host| get.header("host", host));
        assert_eq!(get.send().await.unwrap().status(), 200);
        let code = world.code_sent_to("+64211234589").await;
        let line = last_line().await;
        assert_eq!(line == format!("@mfa.acme.example #{code}"), named, "{line}");
        assert_eq!(line.contains('@'), named, "{line}");
    }

    let add = |profile: &mut Value| {
        profile["return_urls"].as_array_mut().unwrap().push(json!("https://other.example/back"));
    };
    let saved = world.change_profile(&portal.id, add).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
    world.advance(600);
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    assert!(!last_line().await.contains('@'), "two hosts");
}

#[tokio::test(flavor = "multi_thread")]
async fn v10_a_code_is_taken_with_whatever_came_along_when_it_was_pasted() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    let code = world.code_sent_to("testing@example.co.nz").await;
    let (first, second) = code.split_at(3);
    let pasted = format!("\u{202a}\u{200b}{first}–{second}\u{202c}\u{fe0f}");
    assert_eq!(portal.verify(&sign_in, &pasted).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn v11_blanks_around_an_address_are_dropped_on_the_prompt() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    let sign_in = portal.open_prompt(json!({ "id": "anna" })).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let enrol = async |email: &str| {
        let fields = [("method", "email"), ("email", email)];
        browser.submit(&at, &format!("{at}/enrolment"), &fields).await
    };
    let refused = enrol("müller@example.de").await;
    assert_eq!(refused.status, 400, "{}", refused.text);
    assert!(world.outbox().await.is_empty());
    let sent = enrol(" anna@example.com\t").await;
    assert_eq!(sent.status, 200, "{}", sent.text);
    world.code_sent_to("anna@example.com").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v13_a_text_keeps_the_letters_of_the_portals_name_and_one_segment() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    for (sms_name, description, shown) in [
        (None, "Müller & Søn", "Müller & Søn: "),
        (None, "Zoë Łódź Customer Portals", "Zoe Lodz Customer: "),
        (Some("Crédit Éole"), "Acme", "Crédit Éole: "),
    ] {
        let rename = |profile: &mut Value| {
            profile["description"] = json!(description);
            profile["sms_name"] = json!(sms_name);
        };
        let saved = world.change_profile(&portal.id, rename).await;
        assert_eq!(saved.status, 200, "{:?}", saved.body);
        world.advance(600);
        let sign_in = portal.open(anna()).await;
        portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
        let text = world.outbox().await[0]["text"].as_str().unwrap().to_owned();
        assert!(text.starts_with(shown), "{text}");
        assert_eq!(portcullis_domain::gsm::segments(&text), Some(1), "{text}");
    }
}
