//! Makes each AWS call of a password at the admins' door fail in every way: no password is judged
//! that was not counted, and the right one lets in afterwards.

use crate::{
    console::operator,
    harness::{Fault, Site, World},
};
use portcullis_domain::limits;
use serde_json::json;

/// After so many seconds, what was counted before no longer counts.
const A_MONTH_AND_MORE: i64 = 40 * 86_400;

/// Gives a password, and returns the status of the answer.
async fn give(world: &World, password: &str) -> u16 {
    let given = json!({ "name": "operator", "password": password });
    world.call("", "POST", "/v1/admin/session", None, Some(given)).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_s33_admin_door_whatever_becomes_of_a_call_no_password_is_judged_uncounted() {
    let world = World::start().await;
    let right = operator(&world).password;
    for (password, answer) in [("a wrong one", 401), (&right, 201)] {
        world.advance(A_MONTH_AND_MORE);
        world.aws.reset();
        assert_eq!(give(&world, password).await, answer);
        let calls = world.aws.count();
        assert!(calls >= 5, "{calls}");
        for skip in 0..calls {
            for fault in Fault::ALL {
                world.advance(A_MONTH_AND_MORE);
                let computed = world.running.hasher.computed();
                let gone = world.aws.fault(fault, skip, 3);
                let first = tokio::select! {
                    status = give(&world, password) => status,
                    () = gone.notified() => 0,
                };
                world.aws.mend();
                let what = format!("{password}: call {skip} {fault:?}");
                assert!([0, answer, 503].contains(&first), "{what}: {first}");
                assert_eq!(give(&world, password).await, answer, "{what}");
                if answer == 401 {
                    for _ in 0..limits::PASSWORDS_PER_HOUR {
                        give(&world, "another wrong one").await;
                    }
                    let judged = world.running.hasher.computed() - computed;
                    assert!(judged <= limits::PASSWORDS_PER_HOUR.into(), "{what}: {judged}");
                }
            }
        }
    }
}

/// Returns the places of all AWS calls of a wrong password.
pub async fn sites_of_a_wrong_password() -> Vec<Site> {
    let world = World::start().await;
    world.aws.record_sites();
    assert_eq!(give(&world, "a wrong one").await, 401);
    world.aws.sites()
}
