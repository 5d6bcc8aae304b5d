//! Users between sign-ins: contact records, "Enable MFA", the saved default, the activity.

use crate::harness::{World, anna};
use serde_json::json;

const EMAIL: &str = "testing@example.co.nz";

#[tokio::test(flavor = "multi_thread")]
async fn a3_a4_a_contact_record_is_applied_and_every_later_update_too() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let put = async |record: serde_json::Value| portal.put_user("anna", &record).await;
    let kept =
        put(json!({ "email": EMAIL, "email_verified": true, "phone": "021 123 4589" })).await;
    let wanted = json!({ "email": "test*****.co.nz", "email_verified": true, "phone": "kept" });
    assert_eq!((kept.status, &kept.body), (200, &wanted));
    let sign_in = portal.open(json!({ "id": "anna" })).await;
    assert_eq!(sign_in["options"].as_array().unwrap().len(), 2);

    for (number, why) in [("123", "valid"), ("+64 9 555 0100", "messages"), ("0900 12345", "")] {
        let updated =
            put(json!({ "email": "b@example.com", "email_verified": true, "phone": number })).await;
        assert_eq!(
            (&updated.body["phone"], &updated.body["email"]),
            (&json!("rejected"), &json!("*****.com"))
        );
        assert!(updated.body["phone_reason"].as_str().unwrap().contains(why), "{:?}", updated.body);
    }
    let user = portal.get("/v1/user?id=anna").await;
    assert_eq!(
        (&user.body["status"], &user.body["phone_rejected"]),
        (&json!("challenge"), &json!(true))
    );
    let sign_in = portal.open(json!({ "id": "anna" })).await;
    assert_eq!(sign_in["unavailable"], json!([{ "method": "sms", "reason": "no_phone" }]));
    let refused = put(json!({ "email": "a@example.com, b@example.com" })).await;
    assert_eq!(refused.problem(), (400, "bad_request"));
    assert!(world.outbox().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_says_nothing_new_writes_nothing() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let record = json!({ "email": EMAIL, "email_verified": true });
    portal.put_user("anna", &record).await;
    world.aws.reset();
    portal.put_user("anna", &record).await;
    assert_eq!(world.aws.calls(), [("BatchGetItem".to_owned(), 1)]);
    let other_case = portal.put_user("ANNA", &record).await;
    assert_eq!(other_case.problem(), (409, "user_id_case"));
    assert_eq!(portal.get("/v1/user?id=nobody").await.problem(), (404, "user_unknown"));
}

#[tokio::test(flavor = "multi_thread")]
async fn o8_a_user_who_skipped_can_enable_mfa_and_enrols_at_the_next_sign_in() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment_opt_out");
    let sign_in = portal.open(anna()).await;
    let opt_in = async |confirm: bool| {
        portal.post("/v1/user/opt-in", json!({ "id": "anna", "confirm": confirm })).await
    };
    assert_eq!(opt_in(true).await.problem(), (409, "not_skipped"));
    portal.act(&sign_in, "skip", json!({})).await;
    let user = portal.get("/v1/user?id=anna").await.body;
    assert_eq!(
        (&user["status"], &user["skipped"], &user["can_opt_in"]),
        (&json!("allowed"), &json!(true), &json!(true))
    );

    assert_eq!(opt_in(false).await.problem(), (400, "bad_request"), "cancelled: nothing changes");
    assert_eq!(portal.open(anna()).await["reason"], "skipped");
    let done = opt_in(true).await;
    assert_eq!((done.status, &done.body), (200, &json!({ "sign_out": true })));
    assert_eq!(opt_in(true).await.problem(), (409, "not_skipped"));
    let again = portal.open(anna()).await;
    assert_eq!((&again["status"], &again["skippable"]), (&json!("enrol"), &json!(true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn f11_the_default_can_be_un_set_by_the_portal_and_by_a_reset() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    let make_default = async || {
        let sign_in = portal.open(anna()).await;
        if sign_in["challenge"].is_null() {
            portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
        }
        let code = world.code_sent_to(EMAIL).await;
        let verified =
            portal.act(&sign_in, "verify", json!({ "code": code, "set_default": "email" })).await;
        assert_eq!(verified.status, 200, "{:?}", verified.body);
    };
    make_default().await;
    assert_eq!(portal.get("/v1/user?id=anna").await.body["default"], "email");
    let unset = portal.send("DELETE", "/v1/user/default?id=anna", None).await;
    assert_eq!((unset.status, &unset.body["default"]), (200, &json!(null)));
    assert_eq!(portal.open(anna()).await["status"], "enrol");

    make_default().await;
    let reset = json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "lost mailbox", "confirm": true });
    portal.reset_user("anna", reset).await;
    assert_eq!(portal.get("/v1/user?id=anna").await.body["default"], json!(null));
}

#[tokio::test(flavor = "multi_thread")]
async fn f9_each_emailed_code_is_in_the_users_activity_and_a_failed_send_has_its_own_entry() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    let ask = async || portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    ask().await;
    world.set_providers("refuse").await;
    world.advance(31);
    assert_eq!(ask().await.problem(), (502, "delivery_failed"));
    let code = world.totp(&secret);
    portal.act(&sign_in, "verify", json!({ "code": code, "method": "authenticator_app" })).await;

    let activity = portal.get("/v1/user/activity?id=anna").await.body;
    let events: Vec<&str> =
        activity.as_array().unwrap().iter().map(|entry| entry["event"].as_str().unwrap()).collect();
    let wanted = [
        "code_accepted",
        "code_not_sent",
        "code_requested",
        "code_sent",
        "code_requested",
        "enrolled",
        "code_accepted",
    ];
    assert_eq!(events, wanted);
    assert_eq!(activity[3]["type"], "Client Portal Information");
    assert_eq!(activity[3]["detail"], "Authenticator App code sent to email test*****.co.nz");
    assert_eq!(activity[1]["type"], "Multi-factor authentication");
    assert!(!activity.to_string().contains(EMAIL));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_bound_is_told_without_secrets() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let user = portal.get("/v1/user?id=anna").await.body;
    assert_eq!(user["methods"].as_array().unwrap().len(), 1);
    assert_eq!(user["methods"][0]["method"], "authenticator_app");
    assert!(!user.to_string().contains(&secret));
}
