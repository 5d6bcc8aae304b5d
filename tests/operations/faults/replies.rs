//! Lost replies: a write that landed counts once, whatever the caller heard.

use crate::harness::{World, anna, other_than};

#[tokio::test(flavor = "multi_thread")]
async fn s28_the_write_landed_its_reply_was_lost_and_another_write_came_between() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    let code = world.totp(&secret);

    let lost = world.aws.lose_reply_of("PutItem");
    let verify = tokio::spawn({
        let (portal, sign_in) = (portal.clone(), sign_in.clone());
        async move { portal.verify(&sign_in, &code).await }
    });
    lost.landed.notified().await;
    let between = portal.open(anna()).await;
    lost.go_on.notify_one();
    let verified = verify.await.unwrap();
    assert_eq!(verified.status, 200, "the user gets in: {:?}", verified.body);
    assert_eq!(
        portal.look(&between).await.body["status"],
        "challenge",
        "and the other write is kept"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s28_a_wrong_guess_whose_reply_was_lost_counts_once() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    let wrong = other_than(&world.totp(&secret));

    let lost = world.aws.lose_reply_of("PutItem");
    let first = tokio::spawn({
        let (portal, sign_in, wrong) = (portal.clone(), sign_in.clone(), wrong.clone());
        async move { portal.verify(&sign_in, &wrong).await }
    });
    lost.landed.notified().await;
    let second = portal.verify(&sign_in, &wrong).await;
    lost.go_on.notify_one();
    assert_eq!(second.body["attempts_left"], 3);
    assert_eq!(first.await.unwrap().body["attempts_left"], 4);
    assert_eq!(portal.verify(&sign_in, &wrong).await.body["attempts_left"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_read_and_a_lost_count_are_made_up_for() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    for operation in ["BatchGetItem", "UpdateItem"] {
        let sign_in = portal.open(anna()).await;
        let lost = world.aws.lose_reply_of(operation);
        let sent = tokio::spawn({
            let (portal, sign_in) = (portal.clone(), sign_in.clone());
            async move {
                portal.act(&sign_in, "challenge", serde_json::json!({ "method": "sms" })).await
            }
        });
        lost.landed.notified().await;
        lost.go_on.notify_one();
        assert_eq!(sent.await.unwrap().status, 202, "{operation}");
    }
    assert_eq!(world.outbox().await.len(), 2, "each was sent once");
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_a_key_of_the_batch_that_is_left_unread_is_read_again_and_never_taken_for_absent() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    // Portal, user and settings.
    for key in 0..3 {
        for times in 1..=3 {
            let sign_in = portal.open(anna()).await;
            let code = world.totp(&secret);
            world.aws.leave_out(key, times);
            let verified = portal.verify(&sign_in, &code).await;
            assert_eq!(verified.status, 200, "{key} x {times}: {:?}", verified.body);
            world.aws.mend();
            world.advance(600);
        }
        world.aws.leave_out(key, 100);
        let refused = portal.try_open(anna()).await;
        assert_eq!(refused.problem(), (503, "unavailable"), "{key} for good");
        world.aws.mend();
        assert_eq!(portal.open(anna()).await["status"], "challenge", "and nothing was made of it");
    }
}
