//! Policies: two admins at once, trying before saving, the switch.

use crate::harness::{World, anna};
use serde_json::{Value, json};

fn path(portal: &str) -> String {
    format!("/v1/admin/portals/{portal}/policy")
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_admins_who_edit_one_policy_the_later_is_told() {
    let world = World::start().await;
    let other = world.make_admin("second", json!({ "role": "operator" })).await;
    let path = path("authenticator-app");
    let first = world.admin("GET", &path, None, None).await;
    let second = world.by(&other, "GET", &path, None).await;
    assert_eq!(first.etag, second.etag);
    let mut policy = first.body.clone();
    policy["code_lifetime_seconds"] = json!(120);
    let saved = world.admin("PUT", &path, first.etag.as_deref(), Some(policy)).await;
    assert_eq!((saved.status, &saved.body["policy"]["code_lifetime_seconds"]), (200, &json!(120)));
    let etag = second.etag.as_deref();
    let late = world.call(&other.session, "PUT", &path, etag, Some(second.body)).await;
    assert_eq!(late.problem(), (412, "changed_meanwhile"));
    let now = world.admin("GET", &path, None, None).await;
    assert_eq!(now.body["code_lifetime_seconds"], json!(120), "nothing half-applied");
    assert_eq!(now.etag, saved.etag);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_tells_what_would_change_and_saves_nothing() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment_opt_out");
    // One who skipped, one who enrolled nothing, one whose contact record would do, each with a
    // name.
    let skipper = portal.open(json!({ "id": "skipper", "display_name": "Skipper" })).await;
    assert_eq!(portal.act(&skipper, "skip", json!({})).await.status, 200);
    portal.open(json!({ "id": "nobody" })).await;
    let known = json!({ "id": "known", "email": "known@example.com", "email_verified": true });
    portal.open(known).await;
    let before = world.admin("GET", &path(&portal.id), None, None).await;
    let tried = async |policy: &Value| {
        let path = format!("{}?dry_run=true", path(&portal.id));
        let reply = world.admin("PUT", &path, None, Some(policy.clone())).await;
        assert_eq!(reply.status, 200, "{:?}", reply.body);
        reply.body
    };
    let mut always_on = before.body.clone();
    always_on["enforcement"] = json!({ "type": "required" });
    always_on["methods"] = json!([{ "type": "email", "destination": "directory" }]);
    let answer = tried(&always_on).await;
    assert_eq!(
        [&answer["users"], &answer["no_way_in"], &answer["must_enrol"], &answer["skips_end"]],
        [&json!(3), &json!(2), &json!(0), &json!(1)]
    );
    assert_eq!((&answer["complete"], &answer["next_cursor"]), (&json!(true), &Value::Null));
    let named = answer["named"].to_string();
    assert!(named.contains("Skip*****") && named.contains("nobo*****"), "{named}");
    assert!(!named.contains("Skipper") && !named.contains("nobody"), "masked: {named}");

    let mut off = before.body.clone();
    off["enabled"] = json!(false);
    let answer = tried(&off).await;
    assert_eq!(
        [&answer["asked_no_more"], &answer["must_enrol"], &answer["skips_end"]],
        [&json!(2), &json!(0), &json!(1)]
    );
    let mut required = before.body.clone();
    required["enforcement"] = json!({ "type": "required" });
    let answer = tried(&required).await;
    assert_eq!([&answer["must_enrol"], &answer["skips_end"]], [&json!(1), &json!(1)]);
    let mut nonsense = before.body.clone();
    nonsense["methods"] = json!([]);
    let path = format!("{}?dry_run=true", path(&portal.id));
    let refused = world.admin("PUT", &path, None, Some(nonsense)).await;
    assert_eq!(refused.problem(), (422, "policy_refused"));
    let after = world.admin("GET", path.trim_end_matches("?dry_run=true"), None, None).await;
    assert_eq!((after.etag, after.body), (before.etag, before.body));
}

#[tokio::test(flavor = "multi_thread")]
async fn o9_the_switch_off_and_on_again_makes_everyone_enrol_again() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    let sign_in = portal.open(anna()).await;
    let phone = json!({ "method": "sms", "phone": "+64211234500" });
    portal.act(&sign_in, "enrolment", phone).await;
    let code = json!({ "code": world.code_sent_to("+64211234500").await });
    assert_eq!(portal.act(&sign_in, "enrolment/confirm", code).await.status, 200);
    let switch = async |enabled: bool, confirm: bool| {
        let path = format!("/v1/admin/portals/{}/mfa", portal.id);
        let body = json!({ "enabled": enabled, "confirm": confirm });
        world.admin("POST", &path, None, Some(body)).await
    };
    assert_eq!(switch(false, false).await.problem(), (400, "bad_request"));
    let off = switch(false, true).await;
    assert_eq!((off.status, &off.body["generation"]), (200, &json!(1)));
    assert_eq!(portal.open(anna()).await["reason"], "not_required");
    let on = switch(true, true).await;
    assert_eq!(on.body["generation"], json!(2));
    assert_eq!(portal.open(anna()).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn m2_the_switch_is_the_providers_and_the_portals_own_admin_cannot() {
    let world = World::start().await;
    let managed = world.portal("managed");
    let technician = json!({ "role": "technician", "portals": [managed.id] });
    let technician = world.make_admin("tech", technician).await;
    let own = json!({ "role": "portal_admin", "portal": managed.id });
    let own = world.make_admin("boss", own).await;
    let path = format!("/v1/admin/portals/{}/mfa", managed.id);
    let off = json!({ "enabled": false, "confirm": true });
    let refused = world.by(&own, "POST", &path, Some(off.clone())).await;
    assert_eq!(refused.problem(), (403, "not_permitted"));
    // Nor by replacing the policy.
    let policy_path = self::path(&managed.id);
    let mut read = world.by(&own, "GET", &policy_path, None).await;
    read.body["enabled"] = json!(false);
    let etag = read.etag.as_deref();
    let put = world.call(&own.session, "PUT", &policy_path, etag, Some(read.body.clone())).await;
    assert_eq!(put.problem(), (403, "not_permitted"));
    assert_eq!(world.by(&technician, "POST", &path, Some(off)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn i7_a_portals_own_admin_sets_the_issuer_also_where_the_provider_switches() {
    let world = World::start().await;
    let managed = world.portal("managed");
    let own = json!({ "role": "portal_admin", "portal": managed.id });
    let own = world.make_admin("boss", own).await;
    let path = path(&managed.id);
    let mut read = world.by(&own, "GET", &path, None).await;
    read.body["methods"][0]["issuer"] = json!("Acme app");
    let etag = read.etag.as_deref();
    let saved = world.call(&own.session, "PUT", &path, etag, Some(read.body)).await;
    assert_eq!((saved.status, &saved.body["warnings"]), (200, &json!([])), "{:?}", saved.body);
    // I5: the next enrolment shows it.
    let sign_in = managed.open(anna()).await;
    let app = json!({ "method": "authenticator_app" });
    let started = managed.act(&sign_in, "enrolment", app).await;
    assert_eq!(started.body["enrolment"]["issuer"], "Acme app");
}

#[tokio::test(flavor = "multi_thread")]
async fn i12_an_issuer_that_another_portal_shows_too_is_saved_with_a_warning() {
    let world = World::start().await;
    for (portal, warned) in [("authenticator-app", false), ("managed", true)] {
        let path = path(portal);
        let mut read = world.admin("GET", &path, None, None).await;
        read.body["methods"][0]["issuer"] = json!("The same name");
        let saved = world.admin("PUT", &path, read.etag.as_deref(), Some(read.body)).await;
        assert_eq!(saved.status, 200);
        let warnings = saved.body["warnings"].as_array().unwrap();
        assert_eq!(!warnings.is_empty(), warned, "{warnings:?}");
    }
    let (one, two) = (world.portal("authenticator_app"), world.portal("managed"));
    let mut labels = vec![];
    for (portal, issuer) in [(&one, "One"), (&two, "Two")] {
        world.change_policy(portal, |policy| policy["methods"][0]["issuer"] = json!(issuer)).await;
        let sign_in = portal.open(anna()).await;
        let app = json!({ "method": "authenticator_app" });
        let started = portal.act(&sign_in, "enrolment", app).await;
        labels.push(started.body["enrolment"]["otpauth_uri"].as_str().unwrap().to_owned());
        let code = world.totp(started.secret());
        let confirmed = portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
        assert_eq!(confirmed.status, 200);
    }
    assert!(labels[0].contains("/One:") && labels[1].contains("/Two:"), "{labels:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_that_make_no_sense_are_refused_with_a_sentence_that_says_why() {
    let world = World::start().await;
    let made = json!({ "id": "acme", "profile": { "description": "Acme" } });
    world.admin_ok("POST", "/v1/admin/portals", Some(made)).await;
    let path = path("acme");
    let before = world.admin("GET", &path, None, None).await;
    let sms = |destination: &str| json!({ "type": "sms", "destination": destination });
    for (field, value, words) in [
        ("methods", json!([]), "at least one method"),
        ("methods", json!([sms("user"), sms("directory")]), "listed twice"),
        ("after_reset", json!("emailed_link"), "enrolment_url"),
        ("switched_by", json!("nobody"), "enabled and required"),
    ] {
        let mut policy = before.body.clone();
        policy[field] = value;
        if field == "switched_by" {
            policy["enforcement"] = json!({ "type": "opt_out" });
        }
        let refused = world.admin("PUT", &path, before.etag.as_deref(), Some(policy)).await;
        assert_eq!(refused.problem(), (422, "policy_refused"), "{words}");
        assert!(refused.body["detail"].as_str().unwrap().contains(words), "{:?}", refused.body);
    }
    let mut directory = before.body.clone();
    directory["methods"] = json!([sms("directory")]);
    directory["enforcement"] = json!({ "type": "opt_out" });
    let refused = world.admin("PUT", &path, before.etag.as_deref(), Some(directory)).await;
    assert!(refused.body["detail"].as_str().unwrap().contains("nothing to skip"));
    for (field, value) in [
        ("code_lifetime_seconds", json!(59)),
        ("code_lifetime_seconds", json!(601)),
        ("allowed_countries", json!(["XX"])),
        ("enforcement", json!("sometimes")),
        ("enabled", json!("yes")),
        ("colour", json!("red")),
    ] {
        let mut policy = before.body.clone();
        policy[field] = value;
        let refused = world.admin("PUT", &path, before.etag.as_deref(), Some(policy)).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{field}");
    }
    assert_eq!(world.admin("GET", &path, None, None).await.etag, before.etag);
}
