//! S30 with the settings of an admin's own second step: whoever took them in a session has nothing
//! once that session is over, in whatever way it ends.

use crate::{
    console::{
        operator,
        second_step::{
            PAGE, back, in_by_passkey, open_settings, operator_with_passkey, password, use_passkey,
        },
        signed_in,
    },
    harness::{Admin, Authenticator, Browser, Page, World, because},
};
use portcullis_domain::FormId;
use portcullis_keys::SessionSecret;
use serde_json::json;

/// The console's cookie, and those of the prompt with it.
const SESSION: &str = "__Host-console";

/// The settings at the prompt, in the hands of somebody who copied the cookies of the browser.
struct Taken {
    browser: Browser,
    at: String,
    page: Page,
}

impl Taken {
    fn from(world: &World, browser: &Browser, at: &str, page: Page) -> Self {
        assert!(page.says("How you sign in"), "{}", page.text);
        let taken = Browser::new(world);
        taken.cookies.lock().unwrap().clone_from(&browser.cookies.lock().unwrap());
        Self { browser: taken, at: at.to_owned(), page }
    }

    /// Opens the settings by the app's code, and takes them.
    async fn by_code(world: &World, browser: &Browser, admin: &Admin) -> Self {
        let at = open_settings(browser).await;
        world.advance(30);
        let code = world.totp(&admin.secret);
        let page = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
        Self::from(world, browser, &at, page)
    }

    async fn by_passkey(world: &World, browser: &Browser, device: &mut Authenticator) -> Self {
        let at = open_settings(browser).await;
        let page = use_passkey(browser, &at, device).await;
        Self::from(world, browser, &at, page)
    }

    async fn is_open(&self) -> bool {
        self.browser.get(&self.at).await.says("How you sign in")
    }

    /// Tries everything that the settings open, and finds them closed, and nothing written.
    async fn is_closed(&self, world: &World) {
        let before = second_steps(world).await;
        let (_, app) = self.page.text.split_once("name=\"authenticator\" value=\"").unwrap();
        let app = app.split('"').next().unwrap();
        let rename = [("change", "rename"), ("authenticator", app), ("name", "Mine")];
        let remove = [("change", "remove"), ("authenticator", app)];
        let (form, settings) = (self.page.form(), format!("{}/settings", self.at));
        for answer in [
            self.browser.get(&self.at).await,
            self.browser.get(&format!("{}/enrolment?method=passkey", self.at)).await,
            self.browser.get(&format!("{settings}?remove={app}")).await,
            self.browser.post_form(&settings, &form, &rename).await,
            self.browser.post_form(&settings, &form, &remove).await,
            self.browser.post_form(&settings, &form, &[("change", "add_passkey")]).await,
        ] {
            let is_over = answer.status == 410 && answer.says("Sign in again from the start");
            assert!(is_over, "{}: {}", answer.status, answer.text);
        }
        assert_eq!(second_steps(world).await, before, "nothing was written");
    }
}

