//! Each change to who can get in is notified to each destination known before it.

use crate::harness::{Portal, World, anna, because, on_user, user_path};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const EMAIL: &str = "testing@example.co.nz";
const PHONE: &str = "+64211234589";
const ENROLLED: &str = "A new way to sign in was set up";

async fn enrol_email(world: &World, portal: &Portal, user: Value, to: &str) {
    let sign_in = portal.open(user).await;
    let body = json!({ "method": "email", "email": to });
    let started = portal.act(&sign_in, "enrolment", body).await;
    assert_eq!(started.status, 201, "{:?}", started.body);
    let code = json!({ "code": world.code_sent_to(to).await });
    let confirmed = portal.act(&sign_in, "enrolment/confirm", code).await;
    assert_eq!(confirmed.status, 200, "{:?}", confirmed.body);
}

async fn notified(world: &World, words: &str, wanted: usize) -> BTreeSet<String> {
    world.notices(words, wanted).await.into_iter().collect()
}

fn these(destinations: &[&str]) -> BTreeSet<String> {
    destinations.iter().map(|to| (*to).to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_a_destination_with_the_mask_of_the_users_own_does_not_keep_the_user_from_being_told() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    // Both are shown as test*****.co.nz.
    enrol_email(&world, &portal, anna(), "test.stranger@evil.co.nz").await;
    assert_eq!(notified(&world, ENROLLED, 2).await, these(&[EMAIL, PHONE]));
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_who_enrolled_before_the_policy_was_switched_off_and_on_is_told_of_the_next_enrolment()
{
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    let anna = json!({ "id": "anna" });
    enrol_email(&world, &portal, anna.clone(), "own@example.com").await;
    let path = format!("/v1/admin/portals/{}/mfa", portal.id);
    for enabled in [false, true] {
        world.admin_ok("POST", &path, Some(json!({ "enabled": enabled, "confirm": true }))).await;
    }
    enrol_email(&world, &portal, anna, "stranger@evil.example").await;
    assert_eq!(notified(&world, ENROLLED, 1).await, these(&["own@example.com"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_an_erased_user_is_told_where_the_user_was_known_and_nothing_of_it_is_kept() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    enrol_email(&world, &portal, anna(), "own@example.com").await;
    let erased = portal.send("DELETE", &user_path("/v1/user", "anna"), None).await;
    assert_eq!(erased.status, 200);
    let words = "Your account was erased";
    assert_eq!(notified(&world, words, 3).await, these(&[EMAIL, PHONE, "own@example.com"]));
    for (key, item) in world.raw_items().await {
        for to in [EMAIL, PHONE, "own@example.com"] {
            assert!(!item.contains(to), "{to} is still in {key}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_a_skip_is_told() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment_opt_out");
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.act(&sign_in, "skip", json!({})).await.status, 200);
    assert_eq!(notified(&world, "was skipped", 2).await, these(&[EMAIL, PHONE]));
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_a_flood_of_other_notices_keeps_no_takeover_from_being_told() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    portal.open(anna()).await;
    let path = format!("/v1/admin/portals/{}/user/export", portal.id);
    for _ in 0..12 {
        let exported = world.admin("POST", &path, None, on_user("anna", "asked for")).await;
        assert!(exported.status < 300, "{:?}", exported.body);
    }
    enrol_email(&world, &portal, anna(), "stranger@evil.example").await;
    assert_eq!(notified(&world, ENROLLED, 2).await, these(&[EMAIL, PHONE]));
    // The flood itself is two messages within the hour: the first, and a digest of the rest.
    assert_eq!(notified(&world, "exported the data", 2).await, these(&[EMAIL, PHONE]));
    world.advance(3_600);
    assert_eq!(notified(&world, "(11 times)", 1).await, these(&[EMAIL]));
    assert_eq!(notified(&world, "exported the data", 4).await, these(&[EMAIL, PHONE]));
}

/// Erases a user, who then signs in again with a verified address.
async fn erased_and_back(portal: &Portal) -> Value {
    let erased = portal.send("DELETE", &user_path("/v1/user", "anna"), None).await;
    assert_eq!(erased.status, 200);
    portal.open(anna()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn s34_whoever_had_something_bound_needs_a_link_after_an_erasure_too() {
    let world = World::start().await;
    let portal = world.portal("managed");
    // A user who never enrolled is new again.
    portal.open(anna()).await;
    assert_eq!(erased_and_back(&portal).await["status"], "enrol");
    portal.enrol_app(&world, anna()).await;
    for days in [0, 1, 100, 398] {
        world.advance(days * 86_400);
        let back = erased_and_back(&portal).await;
        assert_eq!(back["status"], "check_email", "after {days} days: {back}");
        let app = json!({ "method": "authenticator_app" });
        let started = portal.act(&back, "enrolment", app).await;
        assert_eq!(started.status, 409, "the password alone enrols nothing: {:?}", started.body);
        world.advance(3_600);
    }
    // A bypass code opens the enrolment as after a reset.
    let path = format!("/v1/admin/portals/{}/user/bypass-code", portal.id);
    let issued = world.admin_ok("POST", &path, on_user("anna", "called back")).await;
    let back = portal.open(anna()).await;
    let verified = portal.verify(&back, issued["code"].as_str().unwrap()).await;
    assert_eq!((verified.status, &verified.body["status"]), (200, &json!("enrol")));
}

#[tokio::test(flavor = "multi_thread")]
async fn s34_an_erasure_after_a_reset_leaves_the_reset_pending() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.enrol_app(&world, anna()).await;
    let actor = json!({ "id": "boss", "role": "portal_admin" });
    let mut reset = because("lost phone").unwrap();
    reset["actor"] = actor;
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    assert_eq!(erased_and_back(&portal).await["status"], "check_email");
}
