//! The way back to the page that an admin was on when the session ended.

use super::{operator, pass_by_code, signed_in};
use crate::harness::{Admin, Browser, Page, World, because};

/// Gives the password at this login, and passes the prompt.
async fn sign_in_at(world: &World, browser: &Browser, login: &str, admin: &Admin) -> Page {
    let fields = [("name", admin.name.as_str()), ("password", admin.password.as_str())];
    let opened = browser.post(login, &fields).await;
    let at = opened.location.unwrap_or_else(|| panic!("no prompt: {}", opened.text));
    world.advance(30);
    let back = pass_by_code(browser, &at, &world.totp(&admin.secret)).await;
    browser.get(&back.location.expect("back to the console")).await
}

fn action(page: &Page) -> String {
    let (_, rest) = page.text.split_once("method=\"post\" action=\"").unwrap();
    rest.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_idle_session_the_login_says_so_and_leads_back_to_the_page() {
    let world = World::start().await;
    let operator = operator(&world);
    let browser = signed_in(&world, &operator).await;
    world.advance(1_800);
    let page = "/console/portals/managed/activity?cursor=abc";
    let led = browser.get(page).await.location.unwrap();
    assert!(led.starts_with("/console/sign-in?why=idle&next="), "{led}");
    let login = browser.get(&led).await;
    assert!(login.says("was not used for 30 minutes"), "{}", login.text);
    let back = sign_in_at(&world, &browser, &action(&login), &operator).await;
    assert_eq!(back.location.as_deref(), Some(page));
    // It leads there once.
    let again = sign_in_at(&world, &browser, "/console/sign-in", &operator).await;
    assert_eq!(again.location.as_deref(), Some("/console"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_a_lost_form_keep_the_way_back() {
    let world = World::start().await;
    let operator = operator(&world);
    let browser = signed_in(&world, &operator).await;
    let form = browser.get("/console/portals/managed/policy").await.form();
    world.advance(1_800);
    let lost = browser.post("/console/portals/managed/policy", &[("form", &form)]).await;
    let login = browser.get(&lost.location.unwrap()).await;
    let wrong = [("name", "operator"), ("password", "something else altogether")];
    let refused = browser.post(&action(&login), &wrong).await;
    assert_eq!(refused.status, 401);
    let back = sign_in_at(&world, &browser, &action(&refused), &operator).await;
    assert_eq!(back.location.as_deref(), Some("/console/portals/managed/policy"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_login_tells_sessions_apart_that_lasted_long_were_ended_or_never_began() {
    let world = World::start().await;
    let operator = operator(&world);
    let browser = signed_in(&world, &operator).await;
    let kept = browser.cookies.lock().unwrap().clone();
    browser.submit("/console/portals", "/console/sign-out", &[]).await;
    *browser.cookies.lock().unwrap() = kept;
    let led = browser.get("/console/admins").await.location.unwrap();
    assert_eq!(led, "/console/sign-in?why=ended&next=%2Fconsole%2Fadmins");
    assert!(browser.get(&led).await.says("Your session has ended"));
    // A reset by another operator ends it as well.
    let jo = world.make_admin("jo", serde_json::json!({ "role": "auditor" })).await;
    let there = signed_in(&world, &jo).await;
    world.admin_ok("POST", "/v1/admin/admins/jo/reset", because("lost phone")).await;
    let led = there.get("/console/portals").await.location.unwrap();
    assert!(led.contains("why=ended"), "{led}");
    // One that is used for eight hours.
    let long = signed_in(&world, &operator).await;
    for _ in 0..17 {
        world.advance(1_700);
        long.get("/console/portals").await;
    }
    let led = long.get("/console/portals").await.location.unwrap();
    assert!(led.contains("why=expired"), "{led}");
    assert!(long.get(&led).await.says("at most 8 hours"));
    let nobody = Browser::new(&world).get("/console/portals").await.location.unwrap();
    assert_eq!(nobody, "/console/sign-in?next=%2Fconsole%2Fportals");
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_the_login_leads_to_no_foreign_address() {
    let world = World::start().await;
    let operator = operator(&world);
    for foreign in [
        "https%3A%2F%2Fevil.example",
        "%2F%2Fevil.example",
        "%2Fconsole%2F%2Fevil.example",
        "%2Fconsole%2F..%2F%2Fevil.example",
        "%2Fconsole%2F%252e%252e%2Fprompt",
        "%2F%5Cevil.example",
        "javascript%3Aalert(1)",
        "%2Fprompt%2Fsi_console_x",
    ] {
        let browser = Browser::new(&world);
        let login = format!("/console/sign-in?next={foreign}");
        let shown = browser.get(&login).await;
        assert_eq!((shown.status, action(&shown).as_str()), (200, "/console/sign-in"), "{foreign}");
        let back = sign_in_at(&world, &browser, &login, &operator).await;
        assert_eq!(back.location.as_deref(), Some("/console"), "{foreign}");
    }
    // Nor does a cookie that another site of the domain planted.
    let browser = Browser::new(&world);
    let fields = [("name", operator.name.as_str()), ("password", operator.password.as_str())];
    let at = browser.post("/console/sign-in", &fields).await.location.unwrap();
    let planted = ("__Host-console-next".to_owned(), "//evil.example".to_owned());
    browser.cookies.lock().unwrap().extend([planted]);
    world.advance(30);
    let back = pass_by_code(&browser, &at, &world.totp(&operator.secret)).await;
    let page = browser.get(&back.location.unwrap()).await;
    assert_eq!(page.location.as_deref(), Some("/console"));
}