/// Returns the second steps of all admins, as they lie in the table.
async fn second_steps(world: &World) -> Vec<(String, String)> {
    let items = world.raw_items().await.into_iter();
    let mut users: Vec<_> = items.filter(|(key, _)| key.starts_with("USER#console#")).collect();
    users.sort();
    users
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_settings_end_with_a_session_that_its_admin_or_another_one_ends() {
    let world = World::start().await;
    let jo = world.make_admin("jo", json!({ "role": "operator" })).await;
    let out = "/console/sign-out";
    let browser = signed_in(&world, &jo).await;
    let taken = Taken::by_code(&world, &browser, &jo).await;
    assert!(taken.is_open().await, "a copy of the cookies is all it takes");
    let left = browser.submit(PAGE, out, &[]).await;
    assert!(left.leads_to_login(), "{}", left.text);
    taken.is_closed(&world).await;

    // From another session, also when the one that opened them is gone already.
    let browser = signed_in(&world, &jo).await;
    let taken = Taken::by_code(&world, &browser, &jo).await;
    let other = signed_in(&world, &jo).await;
    for _ in 0..2 {
        let all = "/console/sessions/end-others";
        assert_eq!(other.submit("/console/sessions", all, &[]).await.status, 303);
        taken.is_closed(&world).await;
    }

    let taken = Taken::by_code(&world, &other, &jo).await;
    let ended = world.admin_ok("POST", "/v1/admin/admins/jo/end-sessions", because("stolen")).await;
    assert_eq!(ended, json!({ "changed": true }));
    taken.is_closed(&world).await;

    let browser = signed_in(&world, &jo).await;
    let taken = Taken::by_code(&world, &browser, &jo).await;
    let chosen = "another sentence of a few words";
    let fields = [("current", jo.password.as_str()), ("new", chosen)];
    let at = "/console/password";
    let changed = browser.submit(at, at, &fields).await;
    assert_eq!(changed.status, 303, "{}", changed.text);
    taken.is_closed(&world).await;

    let browser = signed_in(&world, &Admin { password: chosen.to_owned(), ..jo.clone() }).await;
    let taken = Taken::by_code(&world, &browser, &jo).await;
    assert!(taken.is_open().await);
    world.admin_ok("POST", "/v1/admin/admins/jo/remove", because("left")).await;
    taken.is_closed(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_p8_settings_end_with_a_session_that_gives_way_to_a_newer_one() {
    let world = World::start().await;
    let (browser, operator, mut device) = operator_with_passkey(&world).await;
    let taken = Taken::by_passkey(&world, &browser, &mut device).await;
    for n in 0..5 {
        assert!(taken.is_open().await, "{n}");
        in_by_passkey(&world, &operator, &mut device).await;
    }
    taken.is_closed(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_p8_settings_end_with_a_session_that_ran_out() {
    let world = World::start().await;
    let (browser, _, mut device) = operator_with_passkey(&world).await;
    for seconds in [1_700; 16].into_iter().chain([1_300]) {
        world.advance(seconds);
        assert_eq!(browser.get(PAGE).await.status, 200);
    }
    let taken = Taken::by_passkey(&world, &browser, &mut device).await;
    world.advance(200);
    assert!(taken.is_open().await, "it has some minutes left");
    world.advance(120);
    taken.is_closed(&world).await;
}

/// Opens the settings in the sign-in of a session that awaits its second step, and takes them.
async fn taken_while_waiting(world: &World, admin: &Admin) -> Taken {
    let browser = Browser::new(world);
    let at = password(&browser, &admin.name, &admin.password).await;
    world.advance(30);
    let code = world.totp(&admin.secret);
    let offer = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    assert!(offer.says("Faster next time"), "{}", offer.text);
    let accept = [("change", "add_passkey")];
    browser.post_form(&format!("{at}/settings"), &offer.form(), &accept).await;
    let page = browser.get(&at).await;
    Taken::from(world, &browser, &at, page)
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_p8_settings_of_a_session_that_still_waits_end_with_it() {
    let world = World::start().await;
    let operator = operator(&world);
    world.admin_ok("GET", "/v1/admin/sessions", None).await;
    let taken = taken_while_waiting(&world, &operator).await;
    assert!(taken.is_open().await);
    let ended = world.admin_ok("POST", "/v1/admin/sessions/end-others", None).await;
    assert_eq!(ended, json!({ "changed": true }));
    taken.is_closed(&world).await;

    // So it is with one that gives way to newer ones.
    let taken = taken_while_waiting(&world, &operator).await;
    for n in 0..5 {
        assert!(taken.is_open().await, "{n}");
        password(&Browser::new(&world), &operator.name, &operator.password).await;
    }
    taken.is_closed(&world).await;

    // One that becomes active takes nothing along: the secret before is void.
    let taken = taken_while_waiting(&world, &operator).await;
    let result = back(&taken.page);
    let inside = taken.browser.get(&result).await;
    assert_eq!(inside.location.as_deref(), Some("/console"), "{}", inside.text);
    assert_eq!(taken.browser.get(&taken.at).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_p8_settings_are_shown_with_their_session_alone() {
    let world = World::start().await;
    let (browser, _, mut device) = operator_with_passkey(&world).await;
    let taken = Taken::by_passkey(&world, &browser, &mut device).await;
    let cookie = browser.cookie(SESSION).unwrap();
    let (first, last) = cookie.split_at(cookie.len() - 4);
    let other = if last == "AAAA" { "BBBB" } else { "AAAA" };
    let plant = |planted: Option<String>| {
        let mut cookies = taken.browser.cookies.lock().unwrap();
        match planted {
            Some(planted) => cookies.insert(SESSION.to_owned(), planted),
            None => cookies.remove(SESSION),
        };
    };
    for planted in [None, Some(String::new()), Some(format!("{first}{other}"))] {
        plant(planted);
        assert_eq!(taken.browser.get(&taken.at).await.status, 403);
    }
    plant(Some(cookie));
    assert!(taken.is_open().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_p8_a_session_with_the_password_alone_is_not_asked_for_a_passkey_again() {
    let world = World::start().await;
    let (_, operator, _) = operator_with_passkey(&world).await;
    let waiting = Browser::new(&world);
    password(&waiting, &operator.name, &operator.password).await;
    let secret = SessionSecret::parse(&waiting.cookie(SESSION).unwrap()).unwrap();
    let form = format!("{}.{}", secret.form(), FormId::new([7; 12]));
    let before = second_steps(&world).await;
    for code in ["", "123456"] {
        let fields = [
            ("form", form.as_str()),
            ("proof_to", "/console/portals/new"),
            ("proof_code", code),
            ("proof_passkey", ""),
        ];
        let refused = waiting.post("/console/proof", &fields).await;
        assert!(refused.leads_to_login(), "{}", refused.text);
        assert!(!refused.says("data-passkey"), "{}", refused.text);
    }
    let asked = waiting.get("/console/password").await;
    assert!(asked.leads_to_login(), "{}", asked.text);
    assert_eq!(second_steps(&world).await, before, "no sign-in was opened");
}

#[tokio::test(flavor = "multi_thread")]
async fn s30_p8_after_too_many_questions_the_page_says_when_to_try_again() {
    let world = World::start().await;
    let (browser, _, _) = operator_with_passkey(&world).await;
    world.advance(300);
    let fields = [("id", "acme"), ("preset", "authenticator_app")];
    let to = "/console/portals/new";
    let mut page = browser.submit(to, to, &fields).await;
    for _ in 0..40 {
        assert_eq!(page.status, 403, "{}", page.text);
        if !page.says("data-passkey") {
            break;
        }
        page = browser.submit(to, to, &fields).await;
    }
    assert!(page.says("There were too many sign-ins within an hour."), "{}", page.text);
    assert!(page.says("You can try again in "), "{}", page.text);
    for way in ["data-passkey", "proof_code", "Enter the 6-digit code"] {
        assert!(!page.says(way), "{way}: {}", page.text);
    }
    let before = second_steps(&world).await;
    assert!(!browser.submit(to, to, &fields).await.says("data-passkey"));
    assert_eq!(second_steps(&world).await, before, "nothing was written");
}
