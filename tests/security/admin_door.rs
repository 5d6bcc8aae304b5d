//! S33: somebody at the door of the admins. What strangers do slows strangers, is bounded for each
//! account whatever the address, and never ends a session that is in use.

use crate::harness::{Admin, Browser, Reply, World, because, other_than};
use serde_json::{Value, json};

const SESSION: &str = "/v1/admin/session";

/// Gives a password from an address of this machine.
pub async fn from(world: &World, address: u8, name: &str, password: &str) -> Reply {
    let address = std::net::IpAddr::from([127, 0, 0, address]);
    let http = reqwest::Client::builder().local_address(Some(address)).build().unwrap();
    let given = json!({ "name": name, "password": password });
    Reply::of(http.post(world.url(SESSION)).json(&given).send().await.unwrap()).await
}

/// Tries wrong passwords from fourteen addresses, ten from each, and returns how many were judged.
pub async fn guess_from_many_addresses(world: &World, name: &str) -> u64 {
    let before = world.running.hasher.computed();
    for address in 10..24 {
        for n in 0..10 {
            from(world, address, name, &format!("wrong password {address} {n}")).await;
        }
    }
    world.running.hasher.computed() - before
}

async fn auditor(world: &World) -> Admin {
    let admin = world.make_admin("auditor", json!({ "role": "auditor" })).await;
    world.advance(30);
    admin
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_door_a_hundred_passwords_are_judged_in_thirty_days_whatever_the_address() {
    let world = World::start().await;
    let auditor = auditor(&world).await;
    assert_eq!(guess_from_many_addresses(&world, &auditor.name).await, 100);
    // The right one is refused too, from anywhere unknown, and for as long as they count.
    let refused = from(&world, 30, &auditor.name, &auditor.password).await;
    assert_eq!(refused.problem(), (429, "too_many_passwords"));
    let wait = refused.retry_after.expect("the moment there is room again");
    assert!((30 * 86_400..=35 * 86_400).contains(&wait), "{wait}");
    world.aws.reset();
    assert_eq!(from(&world, 31, &auditor.name, "and another one").await.status, 429);
    assert!(
        !world.aws.calls().iter().any(|call| call.0.contains("Put") || call.0.contains("Update"))
    );
    world.advance(wait);
    assert_eq!(from(&world, 30, &auditor.name, &auditor.password).await.status, 201);
    // Another name has a budget of its own, and an unknown one is told the same.
    assert_eq!(guess_from_many_addresses(&world, "nobody-here").await, 100);
    assert_eq!(from(&world, 30, "nobody-here", "x").await.problem(), (429, "too_many_passwords"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_door_a_known_browser_has_a_bucket_of_its_own() {
    let world = World::start().await;
    let auditor = auditor(&world).await;
    // By calls, the answer to the second step brings the token.
    let opened = from(&world, 1, &auditor.name, &auditor.password).await;
    let code = Some(json!({ "code": world.totp(&auditor.secret) }));
    let done = world.call(opened.session(), "POST", &format!("{SESSION}/verify"), None, code).await;
    let token = done.body["browser_token"].as_str().expect("a token").to_owned();
    // In the console, the prompt keeps it in its cookie.
    world.advance(30);
    let browser = Browser::new(&world);
    crate::console::second_step(&world, &browser, &auditor).await;
    guess_from_many_addresses(&world, &auditor.name).await;
    let given = |password: &str, token: &str| {
        Some(json!({ "name": auditor.name, "password": password, "browser_token": token }))
    };
    let open = async |password: &str, token: &str| {
        world.call("", "POST", SESSION, None, given(password, token)).await
    };
    assert_eq!(open(&auditor.password, &token[1..]).await.status, 429, "it is no token");
    assert_eq!(open(&auditor.password, &token).await.status, 201);
    let fields = [("name", auditor.name.as_str()), ("password", auditor.password.as_str())];
    assert_eq!(browser.post("/console/sign-in", &fields).await.status, 303);
    assert_eq!(Browser::new(&world).post("/console/sign-in", &fields).await.status, 429);
    // Its own bucket is bounded too.
    let before = world.running.hasher.computed();
    for _ in 0..9 {
        for _ in 0..12 {
            open("wrong password", &token).await;
        }
        world.advance(3_600);
    }
    assert_eq!(world.running.hasher.computed() - before, 50);
    // The token of one admin is nothing at the name of another.
    let other = json!({ "name": "operator", "password": "wrong", "browser_token": token });
    assert_eq!(world.call("", "POST", SESSION, None, Some(other)).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_session_sessions_with_the_password_alone_end_no_session_in_use() {
    let world = World::start().await;
    let auditor = auditor(&world).await;
    for _ in 0..6 {
        assert_eq!(from(&world, 5, &auditor.name, &auditor.password).await.status, 201);
    }
    assert_eq!(world.by(&auditor, "GET", "/v1/admin/portals", None).await.status, 200);
}

/// Gives fifty wrong codes after the password, over the days that takes.
async fn fifty_wrong_codes(world: &World, admin: &Admin) -> usize {
    let mut judged = 0;
    for round in 0..5 {
        for _ in 0..10 {
            let opened = from(world, 6, &admin.name, &admin.password).await;
            if opened.status == 201 {
                let wrong = other_than(&world.totp(&admin.secret));
                let (session, code) = (opened.session(), Some(json!({ "code": wrong })));
                let path = format!("{SESSION}/verify");
                let answer = world.call(session, "POST", &path, None, code).await;
                judged += usize::from(answer.problem().1 == "code_wrong");
            }
            world.advance(3_600);
        }
        assert!(judged <= 35, "{judged} in round {round}");
    }
    judged
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_door_another_operator_unlocks_resets_and_gives_a_bypass_code() {
    let world = World::start().await;
    let boss = world.make_admin("boss", json!({ "role": "operator" })).await;
    world.advance(30);
    let judged = fifty_wrong_codes(&world, &boss).await;
    assert!(judged >= 20, "{judged}");
    guess_from_many_addresses(&world, &boss.name).await;
    assert_eq!(from(&world, 7, &boss.name, &boss.password).await.status, 429);
    let path = |act: &str| format!("/v1/admin/admins/boss/{act}");
    let help = async |act: &str| world.admin("POST", &path(act), None, because("helped")).await;
    assert_eq!(help("unlock").await.body, json!({ "changed": true }));
    assert_eq!(help("unlock").await.body, json!({ "changed": false }));
    let enter = async |code: &str, password: &str| {
        let opened = from(&world, 7, &boss.name, password).await;
        assert_eq!(opened.status, 201, "{:?}", opened.body);
        let code = Some(json!({ "code": code }));
        world.call(opened.session(), "POST", &format!("{SESSION}/verify"), None, code).await
    };
    world.advance(30);
    let entered = enter(&world.totp(&boss.secret), &boss.password).await;
    assert_eq!(entered.status, 200, "{:?}", entered.body);
    // A bypass code takes the place of the app once.
    let issued = help("bypass-code").await;
    assert_eq!(issued.status, 201, "{:?}", issued.body);
    let bypass = issued.body["code"].as_str().unwrap().to_owned();
    assert_eq!(enter(&bypass, &boss.password).await.body["status"], "active");
    let again = enter(&bypass, &boss.password).await;
    assert!([403, 409].contains(&again.status), "{:?}", again.body);
    // A reset leads to another app, and to another password.
    let reset = help("reset").await;
    world.enrol_admin(&boss.name, reset.body["password"].as_str().unwrap()).await;
    // Nobody helps themselves, and nobody but an operator helps.
    let own = |act: &str| format!("/v1/admin/admins/operator/{act}");
    for act in ["unlock", "bypass-code", "reset"] {
        let refused = world.admin("POST", &own(act), None, because("myself")).await;
        assert_eq!(refused.problem(), (403, "not_permitted"), "{act}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_door_an_admin_is_unlocked_twice_in_thirty_days() {
    let world = World::start().await;
    let auditor = auditor(&world).await;
    let unlock = async || {
        world.admin("POST", "/v1/admin/admins/auditor/unlock", None, because("locked")).await
    };
    for _ in 0..2 {
        guess_from_many_addresses(&world, &auditor.name).await;
        assert_eq!(unlock().await.body, json!({ "changed": true }));
        world.advance(3_600);
    }
    guess_from_many_addresses(&world, &auditor.name).await;
    assert_eq!(unlock().await.problem(), (429, "unlock_limit"));
    let reset = world.admin("POST", "/v1/admin/admins/auditor/reset", None, because("locked"));
    let password = reset.await.body["password"].as_str().unwrap().to_owned();
    assert_eq!(from(&world, 30, &auditor.name, &password).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_door_the_last_operator_is_not_disabled() {
    let world = World::start().await;
    let boss = world.make_admin("boss", json!({ "role": "operator" })).await;
    let operator = world.session.lock().unwrap().clone();
    let path = "/v1/admin/admins/operator/remove";
    assert_eq!(world.by(&boss, "POST", path, because("left")).await.status, 200);
    // The one who is left stays, whoever asks, and the session that asked before is over.
    let path = "/v1/admin/admins/boss/remove";
    let gone = world.call(&operator, "POST", path, None, because("left")).await;
    assert_eq!(gone.problem(), (401, "session_refused"));
    let own = world.by(&boss, "POST", path, because("left")).await;
    assert_eq!(own.problem(), (403, "not_permitted"));
    let role: Option<Value> = Some(json!({ "role": { "role": "auditor" } }));
    let own = world.by(&boss, "PUT", "/v1/admin/admins/boss", role).await;
    assert_eq!(own.problem(), (403, "not_permitted"));
}

/// Waits until the log of the console has this many entries of a kind, and returns their reasons.
async fn told(world: &World, kind: &str, count: usize) -> Vec<String> {
    let path = format!("/v1/admin/portals/console/activity?event={kind}");
    for _ in 0..200 {
        let log = world.admin_ok("GET", &path, None).await;
        let entries = log["entries"].as_array().unwrap();
        if entries.len() >= count {
            let why = |entry: &Value| entry["reason"].as_str().unwrap().to_owned();
            return entries.iter().map(why).collect();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the log has not {count} entries of {kind}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_door_the_log_has_the_address_once_for_each_visitor_and_the_lock() {
    let world = World::start().await;
    let auditor = auditor(&world).await;
    from(&world, 9, "nobody-here", "wrong").await;
    for address in [10, 11] {
        for _ in 0..3 {
            from(&world, address, &auditor.name, "wrong").await;
        }
    }
    let mut wrong = told(&world, "password_wrong", 2).await;
    wrong.sort();
    assert_eq!(wrong, ["auditor: 127.0.0.10", "auditor: 127.0.0.11"]);
    for address in 12..30 {
        for _ in 0..6 {
            from(&world, address, &auditor.name, "wrong").await;
        }
    }
    assert_eq!(told(&world, "password_locked", 1).await, ["auditor: 127.0.0.27"]);
    // 94 of them were judged, from 16 more addresses; what came after the lock wrote nothing.
    assert_eq!(told(&world, "password_wrong", 18).await.len(), 18);
}
