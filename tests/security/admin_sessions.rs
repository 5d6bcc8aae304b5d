//! S33: a session that was taken is seen in the list of its admin, and ended from another one.

use crate::{
    console::{operator, signed_in},
    harness::{Admin, Reply, World, because},
};
use serde_json::{Value, json};

const SESSIONS: &str = "/v1/admin/sessions";

async fn list(world: &World, session: &str) -> Value {
    let listed = world.call(session, "GET", SESSIONS, None, None).await;
    assert_eq!(listed.status, 200, "{:?}", listed.body);
    listed.body
}

/// Returns the ids of the other sessions at a stage, oldest first.
fn others(list: &Value, stage: &str) -> Vec<String> {
    let all = list[stage].as_array().unwrap().iter();
    let others = all.filter(|session| session["this"] == false);
    others.map(|session| session["id"].as_str().unwrap().to_owned()).collect()
}

async fn end(world: &World, session: &str, id: &str) -> Value {
    let ended = world.call(session, "DELETE", &format!("{SESSIONS}/{id}"), None, None).await;
    assert_eq!(ended.status, 200, "{:?}", ended.body);
    ended.body["changed"].clone()
}

async fn end_others(world: &World, session: &str) -> Value {
    let ended = world.call(session, "POST", &format!("{SESSIONS}/end-others"), None, None).await;
    assert_eq!(ended.status, 200, "{:?}", ended.body);
    ended.body["changed"].clone()
}

async fn use_of(world: &World, session: &str) -> Reply {
    world.call(session, "GET", "/v1/admin/portals", None, None).await
}

async fn pending(world: &World, admin: &Admin) -> String {
    let given = json!({ "name": admin.name, "password": admin.password });
    let opened = world.call("", "POST", "/v1/admin/session", None, Some(given)).await;
    opened.session().to_owned()
}

