//! S33: a session of an admin that was left open, or taken. What lets others in or cannot be undone
//! asks for the second step again.

use crate::{
    console::{operator, signed_in},
    harness::{Browser, Page, World, because, other_than},
    journeys::admin::matrix::documented,
};
use serde_json::json;

/// The calls that ask for it, by their names in the OpenAPI document.
const FRESH: [&str; 12] = [
    "approveBulkReset",
    "askForBulkReset",
    "changeAdmin",
    "createAdmin",
    "createKey",
    "createPortal",
    "deletePortal",
    "eraseUserOfPortal",
    "issueAdminBypassCode",
    "issueBypassCode",
    "replaceSettings",
    "resetAdmin",
];

const PROOF: &str = "/v1/admin/session/proof";

fn filled_in(path: &str) -> String {
    path.replace("{portal}", "managed").replace("{name}", "jo").replace("{key}", "k")
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_session_every_call_that_lets_others_in_asks_for_a_fresh_second_step() {
    let world = World::start().await;
    let boss = world.make_admin("boss", json!({ "role": "operator" })).await;
    let asked = async || {
        let mut asked = vec![];
        for (method, path, name) in documented() {
            let reply =
                world.call(&boss.session, &method, &filled_in(&path), None, Some(json!({}))).await;
            if reply.problem() == (403, "proof_needed") {
                asked.push(name);
            }
        }
        asked.sort();
        asked
    };
    let none: Vec<String> = vec![];
    assert_eq!(asked().await, none, "the session has just begun");
    world.advance(299);
    assert_eq!(asked().await, none);
    world.advance(1);
    assert_eq!(asked().await, FRESH);
    world.prove(&boss.session, &boss.secret).await;
    assert_eq!(asked().await, none);
    // The right comes first: nobody learns of a call what the role does not let see.
    let auditor = world.make_admin("auditor", json!({ "role": "auditor" })).await;
    world.advance(300);
    let made = json!({ "name": "x", "role": { "role": "auditor" } });
    let refused = world.by(&auditor, "POST", "/v1/admin/admins", Some(made)).await;
    assert_eq!(refused.problem(), (403, "not_permitted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_session_a_session_alone_proves_nothing_and_its_guesses_are_counted() {
    let world = World::start().await;
    let boss = world.make_admin("boss", json!({ "role": "operator" })).await;
    world.advance(600);
    let prove = async |code: &str| {
        let code = Some(json!({ "code": code }));
        world.call(&boss.session, "POST", PROOF, None, code).await
    };
    let made = || Some(json!({ "name": "mine", "role": { "role": "operator" } }));
    let make = async || world.call(&boss.session, "POST", "/v1/admin/admins", None, made()).await;
    assert_eq!(make().await.problem(), (403, "proof_needed"));
    let right = world.totp(&boss.secret);
    for _ in 0..4 {
        assert_eq!(prove(&other_than(&right)).await.problem(), (403, "code_wrong"));
    }
    assert_eq!(prove("").await.problem(), (400, "bad_request"));
    assert_eq!(prove(&other_than(&right)).await.problem(), (403, "code_wrong"));
    assert_eq!(prove(&right).await.problem(), (429, "locked"), "they wait as at the door");
    assert_eq!(make().await.problem(), (403, "proof_needed"));
    world.advance(60);
    let right = world.totp(&boss.secret);
    let proved = prove(&right).await;
    assert_eq!(proved.body, json!({ "fresh_until": world.now().unix() + 300 }));
    assert_eq!(prove(&right).await.problem(), (403, "code_reused"));
    assert_eq!(make().await.status, 201);
    // A session that awaits its second step proves nothing at all.
    let given = json!({ "name": boss.name, "password": boss.password });
    let opened = world.call("", "POST", "/v1/admin/session", None, Some(given)).await;
    let code = Some(json!({ "code": "123456" }));
    let early = world.call(opened.session(), "POST", PROOF, None, code).await;
    assert_eq!(early.problem(), (401, "second_step_missing"));
}

/// The hidden fields of a page, which its form sends.
pub fn hidden(page: &Page) -> Vec<(String, String)> {
    let inputs = page.text.split("<input type=\"hidden\" name=\"").skip(1);
    let pair = |input: &str| {
        let (name, rest) = input.split_once("\" value=\"").unwrap();
        (name.to_owned(), rest.split('"').next().unwrap().replace("&#x2F;", "/"))
    };
    inputs.map(pair).collect()
}

pub async fn send(browser: &Browser, to: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.post(to, &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_session_the_console_asks_and_the_act_goes_on_once() {
    let world = World::start().await;
    let operator = operator(&world);
    let browser = signed_in(&world, &operator).await;
    let portal = world.portal("managed");
    for user in ["anna", "ben"] {
        portal.open(json!({ "id": user })).await;
    }
    let erased = async |user: &str| {
        let path = format!("/v1/admin/portals/managed/user?id={user}");
        world.admin("GET", &path, None, None).await.status == 404
    };
    world.advance(300);
    let dialog = format!("{}/erase", world.user_page("managed", "anna").await);
    let fields = [("reason", "asked to"), ("confirm", "true")];
    let asks = browser.submit(&dialog, &dialog, &fields).await;
    assert_eq!(asks.status, 403);
    assert!(asks.says("Confirm that it is you") && asks.says("one-time-code"), "{}", asks.text);
    assert!(!erased("anna").await);
    // A wrong code asks again, with everything that was filled in.
    let with = |page: &Page, code: &str| {
        [hidden(page), vec![("proof_code".to_owned(), code.to_owned())]].concat()
    };
    let right = world.totp(&operator.secret);
    let asks = send(&browser, "/console/proof", &with(&asks, &other_than(&right))).await;
    assert!(asks.status == 403 && asks.says("asked to"), "{}", asks.text);
    let asks = send(&browser, "/console/proof", &with(&asks, "12345")).await;
    assert!(asks.status == 400 && asks.says("Enter all 6 digits of the code."), "{}", asks.text);
    let sent = with(&asks, &right);
    let goes_on = send(&browser, "/console/proof", &sent).await;
    assert_eq!((goes_on.status, goes_on.location.as_deref()), (307, Some(dialog.as_str())));
    assert!(!erased("anna").await);
    // The browser sends the same form again, and the act is done.
    let done = send(&browser, &dialog, &sent).await;
    assert_eq!(done.location.as_deref(), Some("/console/portals/managed/users"));
    assert!(erased("anna").await);
    // Within five minutes the next one asks for nothing.
    let dialog = format!("{}/erase", world.user_page("managed", "ben").await);
    let done = browser.submit(&dialog, &dialog, &fields).await;
    assert_eq!(done.location.as_deref(), Some("/console/portals/managed/users"));
    // Another site can neither send the form nor say where it goes.
    world.advance(300);
    let elsewhere: Vec<(String, String)> = sent
        .iter()
        .map(|(name, value)| {
            let evil = name == "proof_to";
            (name.clone(), if evil { "//evil.example/console/".to_owned() } else { value.clone() })
        })
        .collect();
    assert_eq!(send(&browser, "/console/proof", &elsewhere).await.status, 400);
    let without: Vec<_> = sent.iter().filter(|(name, _)| name != "form").cloned().collect();
    assert_eq!(send(&browser, "/console/proof", &without).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_session_the_page_that_asks_keeps_no_secret_and_has_it_filled_in_again() {
    let world = World::start().await;
    let operator = operator(&world);
    let browser = signed_in(&world, &operator).await;
    let page = browser.get("/console/settings").await;
    let etag = hidden(&page).into_iter().find(|(name, _)| name == "etag").unwrap().1;
    let (account, etag) = (format!("AC{}", "0".repeat(32)), etag.replace("&#34;", "\""));
    let settings = [
        ("etag", etag.as_str()),
        ("counted", ""),
        ("email_from", "no-reply@portal.example"),
        ("provider", "twilio"),
        ("sms_from", "+12025550100"),
        ("account", ""),
        ("client_id", &account),
        ("client_secret", "local-secret"),
        ("auth_token", ""),
        ("countries", "NZ"),
        ("per_prefix", "100"),
        ("per_portal", "2000"),
        ("emails_per_portal", "20000"),
        ("passkey_domain", ""),
    ];
    world.advance(300);
    let asks = browser.post_form("/console/settings", &page.form(), &settings).await;
    assert_eq!(asks.status, 403);
    let asks_for_both = |page: &Page| {
        assert!(page.says("Confirm that it is you"), "{}", page.text);
        assert!(page.says("name=\"client_secret\" type=\"password\""), "{}", page.text);
        assert!(!page.says("local-secret"), "{}", page.text);
    };
    asks_for_both(&asks);
    let right = world.totp(&operator.secret);
    let with = |page: &Page, code: &str, secret: &str| {
        let own = [("proof_code", code), ("client_secret", secret)];
        let own = own.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let kept = hidden(page).into_iter().map(|(n, v)| (n, v.replace("&#34;", "\"")));
        kept.chain(own).collect::<Vec<_>>()
    };
    for (code, secret) in [(other_than(&right), "local-secret"), (right.clone(), "")] {
        let again = send(&browser, "/console/proof", &with(&asks, &code, secret)).await;
        assert!(again.status == 403 || again.says("Fill this in again."), "{}", again.text);
        asks_for_both(&again);
    }
    let sent = with(&asks, &right, "local-secret");
    let goes_on = send(&browser, "/console/proof", &sent).await;
    assert_eq!(goes_on.status, 307, "{}", goes_on.text);
    let saved = send(&browser, "/console/settings", &sent).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    let settings = world.admin_ok("GET", "/v1/admin/settings", None).await;
    assert_eq!(settings["sms"]["client_id"], json!(account));
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_session_every_form_of_the_console_that_asks_shows_the_second_step() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    world.make_admin("jo", json!({ "role": "auditor" })).await;
    world.portal("managed").open(json!({ "id": "anna" })).await;
    let anna = world.user_page("managed", "anna").await;
    world.advance(400);
    let form = browser.get("/console/portals").await.form();
    for path in [
        "/console/admins".to_owned(),
        "/console/admins/jo".to_owned(),
        "/console/admins/jo/reset".to_owned(),
        "/console/admins/jo/bypass-code".to_owned(),
        "/console/portals/new".to_owned(),
        "/console/portals/managed/delete".to_owned(),
        "/console/portals/managed/keys".to_owned(),
        "/console/settings".to_owned(),
        format!("{anna}/bypass-code"),
        format!("{anna}/erase"),
    ] {
        let page = browser.post(&path, &[("form", &form), ("reason", "x")]).await;
        assert!(page.status == 403 && page.says("Confirm that it is you"), "{path}: {}", page.text);
        assert!(page.says(&format!("name=\"proof_to\" value=\"{path}\"")), "{}", page.text);
    }
    for path in ["/console/admins/jo/unlock", "/console/admins/jo/remove"] {
        let page = browser.post(path, &[("form", &form), ("reason", "")]).await;
        assert!(!page.says("Confirm that it is you"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_door_a_first_password_opens_one_session_within_seven_days() {
    let world = World::start().await;
    let make = async |name: &str| {
        let made = Some(json!({ "name": name, "role": { "role": "auditor" } }));
        let made = world.admin("POST", "/v1/admin/admins", None, made).await;
        assert_eq!(made.status, 201, "{:?}", made.body);
        made.body["password"].as_str().unwrap().to_owned()
    };
    let open = async |name: &str, password: &str| {
        let given = json!({ "name": name, "password": password });
        world.call("", "POST", "/v1/admin/session", None, Some(given)).await
    };
    let (late, first) = (make("late").await, make("jo").await);
    world.advance(7 * 86_400 - 1);
    let opened_twice = open("jo", &first).await;
    let (session, _) = world.enrol_admin("jo", &first).await;
    // It was used: whoever else has it, or began with it before, gets no further.
    assert_eq!(open("jo", &first).await.problem(), (403, "first_password_over"));
    let path = "/v1/admin/session/verify";
    let code = Some(json!({ "code": "123456" }));
    let other = world.call(opened_twice.session(), "POST", path, None, code).await;
    assert_eq!(other.problem(), (401, "session_refused"));
    assert_eq!(open("jo", "a wrong password").await.problem(), (401, "password_refused"));
    // Nothing but another password is possible, and the session goes on with it.
    let portals = async || world.call(&session, "GET", "/v1/admin/portals", None, None).await;
    assert_eq!(portals().await.problem(), (403, "password_must_change"));
    let put = async |new: &str| {
        let change = Some(json!({ "current": first, "new": new }));
        world.call(&session, "PUT", "/v1/admin/session/password", None, change).await
    };
    let weak = put("password1234").await;
    assert_eq!(weak.problem(), (400, "bad_request"));
    assert!(weak.body["detail"].as_str().unwrap().contains("four or more words"));
    assert_eq!(put("quite another one").await.body, json!({ "sign_in_again": false }));
    assert_eq!(portals().await.status, 200);
    assert_eq!(open("jo", "quite another one").await.status, 201);
    // One that nobody used is over after a week, and a reset makes another.
    world.advance(1);
    assert_eq!(open("late", &late).await.problem(), (403, "first_password_over"));
    let path = "/v1/admin/admins/late/reset";
    let reset = world.admin_ok("POST", path, because("was on leave")).await;
    world.enrol_admin("late", reset["password"].as_str().unwrap()).await;
}
