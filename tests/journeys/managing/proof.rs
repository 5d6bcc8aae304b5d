//! The proof that opens the settings, and what ends it.

use super::*;
use crate::harness::{on_user, reset_of};

#[tokio::test(flavor = "multi_thread")]
async fn h1_a_fresh_proof_is_asked_whatever_the_policy_asks_of_others() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let secret = portal.enrol_app(&world, anna()).await;
    let path = format!("/v1/admin/portals/{}/mfa", portal.id);
    world.admin_ok("POST", &path, Some(json!({ "enabled": false, "confirm": true }))).await;
    assert_eq!(portal.open(anna()).await["status"], "allowed", "to sign in nothing is asked");
    let opened = open_settings(&portal).await;
    assert_eq!((opened.status, &opened.body["status"]), (201, &json!("challenge")));
    assert_eq!(opened.body.get("settings"), None);
    assert_eq!(opened.body.get("assertion"), None);
    let proven = prove(&world, &portal, &secret).await;
    assert_eq!(listed(&proven).len(), 1);
    let said = claims(&portal, &proven).await;
    assert_eq!((&said["mfa"], &said["changed"]), (&json!("done"), &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn s8_the_password_alone_changes_nothing() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let secret = portal.enrol_app(&world, anna()).await;
    let id = bound(&portal).await[0]["id"].clone();
    let opened = open_settings(&portal).await.body;
    let login = portal.open(anna()).await;
    portal.verify(&login, &world.totp(&secret)).await;
    world.aws.reset();
    for (sign_in, code) in [(&opened, "another_step"), (&login, "sign_in_done")] {
        for body in [remove(&id), rename(&id, "Mine"), json!({ "change": "unset_default" })] {
            let refused = portal.act(sign_in, "settings", body).await;
            assert_eq!(refused.problem(), (409, code));
        }
        let refused = portal.act(sign_in, "enrolment", json!({ "method": APP })).await;
        assert_eq!(refused.problem(), (409, code));
    }
    assert!(world.aws.calls().iter().all(|(call, _)| call == "BatchGetItem"), "nothing written");
    assert_eq!(bound(&portal).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn h2_with_nothing_bound_the_settings_enrol_as_a_sign_in_would_and_else_are_denied() {
    let world = World::start().await;
    let off = world.portal("managed");
    let denied = open_settings(&off).await.body;
    let state = |view: &Value| (view["status"].clone(), view["reason"].clone());
    assert_eq!(state(&denied), (json!("denied"), json!("nothing_to_manage")));
    assert!(denied["message"].as_str().unwrap().ends_with("Ask for help."), "{denied}");
    assert_eq!(denied["links"], json!([]));

    let portal = portal(&world).await;
    let enrol = open_settings(&portal).await.body;
    assert_eq!(state(&enrol), (json!("enrol"), json!("nothing_bound")));
    assert_eq!(enrol["skippable"], false);
    let (_, done) = add_app(&world, &portal, &enrol, json!({ "method": APP })).await;
    assert_eq!(listed(&done).len(), 1, "what was set up is the proof");

    let path = format!("/v1/admin/portals/{}/mfa", portal.id);
    world.admin_ok("POST", &path, Some(json!({ "enabled": false, "confirm": true }))).await;
    let nobody = open_settings_of(&portal, json!({ "id": "ben" })).await.body;
    assert_eq!(state(&nobody), (json!("denied"), json!("nothing_to_manage")));
}

#[tokio::test(flavor = "multi_thread")]
async fn s48_a_code_by_email_that_stands_in_for_the_app_opens_no_settings() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    let with_proof = |policy: &mut Value| policy["self_service"] = json!("with_proof");
    world.change_policy(&portal, with_proof).await;
    portal.enrol_app(&world, anna()).await;
    let opened = open_settings(&portal).await.body;
    assert_eq!(opened["options"], json!([{ "method": APP, "bound": true }]));
    let asked = portal.act(&opened, "challenge", json!({ "method": "email" })).await;
    assert_eq!(asked.problem(), (403, "method_not_offered"));
    let guess = json!({ "code": "123456", "method": "email" });
    let refused = portal.act(&opened, "verify", guess).await;
    assert_eq!(refused.problem(), (403, "method_not_offered"));
    assert!(world.outbox().await.is_empty(), "nothing was sent");
    // It signs in all the same.
    let login = portal.open(anna()).await;
    let asked = portal.act(&login, "challenge", json!({ "method": "email" })).await;
    assert_eq!(asked.status, 202);
}

#[tokio::test(flavor = "multi_thread")]
async fn h1_the_right_ends_ten_minutes_after_the_proof_and_another_proof_opens_it_again() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let secret = portal.enrol_app(&world, anna()).await;
    let settings = prove(&world, &portal, &secret).await;
    let id = listed(&settings)[0]["id"].clone();
    world.advance(599);
    let look = portal.look(&settings).await.body;
    assert_eq!((listed(&look).len(), look.get("assertion")), (1, None), "its time is over");
    let renamed = portal.act(&settings, "settings", rename(&id, "Phone")).await;
    let said = claims(&portal, &renamed.body).await;
    assert!(said["auth_time"].as_i64().unwrap() < said["iat"].as_i64().unwrap());
    world.advance(1);
    let over = portal.act(&settings, "settings", rename(&id, "Later")).await;
    assert_eq!(over.problem(), (410, "sign_in_expired"));
    let again = prove(&world, &portal, &secret).await;
    assert_eq!(listed(&again)[0]["name"], "Phone");
}

#[tokio::test(flavor = "multi_thread")]
async fn s9_of_two_open_settings_a_change_in_one_ends_the_other() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let secret = portal.enrol_app(&world, anna()).await;
    let one = prove(&world, &portal, &secret).await;
    let pending = portal.act(&one, "enrolment", json!({ "method": APP })).await;
    let other = prove(&world, &portal, &secret).await;
    add_app(&world, &portal, &other, json!({ "method": APP })).await;
    let code = json!({ "code": world.totp(pending.secret()) });
    let refused = portal.act(&one, "enrolment/confirm", code).await;
    assert_eq!(refused.problem(), (403, "settings_closed"));
    let id = listed(&one)[0]["id"].clone();
    let refused = portal.act(&one, "settings", remove(&id)).await;
    assert_eq!(refused.problem(), (403, "settings_closed"));
    assert_eq!(bound(&portal).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn s11_a_reset_and_the_policy_end_the_settings_at_once() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let secret = portal.enrol_app(&world, anna()).await;
    let settings = prove(&world, &portal, &secret).await;
    let id = listed(&settings)[0]["id"].clone();
    world.change_policy(&portal, |policy| policy["self_service"] = json!("off")).await;
    let refused = portal.act(&settings, "settings", rename(&id, "Phone")).await;
    assert_eq!(refused.problem(), (403, "no_usable_method"));
    world.change_policy(&portal, |policy| policy["self_service"] = json!("with_proof")).await;
    let pending = portal.act(&settings, "enrolment", json!({ "method": APP })).await;
    let path = format!("/v1/admin/portals/{}/user/reset", portal.id);
    world.admin_ok("POST", &path, reset_of("anna", "lost phone")).await;
    let code = json!({ "code": world.totp(pending.secret()) });
    let refused = portal.act(&settings, "enrolment/confirm", code).await;
    assert_eq!(refused.problem(), (404, "sign_in_unknown"));
    assert!(bound(&portal).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn n2_a_bypass_code_opens_the_settings_of_a_user_whose_phone_is_gone() {
    let world = World::start().await;
    let portal = portal(&world).await;
    portal.enrol_app(&world, anna()).await;
    let path = format!("/v1/admin/portals/{}/user/bypass-code", portal.id);
    let issued = world.admin_ok("POST", &path, on_user("anna", "lost phone")).await;
    let opened = open_settings(&portal).await.body;
    let settings = portal.verify(&opened, issued["code"].as_str().unwrap()).await.body;
    let gone = listed(&settings)[0]["id"].clone();
    let body = json!({ "method": APP, "replaces": gone });
    let (_, done) = add_app(&world, &portal, &settings, body).await;
    assert_eq!(listed(&done).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn h4_a_portal_learns_how_its_users_change_their_settings_and_which_authenticators_there_are()
{
    let world = World::start().await;
    let portal = portal(&world).await;
    let secret = portal.enrol_app(&world, anna()).await;
    let user = portal.get("/v1/user?id=anna").await.body;
    assert_eq!(user["settings"], json!({ "available": true }));
    let settings = prove(&world, &portal, &secret).await;
    let id = listed(&settings)[0]["id"].clone();
    portal.act(&settings, "settings", rename(&id, "Phone")).await;
    let known = bound(&portal).await;
    assert_eq!((&known[0]["id"], &known[0]["name"]), (&id, &json!("Phone")));
    assert!(known[0]["bound_at"].is_i64());
    world.change_policy(&portal, |policy| policy["self_service"] = json!("off")).await;
    let user = portal.get("/v1/user?id=anna").await.body;
    assert_eq!(user["settings"], json!({ "available": false, "reason": "self_service_off" }));
}
