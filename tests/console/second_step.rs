//! An admin's own second step: a passkey at the first sign-in or later, and the settings at the
//! prompt, from which the browser comes back.

use super::{decline, operator, signed_in};
use crate::harness::{Admin, Authenticator, Browser, Page, World};
use portcullis_app::Conditions;
use portcullis_domain::{Settings, passkey::RpId, user::By};
use serde_json::json;

pub const PAGE: &str = "/console/second-step";

pub async fn password(browser: &Browser, name: &str, password: &str) -> String {
    let fields = [("name", name), ("password", password)];
    let opened = browser.post("/console/sign-in", &fields).await;
    opened.location.unwrap_or_else(|| panic!("{}", opened.text))
}

/// Returns the answer of a device to the page that asks for a passkey.
pub fn used(device: &mut Authenticator, page: &Page) -> String {
    device.get(&page.passkey_options())["passkey"].to_string()
}

pub async fn make_passkey(browser: &Browser, at: &str, device: &mut Authenticator) -> Page {
    let page = browser.get(&format!("{at}/enrolment?method=passkey")).await;
    let made = device.make(&page.passkey_options())["passkey"].to_string();
    let to = format!("{at}/enrolment/confirm");
    browser.post_form(&to, &page.form(), &[("passkey", &made)]).await
}

pub async fn use_passkey(browser: &Browser, at: &str, device: &mut Authenticator) -> Page {
    let page = browser.get(at).await;
    let used = used(device, &page);
    browser.post_form(&format!("{at}/verify"), &page.form(), &[("passkey", &used)]).await
}

/// Opens the settings; returns the address of the prompt, which asks for the second step.
pub async fn open_settings(browser: &Browser) -> String {
    let page = browser.get(PAGE).await;
    let opened = browser.post(PAGE, &[("form", &page.form())]).await;
    let at = opened.location.unwrap_or_else(|| panic!("{}", opened.text));
    assert!(at.starts_with("/prompt/si_console_"), "{at}");
    at
}

pub fn back(page: &Page) -> String {
    let links = page.text.split("href=\"").skip(1).filter_map(|part| part.split('"').next());
    let back = links.into_iter().find(|link| link.starts_with("/console/"));
    let back = back.unwrap_or_else(|| panic!("no way back: {}", page.text));
    back.replace("&#38;", "&")
}

pub async fn operator_with_passkey(world: &World) -> (Browser, Admin, Authenticator) {
    let operator = operator(world);
    let browser = signed_in(world, &operator).await;
    let mut device = Authenticator::on(&world.origin());
    let at = open_settings(&browser).await;
    world.advance(30);
    let code = world.totp(&operator.secret);
    let settings = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    assert!(settings.says("How you sign in"), "{}", settings.text);
    let added = make_passkey(&browser, &at, &mut device).await;
    assert!(added.says("It was added."), "{}", added.text);
    let inside = browser.get(&back(&added)).await;
    assert_eq!(inside.location.as_deref(), Some(PAGE), "{}", inside.text);
    (browser, operator, device)
}

pub async fn in_by_passkey(world: &World, admin: &Admin, device: &mut Authenticator) -> Browser {
    let browser = Browser::new(world);
    let at = password(&browser, &admin.name, &admin.password).await;
    let page = use_passkey(&browser, &at, device).await;
    let back = decline(&browser, &at, page).await;
    let inside = browser.get(&back.location.expect("back to the console")).await;
    assert_eq!(inside.location.as_deref(), Some("/console"), "{}", inside.text);
    browser
}

/// Returns the second steps of all admins, as they lie in the table.
async fn admins(world: &World) -> Vec<(String, String)> {
    let items = world.raw_items().await.into_iter();
    let mut users: Vec<_> = items.filter(|(key, _)| key.starts_with("USER#console#")).collect();
    users.sort();
    users
}

