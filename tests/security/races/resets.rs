//! Enrolments at once, and a reset while a code is judged.

use super::rounds;
use crate::harness::{Pair, anna};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn s9_of_two_enrolments_at_once_one_is_bound_and_the_other_has_to_prove_it() {
    let pair = Pair::start().await;
    let portals = pair.portals("authenticator_app");
    for round in 0..rounds(50) {
        let user = json!({ "id": format!("anna-{round}"), "email": format!("nine{round}@example.com"), "email_verified": true });
        let mut enrolling = vec![];
        for portal in &portals {
            let sign_in = portal.open(user.clone()).await;
            let app = json!({ "method": "authenticator_app" });
            let started = portal.act(&sign_in, "enrolment", app).await;
            let secret = started.body["secret"].as_str().unwrap().to_owned();
            enrolling.push((portal.clone(), sign_in, secret));
        }
        let tasks: Vec<_> = enrolling
            .iter()
            .cloned()
            .map(|(portal, sign_in, secret)| {
                let code = json!({ "code": pair.world.totp(&secret) });
                tokio::spawn(
                    async move { portal.act(&sign_in, "enrolment/confirm", code).await.status },
                )
            })
            .collect();
        let mut statuses = vec![];
        for task in tasks {
            statuses.push(task.await.unwrap());
        }
        let won: Vec<usize> = (0..2).filter(|n| statuses[*n] == 200).collect();
        assert_eq!(won.len(), 1, "{statuses:?}");
        let bound = portals[1].get(&format!("/v1/user?id=anna-{round}")).await.body;
        assert_eq!(bound["methods"].as_array().unwrap().len(), 1, "{bound}");
        pair.advance(30);
        // The other sign-in asks for the winner's app now.
        let (_, loser, _) = &enrolling[1 - won[0]];
        let (_, _, secret) = &enrolling[won[0]];
        assert_eq!(portals[0].look(loser).await.body["status"], "challenge");
        let code = pair.world.totp(secret);
        assert_eq!(portals[0].verify(loser, &code).await.status, 200);
        let told =
            pair.world.messages_about("was set up", &format!("nine{round}@example.com")).await;
        assert_eq!(told, 1, "the user is told at the known address");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s11_a_reset_beside_a_verify_leaves_nothing_that_works() {
    let pair = Pair::start().await;
    let portals = pair.portals("authenticator_app");
    let reset = json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "lost phone", "confirm": true });
    for round in 0..rounds(50) {
        let user = || {
            let mut user = anna();
            user["id"] = json!(format!("anna-{round}"));
            user
        };
        let secret = portals[0].enrol_app(&pair.world, user()).await;
        pair.advance(0);
        let sign_in = portals[0].open(user()).await;
        let code = pair.world.totp(&secret);
        let verify = tokio::spawn({
            let (portal, sign_in, code) = (portals[0].clone(), sign_in.clone(), code.clone());
            async move { portal.verify(&sign_in, &code).await }
        });
        let done = portals[1].reset_user(&format!("anna-{round}"), reset.clone()).await;
        let verified = verify.await.unwrap();
        assert_eq!(done.status, 200, "{:?}", done.body);
        // It came first, and was right; or it came second, and there was nothing to judge it by.
        assert!([200, 404].contains(&verified.status), "{:?}", verified.body);
        let after = portals[0].open(user()).await;
        assert_eq!(after["status"], "enrol");
        pair.advance(30);
        let again = pair.world.totp(&secret);
        for portal in &portals {
            for sign_in in [&sign_in, &after] {
                assert!(portal.verify(sign_in, &again).await.status >= 400, "the old app is dead");
            }
        }
    }
}
