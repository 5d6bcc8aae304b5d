//! What guards the door, who is told, and who is meant, while others act at the same time: invariants 13, 10 and 9.

use super::rounds;
use crate::harness::{Pair, Portal, user_path};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn user(id: &str, email: &str) -> Value {
    json!({ "id": id, "email": email, "email_verified": true })
}

#[tokio::test(flavor = "multi_thread")]
async fn s35_while_the_address_of_a_saved_default_goes_and_comes_the_password_alone_enrols_nothing()
{
    let pair = Pair::start().await;
    let portals = pair.portals("authenticator_app_with_email");
    for round in 0..rounds(50) {
        let (id, email) = (format!("anna-{round}"), format!("own{round}@example.com"));
        let sign_in = portals[0].open(user(&id, &email)).await;
        portals[0].act(&sign_in, "challenge", json!({ "method": "email" })).await;
        let code = pair.world.code_sent_to(&email).await;
        let chosen = json!({ "code": code, "set_default": "email" });
        assert_eq!(portals[0].act(&sign_in, "verify", chosen).await.status, 200);
        pair.advance(60);
        // The record changes all the time, and somebody with the password tries to enrol all the time.
        let [records, opens] = portals.clone();
        let changes = tokio::spawn({
            let (id, email) = (id.clone(), email.clone());
            async move {
                for email in [json!(null), json!(email), json!("other@example.com"), json!(null)] {
                    let record = json!({ "email": email, "email_verified": !email.is_null() });
                    let put = records.put_user(&id, &record).await;
                    assert!([200, 409].contains(&put.status), "{:?}", put.body);
                }
            }
        });
        for _ in 0..4 {
            let opened = opens.try_open(json!({ "id": id })).await;
            assert_eq!(opened.status, 201, "{:?}", opened.body);
            let status = opened.body["status"].as_str().unwrap();
            assert!(["challenge", "denied"].contains(&status), "{status}");
            let app = json!({ "method": "authenticator_app" });
            let started = opens.act(&opened.body, "enrolment", app).await;
            assert!([403, 409].contains(&started.status), "{:?}", started.body);
        }
        changes.await.unwrap();
        let known = portals[1].get(&user_path("/v1/user", &id)).await.body;
        assert_eq!(known["methods"], json!([]), "{known}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_an_erasure_beside_an_enrolment_is_told_in_whatever_order_they_land() {
    let pair = Pair::start().await;
    let portals = pair.portals("authenticator_app");
    for round in 0..rounds(50) {
        let (id, email) = (format!("ben-{round}"), format!("ben{round}@example.com"));
        let sign_in = portals[0].open(user(&id, &email)).await;
        let app = json!({ "method": "authenticator_app" });
        let started = portals[0].act(&sign_in, "enrolment", app).await;
        let code = pair.world.totp(started.body["secret"].as_str().unwrap());
        let confirm = tokio::spawn({
            let (portal, sign_in) = (portals[0].clone(), sign_in.clone());
            async move {
                portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await.status
            }
        });
        let erased = portals[1].send("DELETE", &user_path("/v1/user", &id), None).await;
        assert_eq!(erased.status, 200, "{:?}", erased.body);
        let confirmed = confirm.await.unwrap();
        assert!([200, 404, 409].contains(&confirmed), "{confirmed}");
        assert_eq!(pair.world.messages_about("was erased", &email).await, 1);
        if confirmed == 200 {
            assert_eq!(pair.world.messages_about("was set up", &email).await, 1);
        }
    }
}

/// Signs in with the right code of an app, which must be accepted.
async fn get_in(portal: Portal, id: &str, code: String) {
    let sign_in = portal.open(json!({ "id": id })).await;
    let verified = portal.verify(&sign_in, &code).await;
    assert_eq!(verified.status, 200, "{id}: {:?}", verified.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn s29_users_whose_ids_are_nearly_one_never_stand_in_each_others_way() {
    let pair = Pair::start().await;
    let portals = pair.portals("authenticator_app");
    let ids = [
        "anna",
        "anna#1",
        "anna?x",
        "anna%23",
        "anna%2523",
        "anna ",
        "anna/../anna",
        "anna&id=anna",
    ];
    let mut secrets = vec![];
    for id in ids {
        secrets.push(portals[0].enrol_app(&pair.world, json!({ "id": id })).await);
    }
    assert_eq!(secrets.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for round in 0..rounds(20) {
        pair.advance(60);
        // One is reset, all others sign in at the same moment.
        let gone = round % ids.len();
        let reset = json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "race", "confirm": true });
        let (resets, id) = (portals[1].clone(), ids[gone]);
        let reset = tokio::spawn(async move { resets.reset_user(id, reset).await.status });
        let mut others = tokio::task::JoinSet::new();
        for n in (0..ids.len()).filter(|n| *n != gone) {
            let code = pair.world.totp(&secrets[n]);
            others.spawn(get_in(portals[n % 2].clone(), ids[n], code));
        }
        others.join_all().await;
        assert_eq!(reset.await.unwrap(), 200);
        let after = portals[0].open(json!({ "id": ids[gone] })).await;
        assert_eq!(after["status"], "enrol", "{}", ids[gone]);
        secrets[gone] = portals[0].enrol_app(&pair.world, json!({ "id": ids[gone] })).await;
    }
}