/// Waits until the log of the console has this many entries of a kind.
async fn told(world: &World, kind: &str, count: usize) -> Vec<Value> {
    let path = format!("/v1/admin/portals/console/activity?event={kind}");
    for _ in 0..200 {
        let log = world.admin_ok("GET", &path, None).await;
        let entries = log["entries"].as_array().unwrap();
        if entries.len() >= count {
            return entries.clone();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the log has not {count} entries of {kind}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_session_the_list_has_ones_own_sessions_and_nothing_that_opens_one() {
    let world = World::start().await;
    let boss =
        world.make_admin("boss", json!({ "role": "portal_admin", "portal": "managed" })).await;
    world.make_admin("jo", json!({ "role": "auditor" })).await;
    let since = world.now().unix();
    let waits = pending(&world, &boss).await;
    world.advance(60);
    let seen = list(&world, &boss.session).await;
    let (active, waiting) = (&seen["active"], &seen["pending"]);
    assert_eq!(active.as_array().unwrap().len(), 2, "{seen}");
    assert_eq!((&active[0]["this"], &active[1]["this"]), (&json!(false), &json!(true)));
    assert_eq!(active[1]["seen_at"], world.now().unix());
    assert_eq!(active[1]["ends_at"], world.now().unix() + 1_800);
    assert_eq!(waiting.as_array().unwrap().len(), 1, "{seen}");
    assert_eq!(waiting[0]["began_at"], since);
    assert_eq!(waiting[0]["ends_at"], since + 600);
    assert_eq!(waiting[0]["device"]["network"], "127.0.0.0/24");
    // An id opens nothing, also not as the secret's text.
    for id in others(&seen, "active") {
        for secret in [id.clone(), format!("pcs_{id}"), format!("pcs_{}", id.repeat(4))] {
            let refused = use_of(&world, &secret).await;
            assert_eq!(refused.problem(), (401, "session_refused"), "{secret}");
        }
        for secret in [&boss.session, &waits] {
            assert!(!secret.contains(&id), "{secret} has {id}");
        }
    }
    // The password alone sees and ends nothing.
    for (method, path) in [
        ("GET", SESSIONS.to_owned()),
        ("POST", format!("{SESSIONS}/end-others")),
        ("DELETE", format!("{SESSIONS}/{}", active[1]["id"].as_str().unwrap())),
    ] {
        let refused = world.call(&waits, method, &path, None, None).await;
        assert_eq!(refused.problem(), (401, "second_step_missing"), "{path}");
    }
    assert_eq!(list(&world, &boss.session).await, seen);
    // A session that ran out is listed no more.
    world.advance(600);
    assert_eq!(list(&world, &boss.session).await["pending"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_session_a_session_ended_from_another_is_refused_at_once() {
    let world = World::start().await;
    let boss = world.make_admin("boss", json!({ "role": "operator" })).await;
    let jo = world.make_admin("jo", json!({ "role": "operator" })).await;
    world.advance(30);
    let taken = world.sign_in(&boss.name, &boss.password, &boss.secret).await;
    let waits = pending(&world, &boss).await;
    let seen = list(&world, &boss.session).await;
    let (active, waiting) = (others(&seen, "active"), others(&seen, "pending"));
    // Nobody else's id does anything, not for an operator either.
    for id in active.iter().chain(&waiting).map(String::as_str).chain(["", "x", "AAAAAAAAAAAAAAAA"])
    {
        if !id.is_empty() {
            assert_eq!(end(&world, &jo.session, id).await, false, "{id}");
        }
    }
    assert_eq!(use_of(&world, &taken).await.status, 200);

    assert_eq!(end(&world, &boss.session, active.last().unwrap()).await, true);
    assert_eq!(use_of(&world, &taken).await.problem(), (401, "session_refused"));
    assert_eq!(end(&world, &boss.session, active.last().unwrap()).await, false);
    assert_eq!(end(&world, &boss.session, &waiting[0]).await, true);
    world.advance(30);
    let code = Some(json!({ "code": world.totp(&boss.secret) }));
    let late = world.call(&waits, "POST", "/v1/admin/session/verify", None, code).await;
    assert_eq!(late.problem(), (401, "session_refused"));
    assert_eq!(use_of(&world, &boss.session).await.status, 200);
    let told = told(&world, "sessions_ended", 2).await;
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0]["actor"], "admin:boss");
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_session_all_others_end_in_one_write() {
    let world = World::start().await;
    let boss = world.make_admin("boss", json!({ "role": "operator" })).await;
    world.advance(30);
    let taken = world.sign_in(&boss.name, &boss.password, &boss.secret).await;
    let waits = pending(&world, &boss).await;
    use_of(&world, &boss.session).await;
    world.aws.reset();
    assert_eq!(end_others(&world, &boss.session).await, true);
    let puts = world.aws.calls().into_iter().filter(|(call, _)| call.contains("Put"));
    assert_eq!(puts.map(|(_, times)| times).sum::<u32>(), 1, "{:?}", world.aws.calls());
    for ended in [&taken, &waits] {
        assert_eq!(use_of(&world, ended).await.problem(), (401, "session_refused"));
    }
    assert_eq!(end_others(&world, &boss.session).await, false);
    assert_eq!(told(&world, "sessions_ended", 1).await.len(), 1);
    // One's own ends as by signing out.
    let own = list(&world, &boss.session).await["active"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(end(&world, &boss.session, &own).await, true);
    assert_eq!(use_of(&world, &boss.session).await.problem(), (401, "session_refused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_session_an_operator_ends_the_sessions_of_another_admin() {
    let world = World::start().await;
    let jo = world.make_admin("jo", json!({ "role": "auditor" })).await;
    let waits = pending(&world, &jo).await;
    let path = |name: &str| format!("/v1/admin/admins/{name}/end-sessions");
    let without = world.admin("POST", &path("jo"), None, Some(json!({ "confirm": true }))).await;
    assert_eq!(without.problem(), (400, "bad_request"));
    for (name, wanted) in [("nobody", 404), ("JO", 404), ("operator", 403)] {
        let refused = world.admin("POST", &path(name), None, because("lost laptop")).await;
        assert_eq!(refused.status, wanted, "{name}: {:?}", refused.body);
    }
    assert_eq!(use_of(&world, &jo.session).await.status, 200);
    for changed in [true, false] {
        let done = world.admin_ok("POST", &path("jo"), because("lost laptop")).await;
        assert_eq!(done, json!({ "changed": changed }));
        for ended in [&jo.session, &waits] {
            assert_eq!(use_of(&world, ended).await.problem(), (401, "session_refused"));
        }
    }
    let told = told(&world, "admin_sessions_ended", 1).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["reason"], "jo: lost laptop");
    // The password and the app are as they were.
    world.advance(30);
    let again = world.sign_in(&jo.name, &jo.password, &jo.secret).await;
    assert_eq!(use_of(&world, &again).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_session_the_console_lists_sessions_and_ends_them() {
    let world = World::start().await;
    let operator = operator(&world);
    let (here, there) = (signed_in(&world, &operator).await, signed_in(&world, &operator).await);
    let page = here.get("/console/sessions").await;
    assert!(page.says("(this one)") && page.says("127.0.0.0/24"), "{}", page.text);
    let ends = |text: &str| {
        let actions = text.split("action=\"").skip(1).filter_map(|part| part.split('"').next());
        let own = actions.filter(|action| action.ends_with("/end"));
        own.map(str::to_owned).collect::<Vec<_>>()
    };
    let last = ends(&page.text).last().unwrap().clone();
    let done = here.post(&last, &[("form", &page.form())]).await;
    assert_eq!(done.location.as_deref(), Some("/console/sessions"), "{}", done.text);
    assert!(there.get("/console/portals").await.leads_to_login());
    let there = signed_in(&world, &operator).await;
    let all = "/console/sessions/end-others";
    let done = here.submit("/console/sessions", all, &[]).await;
    assert_eq!(done.location.as_deref(), Some("/console/sessions"), "{}", done.text);
    assert!(there.get("/console/portals").await.leads_to_login());
    let alone = here.get("/console/sessions").await;
    assert!(ends(&alone.text).is_empty() && !alone.says(all), "{}", alone.text);

    // The session by calls was one of them.
    world.advance(30);
    let jo = world.make_admin("jo", json!({ "role": "auditor" })).await;
    let dialog = "/console/admins/jo/end-sessions";
    assert!(here.get("/console/admins/jo").await.says(dialog));
    let fields = [("reason", "lost laptop"), ("confirm", "true")];
    let done = here.submit(dialog, dialog, &fields).await;
    assert_eq!(done.location.as_deref(), Some("/console/admins/jo"), "{}", done.text);
    assert_eq!(use_of(&world, &jo.session).await.problem(), (401, "session_refused"));
}
