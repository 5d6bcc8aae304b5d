//! The caps that users share: who uses them up, who is sent a code all the same, and what a full
//! one leaves behind.

use crate::harness::{Portal, Reply, World, anna, user_path};
use serde_json::{Value, json};

const NUMBER: &str = "+64211234589";

/// Opens a sign-in and asks for a code.
async fn ask(portal: &Portal, user: Value, method: &str) -> Reply {
    let sign_in = portal.open(user).await;
    portal.act(&sign_in, "challenge", json!({ "method": method })).await
}

fn by_phone(id: &str, phone: &str) -> Value {
    json!({ "id": id, "phone": phone })
}

/// Gets a user in with a code by text message, which makes the number a proven one.
async fn prove(world: &World, portal: &Portal, user: Value, number: &str) {
    let sign_in = portal.open(user).await;
    let sent = portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    assert_eq!(sent.status, 202, "{:?}", sent.body);
    let code = world.code_sent_to(number).await;
    assert_eq!(portal.verify(&sign_in, &code).await.status, 200);
}

/// Asks for one text message for each user, and returns how many were sent.
async fn sent_to_strangers(portal: &Portal, users: impl Iterator<Item = Value>) -> usize {
    let mut sent = 0;
    for user in users {
        let reply = ask(portal, user, "sms").await;
        match reply.status {
            202 => sent += 1,
            _ => assert_eq!(reply.problem(), (429, "send_limit")),
        }
    }
    sent
}

/// Lets the portal that enrols numbers of the user's own send to those of the contact record.
async fn with_numbers_on_record(world: &World) -> Portal {
    let portal = world.portal("sms_enrolment");
    let methods = json!([{ "type": "sms", "destination": "directory" }]);
    world.change_policy(&portal, |policy| policy["methods"] = methods).await;
    portal
}

