//! The set-up secret works once for each deployment.

use crate::harness::World;
use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use portcullis_delivery::Deployment;
use portcullis_policy_admin::{RecentReadiness, SetUpHash, router};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// Returns the function deployed with this set-up secret, beside the running one.
pub async fn deployed_with(world: &World, secret: &str) -> axum::Router {
    let (context, sender) = world.function_for(portcullis_policy_admin::PURPOSES).await;
    router(portcullis_policy_admin::AppState {
        context,
        sender,
        deployment: Deployment::default(),
        readiness: RecentReadiness::default(),
        root_key_id: portcullis_local::ROOT_KEY_ID.into(),
        set_up_hash: SetUpHash::of(secret),
        hasher: world.running.hasher.clone(),
    })
}

async fn post(function: &axum::Router, path: &str, bearer: &str, body: Value) -> (u16, Value) {
    let request = Request::post(path)
        .header("authorization", format!("Bearer {bearer}"))
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()));
    let answer = function.clone().oneshot(request.unwrap()).await.unwrap();
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), 1 << 16).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

pub async fn set_up(function: &axum::Router, secret: &str, name: &str) -> (u16, Value) {
    let body = json!({ "name": name, "password": "a sentence of words" });
    post(function, "/v1/admin/set-up", secret, body).await
}

pub async fn opens_session(function: &axum::Router, name: &str) -> u16 {
    let body = json!({ "name": name, "password": "a sentence of words" });
    post(function, "/v1/admin/session", "", body).await.0
}

#[tokio::test(flavor = "multi_thread")]
async fn s23_a_set_up_secret_makes_one_operator_and_another_deployed_one_makes_another() {
    let world = World::start().await;
    let used = world.running.demo.set_up_secret.clone();
    let given = json!({ "name": "intruder", "password": "a sentence of words" });
    let twice = world.call(&used, "POST", "/v1/admin/set-up", None, Some(given.clone())).await;
    assert_eq!(twice.problem(), (401, "set_up_secret_refused"));
    let weak = json!({ "name": "second", "password": "password1234" });
    let refused = post(&deployed_with(&world, "new").await, "/v1/admin/set-up", "new", weak).await;
    assert_eq!(refused.0, 400, "{}", refused.1);
    let wrong = world.call("guess", "POST", "/v1/admin/set-up", None, Some(given)).await;
    assert_eq!(wrong.body["detail"], twice.body["detail"], "used and wrong are told alike");

    let armed = deployed_with(&world, "another").await;
    assert_eq!(set_up(&armed, &used, "again").await.0, 401, "the old one is gone for good");
    let (status, taken) = set_up(&armed, "another", "operator").await;
    assert_eq!((status, &taken["code"]), (409, &json!("admin_name_taken")));
    assert_eq!(set_up(&armed, "another", "second").await.0, 201);
    assert_eq!(set_up(&armed, "another", "third").await.0, 401, "once");
    let third = deployed_with(&world, "a third").await;
    assert_eq!(set_up(&third, "a third", "third").await.0, 201);
    for secret in [&used, "another", "a third"] {
        let again = deployed_with(&world, secret).await;
        assert_eq!(set_up(&again, secret, "fourth").await.0, 401, "{secret} is deployed again");
    }
    // The password of a set-up is a first one.
    let (session, _) = world.enrol_admin("second", "a sentence of words").await;
    let early = world.call(&session, "GET", "/v1/admin/admins", None, None).await;
    assert_eq!(early.problem(), (403, "password_must_change"));
    let change = json!({ "current": "a sentence of words", "new": "quite another one" });
    let path = "/v1/admin/session/password";
    assert_eq!(world.call(&session, "PUT", path, None, Some(change)).await.status, 200);
    let admins = world.call(&session, "GET", "/v1/admin/admins", None, None).await.body;
    let names: Vec<&str> =
        admins.as_array().unwrap().iter().map(|a| a["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["operator", "second", "third"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_one_set_up_secret_used_twenty_times_at_once_makes_one_operator() {
    let world = World::start().await;
    let armed = deployed_with(&world, "another").await;
    let tries: Vec<_> = (0..20)
        .map(|n| {
            let armed = armed.clone();
            tokio::spawn(async move { set_up(&armed, "another", &format!("racer-{n}")).await.0 })
        })
        .collect();
    let mut made = 0;
    for one in tries {
        made += usize::from(one.await.unwrap() == 201);
    }
    assert_eq!(made, 1);
    assert_eq!(world.admin_ok("GET", "/v1/admin/admins", None).await.as_array().unwrap().len(), 2);
}
