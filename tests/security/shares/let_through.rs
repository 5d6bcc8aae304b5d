//! A portal that is over its share: people who got in before still open sign-ins, and whatever
//! makes a user safer is done.

use crate::{
    harness::{Portal, Reply, World, anna, fresh_nonce, user_path},
    journeys::trusted_browsers::{remembering, trusted},
};
use serde_json::{Value, json};

/// Opens a sign-in in a browser that brings this token.
async fn open_in(portal: &Portal, user: Value, token: &str) -> Reply {
    let (event, nonce) = ("login", fresh_nonce());
    let body = json!({ "user": user, "event": event, "nonce": nonce, "browser_token": token });
    portal.post("/v1/sign-ins", body).await
}

/// Uses up the share of sign-ins in browsers that nobody knows.
async fn use_up(world: &World, portal: &Portal, share: u32) {
    world.set_share(portal, share).await;
    for n in 0..share {
        // What the process answered before counts too, so that the last may be refused.
        portal.try_open(json!({ "id": format!("stranger-{n}") })).await;
    }
    assert_eq!(portal.try_open(anna()).await.problem(), (429, "over_share"));
}

/// Returns a portal, a user's secret of an app, and the token of a browser that knows the user.
async fn known(world: &World) -> (Portal, String, String) {
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(world, anna()).await;
    let sign_in = portal.open(anna()).await;
    let verified = portal.verify(&sign_in, &world.totp(&secret)).await;
    let token = verified.body["browser_token"].as_str().unwrap().to_owned();
    world.advance(60);
    (portal, secret, token)
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_strangers_over_the_share_keep_nobody_out_who_got_in_with_this_browser_before() {
    let world = World::start().await;
    let (portal, secret, token) = known(&world).await;
    use_up(&world, &portal, 2).await;
    let opened = open_in(&portal, anna(), &token).await;
    let done = portal.verify(&opened.body, &world.totp(&secret)).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")), "{:?}", done.body);
    let token = done.body["browser_token"].as_str().unwrap().to_owned();
    // They have a share of their own, of the same size, which strangers use nothing of.
    assert_eq!(open_in(&portal, anna(), &token).await.status, 201);
    assert_eq!(open_in(&portal, anna(), &token).await.problem(), (429, "over_share"));
    world.advance(60);
    for _ in 0..2 {
        assert_eq!(open_in(&portal, anna(), &token).await.status, 201);
    }
    assert_eq!(open_in(&portal, anna(), &token).await.problem(), (429, "over_share"));
    portal.open(json!({ "id": "stranger" })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_no_token_but_the_users_own_opens_a_sign_in_over_the_share() {
    let world = World::start().await;
    let (portal, _, token) = known(&world).await;
    use_up(&world, &portal, 1).await;
    let other = json!({ "id": "ben" });
    let made_up = format!("{}{}", &token[..token.len() - 4], "AAAA");
    let other_case = json!({ "id": "Anna" });
    let before = world.state().await;
    for (user, token) in [(other, &token), (other_case, &token), (anna(), &made_up)] {
        let refused = open_in(&portal, user.clone(), token).await;
        assert_eq!(refused.problem(), (429, "over_share"), "{user}");
    }
    assert_eq!(world.state().await, before);
    // After a reset, no browser is known.
    let actor = json!({ "id": "help", "role": "portal_admin" });
    let reset = json!({ "actor": actor, "reason": "lost", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    assert_eq!(open_in(&portal, anna(), &token).await.problem(), (429, "over_share"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_a_trusted_browser_is_let_in_over_the_share_without_a_message() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let token = trusted(&world, &portal, &secret).await;
    world.advance(60);
    use_up(&world, &portal, 1).await;
    world.running.stream_is_delivered().await;
    let sent = world.messages().await.len();
    let opened = open_in(&portal, anna(), &token).await;
    assert_eq!((opened.status, &opened.body["status"]), (201, &json!("allowed")));
    world.running.stream_is_delivered().await;
    assert_eq!(world.messages().await.len(), sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_whatever_makes_a_user_safer_is_done_over_the_share() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    world.set_share(&portal, 1).await;
    let record = json!({ "display_name": "Anna" });
    assert_eq!(portal.put_user("anna", &record).await.status, 200);
    assert_eq!(portal.put_user("anna", &record).await.problem(), (429, "over_share"));

    let at = world.now().unix();
    let changed = json!({ "password_changed": { "at": at, "by": "old_password" } });
    let trust = user_path("/v1/user/trusted-browsers", "anna");
    let opt_in = || json!({ "id": "anna", "confirm": true });
    let actor = json!({ "id": "help", "role": "portal_admin" });
    let reset = || json!({ "actor": actor, "reason": "lost", "confirm": true });
    for _ in 0..3 {
        for (what, reply) in [
            ("a changed password", portal.put_user("anna", &changed).await),
            ("the end of trust", portal.send("DELETE", &trust, None).await),
            ("MFA after a skip", portal.post("/v1/user/opt-in", opt_in()).await),
            ("a reset", portal.reset_user("anna", reset()).await),
        ] {
            // Who has not skipped has nothing to enable.
            let done = reply.status == 200 || reply.problem() == (409, "not_skipped");
            assert!(done, "{what}: {} {:?}", reply.status, reply.body);
        }
    }
    // They count all the same, so that no share is a way to do without one.
    world.advance(60);
    let erased = portal.send("DELETE", &user_path("/v1/user", "anna"), None).await;
    assert_eq!(erased.status, 200, "{:?}", erased.body);
    assert_eq!(portal.put_user("anna", &record).await.problem(), (429, "over_share"));
}
