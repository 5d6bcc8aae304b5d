//! A journey for each role, and the refusals that hold for all.

use crate::harness::{World, anna, because, reset_of};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_runs_everything() {
    let world = World::start().await;
    let operator = world.make_admin("second", json!({ "role": "operator" })).await;
    let by = async |method: &str, path: &str, body| world.by(&operator, method, path, body).await;
    let portal = json!({ "id": "acme", "profile": { "description": "Acme" } });
    assert_eq!(by("POST", "/v1/admin/portals", Some(portal)).await.status, 201);
    assert_eq!(by("GET", "/v1/admin/settings", None).await.status, 200);
    let jo = json!({ "name": "jo", "role": { "role": "portal_admin", "portal": "acme" } });
    assert_eq!(by("POST", "/v1/admin/admins", Some(jo.clone())).await.status, 201);
    let taken = by("POST", "/v1/admin/admins", Some(jo)).await;
    assert_eq!(taken.problem(), (409, "admin_name_taken"));
    let changed = json!({ "role": { "role": "auditor" } });
    let changed = by("PUT", "/v1/admin/admins/jo", Some(changed)).await;
    assert_eq!(changed.body["role"], json!({ "role": "auditor" }));
    assert_eq!(by("POST", "/v1/admin/admins/jo/remove", because("left")).await.status, 200);
    let gone = by("POST", "/v1/admin/admins/jo/remove", because("left")).await;
    assert_eq!(gone.problem(), (404, "admin_unknown"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_technician_who_loses_a_portal_while_signed_in_loses_it_with_the_next_call() {
    let world = World::start().await;
    let role = |portals: &[&str]| json!({ "role": "technician", "portals": portals });
    let technician = world.make_admin("tech", role(&["managed", "always-on"])).await;
    let users = async |portal: &str| {
        let path = format!("/v1/admin/portals/{portal}/users");
        world.by(&technician, "GET", &path, None).await
    };
    assert_eq!((users("managed").await.status, users("always-on").await.status), (200, 200));
    let fewer = json!({ "role": role(&["always-on"]) });
    world.admin_ok("PUT", "/v1/admin/admins/tech", Some(fewer)).await;
    assert_eq!(users("managed").await.problem(), (404, "portal_unknown"));
    assert_eq!(users("always-on").await.status, 200);
    let list = world.by(&technician, "GET", "/v1/admin/portals", None).await.body;
    let ids: Vec<&str> =
        list["portals"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["always-on"]);
    world.admin_ok("POST", "/v1/admin/admins/tech/remove", because("left")).await;
    assert_eq!(users("always-on").await.problem(), (401, "session_refused"));
    let given = json!({ "name": "tech", "password": technician.password });
    let back = world.call("", "POST", "/v1/admin/session", None, Some(given)).await;
    assert_eq!(back.problem(), (401, "password_refused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn m6_a_portal_admin_finds_and_resets_a_user_who_lost_the_phone() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let role = json!({ "role": "portal_admin", "portal": portal.id });
    let admin = world.make_admin("boss", role).await;
    let users = format!("/v1/admin/portals/{}/users", portal.id);
    let list = world.by(&admin, "GET", &format!("{users}?state=enrolled"), None).await.body;
    assert_eq!(list["users"][0]["id"], "anna");
    let path = format!("/v1/admin/portals/{}/user/reset", portal.id);
    let unsure =
        json!({ "id": "anna", "checked_by": "other", "reason": "lost phone", "confirm": false });
    let refused = world.by(&admin, "POST", &path, Some(unsure)).await;
    assert_eq!(refused.problem(), (400, "bad_request"));
    let reset = world.by(&admin, "POST", &path, reset_of("anna", "lost phone")).await;
    assert_eq!((reset.status, &reset.body["had_bound"]), (200, &json!(true)));
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["status"], "enrol");
    let old = portal.verify(&sign_in, &world.totp(&secret)).await;
    assert_eq!(old.problem(), (403, "method_not_offered"));
    assert_eq!(
        world.notices("Your second step was reset", 2).await,
        ["+64211234589", "testing@example.co.nz"],
        "the user is told at every known address"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_reads_everything_and_changes_nothing() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.open(anna()).await;
    let auditor = world.make_admin("auditor", json!({ "role": "auditor" })).await;
    for path in [
        "/v1/admin/portals",
        "/v1/admin/portals/managed",
        "/v1/admin/portals/managed/policy",
        "/v1/admin/portals/managed/users",
        "/v1/admin/portals/managed/user?id=anna",
        "/v1/admin/portals/managed/activity",
        "/v1/admin/portals/console/activity",
        "/v1/admin/settings",
        "/v1/admin/admins",
    ] {
        assert_eq!(world.by(&auditor, "GET", path, None).await.status, 200, "{path}");
    }
    world.aws.reset();
    let path = "/v1/admin/portals/managed/user/reset";
    let reset = world.by(&auditor, "POST", path, reset_of("anna", "curious")).await;
    assert_eq!(reset.problem(), (403, "not_permitted"));
    assert_eq!(world.aws.calls(), [("GetItem".to_owned(), 1)], "nothing but the session is read");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_raises_or_removes_themselves_and_the_last_operator_stays() {
    let world = World::start().await;
    let own = json!({ "role": { "role": "auditor" } });
    let alone = world.admin("PUT", "/v1/admin/admins/operator", None, Some(own.clone())).await;
    assert_eq!(alone.problem(), (403, "not_permitted"));
    let second = world.make_admin("second", json!({ "role": "operator" })).await;
    // The second removes the first, and is then the last.
    let path = "/v1/admin/admins/operator/remove";
    assert_eq!(world.by(&second, "POST", path, because("left")).await.status, 200);
    let path = "/v1/admin/admins/second/remove";
    let last = world.by(&second, "POST", path, because("left")).await;
    assert_eq!(last.problem(), (403, "not_permitted"));
    let portal_admin = json!({ "role": "portal_admin", "portal": "managed" });
    let made = json!({ "name": "boss", "role": portal_admin });
    let made = world.by(&second, "POST", "/v1/admin/admins", Some(made)).await;
    let boss = world.settle_in("boss", made.body["password"].as_str().unwrap()).await;
    let raised = json!({ "role": { "role": "operator" } });
    let raised = world.by(&boss, "PUT", "/v1/admin/admins/boss", Some(raised)).await;
    assert_eq!(raised.problem(), (403, "not_permitted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_operators_who_remove_each_other_at_once_one_stays() {
    let world = World::start().await;
    let mut alone = "operator".to_owned();
    for round in 0..5 {
        let one = world.make_admin(&format!("one-{round}"), json!({ "role": "operator" })).await;
        let two = world.make_admin(&format!("two-{round}"), json!({ "role": "operator" })).await;
        // Nobody else is an operator while they do.
        let before = format!("/v1/admin/admins/{alone}/remove");
        assert_eq!(world.by(&one, "POST", &before, because("left")).await.status, 200);
        let path = |name: &str| format!("/v1/admin/admins/{name}/remove");
        let (first, second) = (path(&two.name), path(&one.name));
        let (a, b) = tokio::join!(
            world.by(&one, "POST", &first, because("race")),
            world.by(&two, "POST", &second, because("race")),
        );
        let stayed = [a.status, b.status].iter().filter(|status| **status == 200).count();
        assert_eq!(stayed, 1, "{:?} {:?}", a.body, b.body);
        let last = if a.status == 200 { one } else { two };
        *world.session.lock().unwrap() = last.session.clone();
        let admins = world.admin_ok("GET", "/v1/admin/admins", None).await;
        let left = admins.as_array().unwrap().iter().filter(|a| a["removed_at"].is_null());
        assert_eq!(left.count(), 1);
        alone = last.name;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_that_make_no_sense_are_refused() {
    let world = World::start().await;
    for (role, problem) in [
        (json!({ "role": "technician", "portals": [] }), (400, "bad_request")),
        (json!({ "role": "technician", "portals": ["no-such-portal"] }), (404, "portal_unknown")),
        (json!({ "role": "portal_admin", "portal": "console" }), (400, "bad_request")),
        (json!({ "role": "portal_admin" }), (400, "bad_request")),
        (json!({ "role": "org_admin", "portal": "managed" }), (400, "bad_request")),
        (json!({ "role": "operator", "portals": ["managed"] }), (400, "bad_request")),
        (json!({ "role": "king" }), (400, "bad_request")),
    ] {
        let body = json!({ "name": "jo", "role": role });
        let refused = world.admin("POST", "/v1/admin/admins", None, Some(body)).await;
        assert_eq!(refused.problem(), problem, "{role}");
    }
    let path = "/v1/admin/admins/jo";
    let never =
        world.admin("PUT", path, None, Some(json!({ "role": { "role": "auditor" } }))).await;
    assert_eq!(never.problem(), (404, "admin_unknown"));
}
