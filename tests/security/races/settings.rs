//! Parallel changes of one user's settings.

use super::{accepted, at_a_time, at_once, count, with_an_app};
use crate::harness::{Pair, Portal, anna, fresh_nonce};
use serde_json::{Value, json};

/// Opens Anna's settings, and proves by her app that it is her.
async fn prove(pair: &Pair, portal: &Portal, secret: &str) -> Value {
    let body = json!({ "user": anna(), "event": "manage", "nonce": fresh_nonce() });
    let opened = portal.post("/v1/sign-ins", body).await.body;
    let proven = portal.verify(&opened, &pair.world.totp(secret)).await;
    assert_eq!(proven.status, 200, "{:?}", proven.body);
    proven.body
}

#[tokio::test(flavor = "multi_thread")]
async fn n1_three_hundred_parallel_confirmations_add_one_and_as_many_removals_leave_one() {
    let (pair, portals, secret) = with_an_app("authenticator_app").await;
    let with_proof = |policy: &mut Value| policy["self_service"] = json!("with_proof");
    pair.world.change_policy(&portals[0], with_proof).await;
    let settings = prove(&pair, &portals[0], &secret).await;
    let app = json!({ "method": "authenticator_app" });
    let started = portals[1].act(&settings, "enrolment", app).await;
    let code = json!({ "code": pair.world.totp(started.secret()) });
    let confirm = |portal: Portal| {
        let (settings, code) = (settings.clone(), code.clone());
        async move { portal.act(&settings, "enrolment/confirm", code).await }
    };
    let replies = at_once(at_a_time(300), &portals, confirm).await;
    assert_eq!(accepted(&replies), 1);
    let user = portals[0].get("/v1/user?id=anna").await.body;
    let bound = user["methods"].as_array().unwrap().clone();
    assert_eq!(bound.len(), 2);
    let ids = std::sync::atomic::AtomicUsize::new(0);
    let remove = |portal: Portal| {
        let n = ids.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let id = bound[(n / 2) % 2]["id"].clone();
        let (settings, body) =
            (settings.clone(), json!({ "change": "remove", "authenticator": id }));
        async move { portal.act(&settings, "settings", body).await }
    };
    let replies = at_once(at_a_time(300), &portals, remove).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 200).count(), 1);
    let kept = count(&replies, 409, "last_authenticator")
        + count(&replies, 404, "authenticator_unknown")
        + count(&replies, 409, "conflict");
    assert_eq!(kept, replies.len() - 1);
    let user = portals[1].get("/v1/user?id=anna").await.body;
    assert_eq!(user["methods"].as_array().unwrap().len(), 1, "the last way in stays");
}
