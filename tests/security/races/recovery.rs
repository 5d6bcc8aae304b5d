//! Recovery codes in two processes: each is accepted once, and nothing of them outlives a reset.

use super::{accepted, at_once, rounds};
use crate::harness::{Pair, Portal, anna, recovery_codes};
use serde_json::{Value, json};

/// A user with an app and recovery codes.
async fn with_codes(pair: &Pair, portals: &[Portal; 2], user: Value) -> Vec<String> {
    let sign_in = portals[0].open(user).await;
    let app = json!({ "method": "authenticator_app" });
    let started = portals[0].act(&sign_in, "enrolment", app).await;
    let code = json!({ "code": pair.world.totp(started.secret()) });
    let done = portals[0].act(&sign_in, "enrolment/confirm", code).await;
    recovery_codes(&done.body)
}

async fn portals(pair: &Pair) -> [Portal; 2] {
    let portals = pair.portals("authenticator_app");
    pair.world.give_recovery_codes(&portals[0], "offered").await;
    portals
}

fn user(round: usize) -> Value {
    let mut user = anna();
    user["id"] = json!(format!("anna-{round}"));
    user["email"] = json!(format!("recovery{round}@example.com"));
    user
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_fifty_parallel_right_recovery_codes_let_in_once_in_one_sign_in_and_in_several() {
    let pair = Pair::start().await;
    let portals = portals(&pair).await;
    for round in 0..rounds(200) {
        let codes = with_codes(&pair, &portals, user(round)).await;
        let one = portals[0].open(user(round)).await;
        let replies = at_once(50, &portals, |portal| {
            let (sign_in, code) = (one.clone(), codes[0].clone());
            async move { portal.verify(&sign_in, &code).await }
        })
        .await;
        assert_eq!(accepted(&replies), 1, "one sign-in");
        // Two others at once, in both of which it is tried.
        let others = [portals[0].open(user(round)).await, portals[1].open(user(round)).await];
        let turn = std::sync::atomic::AtomicUsize::new(0);
        let replies = at_once(50, &portals, |portal| {
            let n = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let (sign_in, code) = (others[n / 2 % 2].clone(), codes[1].clone());
            async move { portal.verify(&sign_in, &code).await }
        })
        .await;
        assert_eq!(accepted(&replies), 1, "two sign-ins");
        let seen = portals[0].get(&format!("/v1/user?id=anna-{round}")).await.body;
        assert_eq!(seen["recovery_codes"]["left"], 8);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s11_a_reset_beside_a_recovery_code_leaves_no_code_that_works() {
    let pair = Pair::start().await;
    let portals = portals(&pair).await;
    let reset = json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "lost phone", "confirm": true });
    for round in 0..rounds(50) {
        let codes = with_codes(&pair, &portals, user(round)).await;
        let sign_in = portals[0].open(user(round)).await;
        let (one, other) = (portals[0].clone(), portals[1].clone());
        let (code, id, reset) = (codes[0].clone(), format!("anna-{round}"), reset.clone());
        let verify = tokio::spawn(async move { one.verify(&sign_in, &code).await });
        let reset = tokio::spawn(async move { other.reset_user(&id, reset).await });
        assert_eq!(reset.await.unwrap().status, 200);
        verify.await.unwrap();
        let sign_in = portals[1].open(user(round)).await;
        assert_eq!(sign_in["status"], "enrol", "{sign_in}");
        for code in &codes[1..4] {
            let refused = portals[0].verify(&sign_in, code).await;
            assert_eq!(refused.problem(), (403, "method_not_offered"));
        }
    }
}
