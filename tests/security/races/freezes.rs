//! A freeze while a code is checked: whichever comes second sees the first.

use super::rounds;
use crate::harness::{Browser, Pair, anna};
use serde_json::json;

const ENROLLED: &str = "A new way to sign in was set up";

#[tokio::test(flavor = "multi_thread")]
async fn h3_s11_a_freeze_beside_a_verify_leaves_nothing_that_works() {
    let pair = Pair::start().await;
    let portals = pair.portals("authenticator_app");
    let world = &pair.world;
    world.change_policy(&portals[0], |policy| policy["self_service"] = json!("with_proof")).await;
    for round in 0..rounds(20) {
        let address = format!("freeze{round}@example.com");
        let user = || {
            let mut user = anna();
            user["id"] = json!(format!("anna-{round}"));
            user["email"] = json!(address);
            user
        };
        portals[0].open(user()).await;
        pair.advance(86_400);
        let secret = portals[0].enrol_app(world, user()).await;
        pair.advance(0);
        let link = world.freeze_link_in(ENROLLED, &address).await;
        let browsers = portals.each_ref().map(|portal| Browser::at(portal.base.clone()));
        let form = browsers[1].open(&link).await.form();
        let sign_in = portals[0].open(user()).await;
        let code = world.totp(&secret);
        let verify = tokio::spawn({
            let (portal, sign_in, code) = (portals[0].clone(), sign_in.clone(), code.clone());
            async move { portal.verify(&sign_in, &code).await }
        });
        let fields = [("form", form.as_str())];
        let (one, two) =
            tokio::join!(browsers[0].post(&link, &fields), browsers[1].post(&link, &fields));
        let verified = verify.await.unwrap();
        assert_eq!((one.status, two.status), (303, 303), "{one:?} {two:?}");
        // It came first, and was right; or it came second, and there was nothing to judge it by.
        assert!([200, 404].contains(&verified.status), "{:?}", verified.body);
        let after = portals[1].open(user()).await;
        assert_eq!(after["reason"], "frozen", "{after}");
        let activity = format!("/v1/user/activity?id=anna-{round}");
        let activity = portals[0].get(&activity).await.body;
        let frozen = activity.as_array().unwrap().iter().filter(|e| e["event"] == "frozen");
        assert_eq!(frozen.count(), 1, "pressed twice at once, written once: {activity}");
        pair.advance(30);
    }
}