async fn new_admin(world: &World, name: &str) -> String {
    let made = json!({ "name": name, "role": { "role": "auditor" } });
    let made = world.admin_ok("POST", "/v1/admin/admins", Some(made)).await;
    made["password"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn p8_an_admin_sets_a_passkey_up_at_the_first_sign_in_and_signs_in_with_it() {
    let world = World::start().await;
    let first = new_admin(&world, "jo").await;
    let (browser, mut device) = (Browser::new(&world), Authenticator::on(&world.origin()));
    let at = password(&browser, "jo", &first).await;
    let page = browser.get(&at).await;
    for way in ["Set up an authenticator app", "Set up a passkey"] {
        assert!(page.says(way), "{way}: {}", page.text);
    }
    // A touch alone is not enough for admins, neither when it is made nor when it is used.
    device.verifies = false;
    let refused = make_passkey(&browser, &at, &mut device).await;
    assert!(refused.says("Your device has to check"), "{}", refused.text);
    device.verifies = true;
    let done = make_passkey(&browser, &at, &mut device).await;
    assert!(done.says("You are all set"), "{}", done.text);
    let inside = browser.get(&back(&done)).await;
    assert_eq!(inside.location.as_deref(), Some("/console"), "{}", inside.text);
    let new = "a sentence of a few words";
    let fields = [("current", first.as_str()), ("new", new)];
    let chosen = browser.submit("/console/password", "/console/password", &fields).await;
    assert_eq!(chosen.location.as_deref(), Some("/console"), "{}", chosen.text);
    assert!(browser.get("/console/portals").await.says("jo (auditor)"));

    let browser = Browser::new(&world);
    let at = password(&browser, "jo", new).await;
    device.verifies = false;
    let refused = use_passkey(&browser, &at, &mut device).await;
    assert!(refused.says("Your device has to check"), "{}", refused.text);
    assert!(browser.get("/console").await.leads_to_login());
    device.verifies = true;
    let page = use_passkey(&browser, &at, &mut device).await;
    let passed = decline(&browser, &at, page).await;
    let inside = browser.get(&passed.location.expect("back to the console")).await;
    assert_eq!(inside.location.as_deref(), Some("/console"), "{}", inside.text);
    assert!(browser.get(PAGE).await.says("Passkey, added"));

    // Calls take codes alone, and no code stands in for the passkey.
    let given = json!({ "name": "jo", "password": new });
    let opened = world.call("", "POST", "/v1/admin/session", None, Some(given)).await;
    assert!(!opened.body.to_string().contains("passkey"), "{:?}", opened.body);
    let code = Some(json!({ "code": "123456" }));
    let path = "/v1/admin/session/verify";
    let refused = world.call(opened.session(), "POST", path, None, code).await;
    assert_eq!(refused.problem(), (403, "method_not_offered"));
}

#[tokio::test(flavor = "multi_thread")]
async fn p8_after_the_app_a_passkey_is_offered_and_set_up_at_once() {
    let world = World::start().await;
    let operator = operator(&world);
    let (browser, mut device) = (Browser::new(&world), Authenticator::on(&world.origin()));
    let at = password(&browser, &operator.name, &operator.password).await;
    world.advance(30);
    let code = world.totp(&operator.secret);
    let offer = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    assert!(offer.says("Faster next time"), "{}", offer.text);
    let accept = [("change", "add_passkey")];
    browser.post_form(&format!("{at}/settings"), &offer.form(), &accept).await;
    let added = make_passkey(&browser, &at, &mut device).await;
    assert!(added.says("It was added."), "{}", added.text);
    let inside = browser.get(&back(&added)).await;
    assert_eq!(inside.location.as_deref(), Some("/console"), "{}", inside.text);
    in_by_passkey(&world, &operator, &mut device).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p8_an_admin_changes_the_second_step_at_the_prompt_and_comes_back() {
    let world = World::start().await;
    let (browser, operator, mut device) = operator_with_passkey(&world).await;
    let page = browser.get(PAGE).await;
    assert!(page.says("Passkey, added") && page.says("Authenticator app, added"), "{}", page.text);
    assert!(browser.get("/console/sessions").await.says(&format!("href=\"{PAGE}\"")));

    // The strongest is asked for, and the app's code does not stand in for it.
    let at = open_settings(&browser).await;
    world.advance(30);
    let code = world.totp(&operator.secret);
    let refused = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    assert!(refused.says("This way is not available here"), "{}", refused.text);
    let settings = use_passkey(&browser, &at, &mut device).await;
    assert!(settings.says("How you sign in"), "{}", settings.text);

    // Without the app, no code gets the admin in.
    let (_, app) = settings.text.split_once("Authenticator app, added").unwrap();
    let (_, app) = app.split_once("settings?remove=").unwrap();
    let app = app.split('"').next().unwrap();
    let fields = [("change", "remove"), ("authenticator", app)];
    let removed = browser.post_form(&format!("{at}/settings"), &settings.form(), &fields).await;
    assert!(removed.says("It was removed."), "{}", removed.text);
    let inside = browser.get(&back(&removed)).await;
    assert_eq!(inside.location.as_deref(), Some(PAGE), "{}", inside.text);
    assert!(!browser.get(PAGE).await.says("Authenticator app"));
    let other = Browser::new(&world);
    let at = password(&other, &operator.name, &operator.password).await;
    let page = other.get(&at).await;
    assert!(!page.says("name=\"code\" type=\"text\" inputmode"), "{}", page.text);
    world.advance(30);
    let fields = [("code", world.totp(&operator.secret))];
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, code)| (*name, code.as_str())).collect();
    let refused = other.post_form(&format!("{at}/verify"), &page.form(), &fields).await;
    assert!(refused.says("This way is not available here"), "{}", refused.text);
    in_by_passkey(&world, &operator, &mut device).await;
    // Whoever leaves the prompt comes back to the page, and nothing is changed.
    let left = browser.get("/console/second-step/back?left=left").await;
    assert_eq!(left.location.as_deref(), Some(PAGE));
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_p8_without_a_domain_the_app_works_and_the_console_says_why() {
    let world = World::start().await;
    let (context, _) = world.function().await;
    let held = context.store().settings().await.unwrap();
    let before = held.clone().map(|held| held.value).unwrap_or_default();
    // A service that lies outside of its domain is as one without any.
    let settings = Settings { passkey_domain: RpId::parse("example.com").ok(), ..before };
    context.replace_settings(held, &Conditions::of_any(None), settings, &By::SetUp).await.unwrap();
    let browser = signed_in(&world, &operator(&world)).await;
    let page = browser.get(PAGE).await;
    assert!(page.says("Passkeys cannot be used here"), "{}", page.text);
    assert!(page.says("Authenticator app, added"), "{}", page.text);

    let first = new_admin(&world, "jo").await;
    let browser = Browser::new(&world);
    let at = password(&browser, "jo", &first).await;
    let page = browser.open(&at).await;
    assert!(page.says("<svg") && !page.says("Set up a passkey"), "{}", page.text);
    let browser = signed_in(&world, &operator(&world)).await;
    world.advance(300);
    let form = browser.get("/console/portals/new").await.form();
    let before = admins(&world).await;
    let asks = browser.post("/console/portals/new", &[("form", &form), ("id", "acme")]).await;
    assert!(asks.says("one-time-code") && !asks.says("data-passkey"), "{}", asks.text);
    assert_eq!(admins(&world).await, before, "no sign-in was opened");
}
