//! Signing in to the console, and out.

use super::{operator, pass_by_code, signed_in};
use crate::harness::{Browser, World, because};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn the_console_signs_in_through_the_products_own_prompt() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let page = browser.get("/console").await;
    assert!(page.status == 200 && page.says("operator (operator)"), "{}", page.text);
    // Signing out ends the session, also for whoever kept the cookie.
    let kept = browser.cookies.lock().unwrap().clone();
    let out = browser.submit("/console/portals", "/console/sign-out", &[]).await;
    assert!(out.leads_to_login());
    *browser.cookies.lock().unwrap() = kept;
    assert!(browser.get("/console/portals").await.leads_to_login());
}

#[tokio::test(flavor = "multi_thread")]
async fn v14_the_console_speaks_the_language_of_the_browser() {
    let world = World::start().await;
    for (accepted, head, title) in [
        ("nl-NL, en;q=0.5", "<html lang=\"nl\" dir=\"ltr\">", "<h1>Inloggen</h1>"),
        ("ar", "<html lang=\"ar\" dir=\"rtl\">", "<h1>تسجيل الدخول</h1>"),
        ("ja", "<html lang=\"en\" dir=\"ltr\">", "<h1>Sign in</h1>"),
    ] {
        let browser = Browser::new(&world).speaking(accepted);
        let page = browser.get("/console/sign-in").await;
        assert!(page.says(head) && page.says(title), "{accepted}: {}", page.text);
    }
    let dutch = signed_in(&world, &operator(&world)).await.speaking("nl");
    assert!(dutch.get("/console/portals").await.says("<h1>Portalen</h1>"));
    assert!(dutch.get("/console/portals/unknown-portal").await.says("<html lang=\"nl\""));
    let wrong = dutch.submit("/console/admins", "/console/admins", &[("name", "jo")]).await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.says("Dit ontbreekt. Vul het in."), "{}", wrong.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_password_alone_opens_nothing_and_wrong_ones_are_told_alike() {
    let world = World::start().await;
    let operator = operator(&world);
    let browser = Browser::new(&world);
    let right = [("name", operator.name.as_str()), ("password", operator.password.as_str())];
    assert_eq!(browser.post("/console/sign-in", &right).await.status, 303);
    for path in ["/console", "/console/portals", "/console/settings", "/console/admins"] {
        let page = browser.get(path).await;
        assert!(page.leads_to_login(), "{path}");
    }
    let wrong = |name| [("name", name), ("password", "something else altogether")];
    let known = browser.post("/console/sign-in", &wrong("operator")).await;
    let unknown = browser.post("/console/sign-in", &wrong("stranger")).await;
    assert_eq!((known.status, unknown.status), (401, 401));
    assert_eq!(known.text.replace("operator", "x"), unknown.text.replace("stranger", "x"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_the_prompt_of_the_console_opens_only_where_the_password_was_entered() {
    let world = World::start().await;
    let operator = operator(&world);
    let (victim, attacker) = (Browser::new(&world), Browser::new(&world));
    let fields = [("name", operator.name.as_str()), ("password", operator.password.as_str())];
    let at = attacker.post("/console/sign-in", &fields).await.location.unwrap();
    // The admin is led to the prompt of somebody who knows the password: with no session, and with
    // one of the own.
    let planted = victim.get(&at).await;
    assert_eq!(planted.status, 403, "{}", planted.text);
    assert!(planted.says("This page belongs to another browser"));
    victim.post("/console/sign-in", &fields).await;
    assert_eq!(victim.get(&at).await.status, 403);
    // Nothing was claimed: the browser that entered the password goes on.
    assert_eq!(attacker.get(&at).await.status, 200);
    assert_eq!(victim.get(&at).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_a_session_that_was_planted_before_the_second_step_is_worth_nothing_after_it() {
    let world = World::start().await;
    let operator = operator(&world);
    let browser = Browser::new(&world);
    let fields = [("name", operator.name.as_str()), ("password", operator.password.as_str())];
    let at = browser.post("/console/sign-in", &fields).await.location.unwrap();
    let planted = browser.cookies.lock().unwrap().clone();
    world.advance(30);
    let code = world.totp(&operator.secret);
    let back = pass_by_code(&browser, &at, &code).await;
    let page = browser.get(&back.location.unwrap()).await;
    assert_eq!(page.location.as_deref(), Some("/console"));
    assert_eq!(browser.get("/console").await.status, 200);
    let other = Browser::new(&world);
    *other.cookies.lock().unwrap() = planted;
    assert!(other.get("/console/portals").await.leads_to_login());
    let guessed = other.get(&format!("/console/back?result_code={}", "A".repeat(22))).await;
    assert_eq!(guessed.status, 403);
    assert_eq!(browser.get("/console/portals").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_a_form_from_elsewhere_does_nothing() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let other = signed_in(&world, &operator(&world)).await;
    let foreign = other.get("/console/portals/managed").await.form();
    let path = "/console/portals/managed/switch";
    let own = browser.get("/console/portals/managed").await.form();
    let (token, id) = own.split_once('.').expect("a token and an id");
    let made_up = format!("{}.{id}", "A".repeat(43));
    let wrong_ids = [format!("{token}.{id}A"), format!("{token}."), token.to_owned()];
    let wrong_ids = wrong_ids.iter().map(|form| Some(form.as_str()));
    let others = [None, Some(made_up.as_str()), Some(foreign.as_str()), Some(""), Some(".")];
    for form in others.into_iter().chain(wrong_ids) {
        let mut fields = vec![("enabled", "false"), ("confirm", "true")];
        fields.extend(form.map(|form| ("form", form)));
        let page = browser.post(path, &fields).await;
        assert_eq!(page.status, 403, "{}", page.text);
    }
    let policy = world.admin_ok("GET", "/v1/admin/portals/managed/policy", None).await;
    assert_eq!(policy["enabled"], true);
    // The session is the cookie's alone: a bearer opens no page.
    let session = world.session.lock().unwrap().clone();
    let page = world.call(&session, "GET", "/console/portals", None, None).await;
    assert_ne!(page.status, 403);
    assert!(page.body.get("portals").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_password_is_changed_before_anything_else() {
    let world = World::start().await;
    let made = json!({ "name": "jo", "role": { "role": "auditor" } });
    let first = world.admin_ok("POST", "/v1/admin/admins", Some(made)).await["password"].clone();
    let first = first.as_str().unwrap().to_owned();
    let (session, secret) = world.enrol_admin("jo", &first).await;
    let mut jo = crate::harness::Admin {
        name: "jo".to_owned(),
        password: first.clone(),
        secret,
        session: String::new(),
    };
    let browser = Browser::new(&world);
    browser.cookies.lock().unwrap().insert("__Host-console".to_owned(), session);
    assert_eq!(browser.get("/console").await.location.as_deref(), Some("/console/password"));
    let change = |new: &'static str| [("current", first.clone()), ("new", new.to_owned())];
    let post = async |fields: [(&str, String); 2]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        browser.submit("/console/password", "/console/password", &fields).await
    };
    let short = post(change("short")).await;
    assert!(short.says("12 to 128 characters"), "{}", short.text);
    let weak = post(change("password1234")).await;
    assert!(weak.says("four or more words"), "{}", weak.text);
    let changed = post(change("a sentence of a few words")).await;
    assert_eq!(changed.location.as_deref(), Some("/console"), "the session goes on");
    assert!(browser.get("/console/portals").await.says("jo (auditor)"));
    // Another one after it ends every session.
    let fields = [("current", "a sentence of a few words"), ("new", "quite another one")];
    let changed = browser.submit("/console/password", "/console/password", &fields).await;
    let changed = browser.get(&changed.location.expect("the first page")).await;
    assert!(changed.says("Sign in with the new one."), "{}", changed.text);
    jo.password = "quite another one".to_owned();
    let browser = signed_in(&world, &jo).await;
    assert!(browser.get("/console/portals").await.says("jo (auditor)"));
    // Reset by the operator: the session is gone.
    world.admin_ok("POST", "/v1/admin/admins/jo/reset", because("lost phone")).await;
    assert!(browser.get("/console/portals").await.leads_to_login());
}

#[tokio::test(flavor = "multi_thread")]
async fn s14_every_page_of_the_console_keeps_scripts_frames_and_caches_out() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let portal = world.portal("managed");
    let user = json!({ "id": "<script>alert(1)</script>", "organization": "<b>" });
    portal.open(user).await;
    let shown = world.user_page("managed", "<script>alert(1)</script>").await;
    for path in [
        "/console/sign-in",
        "/console/portals",
        "/console/portals/managed",
        "/console/portals/managed/policy?preset=<script>",
        "/console/portals/managed/users?organization=<script>alert(1)</script>",
        &shown,
        "/console/portals/managed/activity?filter=<script>alert(1)</script>",
        "/console/nothing",
    ] {
        let page = browser.get(path).await;
        assert!(!page.says("<script>alert"), "{path}: {}", page.text);
        if page.status == 404 && path.ends_with("nothing") {
            continue;
        }
        let policy = &page.headers["content-security-policy"];
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.headers["cache-control"], "no-store", "{path}");
        assert_eq!(page.headers["x-frame-options"], "DENY");
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
    }
}
