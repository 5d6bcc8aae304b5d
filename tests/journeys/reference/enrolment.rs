//! Portal 4: organisations enrol by SMS or email, opt-out if allowed.

use crate::harness::{World, anna};
use serde_json::json;

const PHONE: &str = "+64211234500";

#[tokio::test(flavor = "multi_thread")]
async fn o3_o5_a_number_is_entered_corrected_confirmed_and_used_from_then_on() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["status"], "enrol");
    let wrong_number = portal
        .act(&sign_in, "enrolment", json!({ "method": "sms", "phone": "021 123 4599" }))
        .await;
    assert_eq!(wrong_number.status, 201, "{:?}", wrong_number.body);
    let stale = world.code_sent_to("+64211234599").await;
    let started = portal
        .act(&sign_in, "enrolment", json!({ "method": "sms", "phone": "021 123 4500" }))
        .await;
    let to = &started.body["challenge"]["to"];
    assert_eq!((started.status, to), (201, &json!("+64*****00")));
    let code = world.code_sent_to(PHONE).await;
    assert_ne!(stale, code);
    let refused = portal.act(&sign_in, "enrolment/confirm", json!({ "code": stale })).await;
    assert_eq!(
        refused.problem(),
        (403, "code_wrong"),
        "the corrected number's code counts, and no other"
    );
    let confirmed = portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!((confirmed.status, &confirmed.body["method"]), (200, &json!("sms")));

    let later = portal.open(anna()).await;
    assert_eq!(
        (&later["status"], &later["challenge"]["to"]),
        (&json!("challenge"), &json!("+64*****00"))
    );
    assert_eq!(portal.verify(&later, &world.code_sent_to(PHONE).await).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn o4_codes_go_to_the_enrolled_address_also_where_the_account_has_another() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    let sign_in = portal.open(anna()).await;
    let started = portal
        .act(&sign_in, "enrolment", json!({ "method": "email", "email": "mine@example.org" }))
        .await;
    assert_eq!(started.status, 201);
    let code = world.code_sent_to("mine@example.org").await;
    assert_eq!(
        portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await.status,
        200
    );
    let later = portal.open(anna()).await;
    assert_eq!(later["challenge"]["to"], "min*****.org");
    assert!(world.sent_to("testing@example.co.nz").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn o6_o7_a_skip_is_remembered_where_it_is_allowed() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment_opt_out");
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["skippable"], true);
    assert_eq!(sign_in["links"][0]["label"], "Skip for now");
    let skipped = portal.act(&sign_in, "skip", json!({})).await;
    assert_eq!((skipped.status, &skipped.body["status"]), (200, &json!("allowed")));
    let later = portal.open(anna()).await;
    assert_eq!((&later["status"], &later["reason"]), (&json!("allowed"), &json!("skipped")));
    assert!(later["assertion"].is_string());

    let required = world.portal("sms_enrolment");
    let sign_in = required.open(anna()).await;
    assert_eq!(
        required.act(&sign_in, "skip", json!({})).await.problem(),
        (403, "skip_not_allowed")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn o14_a_remembered_skip_stops_counting_when_opt_out_is_no_longer_allowed() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment_opt_out");
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "skip", json!({})).await;
    world
        .change_policy(&portal, |policy| policy["enforcement"] = json!({ "type": "required" }))
        .await;
    assert_eq!(portal.open(anna()).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn o9_o10_while_off_nobody_is_asked_and_on_again_everybody_enrols_again() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "enrolment", json!({ "method": "sms", "phone": "021 123 4500" })).await;
    let code = world.code_sent_to(PHONE).await;
    portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    world.change_policy(&portal, |policy| policy["enabled"] = json!(false)).await;
    let off = portal.open(anna()).await;
    assert_eq!((&off["status"], &off["reason"]), (&json!("allowed"), &json!("not_required")));
    world.change_policy(&portal, |policy| policy["enabled"] = json!(true)).await;
    assert_eq!(portal.open(anna()).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn o11_o12_an_admin_of_the_organisation_resets_one_user_and_no_stranger_does() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment_opt_out");
    let user = json!({ "id": "anna/1 ü", "organization": "org-1" });
    let sign_in = portal.open(user.clone()).await;
    portal.act(&sign_in, "skip", json!({})).await;
    let reset = async |actor: serde_json::Value| {
        let reset = json!({ "actor": actor, "reason": "new phone", "confirm": true });
        portal.reset_user("anna/1 ü", reset).await
    };
    let stranger = reset(json!({ "id": "x", "role": "org_admin", "organization": "org-2" })).await;
    assert_eq!(stranger.problem(), (404, "user_unknown"));
    let herself = reset(json!({ "id": "anna/1 ü", "role": "portal_admin" })).await;
    assert_eq!(herself.problem(), (403, "not_permitted"));
    assert_eq!(portal.open(user.clone()).await["reason"], "skipped", "nothing changed");
    let done = reset(json!({ "id": "x", "role": "org_admin", "organization": "org-1" })).await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    assert_eq!(portal.open(user).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_destination_that_cannot_take_codes_is_refused_and_nothing_is_sent() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    let sign_in = portal.open(anna()).await;
    for (phone, problem) in [
        ("123", (400, "bad_request")),
        // A landline, and a premium number.
        ("+64 9 555 0100", (400, "bad_request")),
        ("+64 900 12345", (400, "bad_request")),
        ("+33 6 12 34 56 78", (403, "country_not_allowed")),
    ] {
        let refused =
            portal.act(&sign_in, "enrolment", json!({ "method": "sms", "phone": phone })).await;
        assert_eq!(refused.problem(), problem, "{phone}");
    }
    assert!(world.outbox().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_destination_takes_three_codes_an_hour_and_refused_sends_are_none_of_them() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    let sign_in = portal.open(anna()).await;
    let enrol = async |sign_in: &serde_json::Value| {
        portal.act(sign_in, "enrolment", json!({ "method": "sms", "phone": "021 123 4500" })).await
    };
    world.set_providers("refuse").await;
    for _ in 0..4 {
        assert_eq!(enrol(&sign_in).await.problem(), (502, "delivery_failed"));
    }
    world.set_providers("deliver").await;
    for _ in 0..3 {
        assert_eq!(enrol(&sign_in).await.status, 201);
        world.advance(31);
    }
    let ben = portal.open(json!({ "id": "ben" })).await;
    assert_eq!(enrol(&ben).await.problem(), (429, "send_limit"), "over all users");
    assert_eq!(world.outbox().await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn o1_once_on_every_user_of_every_organisation_enrols() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    for (user, organisation) in [("anna", Some("acme")), ("ben", Some("bolt")), ("carl", None)] {
        let sign_in = portal.open(json!({ "id": user, "organization": organisation })).await;
        assert_eq!((&sign_in["status"], &sign_in["skippable"]), (&json!("enrol"), &json!(false)));
        let assertion = portal.look(&sign_in).await.body["assertion"].clone();
        assert!(assertion.is_null());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn o2_only_admins_of_master_rank_see_and_change_the_switch() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    let path = format!("/v1/admin/portals/{}", portal.id);
    let off = json!({ "enabled": false, "confirm": true });
    let org = json!({ "role": "org_admin", "portal": portal.id, "organization": "acme" });
    let org = world.make_admin("org", org).await;
    let policy = world.by(&org, "GET", &format!("{path}/policy"), None).await;
    assert_eq!(policy.problem(), (403, "not_permitted"));
    let switched = world.by(&org, "POST", &format!("{path}/mfa"), Some(off.clone())).await;
    assert_eq!(switched.problem(), (403, "not_permitted"));
    let boss = json!({ "role": "portal_admin", "portal": portal.id });
    let boss = world.make_admin("boss", boss).await;
    assert_eq!(world.by(&boss, "GET", &format!("{path}/policy"), None).await.status, 200);
    assert_eq!(world.by(&boss, "POST", &format!("{path}/mfa"), Some(off)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn o13_a_changed_number_means_enrolling_again_after_a_reset() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "enrolment", json!({ "method": "sms", "phone": "021 123 4500" })).await;
    let code = world.code_sent_to(PHONE).await;
    portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    // Another number in the contact record moves nothing: codes go to the enrolled one.
    let moved = json!({ "id": "anna", "phone": "021 123 4999" });
    let sign_in = portal.open(moved.clone()).await;
    assert_eq!(sign_in["challenge"]["to"], "+64*****00");
    let other = json!({ "method": "sms", "phone": "021 123 4999" });
    let early = portal.act(&sign_in, "enrolment", other.clone()).await;
    assert_eq!(early.problem(), (409, "another_step"));
    let reset = json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "new number", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    let sign_in = portal.open(moved).await;
    assert_eq!(sign_in["status"], "enrol");
    assert_eq!(portal.act(&sign_in, "enrolment", other).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn x3_a_code_may_be_pasted_with_spaces_dashes_and_in_other_digits() {
    let world = World::start().await;
    for (n, form) in
        ["123 456", "123-456", " 123456\n", "１２３４５６", "१२३४५६", "١٢٣٤٥٦"].iter().enumerate()
    {
        let portal = world.portal("email_enrolment");
        let sign_in = portal.open(json!({ "id": format!("u{n}") })).await;
        let to = format!("u{n}@example.com");
        portal.act(&sign_in, "enrolment", json!({ "method": "email", "email": to })).await;
        let code = world.code_sent_to(&to).await;
        let zeros: Vec<char> = form.chars().filter(|c| c.is_numeric()).collect();
        // The same code, written as the example is.
        let mut digits = code.chars().map(|c| {
            let zero = u32::from(zeros[0]) - 1;
            char::from_u32(zero + c.to_digit(10).unwrap()).unwrap()
        });
        let typed: String =
            form.chars().map(|c| if c.is_numeric() { digits.next().unwrap() } else { c }).collect();
        let done = portal.act(&sign_in, "enrolment/confirm", json!({ "code": typed })).await;
        assert_eq!(done.status, 200, "{typed:?}: {:?}", done.body);
    }
}
