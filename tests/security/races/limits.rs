//! The limits on sending under concurrency: exactly the limit is sent, and the next window begins
//! anew.

use super::at_once;
use crate::harness::{Pair, Portal, Reply, user_path};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};

/// One user for each number or address; each asks for one code.
async fn ask(portals: &[Portal; 2], method: &'static str, users: Vec<Value>) -> Vec<Reply> {
    let next = AtomicUsize::new(0);
    at_once(users.len(), portals, |portal| {
        let user = users[next.fetch_add(1, Ordering::Relaxed)].clone();
        async move {
            let sign_in = portal.open(user).await;
            portal.act(&sign_in, "challenge", json!({ "method": method })).await
        }
    })
    .await
}

fn sent(replies: &[Reply]) -> usize {
    let refused = replies.iter().filter(|reply| reply.problem() == (429, "send_limit")).count();
    let sent = replies.iter().filter(|reply| reply.status == 202).count();
    let all: Vec<_> = replies.iter().map(Reply::problem).collect();
    assert_eq!(sent + refused, replies.len(), "{all:?}");
    sent
}

fn with_phones(kind: &str, phones: impl Iterator<Item = String>) -> Vec<Value> {
    phones
        .enumerate()
        .map(|(n, phone)| json!({ "id": format!("{kind}-{n}"), "phone": phone }))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn s17_of_a_flood_over_one_block_of_numbers_the_cap_is_sent_and_the_next_day_begins_anew() {
    let pair = Pair::start().await;
    let portals = pair.portals("always_on");
    pair.world.set_caps(7, 1_000).await;
    let block = |kind: &str| with_phones(kind, (0..40).map(|n| format!("+642112345{n:02}")));
    assert_eq!(sent(&ask(&portals, "sms", block("a")).await), 7);
    assert_eq!(pair.world.outbox().await.len(), 7, "no more has left");
    pair.advance(86_400);
    assert_eq!(sent(&ask(&portals, "sms", block("b")).await), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn s17_of_a_flood_over_one_portal_the_cap_is_sent_and_another_portals_is_untouched() {
    let pair = Pair::start().await;
    pair.world.set_caps(1_000, 9).await;
    // Another block of ten thousand numbers each.
    let spread = || with_phones("user", (0..30).map(|n| format!("+6421{:03}0123", 120 + n)));
    let always_on = pair.portals("always_on");
    assert_eq!(sent(&ask(&always_on, "sms", spread()).await), 9);
    assert_eq!(pair.world.outbox().await.len(), 9);
    let path = format!("/v1/admin/portals/{}/policy", pair.world.portal("sms_enrolment").id);
    let policy = pair.world.admin("GET", &path, None, None).await;
    let mut body = policy.body.clone();
    body["methods"] = json!([{ "type": "sms", "destination": "directory" }]);
    let saved = pair.world.admin("PUT", &path, policy.etag.as_deref(), Some(body)).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
    assert_eq!(sent(&ask(&pair.portals("sms_enrolment"), "sms", spread()).await), 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn s32_of_sixty_emails_an_hour_to_one_address_strangers_get_a_fifth_however_many_they_are() {
    let pair = Pair::start().await;
    let portals = pair.portals("always_on");
    let user = |n: usize| json!({ "id": format!("user-{n}"), "email": "one@example.com", "email_verified": true });
    assert_eq!(sent(&ask(&portals, "email", (0..80).map(user).collect()).await), 12);
    assert_eq!(pair.world.outbox().await.len(), 12);
    pair.advance(3_600);
    assert_eq!(sent(&ask(&portals, "email", (80..84).map(user).collect()).await), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn s17_a_number_nobody_has_confirmed_gets_three_texts_an_hour_from_however_many_users() {
    let pair = Pair::start().await;
    let portals = pair.portals("sms_enrolment");
    let next = AtomicUsize::new(0);
    let replies = at_once(30, &portals, |portal| {
        let user = json!({ "id": format!("user-{}", next.fetch_add(1, Ordering::Relaxed)) });
        async move {
            let sign_in = portal.open(user).await;
            let victim = json!({ "method": "sms", "phone": "+64211234567" });
            portal.act(&sign_in, "enrolment", victim).await
        }
    })
    .await;
    let started = replies.iter().filter(|reply| reply.status == 201).count();
    assert_eq!(started, 3);
    assert_eq!(super::count(&replies, 429, "send_limit"), 27);
    assert_eq!(pair.world.outbox().await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn s32_of_a_flood_over_one_block_of_numbers_what_is_kept_is_left_to_who_got_in_before() {
    let pair = Pair::start().await;
    let portals = pair.portals("always_on");
    pair.world.set_caps(30, 1_000).await;
    let owner = json!({ "id": "owner", "phone": "+64211234599" });
    let sign_in = portals[0].open(owner.clone()).await;
    let asked = portals[0].act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    assert_eq!(asked.status, 202);
    let code = pair.world.code_sent_to("+64211234599").await;
    assert_eq!(portals[1].verify(&sign_in, &code).await.status, 200);
    let block = with_phones("a", (0..60).map(|n| format!("+642112345{n:02}")));
    assert_eq!(sent(&ask(&portals, "sms", block).await), 26, "nine tenths, and one was sent");
    // A user has room for three sign-ins in such browsers, which open one after the other.
    for (left, words) in [(3, "what was kept"), (0, "nothing is left")] {
        pair.advance(600);
        let mut received = 0;
        for _ in 0..3 {
            received += sent(&ask(&portals, "sms", vec![owner.clone()]).await);
        }
        assert_eq!(received, left, "{words}");
    }
    assert_eq!(pair.world.outbox().await.len(), 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn s38_a_hundred_tries_at_once_over_a_cap_leave_one_entry() {
    let pair = Pair::start().await;
    let portals = pair.portals("always_on");
    pair.world.set_caps(0, 1_000).await;
    let user = json!({ "id": "anna", "phone": "+64211234589" });
    let sign_in = portals[0].open(user).await;
    let replies = at_once(super::at_a_time(100), &portals, |portal| {
        let sign_in = sign_in.clone();
        async move { portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await }
    })
    .await;
    assert_eq!(super::count(&replies, 429, "send_limit"), replies.len());
    let log = portals[1].get(&user_path("/v1/user/activity", "anna")).await;
    let events: Vec<_> = log.body.as_array().unwrap().iter().map(|e| &e["event"]).collect();
    assert_eq!(events, ["send_limited"]);
    assert!(pair.world.messages().await.is_empty());
    // The operator's own sign-in is counted, and nothing of the portal's.
    let mut items = pair.world.raw_items().await;
    items.retain(|(pk, _)| pk.starts_with("COUNT#") && !pk.starts_with("COUNT#password#"));
    assert!(items.is_empty(), "{items:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s17_to_a_country_that_is_not_allowed_nothing_is_sent_however_many_ask() {
    let pair = Pair::start().await;
    pair.world.set_caps(1_000, 1_000).await;
    let abroad = with_phones("abroad", (0..30).map(|n| format!("+9198765432{n:02}")));
    let portals = pair.portals("always_on");
    let seen = portals[0].open(abroad[0].clone()).await;
    let reason = json!({ "method": "sms", "reason": "country_not_allowed" });
    assert!(seen["unavailable"].as_array().unwrap().contains(&reason), "{seen}");
    let replies = ask(&portals, "sms", abroad).await;
    assert!(replies.iter().all(|reply| reply.status == 403), "{:?}", replies[0].body);
    assert!(pair.world.outbox().await.is_empty());
}
