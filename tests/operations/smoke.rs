//! `infra/smoke` against a deployment that works, and against those where a step fails.

use crate::harness::{Fault, World};
use portcullis_local::LocalClock;
use serde_json::json;
use std::process::{Command, Output};

/// A deployment under the clock of the script, which makes codes of the moment.
async fn deployed() -> World {
    World::start_at(LocalClock::default()).await
}

/// Makes the portal that the book describes, and returns its key.
async fn portal(world: &World, preset: &str, scopes: &[&str]) -> String {
    let profile = json!({
        "description": "Smoke test", "return_urls": ["https://smoke.example.com/back"],
    });
    let key = json!({ "scopes": scopes, "description": "Smoke test" });
    let body = json!({ "id": "smoke", "profile": profile, "preset": preset, "key": key });
    let made = world.admin("POST", "/v1/admin/portals", None, Some(body)).await;
    assert_eq!(made.status, 201, "{:?}", made.body);
    made.body["api_key"].as_str().unwrap().to_owned()
}

async fn smoke(world: &World, key: &str, more: &[&str]) -> (bool, String, String) {
    let mut command = Command::new("python3");
    command.arg("../infra/smoke").arg(world.url("")).args(more).env("PORTCULLIS_SMOKE_KEY", key);
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap();
    let Output { status, stdout, stderr } = output.expect("python3 runs infra/smoke");
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.success(), text(stdout), text(stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_that_works_signs_a_made_up_user_in_and_keeps_nothing_of_it() {
    let world = deployed().await;
    let key = portal(&world, "authenticator_app", &["sign_in", "erase"]).await;
    let (release, issuer) = (env!("CARGO_PKG_VERSION"), world.origin());
    let given = ["--issuer", issuer.as_str(), "--release", release];
    let (passed, said, failed) = smoke(&world, &key, &given).await;
    assert!(passed, "{said}\n{failed}");
    let answers = format!("The service answers; its release is {release}.");
    for sentence in [
        answers.as_str(),
        "A new user enrolled an authenticator app, after a wrong code was refused.",
        "The user signed in at the hosted prompt.",
        "The portal redeemed the result.",
        " was erased.",
    ] {
        assert!(said.contains(sentence), "{sentence} in {said}");
    }
    assert_eq!(said.matches("The assertion is signed by a published key").count(), 2, "{said}");
    assert_eq!(failed, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_that_fails_is_named_and_nobody_is_left_behind() {
    let world = deployed().await;
    let key = portal(&world, "authenticator_app", &["sign_in", "erase"]).await;
    for (given, wanted) in [
        (["--issuer", "urn:other"], "\"The assertion is good\" does not hold"),
        (["--release", "99.0.0"], "\"The release 99.0.0 answers\" does not hold"),
    ] {
        let (passed, said, failed) = smoke(&world, &key, &given).await;
        assert!(!passed && failed.contains(wanted), "{said}\n{failed}");
        let left = if said.contains("enrolled") { " was erased." } else { "No user was left" };
        assert!(said.contains(left), "{said}");
    }
    world.aws.fault_at("PutItem", Fault::Throttled, 100_000);
    let (passed, said, failed) = smoke(&world, &key, &[]).await;
    assert!(!passed && failed.contains("\"A sign-in is opened\" does not hold: 503"), "{failed}");
    assert!(said.contains("No user was left behind."), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_is_not_made_for_it_is_named() {
    let world = deployed().await;
    let key = portal(&world, "authenticator_app", &["sign_in"]).await;
    let (passed, _, failed) = smoke(&world, &key, &[]).await;
    assert!(!passed && failed.contains("\"The user is erased\" does not hold: 403, scope"));
    assert!(failed.contains("by hand"), "{failed}");
    let (passed, _, failed) = smoke(&world, &world.portal("sms_enrolment").key, &[]).await;
    assert!(!passed && failed.contains("does not hold: "), "{failed}");
    let (passed, _, failed) = smoke(&world, "", &[]).await;
    assert!(!passed && failed.contains("Set PORTCULLIS_SMOKE_KEY"), "{failed}");
}
