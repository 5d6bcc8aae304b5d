//! Many at once: the limit is exact, and a code is accepted once. First, that the engine itself is atomic.

use crate::{
    harness::{World, anna, totp},
    journeys::other_than,
};
use serde_json::{Value, json};

/// Sends the same request many times at once.
async fn at_once<F, R>(times: usize, request: F) -> Vec<crate::harness::Reply>
where
    F: Fn() -> R,
    R: Future<Output = crate::harness::Reply> + Send + 'static,
{
    let tasks: Vec<_> = (0..times).map(|_| tokio::spawn(request())).collect();
    let mut replies = vec![];
    for task in tasks {
        replies.push(task.await.unwrap());
    }
    replies
}

fn count(replies: &[crate::harness::Reply], status: u16, code: &str) -> usize {
    replies.iter().filter(|reply| reply.problem() == (status, code)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_engine_keeps_conditional_writes_atomic() {
    use aws_sdk_dynamodb::types::AttributeValue::S;
    let world = World::start().await;
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version_latest()
        .region(aws_sdk_dynamodb::config::Region::new("eu-west-1"))
        .credentials_provider(aws_sdk_dynamodb::config::Credentials::new(
            "local", "local", None, None, "local",
        ))
        .endpoint_url(&world.running.dynamodb);
    let client = aws_sdk_dynamodb::Client::from_conf(config.build());
    let tasks: Vec<_> = (0..50)
        .map(|racer| {
            let put = client
                .put_item()
                .table_name(&world.running.table)
                .item("pk", S("RACE".into()))
                .item("sk", S("#".into()));
            let put = put
                .item("by", S(racer.to_string()))
                .condition_expression("attribute_not_exists(pk)");
            tokio::spawn(async move { put.send().await.is_ok() })
        })
        .collect();
    let mut winners = 0;
    for task in tasks {
        winners += usize::from(task.await.unwrap());
    }
    assert_eq!(winners, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s2_of_many_parallel_wrong_codes_never_more_than_five_are_judged() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    for round in 0..3 {
        let sign_in = portal.open(anna()).await;
        let wrong = other_than(&totp(&secret, world.running.clock.now()));
        let replies = at_once(100, || {
            let (portal, sign_in, wrong) = (portal.clone(), sign_in.clone(), wrong.clone());
            async move { portal.verify(&sign_in, &wrong).await }
        })
        .await;
        let judged = count(&replies, 403, "code_wrong");
        let unjudged = count(&replies, 403, "sign_in_dead")
            + count(&replies, 409, "conflict")
            + count(&replies, 429, "locked");
        assert!(judged <= 5, "round {round}: {judged} judged");
        assert_eq!(judged + unjudged, 100, "round {round}");
        // What the parallel guesses left is used up one by one: five in all, no more.
        let mut total = judged;
        while count(&[portal.verify(&sign_in, &wrong).await], 403, "code_wrong") == 1 {
            total += 1;
        }
        assert_eq!(total, 5, "round {round}");
        world.advance(3_600);
        let sign_in = portal.open(anna()).await;
        assert_eq!(
            portal.verify(&sign_in, &totp(&secret, world.running.clock.now())).await.status,
            200
        );
        world.advance(30);
    }
}

async fn accepted_once(
    portal: &crate::harness::Portal,
    sign_in: &Value,
    action: &'static str,
    code: &str,
) {
    let replies = at_once(50, || {
        let (portal, sign_in, code) = (portal.clone(), sign_in.clone(), code.to_owned());
        async move { portal.act(&sign_in, action, json!({ "code": code })).await }
    })
    .await;
    let accepted = replies.iter().filter(|reply| reply.status == 200).count();
    let others = replies.iter().filter(|reply| [403, 409, 429].contains(&reply.status)).count();
    assert_eq!((accepted, accepted + others), (1, 50), "{action}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_of_fifty_parallel_right_codes_exactly_one_is_accepted() {
    let world = World::start().await;
    let app = world.portal("authenticator_app");
    let sign_in = app.open(anna()).await;
    let started = app.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
    let secret = started.body["secret"].as_str().unwrap();
    accepted_once(&app, &sign_in, "enrolment/confirm", &totp(secret, world.running.clock.now()))
        .await;
    for _ in 0..3 {
        world.advance(30);
        let sign_in = app.open(anna()).await;
        accepted_once(&app, &sign_in, "verify", &totp(secret, world.running.clock.now())).await;
    }
    let always_on = world.portal("always_on");
    for (method, to) in [("email", "testing@example.co.nz"), ("sms", "+64211234589")] {
        let sign_in = always_on.open(anna()).await;
        assert_eq!(
            always_on.act(&sign_in, "challenge", json!({ "method": method })).await.status,
            202
        );
        accepted_once(&always_on, &sign_in, "verify", &world.code_sent_to(to).await).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_one_app_code_over_several_sign_ins_is_accepted_in_one() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let mut sign_ins = vec![];
    for _ in 0..5 {
        sign_ins.push(portal.open(anna()).await);
    }
    let code = totp(&secret, world.running.clock.now());
    let tasks: Vec<_> = sign_ins
        .into_iter()
        .map(|sign_in| {
            let (portal, code) = (portal.clone(), code.clone());
            tokio::spawn(async move { portal.verify(&sign_in, &code).await.status })
        })
        .collect();
    let mut accepted = 0;
    for task in tasks {
        accepted += usize::from(task.await.unwrap() == 200);
    }
    assert_eq!(accepted, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s1_two_hundred_sign_ins_opened_and_guessed_at_once_judge_no_more_than_the_budget() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let opened = at_once(200, || {
        let portal = portal.clone();
        async move { portal.try_open(anna()).await }
    });
    let opened = opened.await;
    let sign_ins: Vec<Value> =
        opened.into_iter().filter(|reply| reply.status == 201).map(|reply| reply.body).collect();
    assert!((1..=30).contains(&sign_ins.len()), "{} were opened", sign_ins.len());
    let wrong = other_than(&totp(&secret, world.running.clock.now()));
    let guesses: Vec<_> = sign_ins
        .iter()
        .cycle()
        .take(200)
        .cloned()
        .map(|sign_in| {
            let (portal, wrong) = (portal.clone(), wrong.clone());
            tokio::spawn(async move { portal.verify(&sign_in, &wrong).await })
        })
        .collect();
    let mut judged = 0;
    for guess in guesses {
        let reply = guess.await.unwrap();
        assert!(reply.status >= 400, "nobody gets in: {:?}", reply.body);
        judged += usize::from(reply.problem() == (403, "code_wrong"));
    }
    assert!(judged <= 5, "{judged} guesses were judged");
    let activity = portal.get("/v1/users/anna/activity").await.body;
    let counted = activity.as_array().unwrap().iter().filter(|e| e["event"] == "code_wrong");
    assert_eq!(counted.count(), judged, "{activity}");
    if judged == 5 {
        let told = world.told("Too many wrong codes were entered", 2).await;
        assert_eq!(told, ["+64211234589", "testing@example.co.nz"], "once at each address");
    }
}
