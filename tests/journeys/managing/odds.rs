//! A guess against two apps is charged twice.

use super::*;
use crate::harness::other_than;

async fn wrong_in_a_month(world: &World, portal: &Portal) -> i64 {
    let path = format!("/v1/admin/portals/{}/user?id=anna", portal.id);
    let user = world.admin_ok("GET", &path, None).await;
    user["counters"]["strangers"]["wrong_in_a_month"].as_i64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_a_wrong_code_counts_once_for_each_app_and_once_in_its_sign_in() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let first = portal.enrol_app(&world, anna()).await;
    let settings = prove(&world, &portal, &first).await;
    let (second, _) = add_app(&world, &portal, &settings, json!({ "method": APP })).await;
    let mut judged = 0;
    let mut guess = "000000".to_owned();
    for _ in 0..40 {
        world.advance(90_000);
        let sign_in = portal.open(anna()).await;
        for secret in [&first, &second] {
            if guess == world.totp(secret) {
                guess = other_than(&guess);
            }
        }
        let before = wrong_in_a_month(&world, &portal).await;
        let reply = portal.verify(&sign_in, &guess).await;
        if reply.problem() == (429, "locked") {
            assert_eq!(wrong_in_a_month(&world, &portal).await, before, "it was not tried");
            break;
        }
        judged += 1;
        assert_eq!(reply.problem(), (403, "code_wrong"));
        assert_eq!(reply.body["attempts_left"], 4, "one try of the sign-in");
        assert_eq!(wrong_in_a_month(&world, &portal).await, before + 2);
    }
    assert_eq!(judged, 17, "half of the thirty-five of a month, for two apps");
}
