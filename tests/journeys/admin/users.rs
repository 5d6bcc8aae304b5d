//! Managing users: lists, details, unlocking, bypass codes, erasing, exporting.

use crate::harness::{Portal, World, anna, on_user, other_than, reset_of};
use serde_json::{Value, json};

fn users(portal: &Portal) -> String {
    format!("/v1/admin/portals/{}/users", portal.id)
}

fn user(portal: &Portal, action: &str) -> String {
    format!("/v1/admin/portals/{}/user{action}", portal.id)
}

fn ids(list: &Value) -> Vec<String> {
    let users = list["users"].as_array().unwrap().iter();
    let mut ids: Vec<String> = users.map(|u| u["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

/// Enters five wrong codes in one sign-in: it ends, and the user has to wait.
async fn guess_wrong(world: &World, portal: &Portal, secret: &str) -> Value {
    let sign_in = portal.open(anna()).await;
    let wrong = other_than(&world.totp(secret));
    for _ in 0..5 {
        portal.verify(&sign_in, &wrong).await;
    }
    sign_in
}

#[tokio::test(flavor = "multi_thread")]
async fn a8_users_are_listed_by_state_and_organisation_also_those_with_no_way_in() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    portal.open(anna()).await;
    portal.open(json!({ "id": "ben", "organization": "acme" })).await;
    let path = users(&portal);
    let list = async |query: &str| world.admin_ok("GET", &format!("{path}{query}"), None).await;
    assert_eq!(ids(&list("").await), ["anna", "ben"]);
    assert_eq!(ids(&list("?state=no_way_in").await), ["ben"]);
    assert_eq!(ids(&list("?state=ready").await), ["anna"]);
    assert_eq!(ids(&list("?organization=acme").await), ["ben"]);
    assert_eq!(ids(&list("?organization=acme&state=ready").await), Vec::<String>::new());
    for query in ["?state=happy", "?colour=red", "?cursor=AAAA"] {
        let refused = world.admin("GET", &format!("{path}{query}"), None, None).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_comes_in_pages_each_user_once() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    for n in 0..230 {
        let body = json!({ "display_name": format!("User {n}") });
        assert_eq!(portal.put_user(&format!("u-{n}"), &body).await.status, 200);
    }
    let (mut seen, mut cursor, mut pages) = (vec![], None::<String>, 0);
    loop {
        let query = cursor.as_ref().map(|c| format!("?cursor={c}")).unwrap_or_default();
        let page = world.admin_ok("GET", &format!("{}{query}", users(&portal)), None).await;
        seen.extend(ids(&page));
        pages += 1;
        let Some(next) = page["next_cursor"].as_str() else { break };
        let whole = ids(&page).into_iter().filter(|id| id.len() == 5);
        assert!(whole.into_iter().all(|id| !next.contains(&id)), "a cursor reveals nothing");
        cursor = Some(next.to_owned());
    }
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), pages), (230, 3));
    // A cursor of one portal's list is none of another's.
    let other = users(&world.portal("managed"));
    let foreign = format!("{other}?cursor={}", cursor.unwrap());
    assert_eq!(world.admin("GET", &foreign, None, None).await.problem(), (400, "bad_request"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_user_is_shown_with_what_comes_next_and_why_and_without_secrets() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    portal.verify(&sign_in, &other_than(&world.totp(&secret))).await;
    let path = user(&portal, "?id=anna");
    let seen = world.admin_ok("GET", &path, None).await;
    assert_eq!(seen["state"], "enrolled");
    assert_eq!(seen["contact"]["email"], "test*****.co.nz");
    assert_eq!(seen["authenticators"][0]["method"], "authenticator_app");
    assert_eq!(seen["next_sign_in"]["status"], "challenge");
    let why = seen["next_sign_in"]["why"].as_str().unwrap();
    assert!(why.contains("has bound a method of the policy"), "{why}");
    assert_eq!(seen["counters"]["strangers"]["wrong_in_a_row"], 1);
    assert_eq!(seen["sign_ins"].as_array().unwrap().len(), 2);
    assert_eq!(seen["sign_ins"][0]["event"], "login");
    assert_eq!(seen["activity"][0]["event"], "code_wrong");
    for hidden in [secret.as_str(), "testing@", "211234589"] {
        assert!(!seen.to_string().contains(hidden), "{hidden}");
    }
    world.change_policy(&portal, |policy| policy["enabled"] = json!(false)).await;
    let off = world.admin_ok("GET", &path, None).await;
    assert_eq!(off["next_sign_in"]["status"], "allowed");
    let nobody = world.admin("GET", &user(&portal, "?id=nobody"), None, None).await;
    assert_eq!(nobody.problem(), (404, "user_unknown"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_unlocks_a_user_who_has_to_wait_and_at_most_twice_a_month() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let path = user(&portal, "/unlock");
    let nothing = world.admin_ok("POST", &path, on_user("anna", "asked")).await;
    assert_eq!(nothing["changed"], json!(false));
    for unlocked in [200, 200, 429] {
        guess_wrong(&world, &portal, &secret).await;
        assert_eq!(portal.try_open(anna()).await.problem(), (429, "locked"));
        let reply = world.admin("POST", &path, None, on_user("anna", "called back")).await;
        assert_eq!(reply.status, unlocked, "{:?}", reply.body);
        if unlocked == 429 {
            assert_eq!(reply.problem().1, "unlock_limit");
        } else {
            assert_eq!(portal.try_open(anna()).await.status, 201);
        }
    }
    // The first is told at once, the second with the digest.
    assert_eq!(world.notices("unlocked by an administrator", 2).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bypass_code_lets_a_locked_user_in_once_and_is_told() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    guess_wrong(&world, &portal, &secret).await;
    let path = user(&portal, "/bypass-code");
    let issued = world.admin_ok("POST", &path, on_user("anna", "called back")).await;
    let code = issued["code"].as_str().unwrap();
    let sign_in = portal.open(anna()).await;
    let other = portal.open(anna()).await;
    let guess = portal.verify(&sign_in, "0000-0000-0000-0000").await;
    assert_eq!(guess.problem(), (403, "code_wrong"));
    assert_eq!(guess.body["attempts_left"], 4);
    let done = portal.verify(&sign_in, &code.to_lowercase()).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")), "{:?}", done.body);
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    let jwt = done.body["assertion"].as_str().unwrap();
    let claims = crate::harness::verified_claims(jwt, &jwks, &portal.id);
    assert_eq!(
        [&claims["mfa"], &claims["reason"], &claims["amr"], &claims["acr"]],
        [&json!("bypass"), &json!("bypass_code"), &json!([]), &json!("urn:portcullis:acr:bypass")]
    );
    // Used once: elsewhere it is no code at all.
    assert_eq!(portal.verify(&other, code).await.problem(), (409, "no_code_requested"));
    assert_eq!(world.notices("A bypass code was issued", 2).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn m11_a_bypass_code_opens_the_enrolment_after_a_reset_with_nothing_mailed() {
    let world = World::start().await;
    let portal = world.portal("managed");
    let ben = json!({ "id": "ben" });
    portal.enrol_app(&world, ben.clone()).await;
    let reset = user(&portal, "/reset");
    world.admin_ok("POST", &reset, reset_of("ben", "lost phone")).await;
    let path = user(&portal, "/bypass-code");
    let issued = world.admin_ok("POST", &path, on_user("ben", "no email")).await;
    let sign_in = portal.open(ben.clone()).await;
    assert_eq!(sign_in["status"], "check_email");
    let opened = portal.verify(&sign_in, issued["code"].as_str().unwrap()).await;
    assert_eq!((opened.status, &opened.body["status"]), (200, &json!("enrol")));
    assert!(opened.body["assertion"].is_null());
    let app = json!({ "method": "authenticator_app" });
    let started = portal.act(&sign_in, "enrolment", app).await;
    let code = world.totp(started.secret());
    let done = portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!(done.body["status"], "allowed");
    // Another sign-in does not inherit the right.
    world.admin_ok("POST", &reset, reset_of("ben", "again")).await;
    assert_eq!(portal.open(ben).await["status"], "check_email");
}

#[tokio::test(flavor = "multi_thread")]
async fn s11_a_bypass_code_dies_with_a_reset_and_with_time_and_never_of_wrong_tries() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    let issue = async || {
        let path = user(&portal, "/bypass-code");
        let issued = world.admin_ok("POST", &path, on_user("anna", "called back")).await;
        issued["code"].as_str().unwrap().to_owned()
    };
    let code = issue().await;
    world.advance(600);
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.verify(&sign_in, &code).await.problem(), (409, "no_code_requested"));
    let code = issue().await;
    for left in [4, 3, 2, 1, 0] {
        let wrong = portal.verify(&sign_in, "ZZZZ-ZZZZ-ZZZZ-ZZZZ").await;
        assert_eq!(wrong.body["attempts_left"], left);
    }
    assert_eq!(portal.verify(&sign_in, &code).await.problem(), (403, "sign_in_dead"));
    let other = portal.open(anna()).await;
    assert_eq!(portal.verify(&other, &code).await.status, 200);
    // The user's own tries are untouched.
    let seen = world.admin_ok("GET", &user(&portal, "?id=anna"), None).await;
    assert_eq!(seen["counters"]["strangers"]["wrong_in_a_row"], 0);
    let code = issue().await;
    world.admin_ok("POST", &user(&portal, "/reset"), reset_of("anna", "lost phone")).await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["status"], "enrol");
    assert_eq!(portal.verify(&sign_in, &code).await.problem(), (409, "another_step"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_skip_is_cleared_by_an_admin() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment_opt_out");
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "skip", json!({})).await;
    assert_eq!(portal.open(anna()).await["reason"], "skipped");
    let path = user(&portal, "/clear-skip");
    for changed in [true, false] {
        let cleared = world.admin_ok("POST", &path, on_user("anna", "policy")).await;
        assert_eq!(cleared["changed"], json!(changed));
    }
    assert_eq!(portal.open(anna()).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn s26_an_erased_user_leaves_counters_and_nothing_personal() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = guess_wrong(&world, &portal, &secret).await;
    let path = user(&portal, "/erase");
    world.admin_ok("POST", &path, on_user("anna", "asked for it")).await;
    let again = world.admin("POST", &path, None, on_user("anna", "asked for it")).await;
    assert_eq!(again.problem(), (404, "user_unknown"));
    assert_eq!(portal.get("/v1/user?id=anna").await.problem(), (404, "user_unknown"));
    assert_eq!(portal.verify(&sign_in, "123456").await.problem(), (404, "sign_in_unknown"));
    let list = world.admin_ok("GET", &users(&portal), None).await;
    assert_eq!(list["users"], json!([]));
    let item = world.raw_user(&portal.id, "anna").await;
    for personal in ["anna", "testing", "example", "211234589", "secret"] {
        assert!(!item.contains(personal), "{personal} in {item}");
    }
    // The same user again is new, and has to wait as before.
    assert_eq!(portal.try_open(anna()).await.problem(), (429, "locked"));
    world.advance(30);
    assert_eq!(portal.open(anna()).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn s26_a_portal_erases_its_user_too() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    assert_eq!(portal.send("DELETE", "/v1/user?id=anna", None).await.status, 200);
    assert_eq!(portal.send("DELETE", "/v1/user?id=anna", None).await.problem().0, 404);
    assert_eq!(portal.open(anna()).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_everything_but_secrets_and_is_in_the_log() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let path = user(&portal, "/export");
    let export = world.admin_ok("POST", &path, on_user("anna", "asked for it")).await;
    assert_eq!(export["email"], "testing@example.co.nz");
    assert_eq!(export["phone"], "+64211234589");
    assert_eq!(export["id"], "anna");
    assert!(!export.to_string().contains(&secret));
    let seen = world.admin_ok("GET", &user(&portal, "?id=anna"), None).await;
    assert_eq!(seen["activity"][0]["event"], "exported");
    let both = ["+64211234589", "testing@example.co.nz"];
    assert_eq!(world.notices("exported the data", 2).await, both);
}
