//! Guessing in parallel: no more is judged than the budget, and what is refused writes nothing.

use super::{at_a_time, at_once, count, rounds, with_an_app};
use crate::harness::{Pair, anna, other_than};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn s2_of_a_thousand_parallel_wrong_codes_in_two_processes_five_are_judged() {
    let (pair, portals, secret) = with_an_app("authenticator_app").await;
    for round in 0..rounds(20) {
        let times = at_a_time(1_000);
        let sign_in = portals[0].open(anna()).await;
        let wrong = other_than(&pair.world.totp(&secret));
        let replies = at_once(times, &portals, |portal| {
            let (sign_in, wrong) = (sign_in.clone(), wrong.clone());
            async move { portal.verify(&sign_in, &wrong).await }
        })
        .await;
        let judged = count(&replies, 403, "code_wrong");
        let unjudged = count(&replies, 403, "sign_in_dead")
            + count(&replies, 409, "conflict")
            + count(&replies, 429, "locked");
        assert!(judged <= 5, "round {round}: {judged} judged");
        assert_eq!(judged + unjudged, times, "round {round}");
        // What the parallel guesses left is used up one by one: five in all, no more.
        let mut total = judged;
        while count(&[portals[1].verify(&sign_in, &wrong).await], 403, "code_wrong") == 1 {
            total += 1;
        }
        assert_eq!(total, 5, "round {round}");
        // Past the wait; and past the day and the month, of which so many rounds would otherwise be too much.
        pair.advance(7 * 86_400);
        let sign_in = portals[1].open(anna()).await;
        assert_eq!(portals[0].verify(&sign_in, &pair.world.totp(&secret)).await.status, 200);
        pair.advance(30);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s1_two_hundred_sign_ins_opened_and_guessed_at_once_judge_no_more_than_the_budget() {
    let pair = Pair::start().await;
    let portals = pair.portals("authenticator_app");
    for round in 0..rounds(5) {
        let user = || json!({ "id": format!("anna-{round}"), "email": format!("anna{round}@example.com"), "email_verified": true });
        let secret = portals[0].enrol_app(&pair.world, user()).await;
        pair.advance(0);
        let opened = at_once(200, &portals, |portal| {
            let user = user();
            async move { portal.try_open(user).await }
        })
        .await;
        let sign_ins: Vec<Value> = opened
            .into_iter()
            .filter(|reply| reply.status == 201)
            .map(|reply| reply.body)
            .collect();
        assert!((1..=29).contains(&sign_ins.len()), "{} were opened", sign_ins.len());
        let wrong = other_than(&pair.world.totp(&secret));
        let next = std::sync::atomic::AtomicUsize::new(0);
        let guesses = at_once(200, &portals, |portal| {
            let n = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % sign_ins.len();
            let (sign_in, wrong) = (sign_ins[n].clone(), wrong.clone());
            async move { portal.verify(&sign_in, &wrong).await }
        })
        .await;
        assert!(guesses.iter().all(|reply| reply.status >= 400), "nobody gets in");
        let judged = count(&guesses, 403, "code_wrong");
        assert!(judged <= 5, "{judged} guesses were judged");
        let activity = portals[0].get(&format!("/v1/user/activity?id=anna-{round}")).await.body;
        let entries = activity.as_array().unwrap();
        let of = |kind: &str| entries.iter().filter(|entry| entry["event"] == kind).count();
        assert_eq!((of("code_wrong"), of("locked")), (judged, judged / 5), "{activity}");
        if judged == 5 {
            let told = pair
                .world
                .messages_about(
                    "Too many wrong codes were entered",
                    &format!("anna{round}@example.com"),
                )
                .await;
            assert_eq!(told, 1, "the user is told once");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s27_a_flood_at_what_is_over_writes_nothing_and_the_users_next_try_works() {
    let (pair, portals, secret) = with_an_app("authenticator_app_with_email").await;
    let sign_in = portals[0].open(anna()).await;
    let wrong = other_than(&pair.world.totp(&secret));
    for _ in 0..5 {
        portals[0].verify(&sign_in, &wrong).await;
    }
    let before = pair.world.raw_user(&portals[0].id, "anna").await;
    let dead = at_once(at_a_time(1_000), &portals, |portal| {
        let (sign_in, wrong) = (sign_in.clone(), wrong.clone());
        async move { portal.verify(&sign_in, &wrong).await }
    });
    let dead = dead.await;
    assert_eq!(count(&dead, 403, "sign_in_dead"), dead.len(), "a dead sign-in");
    let locked =
        at_once(at_a_time(1_000), &portals, |portal| async move { portal.try_open(anna()).await });
    let locked = locked.await;
    assert_eq!(count(&locked, 429, "locked"), locked.len(), "a locked user");
    assert_eq!(pair.world.raw_user(&portals[0].id, "anna").await, before, "not a byte was written");

    pair.advance(30);
    let sign_in = portals[1].open(anna()).await;
    for _ in 0..5 {
        portals[0].act(&sign_in, "challenge", json!({ "method": "email" })).await;
        pair.advance(30);
    }
    let before = pair.world.raw_user(&portals[0].id, "anna").await;
    let over = at_once(at_a_time(1_000), &portals, |portal| {
        let sign_in = sign_in.clone();
        async move { portal.act(&sign_in, "challenge", json!({ "method": "email" })).await }
    });
    let over = over.await;
    assert_eq!(count(&over, 429, "no_sends_left"), over.len(), "no sends are left");
    assert_eq!(pair.world.raw_user(&portals[0].id, "anna").await, before, "not a byte was written");
    let right = pair.world.totp(&secret);
    let body = json!({ "code": right, "method": "authenticator_app" });
    assert_eq!(
        portals[1].act(&sign_in, "verify", body).await.status,
        200,
        "the user's own next try"
    );
}
