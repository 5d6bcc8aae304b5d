//! One right answer of a passkey, sent many times at once, is accepted once.

use super::{accepted, at_once, rounds};
use crate::{
    harness::{Authenticator, Pair, anna, asked},
    journeys::passkeys::{enrol, portal},
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn s3_p3_fifty_parallel_right_answers_of_a_passkey_are_accepted_once_also_when_it_is_made() {
    let pair = Pair::start().await;
    portal(&pair.world, "prefer").await;
    let portals = pair.portals("authenticator_app");
    for round in 0..rounds(200) {
        let mut user = anna();
        user["id"] = json!(format!("keys-{round}"));
        let mut device = Authenticator::on(&pair.world.origin());
        device.is_synced = true;
        let sign_in = portals[0].open(user.clone()).await;
        let passkey = json!({ "method": "passkey" });
        let started = portals[1].act(&sign_in, "enrolment", passkey).await;
        let made = device.make(asked(&started.body));
        let replies = at_once(50, &portals, |portal| {
            let (sign_in, made) = (sign_in.clone(), made.clone());
            async move { portal.act(&sign_in, "enrolment/confirm", made).await }
        });
        assert_eq!(accepted(&replies.await), 1, "made");
        let sign_in = portals[1].open(user.clone()).await;
        let answer = device.get(asked(&sign_in));
        let replies = at_once(50, &portals, |portal| {
            let (sign_in, answer) = (sign_in.clone(), answer.clone());
            async move { portal.act(&sign_in, "verify", answer).await }
        });
        assert_eq!(accepted(&replies.await), 1, "used");
    }
    let sign_in = portals[0].open(anna()).await;
    enrol(&portals[1], &sign_in, &mut Authenticator::on(&pair.world.origin())).await;
}
