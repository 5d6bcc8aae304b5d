//! Signing in and out.

use crate::harness::{Admin, Browser, Reply, World, because, other_than};
use serde_json::{Value, json};

const SESSION: &str = "/v1/admin/session";

async fn password(world: &World, name: &str, password: &str) -> Reply {
    let given = json!({ "name": name, "password": password });
    world.call("", "POST", SESSION, None, Some(given)).await
}

/// Calls from another address of this machine.
async fn password_from(world: &World, address: [u8; 4], name: &str, password: &str) -> Reply {
    let http = reqwest::Client::builder().local_address(Some(address.into())).build().unwrap();
    let given = json!({ "name": name, "password": password });
    Reply::of(http.post(world.url(SESSION)).json(&given).send().await.unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_is_nobody_before_the_second_step() {
    let world = World::start().await;
    let admin = world.make_admin("auditor", json!({ "role": "auditor" })).await;
    world.advance(30);
    let opened = password(&world, &admin.name, &admin.password).await;
    assert_eq!((opened.status, &opened.body["status"]), (201, &json!("challenge")));
    let session = opened.session();
    let portals =
        async |session: &str| world.call(session, "GET", "/v1/admin/portals", None, None).await;
    assert_eq!(portals(session).await.problem(), (401, "second_step_missing"));
    let look = async || world.call(session, "GET", SESSION, None, None).await;
    assert_eq!(look().await.body["status"], "second_step");
    // Nobody sets up another app with the password alone.
    let enrol = world.call(session, "POST", &format!("{SESSION}/enrolment"), None, None).await;
    assert_eq!(enrol.problem(), (409, "another_step"));

    let verify = async |code: &str| {
        let code = Some(json!({ "code": code }));
        world.call(session, "POST", &format!("{SESSION}/verify"), None, code).await
    };
    let right = world.totp(&admin.secret);
    assert_eq!(verify(&other_than(&right)).await.problem(), (403, "code_wrong"));
    assert_eq!(portals(session).await.problem(), (401, "second_step_missing"));
    let done = verify(&right).await;
    assert_eq!(done.body["status"], "active");
    let active = done.session();
    assert_eq!(portals(active).await.status, 200);

    assert_eq!(world.call(active, "DELETE", SESSION, None, None).await.status, 200);
    assert_eq!(portals(active).await.problem(), (401, "session_refused"));
    // The same code opens no other session.
    let again = password(&world, &admin.name, &admin.password).await;
    let session = again.session();
    let code = Some(json!({ "code": right }));
    let reused = world.call(session, "POST", &format!("{SESSION}/verify"), None, code).await;
    assert_eq!(reused.problem(), (403, "code_reused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s13_a_wrong_password_and_an_unknown_admin_look_and_cost_the_same() {
    let world = World::start().await;
    let mut seen = vec![];
    for name in ["operator", "OPERATOR", "nobody-here"] {
        world.aws.reset();
        let before = world.running.hasher.computed();
        let mut reply = password(&world, name, "not the password").await;
        let computed = world.running.hasher.computed() - before;
        reply.body["request_id"] = Value::Null;
        seen.push((reply.problem().0, reply.body.clone(), world.aws.calls(), computed));
    }
    assert_eq!((seen[0].0, &seen[0].1["code"]), (401, &json!("password_refused")));
    assert_eq!(seen[0].3, 1, "one argon2 computation");
    assert_eq!((&seen[0], &seen[0]), (&seen[1], &seen[2]));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_slow_the_pair_of_address_and_name_and_nobody_else() {
    let world = World::start().await;
    let operator = world.running.demo.admins[0].clone();
    for _ in 0..10 {
        let refused = password(&world, "operator", "wrong password").await;
        assert_eq!(refused.problem(), (401, "password_refused"));
    }
    let before = world.running.hasher.computed();
    let slowed = password(&world, "operator", &operator.password).await;
    assert_eq!(slowed.problem(), (429, "too_many_passwords"));
    assert_eq!(slowed.retry_after, Some(3_600 - 600), "the hour is ten minutes old");
    assert_eq!(world.running.hasher.computed(), before, "nothing was computed");
    assert_eq!(password(&world, "somebody", "wrong password").await.status, 401);
    let elsewhere = password_from(&world, [127, 0, 0, 2], "operator", &operator.password).await;
    assert_eq!(elsewhere.status, 201);
    world.advance(3_000);
    assert_eq!(password(&world, "operator", &operator.password).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_password_is_not_counted() {
    let world = World::start().await;
    let operator = world.running.demo.admins[0].clone();
    for _ in 0..9 {
        password(&world, "operator", "wrong password").await;
    }
    for _ in 0..3 {
        assert_eq!(password(&world, "operator", &operator.password).await.status, 201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_idle_and_after_eight_hours() {
    let world = World::start().await;
    let admin = world.make_admin("auditor", json!({ "role": "auditor" })).await;
    let status = async || world.by(&admin, "GET", "/v1/admin/portals", None).await.status;
    for _ in 0..16 {
        world.advance(1_790);
        assert_eq!(status().await, 200);
    }
    world.advance(200);
    assert_eq!(status().await, 401, "eight hours");
    let session = world.sign_in(&admin.name, &admin.password, &admin.secret).await;
    world.advance(1_800);
    let idle = world.call(&session, "GET", "/v1/admin/portals", None, None).await;
    assert_eq!(idle.problem(), (401, "session_refused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_and_a_reset_end_every_session() {
    let world = World::start().await;
    let admin = world.make_admin("auditor", json!({ "role": "auditor" })).await;
    world.advance(30);
    let second = world.sign_in(&admin.name, &admin.password, &admin.secret).await;
    let path = "/v1/admin/session/password";
    let change = |current: &str, new: &str| Some(json!({ "current": current, "new": new }));
    let put = async |session: &str, body| world.call(session, "PUT", path, None, body).await;
    let short = put(&second, change(&admin.password, "elf zeichen")).await;
    assert_eq!(short.problem(), (400, "bad_request"));
    let wrong = put(&second, change("not the password", "quite another one")).await;
    assert_eq!(wrong.problem(), (401, "password_refused"));
    assert_eq!(put(&second, change(&admin.password, "quite another one")).await.status, 200);
    for session in [&admin.session, &second] {
        let ended = world.call(session, "GET", "/v1/admin/portals", None, None).await;
        assert_eq!(ended.problem(), (401, "session_refused"));
    }
    assert_eq!(password(&world, &admin.name, &admin.password).await.status, 401);

    world.advance(30);
    let third = world.sign_in(&admin.name, "quite another one", &admin.secret).await;
    let path = "/v1/admin/admins/auditor/reset";
    let reset = world.admin_ok("POST", path, because("lost phone")).await;
    let ended = world.call(&third, "GET", "/v1/admin/portals", None, None).await;
    assert_eq!(ended.problem(), (401, "session_refused"));
    // The new password leads to a new app, and to a password of the own; nothing else works before.
    let first = reset["password"].as_str().unwrap();
    let (session, _) = world.enrol_admin(&admin.name, first).await;
    let early = world.call(&session, "GET", "/v1/admin/portals", None, None).await;
    assert_eq!(early.problem(), (403, "password_must_change"));
}

/// Signs in by calls; returns the session before the second step, and the last answer.
async fn second_step(world: &World, admin: &Admin) -> (String, String, Reply) {
    let opened = password(world, &admin.name, &admin.password).await;
    let session = opened.session().to_owned();
    let code = world.totp(&admin.secret);
    let body = Some(json!({ "code": code }));
    let done = world.call(&session, "POST", &format!("{SESSION}/verify"), None, body).await;
    (session, code, done)
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_the_secret_of_a_session_changes_with_the_second_step() {
    let world = World::start().await;
    let admin = world.make_admin("auditor", json!({ "role": "auditor" })).await;
    world.advance(30);
    let (before, _, done) = second_step(&world, &admin).await;
    let active = done.session();
    assert_ne!(active, before);
    let portals =
        async |session: &str| world.call(session, "GET", "/v1/admin/portals", None, None).await;
    assert_eq!(portals(&before).await.problem(), (401, "session_refused"));
    assert_eq!(portals(active).await.status, 200);
    assert_eq!(world.call(&before, "DELETE", SESSION, None, None).await.status, 401);
    assert_eq!(portals(active).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_a_finished_second_step_is_answered_to_its_own_code_alone_and_guesses_are_counted() {
    let world = World::start().await;
    let admin = world.make_admin("auditor", json!({ "role": "auditor" })).await;
    world.advance(30);
    let (before, code, done) = second_step(&world, &admin).await;
    assert_eq!(done.status, 200);
    let verify = async |code: &str| {
        let body = Some(json!({ "code": code }));
        world.call(&before, "POST", &format!("{SESSION}/verify"), None, body).await
    };
    let again = verify(&code).await;
    assert_eq!((again.status, &again.body["status"]), (200, &json!("active")), "a lost answer");
    let first = done.session();
    let ended = world.call(first, "GET", "/v1/admin/portals", None, None).await;
    assert_eq!(ended.problem(), (401, "session_refused"), "there is one session for one proof");
    for left in (0..5).rev() {
        let guess = verify(&other_than(&code)).await;
        assert_eq!(guess.problem(), (403, "code_wrong"), "{:?}", guess.body);
        assert_eq!(guess.body["attempts_left"], left);
    }
    let late = verify(&code).await;
    assert_eq!(late.problem(), (403, "sign_in_dead"), "nothing is judged any more");
    let (session, code, done) = {
        world.advance(3_600);
        second_step(&world, &admin).await
    };
    assert_eq!(done.status, 200, "{:?}", done.body);
    world.advance(60);
    let body = Some(json!({ "code": code }));
    let late = world.call(&session, "POST", &format!("{SESSION}/verify"), None, body).await;
    assert_eq!(late.problem(), (401, "session_refused"), "an answer is lost for a minute at most");
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_a_sign_in_of_the_prompt_is_no_ones_by_calls() {
    let world = World::start().await;
    let admin = world.make_admin("auditor", json!({ "role": "auditor" })).await;
    world.advance(30);
    let browser = Browser::new(&world);
    let fields = [("name", admin.name.as_str()), ("password", admin.password.as_str())];
    let at = browser.post("/console/sign-in", &fields).await.location.unwrap();
    let session = browser.cookie("__Host-console").expect("the cookie of the session");
    let call = async |path: &str, body| {
        let path = format!("{SESSION}{path}");
        world.call(&session, "POST", &path, None, body).await
    };
    let code = world.totp(&admin.secret);
    let right = Some(json!({ "code": code }));
    assert_eq!(call("/verify", right.clone()).await.problem(), (403, "other_browser"));
    assert_eq!(call("/enrolment", None).await.problem(), (403, "other_browser"));
    // The admin goes on at the prompt; whoever has the cookie gets nothing by calls, with any code.
    let back = crate::console::pass_by_code(&browser, &at, &code).await;
    assert_eq!(back.status, 303, "{}", back.text);
    for code in [right, Some(json!({ "code": "111111" }))] {
        assert_eq!(call("/verify", code).await.problem(), (403, "other_browser"));
    }
    let looked = world.call(&session, "GET", SESSION, None, None).await;
    assert_eq!(looked.body["status"], "second_step");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_step_whose_reply_was_lost_is_done_when_it_is_sent_again() {
    let world = World::start().await;
    let admin = world.make_admin("auditor", json!({ "role": "auditor" })).await;
    world.advance(30);
    let opened = password(&world, &admin.name, &admin.password).await;
    let session = opened.session().to_owned();
    let code = world.totp(&admin.secret);
    // The code is judged and written; the session is not, because the table is gone before.
    world.aws.break_calls("GetItem", 1, 3);
    let path = "/v1/admin/session/verify";
    let body = Some(json!({ "code": code }));
    let failed = world.call(&session, "POST", path, None, body.clone()).await;
    assert_eq!(failed.problem(), (503, "unavailable"));
    let again = world.call(&session, "POST", path, None, body).await;
    assert_eq!((again.status, &again.body["status"]), (200, &json!("active")));
}

#[tokio::test(flavor = "multi_thread")]
async fn s11_a_sign_in_that_a_new_password_overtakes_opens_no_session() {
    let world = World::start().await;
    let admin = world.make_admin("auditor", json!({ "role": "auditor" })).await;
    world.advance(30);
    // The old password is judged and right; before the session is written, it is changed.
    let held = world.aws.delay("BatchGetItem");
    let (url, http) = (world.url(SESSION), world.http.clone());
    let given = json!({ "name": admin.name, "password": admin.password });
    let late =
        tokio::spawn(
            async move { Reply::of(http.post(url).json(&given).send().await.unwrap()).await },
        );
    held.arrived.notified().await;
    let change = json!({ "current": admin.password, "new": "quite another one" });
    let changed = world.by(&admin, "PUT", &format!("{SESSION}/password"), Some(change)).await;
    assert_eq!(changed.status, 200, "{:?}", changed.body);
    held.release.notify_one();
    assert_eq!(late.await.unwrap().problem(), (401, "session_refused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_admins_has_the_last_sign_in_also_when_its_session_has_ended() {
    let world = World::start().await;
    world.make_admin("jo", json!({ "role": "auditor" })).await;
    let new = json!({ "name": "new", "role": { "role": "auditor" } });
    world.admin_ok("POST", "/v1/admin/admins", Some(new)).await;
    let signed_in_at = world.now().unix();
    let of = async |name: &str| {
        let list = world.admin_ok("GET", "/v1/admin/admins", None).await;
        let admins = list.as_array().unwrap().clone();
        admins.into_iter().find(|admin| admin["name"] == name).unwrap()
    };
    let last = of("jo").await["last_sign_in"].as_i64().unwrap();
    assert!((signed_in_at - 120..=signed_in_at).contains(&last), "{last}, {signed_in_at}");
    world.advance(600);
    world.prove_operator().await;
    world
        .admin_ok(
            "POST",
            "/v1/admin/admins/jo/end-sessions",
            Some(json!({ "reason": "gone home", "confirm": true })),
        )
        .await;
    let after = of("jo").await;
    assert_eq!((&after["sessions"], &after["last_sign_in"]), (&json!(0), &json!(last)));
    assert_eq!(of("new").await["last_sign_in"], Value::Null, "who never signed in");
}