#[tokio::test(flavor = "multi_thread")]
async fn s32_accounts_elsewhere_that_hold_a_number_do_not_keep_its_owner_out() {
    let world = World::start().await;
    world.lift_caps().await;
    let portal = world.portal("always_on");
    prove(&world, &portal, anna(), NUMBER).await;
    let elsewhere = with_numbers_on_record(&world).await;
    let strangers = (0..25).map(|n| by_phone(&format!("stranger-{n}"), NUMBER));
    // Four of twenty an hour, one of which was the owner's first.
    assert_eq!(sent_to_strangers(&elsewhere, strangers).await, 3);
    assert_eq!(ask(&portal, anna(), "sms").await.status, 202);
    assert_eq!(world.sent_to(NUMBER).await.len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn s32_twenty_seven_accounts_burn_a_block_of_numbers_and_its_owner_is_sent_a_code() {
    let world = World::start().await;
    world.set_caps(20, 1_000).await;
    let portal = world.portal("always_on");
    prove(&world, &portal, anna(), NUMBER).await;
    let neighbours = (0..27).map(|n| by_phone(&format!("n-{n}"), &format!("+642112340{n:02}")));
    // A tenth is kept of a block from which few got in yet.
    assert_eq!(sent_to_strangers(&portal, neighbours).await, 17);
    assert_eq!(ask(&portal, anna(), "sms").await.status, 202);
    // Numbers that are being enrolled are counted apart, in another portal and in this block.
    let enrolling = world.portal("sms_enrolment");
    for n in 0..27 {
        let sign_in = enrolling.open(json!({ "id": format!("e-{n}") })).await;
        let number = format!("+642112341{n:02}");
        let started = json!({ "method": "sms", "phone": number });
        let reply = enrolling.act(&sign_in, "enrolment", started).await;
        assert_eq!(reply.status, if n < 20 { 201 } else { 429 }, "{:?}", reply.body);
    }
    world.advance(31);
    assert_eq!(ask(&portal, anna(), "sms").await.status, 202);
    assert_eq!(world.outbox().await.len(), 20 + 20, "the cap, of either kind");
}

#[tokio::test(flavor = "multi_thread")]
async fn s32_nine_accounts_burn_a_portals_day_and_a_user_who_got_in_before_is_sent_a_code() {
    let world = World::start().await;
    world.set_caps(1_000, 20).await;
    let portal = world.portal("always_on");
    prove(&world, &portal, anna(), NUMBER).await;
    let mut sent = 0;
    for round in 0..3 {
        let number = |n: usize| format!("+6421{:03}0123", 120 + n);
        let strangers = (0..9).map(|n| by_phone(&format!("s-{n}"), &number(n)));
        sent += sent_to_strangers(&portal, strangers).await;
        assert_eq!(sent, [9, 17, 17][round]);
        world.advance(31);
    }
    assert_eq!(ask(&portal, anna(), "sms").await.status, 202);
    let elsewhere = with_numbers_on_record(&world).await;
    assert_eq!(ask(&elsewhere, by_phone("ben", "+64219990123"), "sms").await.status, 202);
}

#[tokio::test(flavor = "multi_thread")]
async fn s32_what_is_kept_of_a_day_grows_with_the_messages_of_users_who_got_in_before() {
    let world = World::start().await;
    world.set_caps(1_000, 20).await;
    let portal = world.portal("always_on");
    let user = |n: usize| (format!("user-{n}"), format!("+6421{:03}0123", 200 + n));
    for n in 0..6 {
        let (id, number) = user(n);
        prove(&world, &portal, by_phone(&id, &number), &number).await;
    }
    world.advance(86_400);
    for n in 0..6 {
        let (id, number) = user(n);
        assert_eq!(ask(&portal, by_phone(&id, &number), "sms").await.status, 202);
    }
    // The day before nobody was known; today six messages went to users who are.
    for days in [1, 7] {
        world.advance((days - 1) * 86_400 + 1);
        world.advance(86_400 - 1);
        let new =
            |n: usize| by_phone(&format!("new-{days}-{n}"), &format!("+6421{:03}0123", 300 + n));
        let sent = sent_to_strangers(&portal, (0..20).map(new)).await;
        assert_eq!(sent, if days == 1 { 8 } else { 18 }, "after {days} days");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s17_emails_of_a_portal_have_a_daily_cap_and_another_portals_are_untouched() {
    let world = World::start().await;
    world.set_email_cap(5).await;
    let user = |n: usize| json!({ "id": format!("user-{n}"), "email": format!("u{n}@example.com"), "email_verified": true });
    let elsewhere = world.portal("sms_enrolment");
    let methods = json!([{ "type": "email", "destination": "directory" }]);
    world.change_policy(&elsewhere, |policy| policy["methods"] = methods).await;
    for portal in [world.portal("always_on"), elsewhere] {
        for n in 0..8 {
            let reply = ask(&portal, user(n), "email").await;
            assert_eq!(reply.status, if n < 5 { 202 } else { 429 }, "{:?}", reply.body);
        }
    }
    assert_eq!(world.outbox().await.len(), 10);
    world.advance(86_400);
    assert_eq!(ask(&world.portal("always_on"), user(7), "email").await.status, 202);
}

/// The items of users and counters as they stand.
async fn written(world: &World) -> Vec<(String, String)> {
    let mut items = world.raw_items().await;
    items.retain(|(pk, _)| pk.starts_with("USER#") || pk.starts_with("COUNT#"));
    items
}

#[tokio::test(flavor = "multi_thread")]
async fn s38_sixty_tries_over_a_cap_write_one_entry_and_nothing_else() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    let ask = async || portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    for _ in 0..4 {
        assert_eq!(ask().await.status, 202);
        world.advance(31);
    }
    let before = written(&world).await;
    let refused = ask().await;
    assert_eq!(refused.problem(), (429, "send_limit"));
    assert!(refused.body["retry_after"].as_i64().is_some_and(|wait| (1..=3_600).contains(&wait)));
    let after = written(&world).await;
    let changed: Vec<_> = after.iter().filter(|item| !before.contains(item)).collect();
    assert_eq!(changed.len(), 1, "the user, and no counter");
    for n in 0..60 {
        assert_eq!(ask().await.problem(), (429, "send_limit"));
        world.advance(i64::from(n % 12 == 11));
    }
    assert_eq!(written(&world).await, after, "nothing was written");
    let log = portal.get(&user_path("/v1/user/activity", "anna")).await;
    let events: Vec<_> = log.body.as_array().unwrap().iter().map(|e| &e["event"]).collect();
    assert_eq!(events[0], "send_limited");
    assert_eq!(events.iter().filter(|event| **event == "send_limited").count(), 1);
    assert_eq!(events.iter().filter(|event| **event == "code_sent").count(), 4);
    assert_eq!(world.outbox().await.len(), 4);
    // The email is another destination, and the next hour another window.
    let other = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!(other.status, 202, "{:?}", other.body);
    world.advance(3_600);
    assert_eq!(self::ask(&portal, anna(), "sms").await.status, 202);
}

#[tokio::test(flavor = "multi_thread")]
async fn s38_over_a_cap_nothing_that_was_being_enrolled_is_forgotten_and_a_sign_in_still_opens() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    let enrol = async |user: &str, phone: &str| {
        let sign_in = portal.open(json!({ "id": user })).await;
        let started = json!({ "method": "sms", "phone": phone });
        (portal.act(&sign_in, "enrolment", started).await, sign_in)
    };
    for user in ["a", "b", "c"] {
        assert_eq!(enrol(user, NUMBER).await.0.status, 201);
    }
    let (started, sign_in) = enrol("anna", "+64211230000").await;
    assert_eq!(started.status, 201);
    let code = world.code_sent_to("+64211230000").await;
    let full = json!({ "method": "sms", "phone": NUMBER });
    assert_eq!(portal.act(&sign_in, "enrolment", full).await.problem(), (429, "send_limit"));
    let confirmed = portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!(confirmed.status, 200, "{:?}", confirmed.body);
    // What is bound is sent at once, and not over the cap.
    world.set_caps(1, 1).await;
    for (expected, advance) in [(true, 86_400), (false, 31)] {
        world.advance(advance);
        let opened = portal.try_open(json!({ "id": "anna" })).await;
        assert_eq!(opened.status, 201);
        assert_eq!(opened.body["challenge"].is_object(), expected, "{:?}", opened.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s39_sixty_emails_to_one_mailbox_by_tag_and_letter_case_are_three_an_hour() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    let mut sent = 0;
    for n in 0..60 {
        let (name, domain) =
            if n % 2 == 0 { ("one", "gmail.com") } else { ("O.Ne", "GoogleMail.com") };
        let sign_in = portal.open(json!({ "id": format!("user-{n}") })).await;
        let address = json!({ "method": "email", "email": format!("{name}+{n}@{domain}") });
        let reply = portal.act(&sign_in, "enrolment", address).await;
        match reply.status {
            201 => sent += 1,
            _ => assert_eq!(reply.problem(), (429, "send_limit"), "{n}"),
        }
    }
    assert_eq!((sent, world.outbox().await.len()), (3, 3));
    // Counting is all that the form is for: the code is for the address as it was typed.
    let sign_in = portal.open(json!({ "id": "user-0" })).await;
    let asked = portal.act(&sign_in, "enrolment/confirm", json!({ "code": "000000" })).await;
    assert_ne!(asked.status, 200);
    let messages = world.outbox().await;
    let to: Vec<&str> = messages.iter().rev().filter_map(|m| m["to"].as_str()).collect();
    assert_eq!(to, ["one+0@gmail.com", "O.Ne+1@GoogleMail.com", "one+2@gmail.com"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn s39_one_user_tries_three_mailboxes_a_day_however_they_are_spelled() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    let enrol = async |address: &str| {
        let sign_in = portal.open(json!({ "id": "anna" })).await;
        let address = json!({ "method": "email", "email": address });
        portal.act(&sign_in, "enrolment", address).await.status
    };
    for (address, status) in [
        ("a@example.com", 201),
        ("A+1@example.com", 201),
        ("b@example.com", 201),
        ("c@example.com", 201),
        ("d@example.com", 429),
        ("c+d@example.com", 201),
    ] {
        assert_eq!(enrol(address).await, status, "{address}");
    }
}
